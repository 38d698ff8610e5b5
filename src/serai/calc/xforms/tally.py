"""Counts answers: numbers, shares and quartiles, with what is missing kept apart."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How answers to a question are counted."""

    ONE = "one"
    MANY = "many"
    RANK = "rank"
    NUMBER = "number"
    TEXT = "text"


class Standing(StrEnum):
    """Why an answer counts, or does not."""

    ANSWERED = "answered"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    NO_INFORMATION = "no_information"


@dataclass(frozen=True, slots=True)
class Record:
    """One answer of one cleared response.

    Attributes:
        text: the answer as stored.
        standing: whether it counts.
        group: country, organisation type or another breakdown; "" for none.
        organisation, country: whose answer it is; "" where nobody's name is known.
    """

    text: str
    standing: Standing = Standing.ANSWERED
    group: str = ""
    organisation: str = ""
    country: str = ""

    @property
    def counts(self) -> bool:
        """Tell whether it is in the base."""
        return self.standing == Standing.ANSWERED and bool(self.text)


@dataclass(frozen=True, slots=True)
class Quartiles:
    """Least, lower quartile, median, upper quartile, most, and mean of numbers."""

    least: float
    lower: float
    median: float
    upper: float
    most: float
    mean: float


@dataclass(frozen=True, slots=True)
class Rank:
    """How one choice was placed: how many placed it, how many first, and its mean place."""

    n: int
    first: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class Tally:
    """The answers to one question.

    Attributes:
        n: base: answers that count; shares are of it.
        missing, not_applicable, no_information: what does not count, never taken as zero.
        counts: for each choice how many chose it, in the order given, unknown ones last.
        shares: the same as shares of n, 0 to 1; a many-choice question may exceed 1 in all.
        quartiles: of numbers; None for choices or where n is 0.
    """

    n: int
    missing: int
    not_applicable: int
    no_information: int
    counts: dict[str, int]
    shares: dict[str, float]
    quartiles: Quartiles | None


def tally(
    records: Iterable[Record], *, choices: Sequence[str] = (), is_many: bool = False
) -> Tally:
    """Count the answers to one question.

    Args:
        records: answers of cleared responses in which the question was seen.
        choices: the values offered; empty for a question that asks for a number or text.
        is_many: whether an answer may hold several values.
    Returns:
        Counts and shares of choices, or quartiles of the answers that are numbers.
    Source: docs/methods/tallies.md; quartiles: Hyndman and Fan (1996), definition 7.
    """
    standings: Counter[Standing] = Counter()
    texts: list[str] = []
    for record in records:
        empty = record.standing == Standing.ANSWERED and not record.text
        standings[Standing.MISSING if empty else record.standing] += 1
        if record.counts:
            texts.append(record.text)
    counts = dict.fromkeys(choices, 0)
    if choices:
        for text in texts:
            for value in dict.fromkeys(text.split()) if is_many else (text,):
                counts[value] = counts.get(value, 0) + 1
    return Tally(
        len(texts),
        standings[Standing.MISSING],
        standings[Standing.NOT_APPLICABLE],
        standings[Standing.NO_INFORMATION],
        counts,
        {value: count / len(texts) for value, count in counts.items()} if texts else {},
        None if choices else quartiles(numbers(texts)),
    )


def tallies(
    records: Iterable[Record], *, choices: Sequence[str] = (), is_many: bool = False
) -> dict[str, Tally]:
    """Count the answers to one question apart for each group, groups in alphabetical order."""
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(record.group, []).append(record)
    return {name: tally(groups[name], choices=choices, is_many=is_many) for name in sorted(groups)}


def ranks(records: Iterable[Record], *, choices: Sequence[str]) -> dict[str, Rank]:
    """Count how the choices of a ranking question were placed.

    Args:
        records: answers of cleared responses: values in order, the first one first.
        choices: the values offered.
    Returns:
        For each choice, in the order given: how many answers place it, how many first, and the
        mean of its places, None where nobody placed it.
    Source: docs/methods/tallies.md, "Ranks".
    """
    places: dict[str, list[int]] = {value: [] for value in choices}
    for record in records:
        if record.counts:
            for place, value in enumerate(dict.fromkeys(record.text.split()), start=1):
                places.setdefault(value, []).append(place)
    return {
        value: Rank(len(at), at.count(1), math.fsum(at) / len(at) if at else None)
        for value, at in places.items()
    }


def numbers(texts: Iterable[str]) -> list[float]:
    """Return the texts that are finite numbers, as numbers."""
    found: list[float] = []
    for text in texts:
        try:
            number = float(text)
        except ValueError:
            continue
        if math.isfinite(number):
            found.append(number)
    return found


def quartiles(values: Sequence[float]) -> Quartiles | None:
    """Return quartiles and mean, None for no numbers; quantiles are interpolated linearly."""
    if not values:
        return None
    ordered = sorted(values)

    def at(share: float) -> float:
        place = share * (len(ordered) - 1)
        below = math.floor(place)
        above = min(below + 1, len(ordered) - 1)
        return ordered[below] + (place - below) * (ordered[above] - ordered[below])

    mean = math.fsum(ordered) / len(ordered)
    return Quartiles(ordered[0], at(0.25), at(0.5), at(0.75), ordered[-1], mean)
