"""Say which days were understood, so that a keeper can check before saving."""

from dataclasses import dataclass
from datetime import date, timedelta

from serai.calc.schedule.windows import Window

_EN_DASH = "\N{EN DASH}"
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class _Wording:
    """One language's forms; gaps are named, `_of` after "from", `_to` after "to"."""

    months_of: tuple[str, ...]
    months_to: tuple[str, ...]
    quarter_of: str
    quarter_to: str
    year: str
    by: str
    span: str
    span_by: str
    ongoing: str
    until: str
    soft_two: tuple[str, str] = ("", "")


_MONTHS = "January February March April May June July August September October November December"
_OF = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
_TO = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"

_ENGLISH = _Wording(
    months_of=tuple(_MONTHS.split()),
    months_to=tuple(_MONTHS.split()),
    quarter_of="Q{number} {year}",
    quarter_to="Q{number} {year}",
    year="{year}",
    by="by {end}",
    span="from {start} to {end}",
    span_by="from {start}, by {end}",
    ongoing="ongoing, {days}",
    until="until {end}",
)
_RUSSIAN = _Wording(
    months_of=tuple(_OF.split()),
    months_to=tuple(_TO.split()),
    quarter_of="{roman} квартала {year}",
    quarter_to="{roman} квартал {year}",
    year="{year} г.",
    by="не позднее {end}",
    span="с {start} по {end}",
    span_by="с {start}, не позднее {end}",
    ongoing="постоянно, {days}",
    until="до {end}",
    soft_two=("с 2 ", "со 2 "),
)
_WORDINGS = {"en": _ENGLISH, "ru": _RUSSIAN}


def describe_window(window: Window, language: str) -> str:
    """Say the days of a window: "21-30 June 2021", "by 30 June 2021", "from May to June 2021".

    Args:
        window: the days.
        language: BCP 47 tag; a language without its own months here gets ISO 8601 dates.
    Returns:
        Words that `parse_window` reads back to the same first and last day (not so ISO dates of
        an upper bound).
    """
    wording = _WORDINGS.get(language.split("-")[0].lower())
    if wording is None:
        return _iso(window)
    said = _said(window, wording)
    hard, soft = wording.soft_two
    said = soft + said.removeprefix(hard) if hard and said.startswith(hard) else said
    return wording.ongoing.format(days=said) if window.is_ongoing else said


def _said(window: Window, wording: _Wording) -> str:
    earliest, latest = window.end_earliest, window.end_latest
    if window.start_earliest is None or window.start_latest is None:
        if window.is_ongoing:
            return wording.until.format(end=_end(earliest or latest, latest, wording, is_to=False))
        if earliest is None:
            return wording.by.format(end=_range(latest, latest, wording))
        return _range(earliest, latest, wording)
    start = _end(window.start_earliest, window.start_latest, wording, is_to=False)
    if earliest is None:
        return wording.span_by.format(start=start, end=_range(latest, latest, wording))
    return wording.span.format(start=start, end=_end(earliest, latest, wording, is_to=True))


def _end(earliest: date, latest: date, wording: _Wording, *, is_to: bool) -> str:
    """Say one end of a span: a whole month, quarter or year by its name, else its days."""
    year = wording.year.format(year=latest.year)
    is_whole = earliest.day == 1 and (latest + timedelta(days=1)).day == 1
    months = latest.month - earliest.month + 1 if earliest.year == latest.year else 0
    if not is_whole:
        return _range(earliest, latest, wording)
    if months == 1:
        names = wording.months_to if is_to else wording.months_of
        return f"{names[latest.month - 1]} {year}"
    if months == 3 and latest.month % 3 == 0:
        number = latest.month // 3
        quarter = wording.quarter_to if is_to else wording.quarter_of
        return quarter.format(number=number, roman=_ROMAN[number - 1], year=year)
    return year if months == 12 else _range(earliest, latest, wording)


def _range(earliest: date, latest: date, wording: _Wording) -> str:
    """Say days, leaving out the month and year that both share."""
    until = f"{_short(latest, wording)} {wording.year.format(year=latest.year)}"
    if earliest == latest:
        return until
    if earliest.year != latest.year:
        begin = f"{_short(earliest, wording)} {wording.year.format(year=earliest.year)}"
        return f"{begin} {_EN_DASH} {until}"
    if earliest.month != latest.month:
        return f"{_short(earliest, wording)} {_EN_DASH} {until}"
    return f"{earliest.day}{_EN_DASH}{until}"


def _short(day: date, wording: _Wording) -> str:
    return f"{day.day} {wording.months_of[day.month - 1]}"


def _iso(window: Window) -> str:
    first = window.start_earliest or window.end_earliest
    if first is None:
        return f"≤ {window.end_latest.isoformat()}"
    if first == window.end_latest:
        return first.isoformat()
    return f"{first.isoformat()} {_EN_DASH} {window.end_latest.isoformat()}"
