"""Bring together a date and the words beside it, as presets and imports give them."""

from dataclasses import replace
from datetime import date

from serai.calc.schedule.windows import Fault, NotUnderstood, Precision, Window
from serai.calc.schedule.wording import describe_window
from serai.calc.schedule.words import parse_window

Written = date | str


def narrow(
    words: str,
    planned: Written | None,
    planned_start: Written | None,
    language: str,
    *,
    is_ongoing: bool = False,
) -> Window:
    """Read a row that gives a date, words, or both.

    The words hold where the date lies inside or around what they say; where they contradict each
    other the row is refused.

    Args:
        words: the words people read; empty where only dates are given.
        planned: the end: a day, or any words of one date such as "2021-07".
        planned_start: the start, likewise; None where it does not last.
        language: of the words.
        is_ongoing: whether the row marks a service that runs.
    Returns:
        The window under the words; without words, under a description of the dates.
    Raises:
        NotUnderstood: WORDS_AND_DATE_DIFFER naming both, or what the words are refused for.
    Source: docs/methods/schedule.md, "Words and a date together".
    """
    end, start = _read(planned, language), _read(planned_start, language)
    if end is None:
        if start is not None:
            raise NotUnderstood(Fault.NO_END, words, str(planned_start))
        return _ongoing(parse_window(words, language), is_ongoing=is_ongoing)
    found = parse_window(words, language) if words.strip() else end
    _agree(words, found.end_earliest, found.end_latest, end)
    if start is not None and found.start_earliest is not None and found.start_latest is not None:
        _agree(words, found.start_earliest, found.start_latest, start)
    elif start is not None:
        found = _begun(found, start)
    found = _ongoing(found, is_ongoing=is_ongoing)
    return found if words.strip() else found.said(describe_window(found, language))


def _read(written: Written | None, language: str) -> Window | None:
    if written is None or written == "":
        return None
    return parse_window(str(written), language)


def _agree(words: str, earliest: date | None, latest: date, given: Window) -> None:
    """Refuse words when the date lies neither inside nor around what they say."""
    first, given_first = earliest or date.min, given.end_earliest or date.min
    is_inside = first <= given_first and given.end_latest <= latest
    is_around = given_first <= first and latest <= given.end_latest
    if not (is_inside or is_around):
        said = _iso(earliest, latest)
        date_said = _iso(given.end_earliest, given.end_latest)
        raise NotUnderstood(Fault.WORDS_AND_DATE_DIFFER, words, said, date_said)


def _begun(window: Window, start: Window) -> Window:
    """Give a window the start that only the date names."""
    begins = start.end_earliest or start.end_latest
    if begins > window.end_latest:
        raise NotUnderstood(
            Fault.END_BEFORE_START,
            window.words,
            begins.isoformat(),
            window.end_latest.isoformat(),
        )
    return replace(
        window,
        precision=Precision.BY if window.precision is Precision.BY else Precision.SPAN,
        start_earliest=begins,
        start_latest=start.end_latest,
    )


def _ongoing(window: Window, *, is_ongoing: bool) -> Window:
    """Mark a service that runs; words that say so are marked already."""
    if not is_ongoing or window.is_ongoing:
        return window
    return replace(window, precision=Precision.ONGOING, is_ongoing=True)


def _iso(earliest: date | None, latest: date) -> str:
    """Name the days for whoever makes the sentence: 2021-06-21..2021-06-30."""
    if earliest == latest:
        return latest.isoformat()
    return f"{earliest.isoformat() if earliest else ''}..{latest.isoformat()}"
