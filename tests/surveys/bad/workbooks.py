"""What may be wrong with a workbook that comes back, and how each cell ends."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field

from openpyxl import Workbook
from tests.surveys.bad import world as place

Change = Callable[[Workbook], None]


@dataclass(frozen=True)
class Book:
    """One bad workbook.

    Attributes:
        change: what is done to the workbook that was downloaded; or the bytes that come.
        fates: of each cell that is not as it was: where, what becomes of it, why.
        stored: answers that change when the preview is taken.
        says: why the file is not read at all; then it is said at the field.
        typed: texts of cells not taken, which the preview must show.
    """

    name: str
    change: Change | bytes
    fates: tuple[tuple[str, str, str], ...] = ()
    stored: dict[str, str] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)
    marked: tuple[str, ...] = ()
    says: str = ""
    typed: tuple[str, ...] = ()
    file: str = "back.xlsx"
    who: str = "lead"
    status: int = 0
    entries: int = 0
    before: Callable[[place.World], None] | None = None
    between: Callable[[place.World], None] | None = None


# Cells of the lead's workbook that somebody with a part hands in: all alike, changed or as they were.
NOT_YOURS = tuple(
    (path, "refused", "This question is not in your hands.")
    for path in ("plan/note", "plan/year", "room/seats@{room}", "pair/side@1", "pair/side@2")
)
OFFICE, PLAN, ROOM = "The office", "The plan", "Room"
ANSWER, REASON, KEY = 3, 4, 7


def row_of(book: Workbook, question: str) -> tuple[object, int]:
    """Return the sheet and row of a question."""
    for sheet in book.worksheets:
        for number in range(3, sheet.max_row + 1):
            if sheet.cell(number, 2).value == question:
                return sheet, number
    raise LookupError(question)


def typed(question: str, text: object, column: int = ANSWER) -> Change:
    """Write into one cell."""

    def change(book: Workbook) -> None:
        sheet, number = row_of(book, question)
        sheet.cell(number, column).value = text  # type: ignore[attr-defined]

    return change


def at(sheet: str, row: int, column: int, text: object) -> Change:
    def change(book: Workbook) -> None:
        book[sheet].cell(row, column).value = text

    return change


def all_of(*changes: Change) -> Change:
    def change(book: Workbook) -> None:
        for one in changes:
            one(book)

    return change


def broken(
    name: str,
    question: str,
    text: object,
    short: str,
    *marked: str,
    kept: dict[str, str] | None = None,
) -> Book:
    """A text that breaks a rule: taken as typed, with its issue."""
    return Book(
        name,
        typed(question, text),
        ((short, "new", ""),),
        stored=kept or {short: str(text)},
        marked=marked,
    )


def refused(name: str, change: Change, short: str, why: str, *shown: str, **more: object) -> Book:
    """One cell that is not taken; it is shown with its text and why."""
    return Book(name, change, ((short, "refused", why),), typed=shown, **more)  # type: ignore[arg-type]


def unread(name: str, content: bytes | Change, says: str, file: str = "back.xlsx") -> Book:
    """A file that is not read at all."""
    return Book(name, content, says=says, file=file)


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def saved(change: Change) -> bytes:
    book = Workbook()
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


FIRST_ROW = "The hidden first row of this sheet was changed, so its answers cannot be read."
GONE = "This question, or its entry, is not in the form any more."
LOST = "A later version of the form does not ask this any more."
EMPTY = "This file is empty. Choose another."
KEY_CHANGED = "The hidden key of this row was changed, so it is not known what it answers."
NO_CHOICE = "“{}” is none of the choices. Choose from the list."
FORMULA = "A formula without a value: open the file, save it, and bring it again."
CHANGED = "Somebody changed this answer meanwhile."
LOCKED = "The answers are locked. You can leave a remark beside this one."
FIXED = "No entry can be added here: the form fixes them."
RANKS = "Write 1, 2, 3 beside the choices, each number once."

CELLS = [
    broken("words in a whole number", "Staff", "about 20", "staff", "constraint staff", "type staff"),
    broken("more than the most", "Staff", 501, "staff", "constraint staff", kept={"staff": "501", "double": "1002"}),
    broken("a fraction in a whole number", "Staff", 12.5, "staff", "type staff", kept={"staff": "12.5", "double": "25"}),
    broken("a share above one", "Share", 2, "share", "constraint share"),
    broken("a code in small letters", "Code", "abc", "code", "constraint code"),
    broken("a day too late", "Day", "2022-01-01", "day", "constraint day"),
    broken("words for a day", "Day", "soon", "day", "constraint day", "type day"),
    broken("a place by name", "Spot", "Tbilisi", "spot", "type spot"),
    broken("a time past midnight", "Clock", "25:00", "clock", "type clock"),
    Book("a required answer taken out", typed("Name", None), (("name", "new", ""),), stored={"name": ""}),
    Book("a formula with its value as text", typed("Name", "'=1+1"), (("name", "new", ""),), stored={"name": "'=1+1"}),
    refused("a formula without a value", typed("Name", "=A1"), "name", FORMULA),
    refused("a choice that is not offered", typed("Link", "Perhaps"), "link", NO_CHOICE.format("Perhaps"), "Perhaps"),
    refused("two choices in one cell", typed("Link", "First, Second"), "link", NO_CHOICE.format("First, Second"), "First, Second"),
    refused("an answer longer than any", typed("Name", "n" * 20_001), "name", "The answer is longer than 20000 letters. Shorten it."),
    refused("a reason nobody offers", typed("Staff", "bored", REASON), "staff", "“bored” is none of the reasons. Choose one."),
    refused("an answer and a reason", all_of(typed("Staff", 5), typed("Staff", "Not known", REASON)), "staff",
            "Give either an answer or a reason, not both.", "5"),
    refused("a place in a ranking twice", all_of(at(OFFICE, 19, 3, 1), at(OFFICE, 20, 3, 1)), "order", RANKS),
    refused("a ranking in words", at(OFFICE, 19, 3, "first"), "order", RANKS),
    refused("a file's name typed", typed("Photo", "room.jpg"), "photo", "Files are handed in on the page.", "room.jpg"),
    Book("one bad cell among good ones", all_of(typed("Link", "Perhaps"), typed("Staff", 5), typed("Note", "Text")),
         (("staff", "new", ""), ("link", "refused", NO_CHOICE.format("Perhaps")), ("plan/note", "new", "")),
         stored={"staff": "5", "plan/note": "Text", "double": "10"}, typed=("Perhaps",)),
]  # fmt: skip

KEYS = [
    refused("a key of nothing", typed("Staff", "x|y|z", KEY), "The office C5", KEY_CHANGED),
    refused("a key without its check", typed("Staff", "/data/office/staff|0", KEY), "The office C5", KEY_CHANGED),
    refused("a key with another base", typed("Name", "/data/office/name|0|5506be3f", KEY), "The office C3", KEY_CHANGED, "Agency"),
    refused("a key taken out beside a text", all_of(typed("Name", None, KEY), typed("Name", "New")), "The office C3", KEY_CHANGED, "New"),
    refused("an entry's key changed", at(ROOM, 3, 1, "room9|6|2ae49f95"), "Room D3", KEY_CHANGED, "20"),
    Book("the key of another question", lambda book: typed("Code", row_of(book, "Name")[0].cell(3, KEY).value, KEY)(book),  # type: ignore[attr-defined]
         (("The office C4", "refused", KEY_CHANGED),), typed=("ABC",)),
    Book("a row twice", lambda book: _doubled(book), (("The office C25", "refused", KEY_CHANGED),), typed=("Twice",)),
    Book("a column of answers without its hidden name", at(OFFICE, 1, ANSWER, None), (("The office A1", "refused", FIRST_ROW),)),
    Book("a column of reasons without its hidden name", at(OFFICE, 1, REASON, None), (("The office A1", "refused", FIRST_ROW),)),
    Book("a sheet without its hidden row", at(OFFICE, 1, KEY, None)),
    Book("a sheet taken away", lambda book: book.remove(book[PLAN])),
    Book("a sheet under another name", lambda book: setattr(book[PLAN], "title", "Other")),
    Book("a sheet of one's own", lambda book: book.create_sheet("Mine").append(["Name", "Mine"])),
    Book("rows in another order", lambda book: book[OFFICE].move_range("A3:G3", rows=60)),
]  # fmt: skip


def _doubled(book: Workbook) -> None:
    sheet = book[OFFICE]
    sheet.cell(25, KEY).value, sheet.cell(25, ANSWER).value = sheet.cell(3, KEY).value, "Twice"


ENTRIES = [
    Book("a new entry with words for seats", at(ROOM, 4, 4, "many"), (("room/seats@{new}", "new", ""),),
         stored={"room/seats@{new}": "many"}, marked=("constraint room/seats@{new}", "type room/seats@{new}"), entries=1),
    Book("an entry taken out and changed at once", all_of(at(ROOM, 3, 3, "x"), at(ROOM, 3, 4, 99)), entries=2),
    Book("a new entry where the form counts them", at("Pair", 5, 4, "left"),
         (("pair/side@Pair!5", "refused", GONE), ("Pair A5", "refused", FIXED)), typed=("left",)),
    Book("a counted entry taken out", at("Pair", 3, 3, "x"),
         (("Pair C3", "refused", "This entry cannot be removed: the form fixes them."),)),
    Book("an entry taken out meanwhile", at(ROOM, 3, 4, 30),
         (("room/seats@{room}", "refused", GONE),),
         typed=("30",), between=lambda world: place.take_out(world, "room1")),
]  # fmt: skip

FILES = [
    unread("no workbook", b"PK not a book", "back.xlsx"),
    unread("nothing", b"", EMPTY),
    unread("a page", b"<html></html>", "back.xlsx"),
    unread("an archive that is no workbook", zipped(readme=b"words"), "back.xlsx"),
    unread("a workbook cut off", saved(lambda book: None)[:-200], "back.xlsx"),
    unread("a workbook with a program in it", zipped(xl__vbaProject__bin=b"x"), "back.xlsx"),
    unread("a small archive of much", zipped(xl__workbook__xml=b"0" * 50_000_000), "back.xlsx"),
    unread("a sheet that fills its last corner", saved(lambda book: at("Sheet", 1_048_576, 16_384, 1)(book)), "back.xlsx"),
    unread("a document with entities", zipped(**{"[Content_Types].xml": b'<!DOCTYPE d [<!ENTITY e "x">]><Types>&e;</Types>'}), "back.xlsx"),
    unread("another workbook", saved(lambda book: at("Sheet", 1, 1, "Name")(book)),
           "This is no workbook of a questionnaire. Download one here and fill it in."),
    unread("a workbook without its number", at("Read me", 8, 3, None),
           "This is no workbook of a questionnaire. Download one here and fill it in."),
    unread("another organisation's workbook", at("Read me", 8, 2, "another"),
           "This workbook belongs to another questionnaire or organisation (another)."),
    unread("an old kind of workbook", b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "back.xls", file="back.xls"),
    unread("a text file", b"Name,Mine", "back.txt", file="back.txt"),
    unread("a name without an ending", b"Name,Mine", "back", file="back"),
]  # fmt: skip

MOMENTS = [
    Book("an answer changed meanwhile", typed("Name", "Mine"), (("name", "conflict", CHANGED),), typed=("Mine",),
         between=lambda world: place.give(world, name="Theirs")),
    Book("a closed round", typed("Staff", 5), (("staff", "new", ""),),
         stored={"staff": "5", "double": "10"}, between=place.closed),
    Book("a question the form lost", typed("Note", "Gone"),
         (("", "refused", LOST),), typed=("Gone",), between=place.renewed),
    Book("the lead next door", typed("Name", "Mine"), who="other", status=404),
    Book("an officer over a draft", typed("Name", "Mine"), who="officer", status=404),
    Book("nobody who signed in", typed("Name", "Mine"), who="nobody", status=302),
    Book("a helper outside the part given", typed("Note", "Mine"),
         NOT_YOURS, typed=("Mine",), who="helper"),
    Book("an adviser in the part to advise on", typed("Staff", 5),
         (("staff", "suggested", "It stands beside the answer; the lead decides."), *NOT_YOURS),
         beside={"staff": "5"}, who="adviser"),
]  # fmt: skip

ROWS = [*CELLS, *KEYS, *ENTRIES, *FILES, *MOMENTS]
