"""The board: how far everybody has come, whom to remind, the whole as a file."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from serai.base import charts
from serai.base.access import ServedRequest, guard
from serai.base.lists import download, kept_query, page_of
from serai.base.pages import redirect_with, render_page
from serai.base.shown import Figure, counted, leaves_out
from serai.calc.xforms import Progress
from serai.members import queries as members
from serai.surveys import access, actions, queries
from serai.surveys.actions import Refused
from serai.surveys.exports.tables import board_table, said
from serai.surveys.queries import Board, BoardRow, CountryRow
from serai.surveys.states import WaveState
from serai.surveys.states.words import invitation_mark, state_mark
from serai.surveys.views.shared import crumbs, wave_steps

if TYPE_CHECKING:
    from serai.surveys.models import Wave

MOST_DRAWN = 20
MOST_NAMED = 8
NOTHING_YET = (None, Progress.NOT_VISITED, Progress.NOT_APPLICABLE)
CUTS = (20.0, 40.0, 60.0, 80.0)
FILTERS = {
    "late": "is_late", "waiting": "may_be_reminded", "done": "is_done", "signed": "is_signed",
    "cleared": "is_cleared",
}  # fmt: skip


@guard(may=access.may_see_board, load=queries.any_wave)
def board(request: ServedRequest, found: "Wave") -> HttpResponseBase:
    """Show the board of a wave."""
    whole = queries.board(request.viewer, found, request.now)
    shown = _chosen(request, whole)
    if file := download(request, board_table(shown), "board"):
        return file
    real = whole.only(counted(whole.rows))
    countries = queries.by_country(real)
    page = page_of(request, shown.rows)
    keeps = access.may_keep_survey(request.viewer, found)
    return render_page(
        request,
        "surveys/board.html",
        {
            "found": found,
            "mark": state_mark(WaveState(found.state)),
            "figures": _figures(real),
            "map": _map(request, countries),
            "map_finding": _finding(countries),
            "heat": _heat(real, countries),
            "matrix": _matrix(shown),
            "rows": [(row, *_marks(row)) for row in page.object_list],
            "count": len(shown.rows),
            "page": page,
            "query": kept_query(request),
            "countries": [(one.iso3, one.name) for one in countries],
            "country": request.GET.get("country", ""),
            "filters": _filters(),
            "filter": request.GET.get("show", ""),
            "keeps": keeps,
            "may_export": access.may_export(request.viewer, found),
            "open_link": queries.came_in(found) if keeps and queries.may_be_open(found) else None,
            "may_remind": keeps and found.state == WaveState.OPEN,
            "crumbs": crumbs(*_steps(found, keeps=keeps), title=_("Board")),
            "sample": any(row.sample for row in whole.rows),
            "left_out": leaves_out(whole.rows),
        },
    )


def _steps(found: "Wave", *, keeps: bool) -> list[tuple[str, str]]:
    """Return the way back: a country's focal point has no page of the survey."""
    return wave_steps(found) if keeps else [(said(found.title), "")]


def _chosen(request: ServedRequest, whole: Board) -> Board:
    """Return the rows that the address asks for."""
    country, show = request.GET.get("country", ""), FILTERS.get(request.GET.get("show", ""), "")
    rows = [row for row in whole.rows if not country or row.iso3 == country]
    return whole.only(row for row in rows if not show or getattr(row, show))


def _filters() -> list[tuple[str, str]]:
    return [
        ("late", _("late")),
        ("waiting", _("waited for")),
        ("done", _("handed in")),
        ("signed", _("signed")),
        ("cleared", _("cleared")),
    ]


def _marks(row: BoardRow) -> tuple[object, object]:
    asked = invitation_mark(row.invitation_state, is_begun=row.is_opened)
    return asked, state_mark(row.state) if row.state else None


