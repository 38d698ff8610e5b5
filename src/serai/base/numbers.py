"""Numbers in the reader's notation."""

import re
import unicodedata
from decimal import Decimal

from django.utils.formats import get_format

GROUPED_FROM = 10_000
MOST_PLACES = 6


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


GROUPS = re.compile(r"[+-]?\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?:[.,]\d+)?")
ONE_COMMA = re.compile(r"[+-]?\d*,\d+")
TWO_KINDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+\.\d+|[+-]?\d{1,3}(?:\.\d{3})+,\d+")
UNSURE = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+")


def is_unsure(written: str) -> bool:
    """Tell whether a number can be read in two ways: "1,234" is 1.234 or 1234."""
    return UNSURE.fullmatch(western_digits(written).strip()) is not None


def read_number(written: str) -> str:
    """Return a number as machines write it: "12,5", "1 234,5" and "١٢" are 12.5, 1234.5 and 12.

    What is no number, or could be two (`is_unsure`), comes back as it was written.
    """
    text = western_digits(written).strip().replace("\u2212", "-")
    if is_unsure(text):
        return written
    if GROUPS.fullmatch(text):
        return re.sub(r"[ \u00a0\u202f'’]", "", text).replace(",", ".")
    if TWO_KINDS.fullmatch(text):
        point = max(text.rfind(","), text.rfind("."))
        return re.sub(r"[.,]", "", text[:point]) + "." + text[point + 1 :]
    return text.replace(",", ".") if ONE_COMMA.fullmatch(text) else text


def western_digits(text: str) -> str:
    """Write digits of any script as 0 to 9; the Arabic decimal sign as a comma."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.digit(sign)) if sign.isdigit() and not sign.isascii() else sign
        for sign in text.replace("٫", ",")
    )
