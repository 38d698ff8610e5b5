"""A whole definition from plain dictionaries: fact keys, framework, ladder, packages; checked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from serai.calc.readiness.conditions import Condition, Operator, condition, natural_operator
from serai.calc.readiness.facts import FactKey, Kind, Reading, Scope, UnknownValue, Value
from serai.calc.readiness.framework import (
    LEVELS,
    Criterion,
    Dimension,
    Framework,
    Lever,
    framework_faults,
)
from serai.calc.readiness.ladder import (
    EventType,
    Gate,
    Ladder,
    Requirement,
    Role,
    SecurityRow,
    Sensitivity,
    ladder_faults,
)
from serai.calc.readiness.packages import Effect, Package, package_faults
from serai.calc.readiness.rows import Row, read_rows

TABLES = ("facts", "dimensions", "criteria", "events", "security", "packages")


class DefinitionFault(ValueError):
    """A definition that cannot be used; `faults` names every row that is wrong."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Definition:
    """Everything an assessment is made by, of one version."""

    version: str
    keys: Mapping[str, FactKey]
    framework: Framework
    ladder: Ladder
    packages: tuple[Package, ...] = ()


def read_definition(fields: Mapping[str, object]) -> Definition:
    """Read and check a definition, as `tomllib` gives readiness.toml.

    An event takes over the rows of the one before it; a row on the same fact, role and side
    replaces the older one.

    Raises:
        DefinitionFault: with every fault, each beginning with its table, row and code.
    """
    faults: list[str] = []
    top = Row("readiness", fields, faults, set(TABLES))
    version = top.text("version")
    top.refuse_others()
    keys = {one.key: one for one in _keys(_table(fields, "facts", faults))}
    framework = Framework(
        tuple(_dimension(row) for row in _table(fields, "dimensions", faults)),
        tuple(_criteria(_table(fields, "criteria", faults), keys)),
    )
    ladder = Ladder(
        tuple(_events(_table(fields, "events", faults), keys)),
        tuple(_security(_table(fields, "security", faults), keys)),
    )
    packages = tuple(_packages(_table(fields, "packages", faults)))
    if not faults:
        faults += framework_faults(framework, keys)
        faults += ladder_faults(ladder, keys)
        faults += package_faults(packages, keys)
    if faults:
        raise DefinitionFault(faults)
    return Definition(version, keys, framework, ladder, packages)


def _table(fields: Mapping[str, object], name: str, faults: list[str]) -> Iterator[Row]:
    """Yield a table's rows; when all its fields are read, those left over are faults."""
    for row in read_rows(fields.get(name, ()), name, faults):
        yield row
        row.refuse_others()


def _keys(rows: Iterator[Row]) -> Iterator[FactKey]:
    seen: set[str] = set()
    for row in rows:
        choices = row.list_of_texts("choices")
        key = FactKey(
            row.text("key"),
            row.text("unit", ""),
            row.choice("scope", Scope, Scope.OFFICE),
            Kind.CHOICE if choices else Kind.NUMBER,
            choices,
            row.flag("less_is_better"),
            row.flag("link"),
            row.list_of_texts("questions"),
            row.choice("reading", Reading, Reading.AS_ANSWERED),
            row.text("run_figure", ""),
        )
        if key.key in seen:
            row.fault("the key is there twice.")
        if len(set(choices)) != len(choices):
            row.fault("a choice is there twice.")
        if choices and key.less_is_better:
            row.fault("choices are written from worst to best; less_is_better is for numbers.")
        seen.add(key.key)
        yield key


def _dimension(row: Row) -> Dimension:
    return Dimension(row.text("code"), row.number("weight"), row.texts("name"))


def _criteria(rows: Iterator[Row], keys: Mapping[str, FactKey]) -> Iterator[Criterion]:
    for row in rows:
        fact = row.text("fact")
        levels = _levels(row, fact, keys)
        yield Criterion(
            row.text("code"),
            row.text("dimension"),
            row.number("weight", 1.0),
            fact,
            levels,
            row.choice("lever", Lever, Lever.LINK),
            row.text("source", ""),
            row.texts("name"),
            _words(row),
        )


