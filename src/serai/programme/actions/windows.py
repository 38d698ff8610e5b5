"""Reading the words of a date, and saying in words why they are not understood."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy

from serai.base.text import TranslatedText
from serai.calc.schedule import Fault, NotUnderstood, Precision, Window, parse_window
from serai.programme.actions.facts import Refused, day

NOT_UNDERSTOOD = gettext_lazy("Not understood: write a day, month, quarter or 'end of June 2021'.")
REASONS: Mapping[Fault, object] = {
    Fault.EMPTY: gettext_lazy("The date is empty."),
    Fault.NOT_UNDERSTOOD: gettext_lazy("“%(piece)s” is none of these."),
    Fault.AMBIGUOUS: gettext_lazy("“%(words)s” can be read as %(piece)s or as %(other)s."),
    Fault.NO_SUCH_DAY: gettext_lazy("There is no day %(piece)s."),
    Fault.NO_YEAR: gettext_lazy("The year is missing in “%(words)s”."),
    Fault.NO_END: gettext_lazy("“%(words)s” has a beginning but no end."),
    Fault.END_BEFORE_START: gettext_lazy("The end, %(other)s, is before the start, %(piece)s."),
    Fault.WORDS_AND_DATE_DIFFER: gettext_lazy("The words say %(piece)s, the date says %(other)s."),
}


@dataclass(frozen=True)
class Due:
    """Until when, and the words people read for it."""

    on: date | None = None
    words: TranslatedText = TranslatedText()


NO_DUE = Due()


def read_due(words: TranslatedText) -> Due:
    """Read until when something is wanted: the last day of the words; no words, no day.

    A single day keeps no words: every reader sees it written in their own language.

    Raises:
        Refused: with a sentence that says what to write.
    """
    if not str(words).strip():
        return NO_DUE
    window, text = read_words(words)
    if window.precision is Precision.DAY:
        return Due(window.end_latest)
    return Due(window.end_latest, text)


def sentence(error: NotUnderstood) -> str:
    """Say why words name no window, and what to write."""
    given = {"words": error.words, "piece": _said(error.piece), "other": _said(error.other)}
    reason = REASONS.get(error.fault)
    if reason is None or (error.fault is Fault.NOT_UNDERSTOOD and not error.piece):
        return str(NOT_UNDERSTOOD)
    told = str(reason) % given
    ends = {Fault.END_BEFORE_START, Fault.WORDS_AND_DATE_DIFFER}
    return told if error.fault in ends else f"{NOT_UNDERSTOOD} {told}"


def _said(piece: str) -> str:
    """Write days that are told in digits in words; anything else stays as it was written."""
    days = [one for one in piece.split("..") if one]
    try:
        return " – ".join(day(date.fromisoformat(one)) for one in days)
    except ValueError:
        return piece


def read_words(
    words: str | TranslatedText, language: str = "en", window: Window | None = None
) -> tuple[Window, TranslatedText]:
    """Read the words of a date in their source language, unless a file gave the days with them.

    Raises:
        Refused: with a sentence that says what to write; the words are the caller's to keep.
    """
    text = (
        words if isinstance(words, TranslatedText) else TranslatedText.of(words.strip(), language)
    )
    if window is not None:
        return window, text
    if not text.texts:
        raise Refused(f"{NOT_UNDERSTOOD} {REASONS[Fault.EMPTY]}", "words")
    source, said = text.texts[0][0], text.texts[0][1]
    try:
        return parse_window(said, source), text
    except NotUnderstood as error:
        raise Refused(sentence(error), "words") from error


def columns(window: Window, words: TranslatedText) -> dict[str, object]:
    """Return a window as the columns of a plan or completion."""
    return {
        "start_earliest": window.start_earliest,
        "start_latest": window.start_latest,
        "end_earliest": window.end_earliest,
        "end_latest": window.end_latest,
        "precision": window.precision.value,
        "is_ongoing": window.is_ongoing,
        "words": words,
    }
