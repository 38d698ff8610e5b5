"""What a page of questions may be sent badly without script, and how each sending ends."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.surveys.bad import world as place

Fields = dict[str, str | list[str]]


@dataclass(frozen=True)
class Page:
    """One bad page.

    Attributes:
        fields: what was typed, by short name; bases are those that stand unless `bases` says.
        status: 303 where it was saved and leads on, 409 in conflict, 422 where it comes back.
        says: sentences on the page that follows.
        typed: texts that must stand in the fields of the page that comes back.
        raw: further fields as they are.
    """

    name: str
    fields: Fields
    status: int = 303
    says: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()
    stored: dict[str, str] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)
    marked: tuple[str, ...] = ()
    bases: dict[str, str] = field(default_factory=dict)
    raw: dict[str, object] = field(default_factory=dict)
    door: str = "office"
    who: str = "lead"
    before: Callable[[place.World], None] | None = None
    entries: int = 0


def broken(
    name: str,
    where: str,
    text: str | list[str],
    sentence: str,
    *marked: str,
    kept: dict[str, str] | None = None,
) -> Page:
    """A text that breaks a rule: saved as typed, shown again with what is wrong."""
    typed = text if isinstance(text, str) else ""
    return Page(name, {where: text}, says=("Saved, but 1 answer needs a look: it is marked below.", sentence),
                typed=(typed,) if typed else (), stored=kept or {where: typed}, marked=marked)  # fmt: skip


CHANGED = "Somebody changed this answer meanwhile"
LOCKED = "The answers are locked. You can leave a remark beside this one."
NOT_OFFERED = "This choice is not offered now. Choose again."
WRITTEN = "This is not written as the question expects it. Write it anew."
RULE = "This answer does not fit the rule of the question. Check it."
CALCULATED = "This answer is calculated; it cannot be written."

TEXTS = [
    broken("a whole number in words", "staff", "about 20", "Between 0 and 500.", "constraint staff", "type staff"),
    broken("more than the most", "staff", "501", "Between 0 and 500.", "constraint staff", kept={"staff": "501", "double": "1002"}),
    broken("a share above one", "share", "2", "From 0 to 1.", "constraint share"),
    broken("a number which could be two", "share", "1,234", "From 0 to 1.", "constraint share", "type share"),
    broken("a code in small letters", "code", "abc", "Three capital letters.", "constraint code"),
    broken("a day that is none", "day", "2021-02-30", "Not after 2021.", "constraint day", "type day"),
    broken("a moment without time", "moment", "2021-03-01", WRITTEN, "type moment"),
    broken("a time past midnight", "clock", "25:00", WRITTEN, "type clock"),
    broken("a place by name", "spot", "Tbilisi", WRITTEN, "type spot"),
    broken("a way of one point", "way", "41 44", WRITTEN, "type way"),
    broken("a choice of another list", "tools", ["a", "z"], NOT_OFFERED, "choice tools", kept={"tools": "a z"}),
    broken("a choice with a space", "tools", ["a b c d"], NOT_OFFERED, "choice tools", kept={"tools": "a b c d"}),
    broken("two choices where one holds", "link", ["a", "b"], NOT_OFFERED, "choice link", kept={"link": "a b"}),
    broken("a single choice that is not offered", "link", ["z"], NOT_OFFERED, "choice link", kept={"link": "z"}),
    Page("a ranking with one twice", {"order": ["a", "a", "b"]}, stored={"order": "a b c"}),
    Page("blanks in a required answer", {"name": "   "}, stored={"name": ""}),
    Page("a null sign", {"code": "A\x00C"}, 422, ("The answer holds a sign that cannot be stored. Write it anew.",)),
    Page("20,001 letters", {"name": "n" * 20_001}, 422, ("The answer is longer than 20000 letters. Shorten it.",), ("n" * 20_001,)),
    Page("a script", {"name": "<script>alert(1)</script>"}, stored={"name": "<script>alert(1)</script>"}),
    Page("one bad text among good ones", {"name": "New", "code": "A\x00", "staff": "5"}, 422,
         ("The answer holds a sign that cannot be stored. Write it anew.",), stored={"name": "New", "staff": "5", "double": "10"}),
]  # fmt: skip

PLACES = [
    Page("a question that never was", {}, raw={"/data/office/strange": "x", "base:/data/office/strange": "0"}),
    Page("a calculated answer", {}, 422, (CALCULATED,), raw={"/data/office/double": "99", "base:/data/office/double": "0"}),
    Page("a read-only answer", {}, 422, (CALCULATED,), raw={"/data/office/fixed": "forged", "base:/data/office/fixed": "0"}),
    Page("a question of another page", {}, raw={"/data/plan/note": "x", "base:/data/plan/note": "0"}),
    Page("the group itself", {}, raw={"/data/office": "x", "base:/data/office": "0"}),
    Page("an answer without its base", {}, raw={"/data/office/staff": "9"}),
    Page("a page that never was", {}, 404, door="strange"),
    Page("a page of entries without its entry", {}, 404, door="room"),
    Page("an entry that never was", {}, 404, door="room/none"),
    Page("an entry that was taken out", {}, 404, door="room/room2"),
    Page("an entry where there are none", {}, 404, door="office/room1"),
    Page("a reason nobody offers", {"staff": ""}, 422, ("This reason is not offered here. Choose another.",),
         raw={"reason:/data/office/staff": "bored"}),
    Page("a reason beside an answer", {"staff": "5"}, stored={"staff": "5", "double": "10"},
         raw={"reason:/data/office/staff": "not_known"}),
    Page("a file where a text belongs", {"name": "Agency"}, raw={"/data/office/code": SimpleUploadedFile("a.txt", b"ABC")}),
    Page("a program called a picture", {"name": "New"}, 422, typed=("New",),
         raw={"/data/office/photo": SimpleUploadedFile("room.jpg", b"\x7fELF" + b"\x00" * 60), "base:/data/office/photo": "0"}),
    Page("an empty file", {"name": "New"}, 422, typed=("New",),
         raw={"/data/office/photo": SimpleUploadedFile("room.jpg", b""), "base:/data/office/photo": "0"}),
]  # fmt: skip

BASES = [
    Page("a stale base", {"name": "Mine"}, 409, (CHANGED,), ("Mine",), bases={"name": "0"}),
    Page("a base in words", {"name": "Mine"}, 409, (CHANGED,), ("Mine",), bases={"name": "latest"}),
    Page("a base of 19 figures", {"name": "Mine"}, 409, (CHANGED,), ("Mine",), bases={"name": "9" * 19}),
    Page("a base ahead of time", {"name": "Mine"}, 409, (CHANGED,), ("Mine",), bases={"name": "99999999"}),
    Page("a stale base beside a good answer", {"name": "Mine", "staff": "5"}, 409, (CHANGED,), ("Mine",),
         bases={"name": "0"}, stored={"staff": "5", "double": "10"}),
]  # fmt: skip

MOMENTS = [
    Page("a signed response", {"staff": "5"}, 422, (LOCKED, ">5</p>"), before=place.signed),
    Page("a closed round", {"staff": "5"}, stored={"staff": "5", "double": "10"}, before=place.closed),
    Page("a response that was taken back", {"staff": "5"}, 422, (LOCKED, ">5</p>"), before=place.withdrawn),
    Page("nobody who signed in", {"staff": "5"}, 302, who="nobody"),
    Page("the lead next door", {"staff": "5"}, 404, who="other"),
    Page("an officer", {"staff": "5"}, 404, who="officer"),
    Page("a helper on a page not given", {}, 404, door="plan", who="helper"),
    Page("an adviser", {"staff": "5"}, who="adviser", beside={"staff": "5"}),
    Page("handing in with a required answer missing", {}, 422, ("Speed",), door="hand-in",
         before=lambda world: place.give(world, link="a")),
    Page("handing in with a broken rule", {}, 422, ("Between 0 and 500.",), door="hand-in", marked=("constraint staff",),
         before=lambda world: place.give(world, staff="501")),
    Page("handing in with text in a number", {}, 422, ("Staff",), door="hand-in", marked=("constraint staff", "type staff"),
         before=lambda world: place.give(world, staff="many")),
    Page("handing in by somebody else", {}, 404, door="hand-in", who="helper"),
    Page("signing what is not handed in", {}, 404, raw={"name": "A", "position": "B"}, door="sign"),
    Page("adding an entry where the form counts them", {}, 303, ("No entry can be added here: the form fixes them.",),
         raw={"add": "/data/pair"}, door="entries"),
    Page("adding an entry to no repeat", {}, 303, ("No entry can be added here: the form fixes them.",),
         raw={"add": "/data/office"}, door="entries"),
    Page("taking out an entry twice", {}, 303, raw={"remove": "room2"}, door="entries"),
    Page("bringing back an entry that is there", {}, 303, raw={"restore": "room1"}, door="entries"),
    Page("doing nothing with an entry", {}, 303, ("Choose what to do with the entry.",), raw={"x": "y"}, door="entries"),
]  # fmt: skip

ROWS = [*TEXTS, *PLACES, *BASES, *MOMENTS]
