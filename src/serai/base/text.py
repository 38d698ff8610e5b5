"""Texts in several languages (first version by the lead: keep `of`, `from_json`, `to_json`, `pick`)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class TranslatedText:
    """One text in several languages: {language: (text, state)}; state source, machine or checked."""

    texts: tuple[tuple[str, str, str], ...] = ()

    @classmethod
    def of(cls, text: str, language: str = "en") -> "TranslatedText":
        """Make a text with one source language."""
        return cls(((language, text, "source"),)) if text else cls()

    @classmethod
    def from_json(cls, stored: Mapping[str, Mapping[str, str]]) -> "TranslatedText":
        """Read {language: {"text": …, "state": …}}."""
        return cls(tuple((k, v["text"], v.get("state", "source")) for k, v in stored.items()))

    def to_json(self) -> dict[str, dict[str, str]]:
        """Write {language: {"text": …, "state": …}}."""
        return {language: {"text": text, "state": state} for language, text, state in self.texts}

    def pick(self, language: str) -> tuple[str, str]:
        """Return (text, language): own, then Russian, then English, then any; ("", language)."""
        known = {k: t for k, t, _ in self.texts if t}
        for code in (language, "ru", "en", *known):
            if code in known:
                return known[code], code
        return "", language

    def __str__(self) -> str:
        return self.pick("en")[0]