def _words(row: Row) -> dict[str, tuple[str, ...]]:
    """Read what the levels mean, written as "one / two / three" in each language."""
    found = {language: tuple(words.split(" / ")) for language, words in row.texts("words").items()}
    for language, words in found.items():
        if len(words) != LEVELS:
            row.fault(f"words in '{language}' must be three, parted by ' / '.")
    return found


def _levels(row: Row, fact: str, keys: Mapping[str, FactKey]) -> tuple[tuple[Condition, ...], ...]:
    """Read three thresholds, and what is held beside them: `also = [{level, fact, at_least}]`."""
    thresholds = row.values("thresholds")
    beside: dict[int, list[Condition]] = {}
    for part in row.rows("also"):
        level = int(part.number("level"))
        found = _condition(part, keys)
        part.refuse_others()
        if not 1 <= level <= LEVELS:
            part.fault(f"level {level} is not 1, 2 or 3.")
        elif found is not None:
            beside.setdefault(level, []).append(found)
    if len(thresholds) != LEVELS:
        row.fault("thresholds must be three, for the levels 1, 2 and 3.")
        return ()
    levels = []
    for number, threshold in enumerate(thresholds, 1):
        operator = natural_operator(keys[fact]) if fact in keys else Operator.AT_LEAST
        first = _made(row, keys, fact, operator, threshold)
        if first is None:
            return ()
        levels.append((first, *beside.get(number, ())))
    return tuple(levels)


def _made(
    row: Row, keys: Mapping[str, FactKey], fact: str, operator: Operator, threshold: Value
) -> Condition | None:
    try:
        return condition(keys, fact, operator, threshold)
    except UnknownValue as error:
        row.fault(f"{error}")
        return None


def _condition(row: Row, keys: Mapping[str, FactKey]) -> Condition | None:
    """Read a fact and `at_least` or `at_most`."""
    fact = row.text("fact")
    sides = [side for side in Operator if row.has(side.value)]
    if len(sides) != 1:
        row.fault("needs either at_least or at_most.")
        return None
    threshold = row.value(sides[0].value)
    if threshold is None:
        row.fault(f"{sides[0].value} must be a number or a code.")
        return None
    return _made(row, keys, fact, sides[0], threshold)


def _requirement(row: Row, keys: Mapping[str, FactKey], lever: Lever) -> Requirement | None:
    found = _condition(row, keys)
    rest = (
        row.choice("role", Role, Role.HOST),
        row.choice("lever", Lever, lever),
        row.choice("gate", Gate, Gate.NONE),
        row.text("source", ""),
    )
    if found is None:
        return None
    return Requirement(rest[0], found, rest[1], rest[2], rest[3])


def _events(rows: Iterator[Row], keys: Mapping[str, FactKey]) -> Iterator[EventType]:
    taken_over: dict[tuple[Role, str, Operator], Requirement] = {}
    for row in rows:
        for part in row.rows("rows"):
            one = _requirement(part, keys, Lever.LINK)
            part.refuse_others()
            if one is not None:
                taken_over[(one.role, one.condition.fact, one.condition.operator)] = one
        yield EventType(
            row.text("code"),
            row.decimal("value"),
            tuple(taken_over.values()),
            row.flag("interpretation"),
            row.texts("name"),
        )


def _security(rows: Iterator[Row], keys: Mapping[str, FactKey]) -> Iterator[SecurityRow]:
    for row in rows:
        sensitivity = row.choice("sensitivity", Sensitivity, Sensitivity.LOW)
        one = _requirement(row, keys, Lever.SECURITY)
        if one is not None:
            yield SecurityRow(sensitivity, one)


def _packages(rows: Iterator[Row]) -> Iterator[Package]:
    for row in rows:
        effects = []
        for part in row.rows("effects"):
            fact, value = part.text("fact"), part.value("value")
            part.refuse_others()
            if value is None:
                part.fault("value must be a number or a code.")
            else:
                effects.append(Effect(fact, value))
        yield Package(
            row.text("code"),
            row.choice("lever", Lever, Lever.LINK),
            tuple(effects),
            row.flag("shared"),
            int(row.number("lead_weeks", 0)),
            int(row.number("life_years", 0)),
            row.texts("name"),
        )
