"""What the room's rows share: the choices of an enumeration, and one answer's place."""

from enum import StrEnum

from django.db import models


def choices(words: type[StrEnum]) -> list[tuple[str, str]]:
    """Return the stored values of an enumeration, for a field's `choices`."""
    return [(word.value, word.value) for word in words]


def known(field: str, words: type[StrEnum]) -> models.Q:
    """Return the condition that a field holds one of an enumeration's words."""
    return models.Q(**{f"{field}__in": [word.value for word in words]})


class Placed(models.Model):
    """A row about one answer: the path without positions, and its entry's key ("" outside)."""

    path = models.CharField(max_length=300)
    entry = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        abstract = True
