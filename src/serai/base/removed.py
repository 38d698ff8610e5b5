"""What a request's forms took out of the text typed into them, to be told once it is saved."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.translation import ngettext

from serai.base.characters import Cleaned

# By field, for a form may be read twice in one request. None outside requests.
_REMOVED: ContextVar[dict[int, int] | None] = ContextVar("removed", default=None)


@contextmanager
def listening() -> Iterator[None]:
    """Gather what is taken out during one request."""
    token = _REMOVED.set({})
    try:
        yield
    finally:
        _REMOVED.reset(token)


def note(field: object, found: Cleaned) -> None:
    """Remember how many signs were taken out of one field."""
    removed = _REMOVED.get()
    if removed is not None:
        removed[id(field)] = found.control_count + found.direction_count


def told() -> str:
    """Return the sentence for the writer, once; empty where nothing was taken out."""
    removed = _REMOVED.get()
    count = sum(removed.values()) if removed else 0
    if removed:
        removed.clear()
    if not count:
        return ""
    return ngettext(
        "%(n)d hidden sign was removed from your text. Check that it still reads as you meant it.",
        "%(n)d hidden signs were removed from your text. Check that it still reads as you meant it.",
        count,
    ) % {"n": count}
