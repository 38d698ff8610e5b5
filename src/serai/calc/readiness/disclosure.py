"""What may be told of many organisations together, so that nobody's own result follows from it.

An organisation counts once, in one category. A set of organisations may be told when it holds at
least five of them, of at least three countries, none of which has more than half. What is hidden
must, taken together, be such a set too, for whoever adds up what is shown knows the rest. Nothing
may be told that differs from what was told before by fewer than five organisations.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

LEAST_ORGANISATIONS = 5
LEAST_COUNTRIES = 3
STEP_PERCENT = 5
WHOLE = 100

Group = frozenset[str]


@dataclass(frozen=True)
class Counted:
    """One organisation, its country, and the category it falls in."""

    organisation: str
    country: str
    category: str


@dataclass(frozen=True)
class Cell:
    """One category as it may be told.

    Attributes:
        percent: of all organisations, 0 to 100 in steps of 5; None where it is hidden.
        group: the organisations in it: never told, kept to compare what is told later.
    """

    category: str
    percent: int | None
    group: Group

    @property
    def is_shown(self) -> bool:
        """Tell whether a share stands here."""
        return self.percent is not None


@dataclass(frozen=True)
class Told:
    """Groups of one aggregate that was let out: all its organisations, and each cell shown."""

    whole: Group
    cells: Mapping[str, Group] = field(default_factory=dict)

    def groups(self) -> list[Group]:
        """Return every group about which something was told, what shown cells leave among them."""
        shown: Group = frozenset().union(*self.cells.values())
        rest = self.whole - shown
        return [self.whole, *self.cells.values(), *([rest] if rest else [])]


@dataclass(frozen=True)
class Aggregate:
    """Shares by category as they may be told; without cells where nothing may be."""

    organisations_count: int
    countries_count: int
    cells: tuple[Cell, ...]

    @property
    def is_tellable(self) -> bool:
        """Tell whether at least one share is shown."""
        return any(cell.is_shown for cell in self.cells)

    def told(self) -> Told:
        """Return what is told by this, to be compared with later ones."""
        whole: Group = frozenset().union(*(cell.group for cell in self.cells))
        return Told(whole, {cell.category: cell.group for cell in self.cells if cell.is_shown})


def rounded_percent(part: int, whole: int) -> int:
    """Return a share in steps of 5 %, halves up.

    Args:
        part: a count from 0 to `whole`.
        whole: a count above 0.
    Returns:
        0 to 100, divisible by 5.
    Raises:
        ValueError: `whole` is not above 0, or `part` is not within it.
    """
    if whole <= 0 or not 0 <= part <= whole:
        raise ValueError(f"No share: {part} of {whole}.")
    steps = WHOLE // STEP_PERCENT
    return STEP_PERCENT * ((2 * steps * part + whole) // (2 * whole))


def may_tell(counted: Iterable[Counted]) -> bool:
    """Tell whether a set is large and mixed enough: five organisations, three countries, no half.

    Args:
        counted: organisations, each once.
    """
    rows = list(counted)
    organisations = {one.organisation for one in rows}
    by_country: dict[str, int] = {}
    for one in rows:
        by_country[one.country] = by_country.get(one.country, 0) + 1
    return (
        len(organisations) >= LEAST_ORGANISATIONS
        and len(by_country) >= LEAST_COUNTRIES
        and 2 * max(by_country.values()) <= len(rows)
    )


def aggregate(counted: Sequence[Counted], categories: Sequence[str]) -> Aggregate:
    """Return the share of each category, with what would give somebody away hidden.

    Args:
        counted: organisations, each once.
        categories: every category in the order in which it is shown.
    Returns:
        A cell a category. All are hidden where the whole may not be told.
    Raises:
        ValueError: an organisation stands twice, or in a category that is not named.
    """
    names = [one.organisation for one in counted]
    if len(names) != len(set(names)):
        raise ValueError("An organisation is counted twice.")
    if unknown := {one.category for one in counted} - set(categories):
        raise ValueError(f"Unknown categories: {', '.join(sorted(unknown))}.")
    rows = {
        name: [one for one in counted if one.category == name] for name in dict.fromkeys(categories)
    }
    shown = _shown(counted, rows)
    return Aggregate(
        len(names),
        len({one.country for one in counted}),
        tuple(
            Cell(
                name,
                rounded_percent(len(held), len(names)) if name in shown else None,
                frozenset(one.organisation for one in held),
            )
            for name, held in rows.items()
        ),
    )


def _shown(counted: Sequence[Counted], rows: Mapping[str, Sequence[Counted]]) -> Set[str]:
    """Return the categories that may be shown; smallest first goes what has to cover another."""
    if not may_tell(counted):
        return frozenset()
    shown = {name for name, held in rows.items() if may_tell(held)}
    while shown and not _is_covered(rows, shown):
        shown.remove(min(shown, key=lambda name: (len(rows[name]), name)))
    return shown


def _is_covered(rows: Mapping[str, Sequence[Counted]], shown: Set[str]) -> bool:
    """Tell whether nothing is hidden, or what is hidden could be told as one."""
    hidden = [name for name in rows if name not in shown]
    return not hidden or may_tell([one for name in hidden for one in rows[name]])


def is_too_near(new: Group, old: Group) -> bool:
    """Tell whether taking one group from the other leaves one to four organisations.

    Args:
        new: a group about which something is to be told.
        old: one about which something was told.
    """
    return any(0 < len(rest) < LEAST_ORGANISATIONS for rest in (new - old, old - new))


def clash(new: Told, before: Iterable[Told]) -> Told | None:
    """Return the first of what was told before that, set beside the new, would give somebody away.

    The wholes are compared with each other, each shown cell with the same one of before, and every
    group with every group that lies within it.

    Args:
        new: what is about to be told.
        before: all that was ever told of the same measure, withdrawn or not.
    """
    return next((old for old in before if _clashes(new, old)), None)


def _clashes(new: Told, old: Told) -> bool:
    if is_too_near(new.whole, old.whole):
        return True
    common = new.cells.keys() & old.cells.keys()
    if any(is_too_near(new.cells[name], old.cells[name]) for name in common):
        return True
    return any(
        (one < other or other < one) and is_too_near(one, other)
        for one in new.groups()
        for other in old.groups()
    )
