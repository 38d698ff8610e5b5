"""Sorting a list by the head a reader chose: `?sort=name`, the other way round `?sort=-name`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

from django.http import QueryDict

from serai.base.shown import Sort

T = TypeVar("T")
NOT_KEPT = ("sort", "page", "as")


def sort_of(asked: QueryDict, columns: Collection[str]) -> Sort:
    """Read the sort from an address; a column that is not on the list asks for none."""
    written = asked.get("sort", "")
    key = written.removeprefix("-")
    kept = asked.copy()
    for name in NOT_KEPT:
        kept.pop(name, None)
    is_known = key in columns
    return Sort(
        key if is_known else "",
        is_descending=is_known and written != key,
        query=kept.urlencode(),
        columns=tuple(columns),
    )


def in_order(
    rows: Sequence[T], asked: QueryDict, keys: Mapping[str, Callable[[T], object]]
) -> tuple[list[T], Sort]:
    """Return the rows as the address asks, and how that is.

    Rows alike keep the list's own order, and rows without a value come last either way.

    Args:
        rows: the whole list, in its own order.
        asked: the address's query.
        keys: by column, what a row is sorted by; text is compared whatever its capitals.
    """
    sort = sort_of(asked, keys)
    if not sort.key:
        return list(rows), sort
    valued = [(_comparable(keys[sort.key](row)), row) for row in rows]
    known = [pair for pair in valued if pair[0] is not None]
    known.sort(key=lambda pair: pair[0], reverse=sort.is_descending)  # type: ignore[arg-type,return-value]
    return [row for _value, row in known] + [row for value, row in valued if value is None], sort


def _comparable(value: object) -> object:
    """Return text folded, and nothing for what is empty."""
    return (value.casefold() or None) if isinstance(value, str) else value
