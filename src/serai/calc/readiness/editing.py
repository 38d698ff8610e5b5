"""Change one row of a definition's document, and write a document as readiness.toml."""

import copy
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from serai.calc.readiness.conditions import Operator
from serai.calc.readiness.definition import TABLES
from serai.calc.readiness.facts import Value

Document = dict[str, object]
Fields = dict[str, object]
ORDER = (
    "code", "key", "sensitivity", "role", "dimension", "level", "fact", "unit", "scope", "value",
    "weight", "thresholds", "at_least", "at_most", "also", "choices", "less_is_better", "link",
    "questions", "reading", "run_figure", "interpretation", "lever", "gate", "shared",
    "lead_weeks", "life_years", "name", "words", "source", "effects", "rows",
)  # fmt: skip
PLACES = {name: place for place, name in enumerate(ORDER)}


class NoSuchRow(LookupError):
    """A row that the document does not have."""


@dataclass(frozen=True, slots=True)
class CriterionEdit:
    """One criterion as it shall be; what else it holds stays.

    Attributes:
        name, words: by language; the words of the levels 1, 2, 3.
    """

    weight: float
    thresholds: tuple[Value, ...]
    lever: str
    source: str
    name: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class RowEdit:
    """One row of an event as it shall be."""

    role: str
    fact: str
    operator: Operator
    threshold: Value
    lever: str
    gate: str = "none"
    source: str = ""


@dataclass(frozen=True, slots=True)
class PackageEdit:
    """One package as it shall be."""

    effects: tuple[tuple[str, Value], ...]
    lever: str
    is_shared: bool
    lead_weeks: int
    life_years: int
    name: Mapping[str, str]


def rows_of(document: Mapping[str, object], table: str) -> list[Fields]:
    """Return a table's rows as they are written; none where the table is missing."""
    found = document.get(table)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def row_of(document: Mapping[str, object], table: str, code: str) -> Fields:
    """Return the row of a table that has the code.

    Raises:
        NoSuchRow: if there is none.
    """
    for one in rows_of(document, table):
        if one.get("code") == code:
            return one
    raise NoSuchRow(f"{table}: no row '{code}'.")


def with_criterion(document: Document, code: str, edit: CriterionEdit) -> Document:
    """Return the document with one criterion changed.

    Raises:
        NoSuchRow: if there is no such criterion.
    """
    new = copy.deepcopy(document)
    row = row_of(new, "criteria", code)
    row["weight"] = _number(edit.weight)
    row["thresholds"] = [_value(one) for one in edit.thresholds]
    row["lever"] = edit.lever
    _put(row, "source", edit.source)
    _put(row, "name", dict(edit.name))
    _put(row, "words", {key: " / ".join(said) for key, said in edit.words.items() if any(said)})
    return new


def with_weights(document: Document, weights: Mapping[str, float]) -> Document:
    """Return the document with the dimensions' weights changed.

    Raises:
        NoSuchRow: if there is no such dimension.
    """
    new = copy.deepcopy(document)
    for code, weight in weights.items():
        row_of(new, "dimensions", code)["weight"] = _number(weight)
    return new


def with_event_row(document: Document, event: str, edit: RowEdit) -> Document:
    """Return the document with one row of an event changed, or added where it was taken over.

    Raises:
        NoSuchRow: if there is no such event.
    """
    new = copy.deepcopy(document)
    rung = row_of(new, "events", event)
    rows = rung.setdefault("rows", [])
    side = edit.operator.value
    row: Fields = {"role": edit.role, "fact": edit.fact, side: _value(edit.threshold)}
    row["lever"] = edit.lever
    _put(row, "gate", "" if edit.gate == "none" else edit.gate)
    _put(row, "source", edit.source)
    if not isinstance(rows, list):
        raise NoSuchRow(f"events: {event} has no rows.")
    for place, one in enumerate(rows):
        if one.get("role") == edit.role and one.get("fact") == edit.fact and side in one:
            rows[place] = row
            return new
    rows.append(row)
    return new


def with_package(document: Document, code: str, edit: PackageEdit) -> Document:
    """Return the document with one package changed.

    Raises:
        NoSuchRow: if there is no such package.
    """
    new = copy.deepcopy(document)
    row = row_of(new, "packages", code)
    row["lever"] = edit.lever
    row["effects"] = [{"fact": fact, "value": _value(value)} for fact, value in edit.effects]
    row["shared"], row["lead_weeks"], row["life_years"] = (
        edit.is_shared, edit.lead_weeks, edit.life_years,
    )  # fmt: skip
    _put(row, "name", dict(edit.name))
    return new


def _put(row: Fields, name: str, value: object) -> None:
    """Set a field, or take it away where there is nothing to say."""
    if value:
        row[name] = value
    else:
        row.pop(name, None)


def _number(value: float) -> float:
    return int(value) if float(value).is_integer() else value


def _value(value: Value) -> Value:
    return value if isinstance(value, str) else _number(value)


# ---------------------------------------------------------------- as a file
def to_toml(document: Mapping[str, object]) -> str:
    """Write a document as readiness.toml; reading it again gives the same document."""
    lines = [f"version = {_text(str(document.get('version', '')))}", ""]
    for table in TABLES:
        for row in rows_of(document, table):
            lines += [f"[[{table}]]", *_fields(row), ""]
    return "\n".join(lines)


def _fields(row: Fields) -> Iterator[str]:
    for name, value in _in_order(row):
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield f"{name} = ["
            yield from (f"  {_inline(one)}," for one in value)
            yield "]"
        else:
            yield f"{name} = {_inline(value)}"


def _in_order(row: Mapping[str, object]) -> list[tuple[str, object]]:
    """Return fields in the order in which people write them: a database may keep another."""
    return sorted(row.items(), key=lambda one: (PLACES.get(one[0], len(ORDER)), one[0]))


def _inline(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Mapping):
        parts = ", ".join(f"{name} = {_inline(one)}" for name, one in _in_order(value))
        return f"{{ {parts} }}" if parts else "{}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(_inline(one) for one in value)}]"
    return _text(str(value))


def _text(value: str) -> str:
    """Write a basic string: JSON's escapes are TOML's; DEL alone must be escaped too."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