def _figures(whole: Board) -> list[Figure]:
    asked = len(whole.rows)

    def of(name: str) -> str:
        return _("%(n)d of %(all)d") % {"n": whole.count(name), "all": asked}

    return [
        Figure(of("is_opened"), _("opened")),
        Figure(of("is_done"), _("handed in")),
        Figure(of("is_signed"), _("signed")),
        Figure(of("is_cleared"), _("cleared")),
        Figure(str(whole.count("is_late")), _("late")),
        Figure(str(whole.bounced_count), _("letters came back")),
    ]


def _finding(countries: list[CountryRow]) -> str:
    """Say in a sentence what the map draws: how much is answered, not how much is handed in."""
    mean = sum(one.percent for one in countries) / len(countries) if countries else 0
    return ngettext(
        "%(percent)d %% answered on average, in %(n)d member",
        "%(percent)d %% answered on average, in %(n)d members",
        len(countries),
    ) % {"percent": int(mean), "n": len(countries)}


def _map(request: ServedRequest, countries: list[CountryRow]) -> charts.Chart | None:
    """Draw the members as squares: how much their agencies have answered on average."""
    known = {one.iso3: float(int(one.percent)) for one in countries}
    tiles = [
        charts.Tile(
            row.iso3, said(row.short_name), row.tile_column, row.tile_row, known.get(row.iso3)
        )
        for row in members.members(request.viewer)
        if row.tile_column is not None and row.tile_row is not None
    ]
    if len(known) < 2 or not tiles:
        return None
    return charts.tile_map(
        tiles,
        title=_("Answered, by member"),
        cuts=CUTS,
        value_title=pgettext("share", "Answered"),
        unit="%",
    )


def _heat(whole: Board, countries: list[CountryRow]) -> charts.Chart | None:
    """Draw countries by sections; of one country, its organisations, where names leave room."""
    is_long = len(whole.sections) > MOST_NAMED
    if len(countries) > 1:
        title = _("Member")
        rows = [
            charts.HeatRow(one.iso3 if is_long else one.name, _whole(one.shares))
            for one in countries
        ]
    else:
        title = _("Who is asked")
        rows = (
            [] if is_long else [charts.HeatRow(row.place, _whole(row.shares)) for row in whole.rows]
        )
    if not rows or not whole.sections:
        return None
    return charts.heat_table(
        rows, list(whole.sections), title=_("Answered, by section, in percent"), cuts=CUTS,
        label_title=title,
    )  # fmt: skip


def _whole(shares: tuple[float | None, ...]) -> tuple[float | None, ...]:
    """Return whole numbers: cells of many sections are narrow."""
    return tuple(None if one is None else float(int(one)) for one in shares)


def _matrix(shown: Board) -> charts.Chart | None:
    """Draw each body's sections as marks; not of too many at once."""
    if not shown.sections or not 0 < len(shown.rows) <= MOST_DRAWN:
        return None
    return charts.dot_matrix(
        [
            charts.MarkRow(
                f"{row.iso3} {row.place}".strip(),
                tuple(None if mark in NOTHING_YET else state_mark(mark) for mark in row.marks),
            )
            for row in shown.rows
        ],
        list(shown.sections),
        title=_("How far each section has come"), label_title=_("Who is asked"),
    )  # fmt: skip


@guard(may=access.may_keep_survey, load=queries.wave, methods=("POST",))
def remind(request: ServedRequest, found: "Wave") -> HttpResponse:
    """Remind the chosen now."""
    back = reverse("surveys:board", args=[found.public_id])
    try:
        count = actions.remind_chosen(
            wave=found, invitations=request.POST.getlist("invitation"), by=request.viewer,
            now=request.now,
        )  # fmt: skip
    except Refused as error:
        return redirect_with(request, back, str(error))
    words = ngettext("%(n)d is reminded.", "%(n)d are reminded.", count) % {"n": count}
    return redirect_with(
        request, back, f"{words} {_('Nobody is reminded twice a day, nor who is done.')}"
    )
