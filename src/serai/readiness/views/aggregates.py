"""Shares of many organisations: chosen and previewed, let out, read, published, withdrawn."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base import charts
from serai.base.access import NotFound, ServedRequest, guard
from serai.base.lists import download
from serai.base.pages import redirect_with, render_page
from serai.readiness import access, actions
from serai.readiness.actions import Refused
from serai.readiness.exports import aggregates as exports
from serai.readiness.forms.releasing import AggregateForm
from serai.readiness.queries import aggregates as queries
from serai.readiness.queries import framework_to_plan
from serai.readiness.states import AggregateState
from serai.readiness.states.release_words import aggregate_mark, category_words, measure_words
from serai.readiness.views.pages import crumbs, done
from serai.readiness.views.plans import refused
from serai.readiness.views.released import released_step

if TYPE_CHECKING:
    from serai.readiness.models import Aggregate, Framework

WHOLE = 100


@guard(may=access.may_keep_aggregates, methods=("GET", "POST"))
def make_aggregate(request: ServedRequest) -> HttpResponse:
    """Choose shares, look at exactly what would be told, and let them out."""
    try:
        framework = framework_to_plan(request.viewer)
    except NotFound:
        sentence = _("No framework is in use, so nothing is counted yet. Publish one first.")
        return refused(request, sentence, reverse("readiness:frameworks"))
    form = _form(request, framework)
    if request.method == "POST" and form.is_valid():
        made: list[Aggregate] = []
        if done(form, lambda: made.append(_let_out(request, form, framework))):
            address = reverse("readiness:aggregate", args=[made[0].public_id])
            return redirect_with(request, address, _("Members read these shares now."))
    given = form.cleaned_data if form.is_bound and form.is_valid() else None
    context: dict[str, object] = {
        "form": form,
        "crumbs": crumbs(released_step(), title=_("Let shares out")),
        "sample": request.viewer.is_sample,
    }
    if given:
        shown, is_near = queries.preview(
            request.viewer, framework, given["measure"], given["countries"], request.now.date()
        )
        context |= _shares(shown)
        context |= {"given": given, "is_near": is_near}
        context["is_tellable"] = any(percent is not None for _name, percent in shown.cells)
    status = 422 if request.method == "POST" else 200
    return render_page(request, "readiness/make_aggregate.html", context, status=status)


def _form(request: ServedRequest, framework: "Framework") -> AggregateForm:
    sent = request.POST if request.method == "POST" else request.GET
    names = queries.measures_of(framework)
    return AggregateForm(
        sent if sent.get("measure") or request.method == "POST" else None,
        measures=[(code, measure_words(code, names)) for code in names],
        countries=queries.countries_to_choose(request.viewer, framework),
    )


def _let_out(request: ServedRequest, form: AggregateForm, framework: "Framework") -> "Aggregate":
    return actions.release_aggregate(
        framework=framework, measure=form.cleaned_data["measure"],
        countries=form.cleaned_data["countries"], by=request.viewer, now=request.now,
    )  # fmt: skip


def _shares(shown: queries.SharesShown) -> dict[str, object]:
    table = exports.shares_table(shown)
    drawn = charts.bars(
        [
            charts.Bar(_bar_name(name, percent, shown.names), percent)
            for name, percent in shown.cells
        ],
        title=table.title,
        label_title=_("Category"),
        value_title=_("Share of organisations"),
        unit="%",
        high=WHOLE,
    )
    bars = replace(drawn, table=table)
    return {"shown": shown, "table": table, "bars": bars, "title": table.title}


def _bar_name(name: str, percent: int | None, names: dict[str, str]) -> str:
    words = category_words(name, names)
    return _("%(name)s (hidden)") % {"name": words} if percent is None else words


@guard(may=access.may_read_aggregate, load=queries.aggregate_one)
def aggregate(request: ServedRequest, found: "Aggregate") -> HttpResponseBase:
    """Show shares that were let out."""
    context = _shares(queries.shown(request.viewer, found))
    if file := download(request, exports.shares_table(context["shown"]), "shares"):  # type: ignore[arg-type]
        return file
    may_keep = access.may_keep_aggregate(request.viewer, found)
    return render_page(
        request,
        "readiness/aggregate.html",
        {
            **context,
            "found": found,
            "mark": aggregate_mark(found.state),
            "may_publish": may_keep and found.state == AggregateState.RELEASED,
            "may_withdraw": may_keep and found.state != AggregateState.WITHDRAWN,
            "query": "",
            "crumbs": crumbs(released_step(), title=str(context["title"])),
            "sample": found.sample,
        },
    )


@guard(may=access.may_keep_aggregate, load=queries.aggregate_one, methods=("POST",))
def publish_aggregate(request: ServedRequest, found: "Aggregate") -> HttpResponse:
    """Let everybody read them."""
    return _do(request, found, actions.publish_aggregate, _("Everybody reads these shares now."))


@guard(may=access.may_keep_aggregate, load=queries.aggregate_one, methods=("POST",))
def withdraw_aggregate(request: ServedRequest, found: "Aggregate") -> HttpResponse:
    """Take them back."""
    return _do(request, found, actions.withdraw_aggregate, _("They are withdrawn."))


def _do(
    request: ServedRequest, found: "Aggregate", act: Callable[..., object], said: str
) -> HttpResponse:
    here = reverse("readiness:aggregate", args=[found.public_id])
    try:
        act(aggregate=found, by=request.viewer, now=request.now)
    except Refused as error:
        said = str(error)
    return redirect_with(request, here, said)
