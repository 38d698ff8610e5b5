"""Cut written dates into marked pieces."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from serai.calc.schedule.lexicon import Lexicon, Mark

FIRST_YEAR, LAST_YEAR = 1900, 2199
DAYS_OF_LONGEST_MONTH = 31
LONGEST_NUMBER = 9

_REWRITTEN = (
    (re.compile(r"(\d)/(?=\d{4}-)"), r"\1 - "),
    (re.compile(r"\b(\d{4})-?(q[1-4]|h[12])\b"), r"\2 \1"),
    (re.compile(r"\b(\d{1,2})-([^\W\d_]{3,})-(?=\d{4}\b)"), r"\1 \2 "),
    (re.compile(r"([^\W\d_]{3,})-(?=\d{4}\b)"), r"\1 "),
    (re.compile(r"\s*[‐‑‒–—―−]\s*"), " - "),
    (re.compile(r"(?<!\d)\.|\.(?!\d)|[,()]"), " "),
)
_PIECE = r"""(?P<iso>\d{4}-\d{1,2}-\d{1,2}(?!\d)|\d{4}-(?:0\d|1[0-2])(?![\d-]))
           | (?P<figures>\d+(?:[./]\d+){1,2})
           | (?P<number>\d+(?:-?(?:ENDINGS)(?!\w))?)
           | (?P<word>[^\W\d_][^\W_]*(?:-[^\W\d_][^\W_]*)*)
           | (?P<dash>-)
           | (?P<sign>\S)"""


@dataclass(frozen=True, slots=True)
class Token:
    """One piece: what it does, its number, and its letters."""

    mark: Mark
    value: int
    text: str


def tokens(words: str, lexicon: Lexicon) -> tuple[Token, ...]:
    """Cut words into tokens; fillers, commas and full stops are dropped.

    Args:
        words: as written.
        lexicon: the language's table.
    Returns:
        Tokens in order; what the table does not know is marked UNKNOWN.
    """
    text = unicodedata.normalize("NFKC", words).lower().replace("ё", "е")
    for pattern, written in _REWRITTEN:
        text = pattern.sub(written, text)
    for phrase, word in lexicon.phrases:
        text = re.sub(phrase, word, text)
    found = (
        token
        for match in _pieces(lexicon.ordinal_endings).finditer(text)
        for token in _tokens(match, lexicon)
    )
    return tuple(token for token in found if token.mark is not Mark.FILLER)


@cache
def _pieces(ordinal_endings: str) -> re.Pattern[str]:
    return re.compile(_PIECE.replace("ENDINGS", ordinal_endings), re.VERBOSE)


def _tokens(match: re.Match[str], lexicon: Lexicon) -> tuple[Token, ...]:
    text = match.group()
    match match.lastgroup:
        case "iso":
            return (Token(Mark.ISO, 0, text),)
        case "figures":
            return (Token(Mark.FIGURES, int(lexicon.is_day_first), text),)
        case "number":
            return (_number(text),)
        case "word":
            return _words(text, lexicon)
        case "dash":
            return (Token(Mark.TO, 0, text),)
    return (_word(text, lexicon),)


def _number(text: str) -> Token:
    """Read a number as a year or a small number; anything else is unknown."""
    value = int("".join(letter for letter in text if letter.isdecimal())[:LONGEST_NUMBER])
    if FIRST_YEAR <= value <= LAST_YEAR:
        return Token(Mark.YEAR, value, text)
    if 1 <= value <= DAYS_OF_LONGEST_MONTH:
        return Token(Mark.NUMBER, value, text)
    return Token(Mark.UNKNOWN, value, text)


def _words(text: str, lexicon: Lexicon) -> tuple[Token, ...]:
    """Read a word; "may-june" is two words and a dash."""
    if text in lexicon.words or "-" not in text:
        return (_word(text, lexicon),)
    found: list[Token] = []
    for part in text.split("-"):
        found += [Token(Mark.TO, 0, "-"), _word(part, lexicon)]
    return tuple(found[1:])


def _word(text: str, lexicon: Lexicon) -> Token:
    mark, value = lexicon.words.get(text, (Mark.UNKNOWN, 0))
    return Token(mark, value, text)
