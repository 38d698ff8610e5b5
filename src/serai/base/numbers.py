"""Numbers in the reader's notation."""

import re
from decimal import Decimal

from django.utils.formats import get_format

GROUPED_FROM = 10_000
MOST_PLACES = 6
STORED = re.compile(r"-?\d+\.\d+", re.ASCII)


def plain_number(value: float | Decimal, places: int | None = None) -> str:
    """Return a number in the reader's notation (12,345.6) without needless zeros."""
    if places is None:
        places = 0 if isinstance(value, int) else MOST_PLACES
        text = f"{value:.{places}f}"
        text = text.rstrip("0").rstrip(".") if places else text
    else:
        text = f"{value:.{places}f}"
    if text.startswith("-") and not text.strip("-0."):
        text = text[1:]
    whole, _point, rest = text.removeprefix("-").partition(".")
    sign = "\u2212" if text.startswith("-") else ""
    if len(whole) >= len(str(GROUPED_FROM)):
        whole = f"{int(whole):,}".replace(",", str(get_format("THOUSAND_SEPARATOR")))
    return f"{sign}{whole}{get_format('DECIMAL_SEPARATOR')}{rest}" if rest else f"{sign}{whole}"


def in_notation(text: str) -> str:
    """Return a stored number (12.5) with the reader's decimal sign; any other text as it is."""
    if not STORED.fullmatch(text):
        return text
    return text.replace(".", str(get_format("DECIMAL_SEPARATOR")))
