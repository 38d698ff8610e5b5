"""Read written dates: "end of June 2021", «III квартал 2021 г.», "May - June, 2021"."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from serai.calc.schedule.lexicon import Mark, lexicons
from serai.calc.schedule.tokens import FIRST_YEAR, LAST_YEAR, Token, tokens
from serai.calc.schedule.windows import Fault, NotUnderstood, Precision, Window

LONGEST_WORDS = 180
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_UNIT_MONTHS = {Mark.QUARTER: 3, Mark.HALF: 6}
_UNIT_PRECISION = {Mark.QUARTER: Precision.QUARTER, Mark.HALF: Precision.HALF}


class _Refused(Exception):
    """A fault found below, where the whole words are not known."""

    def __init__(self, fault: Fault, piece: str = "", other: str = "") -> None:
        self.fault, self.piece, self.other = fault, piece, other
        super().__init__(fault)


@dataclass(frozen=True, slots=True)
class _Days:
    """A first and a last day, and how exactly they were said."""

    first: date
    last: date
    precision: Precision


@dataclass(frozen=True, slots=True)
class _Point:
    """What was said of one end: any of these, each at most once."""

    part: int = 0
    ordinal: int = 0
    unit: Mark | None = None
    day: int = 0
    month: int = 0
    year: int = 0
    days: _Days | None = None


def parse_window(words: str, language: str) -> Window:
    """Read the days that written words allow.

    Days, months, thirds of a month (early, mid, end: 1-10, 11-20, 21-last), quarters, halves, years,
    spans ("May - June 2021"), upper bounds ("by 30 June 2021") and ongoing services are read,
    in English and Russian with its cases, and ISO 8601 forms in any language.

    Args:
        words: as written.
        language: BCP 47 tag; its words are tried first, then those of the other languages.
    Returns:
        The window, with the words unchanged but for surrounding blanks.
    Raises:
        NotUnderstood: with a stable fault and the piece that is wrong; nothing is guessed.
    Source: docs/methods/schedule.md, "Fuzzy dates".
    """
    said = words.strip()
    if not said:
        raise NotUnderstood(Fault.EMPTY, words)
    if len(said) > LONGEST_WORDS:
        raise NotUnderstood(Fault.NOT_UNDERSTOOD, words, said[:LONGEST_WORDS])
    refusals: list[_Refused] = []
    for lexicon in lexicons(language):
        try:
            return _read(tokens(said, lexicon)).said(said)
        except _Refused as refusal:
            refusals.append(refusal)
            if refusal.fault is not Fault.NOT_UNDERSTOOD:
                break
    told = refusals[-1] if refusals[-1].fault is not Fault.NOT_UNDERSTOOD else refusals[0]
    raise NotUnderstood(told.fault, words, told.piece, told.other)


def _read(pieces: Sequence[Token]) -> Window:
    """Read the tokens as ongoing, an upper bound, a span or one date."""
    if not pieces:
        raise _Refused(Fault.NOT_UNDERSTOOD)
    if any(token.mark is Mark.ONGOING for token in pieces):
        return _ongoing(pieces)
    if pieces[0].mark is Mark.BY or _is_until(pieces[0]):
        last = _days(_stretch(pieces[1:]))
        return Window(None, last.last, Precision.BY)
    ends, is_by = _ends(pieces)
    if len(ends) == 1:
        found = _days(ends[0])
        return Window(found.first, found.last, found.precision)
    start, end = _ordered(ends)
    if is_by:
        return Window(None, end.last, Precision.BY, "", start.first, start.last)
    return Window(end.first, end.last, Precision.SPAN, "", start.first, start.last)


def _is_until(token: Token) -> bool:
    """Tell whether the word, coming first, means "by": until, до."""
    return token.mark is Mark.TO and token.value == 1


def _ongoing(pieces: Sequence[Token]) -> Window:
    """Read a service that runs; free words before its first date are left aside.

    A period longer than a month begins in its first month and ends in its last.
    """
    kept = [token for token in pieces if token.mark is not Mark.ONGOING]
    while kept and kept[0].mark in {Mark.UNKNOWN, Mark.AND} or _is_dash_first(kept):
        kept = kept[1:]
    if not kept:
        raise _Refused(Fault.NO_YEAR)
    if kept[0].mark is Mark.BY or _is_until(kept[0]):
        end = _days(_stretch(kept[1:]))
        return Window(end.first, end.last, Precision.ONGOING, is_ongoing=True)
    ends, _ = _ends(kept)
    start, end = (_days(ends[0]),) * 2 if len(ends) == 1 else _ordered(ends)
    begins = min(start.last, _month_end(start.first))
    finishes = max(end.first, end.last.replace(day=1))
    return Window(finishes, end.last, Precision.ONGOING, "", start.first, begins, is_ongoing=True)


def _is_dash_first(pieces: Sequence[Token]) -> bool:
    return bool(pieces) and pieces[0].text == "-"


def _ends(pieces: Sequence[Token]) -> tuple[tuple[_Point, ...], bool]:
    """Cut at "to", "-" or "and"; each end takes from the other what it leaves unsaid.

    After "from" only a word cuts, so that "from 21-30 June to 1-10 July 2021" has two ends.

    Returns:
        One or two ends, and whether the last is only an upper bound ("from …, by …").
    """
    has_from = pieces[0].mark is Mark.FROM
    rest = pieces[has_from:]
    words = [place for place, token in enumerate(rest) if _cuts(token) and token.text != "-"]
    dashes = [place for place, token in enumerate(rest) if _cuts(token) and token.text == "-"]
    cuts = words or dashes
    if not cuts:
        if has_from:
            raise _Refused(Fault.NO_END, " ".join(token.text for token in rest))
        return (_point(rest),), False
    if len(cuts) > 1 or (words and dashes and not has_from):
        raise _Refused(Fault.NOT_UNDERSTOOD, rest[max(cuts + dashes)].text)
    is_by = rest[cuts[0]].mark is Mark.BY
    left, right = _stretch(rest[: cuts[0]]), _stretch(rest[cuts[0] + 1 :])
    return (_completed(left, right), _completed(right, replace(left, year=0))), is_by


def _cuts(token: Token) -> bool:
    return token.mark in {Mark.TO, Mark.AND, Mark.BY}


def _stretch(pieces: Sequence[Token]) -> _Point:
    """Read one end, which may itself be days "21-30 June 2021"."""
    dashes = [place for place, token in enumerate(pieces) if token.text == "-"]
    if not dashes:
        return _point(pieces)
    left, right = _point(pieces[: dashes[0]]), _point(pieces[dashes[0] + 1 :])
    start, end = _ordered((_completed(left, right), _completed(right, replace(left, year=0))))
    return replace(right, days=_Days(start.first, end.last, Precision.SPAN))


def _completed(point: _Point, other: _Point) -> _Point:
    """Take from the other end the year, and what a lone number or "early" belongs to."""
    if point.days is not None:
        return point
    year = point.year or (other.days.first.year if other.days else other.year)
    is_lone = not (point.month or point.unit)
    if is_lone and (point.day or (point.part and not point.year)):
        return replace(point, year=year, month=other.month, unit=other.unit, ordinal=other.ordinal)
    if is_lone and point.ordinal:
        return replace(point, year=year, unit=other.unit, month=other.month)
    return replace(point, year=year)


def _ordered(ends: Sequence[_Point]) -> tuple[_Days, _Days]:
    start, end = _days(ends[0]), _days(ends[1])
    if start.first > end.first or start.last > end.last:
        raise _Refused(Fault.END_BEFORE_START, start.first.isoformat(), end.last.isoformat())
    return start, end


def _point(pieces: Sequence[Token]) -> _Point:
    """Collect what is said of one end, in whatever order it is said."""
    if not pieces:
        raise _Refused(Fault.NOT_UNDERSTOOD)
    found: dict[str, Token] = {}
    for place, token in enumerate(pieces):
        following = pieces[place + 1].mark if place + 1 < len(pieces) else None
        name = _role(token, following)
        if name in found:
            raise _Refused(Fault.NOT_UNDERSTOOD, token.text)
        found[name] = token
    return _gathered(found)


def _role(token: Token, following: Mark | None) -> str:
    """Name what a token says: a number before "quarter" is its ordinal, else a day."""
    units = {Mark.QUARTER, Mark.HALF, Mark.DECADE}
    if token.mark in units:
        return "unit"
    if token.mark is Mark.NUMBER:
        return "ordinal" if following in units else "day"
    if token.mark in {Mark.ISO, Mark.FIGURES}:
        return "days"
    if token.mark in {Mark.PART, Mark.ORDINAL, Mark.MONTH, Mark.YEAR}:
        return token.mark.value
    raise _Refused(Fault.NOT_UNDERSTOOD, token.text)


def _gathered(found: dict[str, Token]) -> _Point:
    if "days" in found:
        if len(found) > 1 and set(found) != {"days", "part"}:
            raise _Refused(Fault.NOT_UNDERSTOOD, found["days"].text)
        return _figures(found["days"], found["part"].value if "part" in found else 0)
    value = {name: token.value for name, token in found.items()}
    unit = found.get("unit")
    ordinal = value.get("ordinal", 0) or value.get("unit", 0)
    if "ordinal" in found and value.get("unit", 0):
        raise _Refused(Fault.NOT_UNDERSTOOD, found["ordinal"].text)
    return _Point(
        part=value.get("part", 0),
        ordinal=ordinal,
        unit=unit.mark if unit else None,
        day=value.get("day", 0),
        month=value.get("month", 0),
        year=value.get("year", 0),
    )


def _figures(token: Token, part: int) -> _Point:
    """Read 2021-05-06, 2021-05, 06.2021 and 15.03.2021; refuse what can be read twice."""
    if token.mark is Mark.ISO:
        year, month, *rest = (int(figure) for figure in token.text.split("-"))
        day = rest[0] if rest else 0
    else:
        year, month, day = _not_iso(token)
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= len(_LONGEST_MONTHS):
        raise _Refused(Fault.NO_SUCH_DAY, token.text)
    if not day:
        return _Point(part=part, month=month, year=year)
    if part:
        raise _Refused(Fault.NOT_UNDERSTOOD, token.text)
    return _Point(day=day, month=month, year=year, days=_one_day(year, month, day))


def _not_iso(token: Token) -> tuple[int, int, int]:
    """Return year, month and day of 06.2021, 15/03/2021 or (in Russian) 03.04.2021."""
    figures = [int(figure[:9]) for figure in token.text.replace("/", ".").split(".")]
    if len(figures) == 2:
        return figures[1], figures[0], 0
    first, second, year = figures
    if first >= FIRST_YEAR:
        return first, second, year
    is_day_first = token.value and "/" not in token.text
    months = len(_LONGEST_MONTHS)
    if first <= months and second <= months and first != second and not is_day_first:
        raise _Refused(
            Fault.AMBIGUOUS,
            f"{year:04}-{second:02}-{first:02}",
            f"{year:04}-{first:02}-{second:02}",
        )
    if second > months >= first and not is_day_first:
        return year, first, second
    return year, second, first


def _days(point: _Point) -> _Days:
    """Return the days of one end.

    Raises:
        _Refused: if the year is missing, the day does not exist or the pieces do not fit.
    """
    if point.days is not None:
        return point.days
    if point.day and point.month and point.day > _LONGEST_MONTHS[point.month - 1]:
        raise _Refused(Fault.NO_SUCH_DAY, f"{point.day:02}.{point.month:02}")
    if point.ordinal and point.unit is None:
        raise _Refused(Fault.NOT_UNDERSTOOD)
    if not point.year:
        raise _Refused(Fault.NO_YEAR)
    if point.day:
        return _day(point)
    if point.unit is not None:
        return _unit(point)
    first, months = (point.month, 1) if point.month else (1, 12)
    return _period(point, first, months, Precision.MONTH if point.month else Precision.YEAR)


def _day(point: _Point) -> _Days:
    if not point.month or point.part or point.unit:
        raise _Refused(Fault.NOT_UNDERSTOOD, str(point.day))
    return _one_day(point.year, point.month, point.day)


def _one_day(year: int, month: int, day: int) -> _Days:
    try:
        found = date(year, month, day)
    except ValueError:
        raise _Refused(Fault.NO_SUCH_DAY, f"{day:02}.{month:02}.{year}") from None
    return _Days(found, found, Precision.DAY)


def _unit(point: _Point) -> _Days:
    """Return a quarter, a half of a year or month, or ten days of a month (декада)."""
    unit, month = point.unit, point.month
    if unit is Mark.DECADE and month and not point.part:
        return _period(replace(point, part=_up_to(point.ordinal, 3)), month, 1, Precision.THIRD)
    if unit is Mark.HALF and month and not point.part:
        return _half_month(point)
    if unit is None or unit is Mark.DECADE or month:
        raise _Refused(Fault.NOT_UNDERSTOOD)
    months = _UNIT_MONTHS[unit]
    ordinal = _up_to(point.ordinal, 12 // months)
    return _period(point, (ordinal - 1) * months + 1, months, _UNIT_PRECISION[unit])


def _half_month(point: _Point) -> _Days:
    start = date(point.year, point.month, 1)
    if _up_to(point.ordinal, 2) == 1:
        return _Days(start, start.replace(day=15), Precision.HALF)
    return _Days(start.replace(day=16), _month_end(start), Precision.HALF)


def _up_to(ordinal: int, most: int) -> int:
    if not 1 <= ordinal <= most:
        raise _Refused(Fault.NOT_UNDERSTOOD, str(ordinal))
    return ordinal


def _period(point: _Point, first: int, months: int, precision: Precision) -> _Days:
    """Return whole months, or their early, middle or late third.

    A month's thirds are 1-10, 11-20, 21-last; a longer period's are whole months, a third each.
    """
    start = date(point.year, first, 1)
    last = _month_end(date(point.year, first + months - 1, 1))
    if not point.part:
        return _Days(start, last, precision)
    if months == 1:
        begin = 1 + 10 * (point.part - 1)
        end = last if point.part == 3 else start.replace(day=begin + 9)
        return _Days(start.replace(day=begin), end, Precision.THIRD)
    third = months // 3
    begin_month = first + third * (point.part - 1)
    end = _month_end(date(point.year, begin_month + third - 1, 1))
    return _Days(date(point.year, begin_month, 1), end, Precision.THIRD)


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
