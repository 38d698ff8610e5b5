"""Contrast of the design's colours (WCAG 2.2), computed from the style sheet itself."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

STYLE_SHEET = Path(__file__).parent / "static" / "serai" / "app.css"
_TOKEN = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-f]{3,6})\b")
_DARK = ":root[data-theme=dark] {"


@dataclass(frozen=True)
class Pair:
    """Two colours that meet, and the least contrast the design asks for."""

    role: str
    front: str
    back: str
    least: float


PAIRS = (
    Pair("ink on page", "ink", "page", 14.4),
    Pair("ink on surface", "ink", "surface", 14.4),
    Pair("muted on page", "muted", "page", 5.8),
    Pair("muted on surface", "muted", "surface", 5.8),
    Pair("field border on surface", "border", "surface", 3.7),
    Pair("field border on page", "border", "page", 3.7),
    Pair("accent on page", "accent", "page", 7.0),
    Pair("accent on surface", "accent", "surface", 7.0),
    Pair("text on accent", "on-accent", "accent", 7.5),
    Pair("good on soft", "good", "good-soft", 5.7),
    Pair("attention on soft", "attention", "attention-soft", 5.7),
    Pair("wrong on soft", "wrong", "wrong-soft", 6.2),
    Pair("info on soft", "info", "info-soft", 6.2),
    Pair("sample on soft", "sample", "sample-soft", 6.3),
    Pair("good on page", "good", "page", 4.5),
    Pair("attention on page", "attention", "page", 4.5),
    Pair("wrong on page", "wrong", "page", 4.5),
    Pair("info on page", "info", "page", 4.5),
    Pair("muted on pressed row", "muted", "accent-soft", 4.5),
    Pair("accent on pressed row", "accent", "accent-soft", 4.5),
    Pair("text on a warning button", "surface", "wrong", 4.5),
    Pair("figures on step 1", "on-low", "step-1", 4.5),
    Pair("figures on step 2", "on-low", "step-2", 4.5),
    Pair("figures on step 3", "on-low", "step-3", 4.5),
    Pair("figures on step 4", "on-high", "step-4", 4.5),
    Pair("figures on step 5", "on-high", "step-5", 4.5),
)


@cache
def tokens(theme: str) -> dict[str, str]:
    """Return the colours of `light` or `dark` by name."""
    text = STYLE_SHEET.read_text(encoding="utf-8")
    light = text[: text.index("@media (prefers-color-scheme: dark)")]
    found = dict(_TOKEN.findall(light))
    if theme == "dark":
        start = text.index(_DARK)
        found |= dict(_TOKEN.findall(text[start : text.index("}", start)]))
    return found


def contrast(front: str, back: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21.

    Source: WCAG 2.2, relative luminance and contrast ratio.
    """
    lighter, darker = sorted((_luminance(front), _luminance(back)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(sign * 2 for sign in digits)
    red, green, blue = (_linear(int(digits[n : n + 2], 16) / 255) for n in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
