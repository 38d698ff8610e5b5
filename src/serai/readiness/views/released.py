"""What was let out, as members and the public read it: the list, one office, one country's plan."""

from typing import TYPE_CHECKING

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base import charts
from serai.base.access import ServedRequest, guard
from serai.base.lists import download, kept_query, page_of
from serai.base.pages import render_page
from serai.base.shown import Figure
from serai.readiness import access
from serai.readiness.actions import note_readings
from serai.readiness.exports import aggregates as aggregate_exports
from serai.readiness.exports import released as exports
from serai.readiness.queries import aggregates
from serai.readiness.queries import released as queries
from serai.readiness.states import result_words as words
from serai.readiness.views.pages import crumbs

if TYPE_CHECKING:
    from serai.readiness.models import Release
    from serai.readiness.queries.released import ReleasedResults

WHOLE = 100


def released_step() -> tuple[str, str]:
    """Return the step back to what was let out."""
    return _("Results let out"), reverse("readiness:released")


@guard(may=access.may_open_released)
def released(request: ServedRequest) -> HttpResponseBase:
    """List what was let out and the viewer reads."""
    rows = queries.released(request.viewer)
    if file := download(request, exports.released_table(rows), "released"):
        return file
    page = page_of(request, rows)
    shares = aggregates.aggregates(request.viewer)
    return render_page(
        request,
        "readiness/released.html",
        {
            "table": exports.released_table(list(page.object_list)),
            "page": page,
            "query": kept_query(request),
            "shares": aggregate_exports.aggregates_table(shares) if shares else None,
            "may_keep": access.may_keep_aggregates(request.viewer),
            "crumbs": crumbs(title=_("Results let out")),
            "sample": any(row.sample for row in rows),
        },
    )


@guard(may=access.may_read_released, load=queries.released_one)
def released_one(request: ServedRequest, found: "Release") -> HttpResponseBase:
    """Show one office's results, or one country's lines of a plan, as its audience reads them."""
    context = shown_context(request, found)
    table, stem = context["table"], "results" if found.assessment else "plan"
    way = request.GET.get("as", "")
    if found.assessment is not None:
        note_readings(
            numbers=[found.assessment.pk], way=way if way in {"csv", "xlsx"} else "page",
            by=request.viewer, now=request.now,
        )  # fmt: skip
    if file := download(request, table, stem):  # type: ignore[arg-type]
        return file
    title = context["title"]
    return render_page(
        request,
        "readiness/released_one.html",
        {**context, "query": "", "crumbs": crumbs(released_step(), title=str(title)),
         "sample": found.sample},
    )  # fmt: skip


def shown_context(request: ServedRequest, found: "Release") -> dict[str, object]:
    """Return what a release shows, the same for its readers and in the preview of it."""
    if found.assessment is None:
        plan = queries.released_plan(request.viewer, found)
        return {
            "plan": plan,
            "title": _("Lines of a plan: %(country)s") % {"country": exports.said(plan.country)},
            "table": exports.released_plan_table(plan),
            "hosts": exports.hosts_table(plan),
        }
    shown = queries.released_results(request.viewer, found.assessment, found.audience)
    return {
        "shown": shown,
        "title": shown.office,
        "table": exports.results_table(shown),
        "figures": _figures(found, shown),
        "bars": _bars(shown),
        "rungs": [
            (one, words.mark(words.STATUS, one.attend), words.mark(words.STATUS, one.host))
            for one in shown.rungs
        ],
        "as_guest": [_told(one) for one in shown.not_met if not one.is_host],
        "as_host": [_told(one) for one in shown.not_met if one.is_host],
    }


def _told(one: queries.NotMet) -> str:
    state = _("not known") if one.is_missing else _("not met")
    return f"{one.event}. {exports.not_met_words(one)}, {state}"


def _figures(found: "Release", shown: "ReleasedResults") -> list[Figure]:
    kept = found.assessment
    if kept is None:
        return []
    figures = [
        Figure(kept.headline_attend or _("none"), _("Attends up to")),
        Figure(kept.headline_host or _("none"), _("Hosts up to")),
    ]
    if not shown.has_scores or shown.low is None or shown.high is None:
        return figures
    between = _("between %(low)s and %(high)s") % {
        "low": round(shown.low), "high": round(shown.high),
    }  # fmt: skip
    whole = between if shown.score is None else str(round(shown.score))
    note = "" if shown.score is None else between
    return [Figure(whole, _("Score of 100"), note), *figures]


def _bars(shown: "ReleasedResults") -> charts.Chart | None:
    if not shown.dimensions:
        return None
    return charts.bars(
        [
            charts.Bar(
                _("%(name)s: %(low)s to %(high)s")
                % {"name": name, "low": round(one.low), "high": round(one.high)},
                None if one.value is None else round(one.value),
            )
            for name, one in shown.dimensions
        ],
        title=_("Score of each dimension, 0 to 100"),
        label_title=_("Dimension"),
        value_title=_("Score"),
        high=WHOLE,
    )
