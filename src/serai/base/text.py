"""Texts people write: in several languages, in Markdown, in either direction."""

from collections.abc import Mapping
from dataclasses import dataclass

from serai.base.characters import Cleaned, clean, direction, harmless
from serai.base.markdown import Safe, markdown_blocks, markdown_html, safe

__all__ = [
    "Cleaned",
    "Safe",
    "TranslatedText",
    "clean",
    "direction",
    "harmless",
    "markdown_blocks",
    "markdown_html",
    "safe",
]

STATES = ("source", "machine", "checked", "behind")
FALLBACKS = ("en", "ru")


@dataclass(frozen=True)
class TranslatedText:
    """One text in several languages: (language, text, state).

    A state is source, machine, checked, or behind: left as it was when another language was changed.
    """

    texts: tuple[tuple[str, str, str], ...] = ()

    def __post_init__(self) -> None:
        for language, _text, state in self.texts:
            if state not in STATES:
                known = ", ".join(STATES)
                raise ValueError(f'Text in "{language}": state "{state}" is none of {known}.')
        cleaned = tuple((code, harmless(text), state) for code, text, state in self.texts)
        object.__setattr__(self, "texts", cleaned)

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
        """Return (text, language): own, else as the interface falls back: English, then Russian, then any."""
        known = {k: t for k, t, _ in self.texts if t}
        for code in (language, *FALLBACKS, *known):
            if code in known:
                return known[code], code
        return "", language

    def is_fallback(self, language: str) -> bool:
        """Whether a reader of this language is shown another one."""
        return self.pick(language)[1] != language

    def state(self, language: str) -> str:
        """How the text in a language came about; "" where there is none."""
        return next((state for code, text, state in self.texts if code == language and text), "")

    def with_text(self, language: str, text: str, state: str = "source") -> "TranslatedText":
        """The same with one language set; an empty text takes the language out."""
        others = tuple(entry for entry in self.texts if entry[0] != language)
        return TranslatedText((*others, (language, text, state)) if text else others)

    def follow(self, before: "TranslatedText") -> "TranslatedText":
        """The same with the state of each language, as it follows from what stood before.

        A change puts the languages left as they were behind, unless it only brings up languages
        that were missing or behind. A text saved as it stands says that its languages agree.
        """
        stood = {code: text for code, text, _ in before.texts}
        changed = {code for code, text, _ in self.texts if text != stood.get(code, "")}
        leads = any(before.state(code) not in {"", "behind"} for code in changed)

        def state_of(code: str) -> str:
            if code in changed:
                return "source"
            if leads:
                return "behind"
            state = before.state(code) or "source"
            return "checked" if state == "behind" and not changed else state

        return TranslatedText(tuple((code, text, state_of(code)) for code, text, _ in self.texts))

    def __str__(self) -> str:
        return self.pick("en")[0]
