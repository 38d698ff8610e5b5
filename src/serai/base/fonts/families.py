"""The order in which fonts are asked for a character, by language."""

from collections.abc import Mapping
from types import MappingProxyType

Family = str | Mapping[str, str]

SANS, GEORGIAN = "Noto Sans", "Noto Sans Georgian"
NASKH, NASTALIQ = "Noto Naskh Arabic", "Noto Nastaliq Urdu"
MATHS, SYMBOLS, CHINESE = "Noto Sans Math", "Noto Sans Symbols2", "Noto Sans CJK SC"
LATIN_IN_CHINESE: Family = MappingProxyType({"name": SANS, "covers": "latin-in-cjk"})

USUAL: tuple[Family, ...] = (SANS, GEORGIAN, NASKH, MATHS, SYMBOLS, CHINESE)
BY_LANGUAGE: Mapping[str, tuple[Family, ...]] = MappingProxyType(
    {
        "ar": (NASKH, SANS, MATHS, SYMBOLS, GEORGIAN, CHINESE),
        "fa": (NASKH, SANS, MATHS, SYMBOLS, GEORGIAN, CHINESE),
        "ps": (NASKH, SANS, MATHS, SYMBOLS, GEORGIAN, CHINESE),
        "ur": (NASTALIQ, NASKH, SANS, MATHS, SYMBOLS, GEORGIAN, CHINESE),
        "zh": (LATIN_IN_CHINESE, CHINESE, SYMBOLS, MATHS, GEORGIAN, NASKH),
    }
)


def families(language: str) -> tuple[Family, ...]:
    """The fonts for a language, the first asked first; all are there for every language."""
    return BY_LANGUAGE.get(language.lower().partition("-")[0], USUAL)
