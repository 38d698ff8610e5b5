"""A field that holds one text in several languages."""

import json
from functools import lru_cache
from typing import Any

from django.db import models

from serai.base.text import TranslatedText

MOST_READ = 4096


@lru_cache(maxsize=MOST_READ)
def read_stored(stored: str) -> TranslatedText:
    """Read stored JSON; the same words, met on every page, are read once."""
    return TranslatedText.from_json(json.loads(stored))


class TranslatedField(models.JSONField):
    """Stores {language: {"text": …, "state": …}}, states as in `text`; gives a TranslatedText."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", TranslatedText)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> TranslatedText:
        """Turn stored JSON into a TranslatedText."""
        return read_stored(value) if value else TranslatedText()

    def to_python(self, value: Any) -> TranslatedText:
        """Accept a TranslatedText, its JSON, or plain text (English source)."""
        if isinstance(value, TranslatedText):
            return value
        if isinstance(value, str):
            return TranslatedText.of(value)
        return TranslatedText.from_json(value or {})

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Store the JSON of a TranslatedText."""
        if isinstance(value, TranslatedText):
            value = value.to_json()
        return super().get_db_prep_value(value, connection, prepared)
