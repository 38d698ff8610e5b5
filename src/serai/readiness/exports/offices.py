"""Offices, their facts with a codebook, gaps and attainments as tables."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext, pgettext

from serai.base.shown import Linked
from serai.base.tables import Column, Table
from serai.base.tables.book_file import book_file
from serai.readiness.queries.codebook import CodebookRow, FactRow, GapRow, StandRow
from serai.readiness.queries.evaluation import GATE
from serai.readiness.queries.offices import OfficeRow
from serai.readiness.queries.results import Asked, FactShown, GapShown
from serai.readiness.states import result_words as words
from serai.readiness.states.fact_words import NAMES

EVIDENCE = {
    "measured": lazy("mostly measured"),
    "declared": lazy("mostly declared"),
    "thin": lazy("less than 60 % known"),
}


def offices_table(rows: Sequence[OfficeRow], language: str) -> Table:
    """Return the offices with where each stands."""
    return Table(
        title=_("Offices"),
        columns=(
            Column("country", _("Member")),
            Column("organisation", _("Organisation")),
            Column("name", _("Office"), "link"),
            Column("state", _("State"), "state"),
            Column("score", pgettext("of readiness", "Score, 0 to 100"), "number"),
            Column("low", _("at least"), "number"),
            Column("high", _("at most"), "number"),
            Column("attends", _("Attends up to")),
            Column("hosts", _("Hosts up to")),
            Column("evidence", _("Evidence")),
        ),
        rows=[_office(row, language) for row in rows],
    )


def page_table(rows: Sequence[OfficeRow], language: str) -> Table:
    """Return the same list as a page shows it: the interval beside the score."""
    whole = offices_table(rows, language)
    return Table(
        title=whole.title,
        columns=[one for one in whole.columns if one.key not in {"low", "high"}],
        rows=[
            [*cells[:4], _interval(row), *cells[7:]]
            for row, cells in zip(rows, whole.cells(), strict=True)
        ],
    )


def _interval(row: OfficeRow) -> str | None:
    if not row.is_scored:
        return None
    interval = _("%(low)s to %(high)s") % {
        "low": round(row.score_low or 0), "high": round(row.score_high or 0),
    }  # fmt: skip
    return interval if row.score is None else f"{round(row.score)} ({interval})"


def _office(row: OfficeRow, language: str) -> list[object]:
    return [
        row.country.pick(language)[0],
        row.organisation.pick(language)[0],
        Linked(row.name, reverse("readiness:office", args=[row.public_id]), row.sample),
        words.mark(words.ASSESSMENT, row.state) if row.state else None,
        _rounded(row.score),
        _rounded(row.score_low) if row.is_scored else None,
        _rounded(row.score_high) if row.is_scored else None,
        row.headline_attend or (_("none") if row.is_scored else None),
        row.headline_host or (_("none") if row.is_scored else None),
        str(EVIDENCE[row.evidence]) if row.is_scored else None,
    ]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


FACT_COLUMNS = (
    "office", "organisation", "member", "as_of", "scope", "room", "fact", "value", "unit", "grade",
    "thin", "stale", "known_on", "source",
)  # fmt: skip
CODEBOOK_COLUMNS = (
    "fact",
    "scope",
    "unit",
    "choices",
    "better",
    "reading",
    "questions",
    "run_figure",
)


def facts_table(rows: Iterable[FactRow]) -> Table:
    """Return facts as a long table; columns keep their machine names, as the codebook says."""
    kept = list(rows)
    return Table(
        title=_("Facts"),
        columns=[Column(name, name) for name in FACT_COLUMNS],
        rows=[[getattr(row, name) for name in FACT_COLUMNS] for row in kept],
        sample=any(row.sample for row in kept),
    )


def codebook_table(rows: Iterable[CodebookRow]) -> Table:
    """Return what each fact is, in which unit, and where it comes from."""
    return Table(
        title=_("Codebook"),
        columns=[Column(name, name) for name in CODEBOOK_COLUMNS],
        rows=[[getattr(row, name) for name in CODEBOOK_COLUMNS] for row in rows],
    )


def facts_book(facts: Table, codebook: Table) -> bytes:
    """Write facts and their codebook as two sheets of one workbook."""
    return book_file(facts.title, [(one.title, _sheet(one)) for one in (facts, codebook)])


def _sheet(table: Table) -> list[list[str]]:
    head = [column.title for column in table.columns]
    return [head, *([("" if cell is None else str(cell)) for cell in row] for row in table.cells())]


def shown_facts_table(rows: Iterable[FactShown], tests: str | None = None) -> Table:
    """Return one office's facts as its readers see them.

    Args:
        rows: the facts.
        tests: for a page, where the office's tests are listed or ""; None for a file, which names each.
    """
    return Table(
        title=_("Facts"),
        columns=(
            Column("fact", _("Fact")),
            Column("room", _("Room")),
            Column("value", _("Value")),
            Column("grade", _("Evidence")),
            Column("known_on", _("As of"), "day"),
            Column("source", _("Source")),
        ),
        rows=[
            [
                fact_name(row.key, row.label), row.room or None, value_words(row),
                words.evidence(row.grade, is_thin=row.is_thin, is_stale=row.is_stale),
                row.known_on,
                source_words(row.source) if tests is None else _source(row.source, tests),
            ]
            for row in rows
        ],
    )  # fmt: skip


def asked_table(rows: Iterable[Asked], tests: str = "") -> Table:
    """Return what a level or a verdict asks, and the fact held against each.

    Args:
        rows: the conditions.
        tests: where the office's tests are listed; "" for whoever does not read them.
    """
    asked = list(rows)
    columns = [
        Column("fact", _("Fact")),
        Column("need", _("Asked")),
        Column("value", _("Value")),
        Column("verdict", pgettext("of a condition", "Met"), "state"),
        Column("grade", _("Evidence")),
        Column("known_on", _("As of"), "day"),
        Column("source", _("Source")),
    ]
    if has_levels := any(row.level for row in asked):
        columns.insert(0, Column("level", _("For level")))
    return Table(
        title=_("What is asked, and what is known"),
        columns=columns,
        rows=[
            [*([str(row.level)] if has_levels else []), *_asked_cells(row, tests)] for row in asked
        ],
    )


def _asked_cells(row: Asked, tests: str) -> list[object]:
    name = fact_name(row.fact.key, row.fact.label)
    return [
        f"{name} ({row.fact.room})" if row.fact.room else name,
        need_words(row.operator, row.need, row.need_words, row.fact.unit),
        value_words(row.fact),
        words.mark(words.VERDICT, row.verdict),
        words.evidence(row.fact.grade, is_thin=row.fact.is_thin, is_stale=row.fact.is_stale),
        row.fact.known_on,
        _source(row.fact.source, tests),
    ]


def _source(source: str, tests: str) -> object:
    """Say on a page where a fact comes from: the tests behind it by their count."""
    kind, _colon, numbers = source.partition(":")
    if kind == "answer":
        return _("the questionnaire")
    if kind != "runs":
        return source_words(source)
    count = len(numbers.split(","))
    said = ngettext("%(n)d test", "%(n)d tests", count) % {"n": count}
    return Linked(said, tests) if tests else said


def fact_name(key: str, label: str) -> str:
    """Name a fact in words; its key where there are none."""
    return str(words.FACTS.get(key) or label or NAMES.get(key, key))


def value_words(row: FactShown) -> str | None:
    """Write a fact's value with its unit; None where it is not known."""
    return row.words or number_words(row.value, row.unit)


