"""Read a response's workbook that came back, by its hidden keys; what stands where does not matter."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from serai.base.tables import Sheet, SheetFault, SheetRow, read_sheets, unfilled_formulas
from serai.surveys.exports.workbook import (
    ABOUT,
    ANSWER,
    DELETE,
    ENTRY,
    KEY,
    NUMBER,
    OF,
    REASON,
    check_of,
)
from serai.surveys.queries.returned import Given, Returned, RowAct, Stray

LONGEST_NUMBER = 18


def read_returned(content: bytes, name: str, response: str) -> Returned:
    """Read a workbook of a response.

    Raises:
        SheetFault: it is no such workbook, or that of another response.
    """
    sheets = read_sheets(content, name)
    about = _about(sheets)
    if not {"response", "version"} <= set(about):
        raise SheetFault(
            _("This is no workbook of a questionnaire. Download one here and fill it in.")
        )
    if about["response"] != response:
        raise SheetFault(
            _("This workbook belongs to another questionnaire or organisation (%(number)s).")
            % {"number": about["response"]}
        )
    is_book = name.lower().endswith(".xlsx")
    unfilled = frozenset(unfilled_formulas(content)) if is_book else frozenset()
    reader = _Reader(about, hashlib.sha256(content).hexdigest(), unfilled)
    for sheet in sheets:
        reader.sheet(sheet)
    return reader.returned()


def _about(sheets: Sequence[Sheet]) -> dict[str, str]:
    found = {}
    for row in sheets[0] if sheets else ():
        if len(row) > 2 and row[2] in ABOUT:
            found[row[2]] = row[1]
    return found


def _below_head(sheet: Sheet) -> list[SheetRow]:
    """Return the rows under the hidden names of columns and the head."""
    return [row for row in sheet if row.number > 2]


@dataclass(frozen=True)
class _Key:
    words: tuple[str, ...]

    def number(self, place: int) -> int:
        text = self.words[place]
        return int(text) if text.isdigit() and len(text) <= LONGEST_NUMBER else 0


class _Reader:
    def __init__(
        self, about: dict[str, str], digest: str, unfilled: frozenset[tuple[str, str]]
    ) -> None:
        self.about, self.digest, self.unfilled = about, digest, unfilled
        seen = about.get("seen", "")
        self.seen = int(seen) if seen.isdigit() and len(seen) <= LONGEST_NUMBER else 0
        self.given: list[Given] = []
        self.rows: list[RowAct] = []
        self.strays: list[Stray] = []
        self.by_number: dict[tuple[str, str], str] = {}

    def returned(self) -> Returned:
        return Returned(
            self.about["response"], self.about["version"], self.about.get("language", ""),
            self.digest, tuple(self.given), tuple(self.rows), tuple(self.strays),
        )  # fmt: skip

    def sheet(self, sheet: Sheet) -> None:
        """Read one sheet: its first row names the columns."""
        marks = list(sheet[0]) if sheet.rows and sheet[0].number == 1 else []
        if KEY in marks:
            self.section(sheet, marks)
        elif any(mark.startswith(f"{ENTRY}:") for mark in marks):
            self.grid(sheet, marks)

    # ------------------------------------------------------------ a section
    def section(self, sheet: Sheet, marks: list[str]) -> None:
        at = {mark: place for place, mark in enumerate(marks) if mark}
        if not {ANSWER, REASON} <= set(at):
            # Read as empty, they would take every answer of the sheet away.
            why = _(
                "The hidden first row of this sheet was changed, so its answers cannot be read."
            )
            self.strays.append(Stray(sheet.name, "A1", "", why))
            return
        many: dict[str, dict[str, str]] = {}
        first: dict[str, tuple[SheetRow, int, str, str]] = {}
        reasons: dict[str, str] = {}
        for row in _below_head(sheet):
            answer, reason = row[at[ANSWER]], row[at[REASON]]
            key = self.key(row[at[KEY]], 2)
            if key is None:
                if row[at[KEY]] or answer or reason:
                    self.stray(row, at[ANSWER], answer or reason)
                continue
            name, _sharp, choice = key.words[0].partition("#")
            fault = self.fault(row, at[ANSWER])
            if choice:
                many.setdefault(name, {})[choice] = answer
                first.setdefault(name, (row, key.number(1), "", ""))
                if fault:
                    first[name] = (*first[name][:3], fault)
                continue
            if name in first:
                self.stray(row, at[ANSWER], answer)
                continue
            first[name] = (row, key.number(1), answer, fault)
            reasons[name] = reason
        for name, (row, base, text, fault) in first.items():
            path, _at, entry = name.partition("@")
            self.given.append(
                Given(
                    sheet.name,
                    row.address(at[ANSWER]),
                    path,
                    entry,
                    base,
                    self.seen,
                    text,
                    reasons.get(name, ""),
                    many.get(name),
                    fault,
                )  # fmt: skip
            )

    # ------------------------------------------------------------ a repeat
    def grid(self, sheet: Sheet, marks: list[str]) -> None:
        key_at = next(n for n, mark in enumerate(marks) if mark.startswith(f"{ENTRY}:"))
        repeat_path = marks[key_at].partition(":")[2].partition(":")[2]
        special = {
            mark: n
            for n, mark in enumerate(marks)
            if mark in {NUMBER, DELETE} or mark.startswith(f"{OF}:")
        }
        columns = [(n, mark) for n, mark in enumerate(marks) if mark.startswith("/")]
        of = next((mark for mark in special if mark.startswith(f"{OF}:")), "")
        for row in _below_head(sheet):
            self.line(row, key_at, repeat_path, special, columns, of)

    def line(
        self, row: SheetRow, key_at: int, repeat_path: str, special: dict[str, int],
        columns: list[tuple[int, str]], of: str,
    ) -> None:  # fmt: skip
        number = row[special[NUMBER]] if NUMBER in special else ""
        if not row[key_at]:
            if not any(row[n] for n, _mark in columns):
                return
            name = f"{row.sheet}!{row.number}"
            around = of.removeprefix(f"{OF}:")
            parent = self.by_number.get((around, row[special[of]]), "") if of else ""
            self.rows.append(
                RowAct(row.sheet, row.address(key_at), repeat_path, name, parent, is_new=True)
            )
            if number:
                self.by_number[repeat_path, number] = name
            self.cells(row, columns, name, self.seen)
            return
        key = self.key(row[key_at], 2)
        if key is None:
            for n, _mark in columns:
                if row[n]:
                    self.stray(row, n, row[n])
            return
        name = key.words[0]
        self.by_number[repeat_path, number] = name
        if DELETE in special and row[special[DELETE]]:
            self.rows.append(RowAct(row.sheet, row.address(special[DELETE]), repeat_path, name))
            return
        self.cells(row, columns, name, key.number(1))

    def cells(self, row: SheetRow, columns: list[tuple[int, str]], entry: str, seen: int) -> None:
        many: dict[str, dict[str, str]] = {}
        for n, mark in columns:
            path, _sharp, choice = mark.partition("#")
            fault = self.fault(row, n)
            if choice:
                is_first = path not in many
                many.setdefault(path, {})[choice] = row[n]
                if not is_first:
                    continue
            self.given.append(
                Given(
                    row.sheet,
                    row.address(n),
                    path,
                    entry,
                    None,
                    seen,
                    "" if choice else row[n],
                    "",
                    many[path] if choice else None,
                    fault,
                )  # fmt: skip
            )

    # ------------------------------------------------------------ both
    def key(self, text: str, words: int) -> _Key | None:
        """Return a key whose check holds; None for none, or one that was changed."""
        found = text.rsplit("|", words)
        if len(found) != words + 1:
            return None
        if check_of(self.about["response"], "|".join(found[:-1])) != found[-1]:
            return None
        return _Key(tuple(found[:-1]))

    def fault(self, row: SheetRow, column: int) -> str:
        if (row.sheet, row.address(column)) in self.unfilled:
            return _("A formula without a value: open the file, save it, and bring it again.")
        return ""

    def stray(self, row: SheetRow, column: int, text: str) -> None:
        why = _("The hidden key of this row was changed, so it is not known what it answers.")
        self.strays.append(Stray(row.sheet, row.address(column), text, why))
