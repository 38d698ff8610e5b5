"""How a field holds one of an enumeration's words."""

from enum import StrEnum

from django.db import models


def choices(words: type[StrEnum]) -> list[tuple[str, str]]:
    """Return the stored values of an enumeration, for a field's `choices`."""
    return [(word.value, word.value) for word in words]


def known(field: str, words: type[StrEnum]) -> models.Q:
    """Return the condition that a field holds one of an enumeration's words."""
    return models.Q(**{f"{field}__in": [word.value for word in words]})