def number_words(value: object, unit: str) -> str | None:
    """Write a number with its unit; what was never done says so."""
    if value is None or isinstance(value, str):
        return value
    number = float(value)  # type: ignore[arg-type]
    if unit == "months" and number >= words.NEVER:
        return _("never")
    written = number_format(round(number, 2), use_l10n=True)
    if number == int(number):
        written = number_format(int(number), use_l10n=True)
    return f"{written} {words.UNITS.get(unit, '')}".strip()


def need_words(operator: str, need: object, said: str, unit: str) -> str:
    """Write what is asked: at least or at most so much; of a choice, this or better."""
    if said:
        return _("%(choice)s or better") % {"choice": said}
    number = number_words(need, unit) or ""
    if operator == "at_most":
        return _("at most %(number)s") % {"number": number}
    return _("at least %(number)s") % {"number": number}


def gap_words(gap: GapShown) -> str:
    """Say in a sentence what is asked, and what there is."""
    name = fact_name(gap.fact, gap.label)
    if gap.room:
        name = f"{name} ({gap.room})"
    if gap.fact == GATE:
        return (
            _("%(fact)s: not known") % {"fact": name}
            if gap.is_missing
            else (_("%(fact)s: not passed") % {"fact": name})
        )
    need = gap.need_words or number_words(gap.need, gap.unit) or ""
    have = gap.have_words or number_words(gap.have, gap.unit)
    if gap.is_missing or have is None:
        return _("%(fact)s: %(need)s asked, not known") % {"fact": name, "need": need}
    return _("%(fact)s: %(need)s asked, %(have)s there") % {
        "fact": name, "need": need, "have": have,
    }  # fmt: skip


def clash_words(one: GapShown) -> str:
    """Say in a sentence what was declared, and what was measured."""
    return _("%(fact)s: %(need)s declared, %(have)s measured") % {
        "fact": fact_name(one.fact, one.label),
        "need": number_words(one.need, one.unit),
        "have": number_words(one.have, one.unit),
    }


def source_words(source: str) -> str | None:
    """Say where a fact comes from."""
    kind, _colon, numbers = source.partition(":")
    if kind == "answer":
        return _("answers %(number)s") % {"number": numbers}
    if kind == "runs":
        return _("tests %(numbers)s") % {"numbers": numbers.replace(",", ", ")}
    return _("worked out") if kind else None


GAP_COLUMNS = (
    "office", "organisation", "member", "event", "role", "room", "fact", "lever", "gate", "need",
    "have", "missing", "decisive",
)  # fmt: skip
STAND_COLUMNS = ("office", "organisation", "member", "event", "role", "status", "room")


def gaps_table(rows: Iterable[GapRow]) -> Table:
    """Return what lies between offices and events, of security no more than its gate."""
    kept = list(rows)
    return Table(
        title=_("Gaps"),
        columns=[Column(name, name) for name in GAP_COLUMNS],
        rows=[[getattr(row, name) for name in GAP_COLUMNS] for row in kept],
        sample=any(row.sample for row in kept),
    )


def attainments_table(rows: Iterable[StandRow]) -> Table:
    """Return where offices stand with each event in each role."""
    kept = list(rows)
    return Table(
        title=_("Events attained"),
        columns=[Column(name, name) for name in STAND_COLUMNS],
        rows=[[getattr(row, name) for name in STAND_COLUMNS] for row in kept],
        sample=any(row.sample for row in kept),
    )
