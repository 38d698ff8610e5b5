"""Results of a wave: tallies by section, all answers to one question, two waves side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base import charts
from serai.base.access import ServedRequest, guard
from serai.base.charts import Chart
from serai.base.lists import download, kept_query, page_of
from serai.base.pages import redirect_with, render_page
from serai.base.shown import Figure, Tab
from serai.base.tables import Table
from serai.calc.xforms import Kind, Quartiles
from serai.members import queries as members
from serai.surveys import access, queries
from serai.surveys.exports.results import (
    answers_table,
    compared_table,
    differing,
    groups_table,
    results_table,
)
from serai.surveys.exports.tables import said
from serai.surveys.queries import BREAKDOWNS, ByQuestion, Result, WaveQuestion
from serai.surveys.queries.released import has_released
from serai.surveys.states import ReadingWay
from serai.surveys.views.shared import crumbs, note_read, wave_steps

if TYPE_CHECKING:
    from serai.surveys.models import Wave

CUTS = (20.0, 40.0, 60.0, 80.0)
STEPS = 5
LONGEST_TITLE = 90
ALL = "all"


@dataclass(frozen=True)
class Shown:
    """One question as the page of results shows it.

    Attributes:
        address: of the page with all answers; "" where the answers are not the viewer's.
    """

    result: Result
    address: str
    chart: Chart | None
    numbers: Quartiles | None
    groups: Table | None


@guard(may=access.may_see_results, load=queries.any_wave)
def results(request: ServedRequest, found: "Wave") -> HttpResponseBase:
    """Show the tallies of one section of a wave."""
    by = request.GET.get("by", "")
    whole = queries.results(
        request.viewer, found, request.now, _language(),
        section=request.GET.get("section", ""), by=by,
    )  # fmt: skip
    note_read(request, ReadingWay.RESULTS, *whole.responses)
    title = said(found.title)
    if file := download(request, results_table(whole.rows, title, sample=found.sample), "results"):
        return file
    return render_page(
        request,
        "surveys/results.html",
        {
            "found": found,
            "figures": [
                Figure(str(len(whole.responses)), _("answers cleared")),
                Figure(str(whole.organisation_count), _("organisations")),
                Figure(str(whole.country_count), _("members")),
            ],
            "has_answers": bool(whole.responses),
            "tabs": _tabs(whole.sections, whole.section, by),
            "section": whole.section,
            "breakdowns": breakdown_names(),
            "by": by if by in BREAKDOWNS else "",
            "rows": [_shown(found, row, by) for row in whole.rows],
            "query": kept_query(request),
            "may_release": access.may_coordinate(request.viewer, found),
            "has_figures": queries.has_figures(request.viewer, found),
            "has_released": has_released(request.viewer, found),
            "has_others": bool(queries.other_waves(found)),
            "may_export": access.may_export(request.viewer, found),
            "board": access.may_see_board(request.viewer, found),
            "crumbs": crumbs(*_steps(request, found), title=_("Results")),
            "sample": found.sample,
        },
    )


def _language() -> str:
    return get_language() or "en"


def _steps(request: ServedRequest, found: "Wave") -> list[tuple[str, str]]:
    """Return the way back: an expert has no page of the survey."""
    keeps = access.may_keep_survey(request.viewer, found)
    return wave_steps(found) if keeps else [(said(found.title), "")]


def breakdown_names() -> list[tuple[str, str]]:
    """Return how tallies may be broken down, in words."""
    return list(zip(BREAKDOWNS, (_("By member"), _("By kind of organisation")), strict=True))


def _tabs(sections: Sequence[tuple[str, str]], current: str, by: str) -> list[Tab]:
    kept = {"by": by} if by in BREAKDOWNS else {}
    return [
        Tab(title, f"?{urlencode({'section': slug, **kept})}", slug == current)
        for slug, title in sections
    ]


def _shown(found: "Wave", row: Result, by: str) -> Shown:
    name = dict(breakdown_names()).get(by, "")
    return Shown(
        row,
        reverse("surveys:by_question", args=[found.public_id, row.question.name]),
        chart_of(row),
        row.whole.tally.quartiles if row.question.kind is Kind.NUMBER else None,
        groups_table(row, name) if row.groups and row.question.kind is not Kind.TEXT else None,
    )


def chart_of(row: Result) -> Chart | None:
    """Draw the shares of choices, of a ranking those placed first; the median by group of numbers."""
    question, tally = row.question, row.whole.tally
    if not tally.n:
        return None
    if question.kind is Kind.NUMBER and row.groups:
        medians = [
            charts.Bar(one.name, one.tally.quartiles.median if one.tally.quartiles else None)
            for one in row.groups
        ]
        return charts.bars(medians, title=_("Median by group"), value_title=_("Median"))
    if not tally.counts:
        return None
    labels = dict(question.choices)
    bars = [
        charts.Bar(
            labels.get(value, value),
            float(round(100 * _count(row, value) / tally.n)),
        )
        for value in tally.counts
    ]
    is_rank = question.kind is Kind.RANK
    return charts.bars(
        bars, title=_("Placed first") if is_rank else _("Share of answers"),
        label_title=_("Choice"), value_title=_("Share"), unit="%", high=100,
    )  # fmt: skip


def _count(row: Result, value: str) -> int:
    placed = row.whole.ranks.get(value)
    return placed.first if placed else row.whole.tally.counts[value]


# ---------------------------------------------------------------- one question
@guard(may=access.may_see_question, load=queries.wave_question)
def by_question(request: ServedRequest, asked: WaveQuestion) -> HttpResponseBase:
    """Show all answers to one question of a wave."""
    wave = asked.wave
    whole = queries.by_question(request.viewer, asked, request.now, _language())
    if whole is None:
        back = reverse("surveys:results", args=[wave.public_id])
        return redirect_with(request, back, _("Nobody's answer to this question is yours to read."))
    note_read(request, ReadingWay.RESULTS, *whole.responses)
    asks = access.may_keep_survey(request.viewer, wave)
    table = answers_table(whole, asks=asks, sample=wave.sample)
    if file := download(request, table, "answers"):
        return file
    question = whole.result.question
    choice = _choice(request, whole)
    page = page_of(request, list(table.rows))
    results_page = reverse("surveys:results", args=[wave.public_id])
    return render_page(
        request,
        "surveys/by_question.html",
        {
            "found": wave,
            "shown": _shown(wave, whole.result, "country"),
            "table": Table(table.title, table.columns, list(page.object_list), wave.sample),
            "page": page,
            "map": _map(request, whole, choice),
            "choices": _choices(whole),
            "choice": choice,
            "query": kept_query(request),
            "crumbs": crumbs(
                *_steps(request, wave),
                (_("Results"), f"{results_page}?{urlencode({'section': question.section})}"),
                title=question.label[:LONGEST_TITLE],
            ),
            "sample": wave.sample,
        },
    )


def _choices(whole: ByQuestion) -> list[tuple[str, str]]:
    """Return the choices the map may show."""
    question = whole.result.question
    return [one for one in question.choices if one[0] in question.values]


def _choice(request: ServedRequest, whole: ByQuestion) -> str:
    known = [value for value, _label in _choices(whole)]
    asked = request.GET.get("choice", "")
    return asked if asked in known else next(iter(known), "")


def _map(request: ServedRequest, whole: ByQuestion, choice: str) -> Chart | None:
    """Draw the members as squares: the share that chose something, or the median of numbers."""
    question = whole.result.question
    if question.kind is Kind.TEXT:
        return None
    values = queries.country_values(whole, choice)
    tiles = [
        charts.Tile(
            row.iso3, said(row.short_name), row.tile_column, row.tile_row, values.get(row.iso3)
        )
        for row in members.members(request.viewer)
        if row.tile_column is not None and row.tile_row is not None
    ]
    if len(values) < 2 or not tiles:
        return None
    if question.kind is Kind.NUMBER:
        low, high = min(values.values()), max(values.values())
        cuts = tuple(low + (high - low) * step / STEPS for step in range(1, STEPS))
        title = _("Median by member")
        return charts.tile_map(tiles, title=title, cuts=cuts, value_title=_("Median"))
    label = dict(question.choices)[choice]
    title = _("“%(choice)s”, by member") % {"choice": label}
    return charts.tile_map(tiles, title=title, cuts=CUTS, value_title=_("Share"), unit="%")


# ---------------------------------------------------------------- two waves
@guard(may=access.may_see_results, load=queries.any_wave)
def compare(request: ServedRequest, found: "Wave") -> HttpResponseBase:
    """Show two waves of a survey side by side."""
    others = queries.other_waves(found)
    if not others:
        return _nothing_to_compare(request, found)
    wanted = request.GET.get("with", "")
    before = next((one for one in others if one.public_id == wanted), others[0])
    both = queries.compared_waves(request.viewer, found, before, request.now, _language())
    note_read(request, ReadingWay.RESULTS, *both.responses)
    title = _("Two waves side by side")
    table = compared_table(both.rows, title, now=said(found.title), before=said(before.title))
    if file := download(request, table, "waves"):
        return file
    differ = differing(table)
    shows_all = request.GET.get("show") == ALL
    page = page_of(request, list(table.rows) if shows_all else differ)
    return render_page(
        request,
        "surveys/compare_waves.html",
        {
            "found": found,
            "before": before,
            "has_lines": bool(table.rows),
            "tabs": _differing_tabs(before.public_id, len(differ), len(table.rows), shows_all),
            "others": [(one.public_id, said(one.title)) for one in others],
            "table": Table(title, table.columns, list(page.object_list), found.sample),
            "page": page,
            "query": kept_query(request),
            "crumbs": crumbs(
                *_steps(request, found),
                (_("Results"), reverse("surveys:results", args=[found.public_id])),
                title=title,
            ),
            "sample": found.sample,
        },
    )


def _differing_tabs(before: str, differ: int, all_lines: int, shows_all: bool) -> list[Tab]:
    """Offer what differs first, and all of it."""
    return [
        Tab(_("What differs"), f"?with={before}", not shows_all, differ),
        Tab(_("All questions"), f"?with={before}&show={ALL}", shows_all, all_lines),
    ]


def _nothing_to_compare(request: ServedRequest, found: "Wave") -> HttpResponse:
    return redirect_with(
        request, reverse("surveys:results", args=[found.public_id]),
        _("This survey has no other wave yet to compare with."),
    )  # fmt: skip
