"""Reading rows of plain dictionaries: every fault is noted with its row, none stops the rest."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from serai.calc.readiness.facts import Value

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass
class Row:
    """One row with its place, such as "criteria row 3 (C3)", and the list its faults go to."""

    where: str
    fields: Mapping[str, object]
    faults: list[str]
    used: set[str] = field(default_factory=set)

    def fault(self, words: str) -> None:
        """Note what is wrong with this row."""
        self.faults.append(f"{self.where}: {words}")

    def _take(self, name: str) -> object:
        self.used.add(name)
        return self.fields.get(name)

    def has(self, name: str) -> bool:
        """Tell whether the row has a field."""
        return name in self.fields

    def text(self, name: str, default: str | None = None) -> str:
        """Return words; without a default an absent field is a fault."""
        value = self._take(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or (not value and default is None):
            self.fault(f"{name} must be text.")
            return default or ""
        return value

    def number(self, name: str, default: float | None = None) -> float:
        """Return a number."""
        value = self._take(name)
        if value is None and default is not None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.fault(f"{name} must be a number.")
            return default or 0.0
        return float(value)

    def decimal(self, name: str) -> Decimal:
        """Return an exact number, written as a whole number or in quotes."""
        value = self._take(name)
        try:
            if isinstance(value, bool) or not isinstance(value, int | str):
                raise InvalidOperation
            return Decimal(value)
        except InvalidOperation:
            self.fault(f"{name} must be a whole number, or an exact one in quotes.")
            return Decimal(0)

    def flag(self, name: str) -> bool:
        """Return true or false; false where absent."""
        value = self._take(name)
        if value is not None and not isinstance(value, bool):
            self.fault(f"{name} must be true or false.")
        return value is True

    def choice(self, name: str, kind: type[Choice], default: Choice) -> Choice:
        """Return one of the words of a list."""
        value = self._take(name)
        if value is None:
            return default
        if value not in list(kind):
            self.fault(f"{name} '{value}' is not one of {', '.join(kind)}.")
            return default
        return kind(str(value))

    def texts(self, name: str) -> dict[str, str]:
        """Return words by language."""
        value = self._take(name)
        if value is None:
            return {}
        if not isinstance(value, Mapping) or not all(isinstance(v, str) for v in value.values()):
            self.fault(f"{name} must be words by language.")
            return {}
        return {str(key): str(words) for key, words in value.items()}

    def list_of_texts(self, name: str) -> tuple[str, ...]:
        """Return a list of words; empty where absent."""
        value = self._take(name)
        if value is None:
            return ()
        if not _is_list(value) or not all(isinstance(one, str) for one in _items(value)):
            self.fault(f"{name} must be a list of texts.")
            return ()
        return tuple(str(one) for one in _items(value))

    def values(self, name: str) -> tuple[Value, ...]:
        """Return a list of numbers and codes."""
        value = self._take(name)
        found = [as_value(one) for one in _items(value)] if _is_list(value) else [None]
        if None in found:
            self.fault(f"{name} must be a list of numbers or codes.")
            return ()
        return tuple(one for one in found if one is not None)

    def rows(self, name: str) -> Iterator["Row"]:
        """Yield rows within this one."""
        value = self._take(name)
        if value is None:
            return
        yield from read_rows(value, f"{self.where}, {name}", self.faults)

    def value(self, name: str) -> Value | None:
        """Return a number or a code."""
        return as_value(self._take(name))

    def refuse_others(self) -> None:
        """Note fields that nobody asked for: a slip of the pen must not pass quietly."""
        for name in self.fields:
            if name not in self.used:
                self.fault(f"'{name}' is not known here.")


def as_value(value: object) -> Value | None:
    """Read a number or a code; None where it is neither."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    return value if isinstance(value, str) else None


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _items(value: object) -> Sequence[object]:
    return value if isinstance(value, Sequence) else ()


def read_rows(value: object, name: str, faults: list[str]) -> Iterator[Row]:
    """Yield the rows of a list, each with its number and, where it has one, its code."""
    if not _is_list(value):
        faults.append(f"{name}: must be a list of rows.")
        return
    for number, one in enumerate(_items(value), 1):
        if not isinstance(one, Mapping):
            faults.append(f"{name} row {number}: must be a row of fields.")
            continue
        code = one.get("code") or one.get("key") or one.get("fact")
        where = f"{name} row {number}" + (f" ({code})" if isinstance(code, str) else "")
        yield Row(where, {str(key): entry for key, entry in one.items()}, faults)
