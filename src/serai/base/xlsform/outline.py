"""The survey's rows in their groups: what each row is, where it stands, how the form names it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from serai.base.xlsform.problems import Problem, nearest, problem
from serai.base.xlsform.sheets import SURVEY, FormRow, FormSheets
from serai.base.xlsform.types import EXTERNAL, KNOWN, UNSUPPORTED, RowType, row_type

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
RESERVED = ("meta",)
MOST_DEPTH = 20


@dataclass(frozen=True)
class Item:
    """One row of the survey that is part of the form.

    Attributes:
        path: how the form names it: /data/office/city.
        repeats: paths of the repeats around it, outermost first.
        depth: how many groups stand around it.
    """

    row: FormRow
    type: RowType
    name: str
    path: str
    repeats: tuple[str, ...] = ()
    depth: int = 0


@dataclass
class _Open:
    """A group or repeat that is not ended yet, with the names that stand in it."""

    kind: str
    row: int
    path: str
    repeats: tuple[str, ...]
    rows_by_name: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Outline:
    """All rows that are part of the form, those that begin groups among them."""

    items: tuple[Item, ...]
    root: str

    def by_name(self) -> dict[str, list[Item]]:
        """Return the rows that a reference may mean, by name."""
        found: dict[str, list[Item]] = {}
        for item in self.items:
            if item.type.name not in EXTERNAL:
                found.setdefault(item.name, []).append(item)
        return found


def outline(sheets: FormSheets) -> tuple[Outline, list[Problem]]:
    """Put the rows into their groups, and say what is wrong with types, names and ends."""
    settings = sheets.settings.rows[0]["name"] if sheets.settings.rows else ""
    walk = _Walk(settings or "data")
    for row in sheets.survey.rows:
        walk.visit(row)
    walk.finish()
    return Outline(tuple(walk.items), walk.root), walk.found


class _Walk:
    def __init__(self, root: str) -> None:
        self.root = root
        self.items: list[Item] = []
        self.found: list[Problem] = []
        self.open = [_Open("form", 0, f"/{root}", ())]
        self.repeats: dict[str, int] = {}

    def say(self, code: str, row: FormRow, column: str = "", **values: object) -> None:
        self.found.append(problem(code, SURVEY, row.number, column, **values))

    def visit(self, row: FormRow) -> None:
        if all(column.startswith("_") for column in row.cells):
            return  # a note
        kind = row_type(row["type"])
        if not kind.is_known:
            self.refuse(kind, row)
            return
        if kind.has_other:
            self.say("or_other", row, "type")
        if kind.ends:
            self.end(kind, row)
        else:
            self.add(kind, row)

    def refuse(self, kind: RowType, row: FormRow) -> None:
        if not row["type"]:
            self.say("no_type", row, "type")
        elif kind.name in UNSUPPORTED:
            self.say("unsupported_type", row, "type", type=kind.name)
        else:
            first, _, rest = kind.name.partition(" ")
            near = nearest(kind.name, KNOWN) or nearest(first, KNOWN)
            said = f"{near} {rest}" if near.startswith(("select", "rank")) and rest else near
            self.say("unknown_type", row, "type", type=row["type"], near=said)
        if row["name"] and NAME.fullmatch(row["name"]):
            # So that references to it are not said to be wrong as well.
            self.items.append(self.item(kind, row, row["name"]))

    def add(self, kind: RowType, row: FormRow) -> None:
        name = "audit" if kind.name == "audit" else row["name"]
        if row["name"] and row["name"] != name:
            self.say("audit_name", row, "name")
        self.check_name(kind, row, name)
        item = self.item(kind, row, name)
        self.items.append(item)
        if kind.begins:
            sort = kind.name.removeprefix("begin_")
            inner = (*item.repeats, item.path) if sort == "repeat" else item.repeats
            self.open.append(_Open(sort, row.number, item.path, inner))
            if len(self.open) == MOST_DEPTH + 2:
                self.say("too_deep", row, "type", most=MOST_DEPTH)

    def item(self, kind: RowType, row: FormRow, name: str) -> Item:
        around = self.open[-1]
        return Item(row, kind, name, f"{around.path}/{name}", around.repeats, len(self.open) - 1)

    def check_name(self, kind: RowType, row: FormRow, name: str) -> None:
        if not name:
            self.say("no_name", row, "name")
        elif not NAME.fullmatch(name):
            self.say("illegal_name", row, "name", name=name)
        elif name in RESERVED or (name == self.root and kind.name == "begin_repeat"):
            self.say("reserved_name", row, "name", name=name)
        else:
            self.check_alike(kind, row, name)

    def check_alike(self, kind: RowType, row: FormRow, name: str) -> None:
        here = self.open[-1].rows_by_name
        other = here.get(name)
        if other:
            self.say("name_twice", row, "name", name=name, other=other)
        elif kind.name == "begin_repeat" and name in self.repeats:
            self.say("repeat_twice", row, "name", name=name, other=self.repeats[name])
        here.setdefault(name, row.number)
        if kind.name == "begin_repeat":
            self.repeats.setdefault(name, row.number)

    def end(self, kind: RowType, row: FormRow) -> None:
        around = self.open[-1]
        sort = kind.name.removeprefix("end_")
        if len(self.open) == 1:
            self.say("no_begin", row, "type", type=kind.name)
            return
        if sort != around.kind:
            self.say("wrong_end", row, "type", type=kind.name, other=around.row, kind=around.kind)
        if self.items[-1].row.number <= around.row:
            self.found.append(problem("empty_group", SURVEY, around.row, "type"))
        self.open.pop()

    def finish(self) -> None:
        for one in self.open[1:]:
            self.found.append(problem("no_end", SURVEY, one.row, "type", kind=one.kind))


def alike(found: Outline) -> Iterator[Problem]:
    """Warn of names in one group that differ in capitals only."""
    seen: dict[tuple[str, str], Item] = {}
    for item in found.items:
        around = item.path.rpartition("/")[0]
        other = seen.setdefault((around, item.name.lower()), item)
        if other.name != item.name:
            yield problem(
                "name_case", SURVEY, item.row.number, "name",
                name=item.name, other=other.row.number,
            )  # fmt: skip
