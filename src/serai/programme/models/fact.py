"""What every dated row of the room shares: the day it was known, and whether it is sample."""

from enum import StrEnum

from serai.base.models import Dated, Sampled


class Fact(Dated, Sampled):
    """A row that a report as of a day reads when `known_from` is not later than that day."""

    class Meta:
        abstract = True


def choices(words: type[StrEnum]) -> list[tuple[str, str]]:
    """Return the stored values of an enumeration, for a field's `choices`."""
    return [(word.value, word.value) for word in words]
