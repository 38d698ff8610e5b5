"""Makes tallies fit to be shown beyond the secretariat: nobody's own answer follows from them."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from serai.calc.xforms.tally import Kind, Record, numbers, quartiles, ranks, tally

LEAST_ORGANISATIONS = 5
LEAST_COUNTRIES = 3
LARGEST_SHARE = 0.5
SHARE_STEP = 0.05
DIGITS = 2
PLACE_DIGITS = 1


@dataclass(frozen=True, slots=True)
class Protected:
    """What may be told of one group of answers.

    Attributes:
        n: base.
        shares: of each choice, of n, 0 to 1 in steps of 5 %; of a ranking, placed first.
        places: mean place of each choice of a ranking, to one digit.
        lower, median, upper, mean: of numbers, to two significant digits; never least or most.
    """

    n: int
    shares: dict[str, float]
    places: dict[str, float]
    lower: float | None = None
    median: float | None = None
    upper: float | None = None
    mean: float | None = None


@dataclass(frozen=True, slots=True)
class Contributor:
    """One answering body in a tally; `mark` changes with its answers."""

    body: str
    organisation: str
    country: str
    mark: str


def is_safe(records: Iterable[Record], *, kind: Kind) -> bool:
    """Tell whether a group of answers is wide enough to be told.

    Args:
        records: its answers; those that do not count are passed over.
        kind: of numbers, nobody gives more than half of their sum either.
    Returns:
        Whether at least 5 organisations of at least 3 countries answered, no organisation or
        country gives more than half, and they do not all say the same: that would tell what each
        of them said.
    Source: docs/methods/tallies.md, "What is told to others".
    """
    counted = [record for record in records if record.counts]
    organisations = {record.organisation for record in counted} - {""}
    countries = {record.country for record in counted} - {""}
    if len(organisations) < LEAST_ORGANISATIONS or len(countries) < LEAST_COUNTRIES:
        return False
    if _says_one_thing([record.text for record in counted], kind):
        return False
    weights = [[1.0] * len(counted)]
    if kind is Kind.NUMBER:
        weights.append([math.fsum(map(abs, numbers([one.text]))) for one in counted])
    return all(
        _largest(counted, weight, name) <= LARGEST_SHARE
        for weight in weights
        for name in ("organisation", "country")
    )


def _says_one_thing(texts: Sequence[str], kind: Kind) -> bool:
    """Tell whether all chose some choice, placed one first, or gave one number."""
    if kind is Kind.NUMBER:
        return len(set(numbers(texts))) < 2  # one value is no spread
    if kind is Kind.RANK:
        return len({text.split()[0] for text in texts}) == 1
    if kind is Kind.MANY:
        return bool(set.intersection(*(set(text.split()) for text in texts)))
    return len(set(texts)) == 1


def _largest(records: Sequence[Record], weights: Sequence[float], name: str) -> float:
    sums: Counter[str] = Counter()
    for record, weight in zip(records, weights, strict=True):
        sums[getattr(record, name)] += weight  # type: ignore[assignment]
    return max(sums.values()) / math.fsum(weights)


def told_groups(records: Iterable[Record], *, kind: Kind) -> tuple[str, ...]:
    """Return the groups of one breakdown that may be told beside the total.

    Args:
        records: answers, each in one group.
        kind: how the answers are counted.
    Returns:
        Groups in alphabetical order. What is left when they are taken from the total is nothing,
        or at least two groups that together are wide enough themselves: so no hidden group, and
        nothing narrower than the rule, follows by subtraction.
    Source: docs/methods/tallies.md, "What is hidden with it".
    """
    groups: dict[str, list[Record]] = {}
    for record in records:
        if record.counts:
            groups.setdefault(record.group, []).append(record)
    if not is_safe([one for group in groups.values() for one in group], kind=kind):
        return ()
    told = {name for name, group in groups.items() if is_safe(group, kind=kind)}
    while told and not _rest_is_safe(groups, told, kind):
        told.remove(min(told, key=lambda name: (len(groups[name]), name)))
    return tuple(sorted(told))


def _rest_is_safe(groups: dict[str, list[Record]], told: Collection[str], kind: Kind) -> bool:
    hidden = [group for name, group in groups.items() if name not in told]
    if not hidden:
        return True
    return len(hidden) > 1 and is_safe([one for group in hidden for one in group], kind=kind)


def protect(
    records: Sequence[Record], *, choices: Sequence[str] = (), kind: Kind
) -> dict[str, Protected]:
    """Return what may be told of the answers to one question: "" for all, and by group.

    Args:
        records: answers of cleared responses in which the question was seen.
        choices: the values offered; empty for numbers and texts.
        kind: how the answers are counted.
    Returns:
        Nothing at all where even the whole is too narrow.
    Source: docs/methods/tallies.md.
    """
    if not is_safe(records, kind=kind):
        return {}
    found = {"": _told(records, choices, kind)}
    for name in told_groups(records, kind=kind):
        if name:
            group = [record for record in records if record.group == name]
            found[name] = _told(group, choices, kind)
    return found


def _told(records: Sequence[Record], choices: Sequence[str], kind: Kind) -> Protected:
    whole = tally(records, choices=choices, is_many=kind is not Kind.ONE)
    if kind is Kind.RANK:
        placed = ranks(records, choices=choices)
        return Protected(
            whole.n,
            {value: stepped(one.first / whole.n) for value, one in placed.items()},
            {
                value: round(one.mean, PLACE_DIGITS)
                for value, one in placed.items()
                if one.mean is not None
            },
        )
    if kind is Kind.NUMBER:
        found = quartiles(numbers(record.text for record in records if record.counts))
        if found is None:
            return Protected(whole.n, {}, {})
        return Protected(
            whole.n, {}, {}, rough(found.lower), rough(found.median), rough(found.upper),
            rough(found.mean),
        )  # fmt: skip
    return Protected(whole.n, {value: stepped(share) for value, share in whole.shares.items()}, {})


def stepped(share: float) -> float:
    """Round a share to the nearest 5 %, halves up."""
    return round(math.floor(share / SHARE_STEP + 0.5 + 1e-9) * SHARE_STEP, 2)


def rough(value: float) -> float:
    """Round a number to two significant digits."""
    if not value:
        return 0.0
    return round(value, DIGITS - 1 - math.floor(math.log10(abs(value))))


def differs_safely(before: Collection[Contributor], after: Collection[Contributor]) -> bool:
    """Tell whether two tallies of one question may both be known.

    Args:
        before: whose answers stand in the first, and which answers of theirs.
        after: the same of the second.
    Returns:
        Whether what only one of them counts is nothing, or at least 5 organisations of at least
        3 countries: the difference of two tallies is a tally too.
    Source: docs/methods/tallies.md, "A second time".
    """
    sides = (set(before) - set(after), set(after) - set(before))
    return all(
        not side
        or (
            len({one.organisation for one in side} - {""}) >= LEAST_ORGANISATIONS
            and len({one.country for one in side} - {""}) >= LEAST_COUNTRIES
        )
        for side in sides
    )
