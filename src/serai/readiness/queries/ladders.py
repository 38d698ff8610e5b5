"""What the events of an edition ask, as rows for a table: also of a draft with faults."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from serai.calc.readiness.editing import Fields, rows_of


@dataclass(frozen=True)
class Held:
    """What one event asks in one row.

    Attributes:
        is_own: said by this event itself, not taken over from the one below.
    """

    threshold: object
    lever: str
    gate: str
    source: str
    is_own: bool


@dataclass
class LadderRow:
    """One requirement of one role along the ladder; `cells` by event."""

    role: str
    fact: str
    operator: str
    unit: str = ""
    cells: dict[str, Held] = field(default_factory=dict)


def events_of(document: Mapping[str, object]) -> list[str]:
    """Return the codes of the events, from the simplest up."""
    return [str(one.get("code", "")) for one in rows_of(document, "events")]


def ladder(document: Mapping[str, object]) -> list[LadderRow]:
    """Return every requirement, in the order in which the ladder first asks for it."""
    units = {str(one.get("key")): str(one.get("unit", "")) for one in rows_of(document, "facts")}
    rows: dict[tuple[str, str, str], LadderRow] = {}
    for event in rows_of(document, "events"):
        code = str(event.get("code", ""))
        own: dict[tuple[str, str, str], Held] = {}
        for one in _parts(event):
            side = "at_most" if "at_most" in one else "at_least"
            key = (str(one.get("role", "host")), str(one.get("fact", "")), side)
            own[key] = Held(
                one.get(side), str(one.get("lever", "link")), str(one.get("gate", "none")),
                str(one.get("source", "")), is_own=True,
            )  # fmt: skip
            rows.setdefault(key, LadderRow(*key, unit=units.get(key[1], "")))
        for key, row in rows.items():
            held = own.get(key) or _taken_over(row)
            if held is not None:
                row.cells[code] = held
    return list(rows.values())


def _parts(event: Fields) -> list[Fields]:
    found = event.get("rows")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _taken_over(row: LadderRow) -> Held | None:
    if not row.cells:
        return None
    below = list(row.cells.values())[-1]
    return Held(below.threshold, below.lever, below.gate, below.source, is_own=False)
