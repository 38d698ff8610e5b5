"""Two versions of a form side by side, and the moves an officer confirms."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.form_pages import FormPage
from serai.base.held import typed
from serai.base.lists import kept_query, page_of
from serai.base.pages import redirect_with, render_page
from serai.base.shown import Figure, Tab
from serai.calc.xforms import Change
from serai.surveys import access, actions, queries
from serai.surveys.forms import MovesForm
from serai.surveys.queries.comparing import ChangeRow, comparison_rows, moves_to_confirm
from serai.surveys.states import VersionState
from serai.surveys.states.words import CHANGE_MEANS, CHANGES
from serai.surveys.views.shared import form_page
from serai.surveys.views.work import form_crumbs, version_head

if TYPE_CHECKING:
    from serai.surveys.models import FormVersion

ELSEWHERE = "elsewhere"


@guard(may=access.may_keep_survey, load=queries.read_version)
def compare(request: ServedRequest, found: "FormVersion") -> HttpResponse:
    """Show what happened to each question since the version before, class by class."""
    context = version_head(request, found, "compare")
    former = queries.version_in_use(found.survey, before=found)
    if former is None:
        return redirect_with(
            request, reverse("surveys:version", args=[found.public_id]),
            _("There is no earlier version to compare with."),
        )  # fmt: skip
    language = get_language() or "en"
    both = comparison_rows(former, found, language)
    asked = request.GET.get("only", "")
    rows = [row for row in both.rows if _is_asked(row, asked)]
    elsewhere = sum(not row.differs_here for row in both.rows)
    page = page_of(request, rows)
    added, removed = moves_to_confirm(former, found, language)
    context |= {
        "before": former,
        "figures": [
            Figure(str(count), str(CHANGES[change])) for change, count in both.counts.items()
        ],
        "filters": _filters(both.counts, asked, elsewhere),
        "rows": [(row, [(CHANGES[c], CHANGE_MEANS[c]) for c in row.changes]) for row in page],
        "has_changes": bool(both.rows),
        "page": page,
        "query": kept_query(request),
        "may_move": found.state == VersionState.CHECKED and bool(added) and bool(removed),
        "moves": found.moves,
    }
    return render_page(request, "surveys/compare.html", context)


def _is_asked(row: ChangeRow, asked: str) -> bool:
    """Tell whether a row belongs under a tab; what shows no difference waits under its own."""
    if asked == ELSEWHERE:
        return not row.differs_here
    return asked in row.changes if asked else row.differs_here


def _filters(counts: Mapping[Change, int], asked: str, elsewhere: int) -> list[Tab]:
    shown = {change: n for change, n in counts.items() if change is not Change.SAME}
    known = asked in shown or asked == ELSEWHERE
    name = _("What differs") if elsewhere else _("All changes")
    tabs = [Tab(name, "?", is_current=not known)]
    tabs += [
        Tab(str(CHANGES[change]), f"?only={change.value}", change == asked, n)
        for change, n in shown.items()
    ]
    if elsewhere:
        title = _("Only order, look or other languages")
        tabs.append(Tab(title, f"?only={ELSEWHERE}", asked == ELSEWHERE, elsewhere))
    return tabs


@guard(may=access.may_keep_survey, load=queries.read_version, methods=("GET", "POST"))
def moves(request: ServedRequest, found: "FormVersion") -> HttpResponse:
    """Say which new questions are old ones under another path."""
    former = queries.version_in_use(found.survey, before=found)
    added, removed = moves_to_confirm(former, found, get_language() or "en") if former else ({}, {})
    form = MovesForm(typed(request), added=added, removed=removed)
    for name, path in form.paths.items():
        form.fields[name].initial = found.moves.get(path, "")
    back = reverse("surveys:compare_version", args=[found.public_id])
    page = FormPage(
        title=_("Questions that moved"), verb=_("Save"), back=back, done=_("The moves are kept."),
        crumbs=form_crumbs(found.survey, version=found, title=_("Questions that moved")),
        intro=_(
            "Answers follow a question to its new place only if you say so. "
            "For each new question, choose what it was before."
        ),
        sample=found.survey.sample,
    )  # fmt: skip
    return form_page(
        request, form, page,
        lambda: actions.confirm_moves(
            version=found, moves=form.moves, by=request.viewer, now=request.now
        ),
    )  # fmt: skip
