"""Risks, assumptions and issues: the grid, the list, reviews."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from serai.base.access import ServedRequest, guard
from serai.base.form_pages import FormPage
from serai.base.held import typed
from serai.base.lists import download, kept_query, page_of
from serai.base.pages import redirect_with, render_page
from serai.base.shown import counted, leaves_out
from serai.base.tables import in_order
from serai.calc.schedule import RiskBand, risk_band, risk_score
from serai.members import queries as members
from serai.members.states import Audience
from serai.programme import access, actions, exports, queries
from serai.programme.actions import Refused, RiskText
from serai.programme.forms import ReasonForm, ReviewForm, RiskForm
from serai.programme.queries import RiskRow
from serai.programme.queries.risks import may_release_to_members
from serai.programme.states import RiskKind, RiskState
from serai.programme.states.words import state_mark, word
from serai.programme.views.shared import crumbs, form_page, named, said, saved, shown, tabs

if TYPE_CHECKING:
    from serai.programme.models import Risk

SCALE = range(1, 6)


@guard(may=access.may_see_risks)
def risks(request: ServedRequest) -> HttpResponseBase:
    """Show the grid of probability and impact, the list, assumptions, reviews due."""
    day = shown(request)
    rows = queries.risks(request.viewer, day.as_of)
    rows, sort = in_order(rows, request.GET, exports.RISK_SORTS)
    if found := download(request, exports.risks_table(rows), "risks"):
        return found
    open_, assumptions, closed = _sorted_out(rows)
    page = page_of(request, [*open_, *assumptions, *closed])
    listed = _sorted_out(list(page.object_list))
    return render_page(
        request,
        "programme/risks.html",
        {
            "day": day,
            "grid": grid(counted(open_)) if open_ else None,
            "finding": finding(counted(open_)),
            "tables": [
                exports.risks_table(some, title=title)
                for some, title in zip(
                    listed, (_("Risks and issues"), _("Assumptions"), _("Closed")), strict=True
                )
                if some
            ],
            "page": page,
            "query": kept_query(request),
            "sort": sort,
            "reviews": [row for row in rows if row.is_review_overdue],
            "may_add": access.may_exchange(request.viewer),
            "tabs": tabs(request, "risks", day),
            "crumbs": crumbs(title=_("Risks")),
            "sample": any(row.sample for row in rows),
            "left_out": leaves_out(open_),
        },
    )


def _sorted_out(rows: Sequence[RiskRow]) -> tuple[list[RiskRow], list[RiskRow], list[RiskRow]]:
    """Return open risks and issues, open assumptions, and what is closed."""
    return (
        [row for row in rows if row.is_open and row.kind != RiskKind.ASSUMPTION],
        [row for row in rows if row.is_open and row.kind == RiskKind.ASSUMPTION],
        [row for row in rows if not row.is_open],
    )


def finding(rows: Sequence[RiskRow]) -> str:
    """Say in a sentence what the grid shows."""
    high = sum(row.band is RiskBand.HIGH for row in rows)
    if not rows:
        return ""
    return ngettext(
        "%(high)d of %(all)d open risk and issue needs high attention",
        "%(high)d of %(all)d open risks and issues need high attention",
        len(rows),
    ) % {"high": high, "all": len(rows)}


def grid(rows: Sequence[RiskRow]) -> list[tuple[int, list[tuple[int, str]]]]:
    """Return the counts by probability, highest first, each with the band of its place."""
    found = queries.grid(rows)
    return [
        (
            probability,
            [
                (
                    found[probability - 1][impact - 1],
                    risk_band(risk_score(probability, impact)).value,
                )
                for impact in SCALE
            ],
        )
        for probability in reversed(SCALE)
    ]


@guard(may=access.may_see_risk, load=queries.risk)
def risk(request: ServedRequest, found: "Risk") -> HttpResponse:
    """Show one risk with its reviews, as known now unless the address asks for a day."""
    day = shown(request).or_today
    rows = queries.risks(request.viewer, day.as_of)
    row = next((one for one in rows if one.public_id == found.public_id), None)
    return render_page(
        request,
        "programme/risk.html",
        {
            "day": day,
            "found": found,
            "row": row,
            "mark": state_mark("risk", row.state) if row else None,
            "band": state_mark("band", row.band) if row else None,
            "reviews": queries.reviews(request.viewer, found, day.as_of),
            "may_manage": access.may_manage_risk(request.viewer, found),
            "release_form": ReasonForm() if may_release_to_members(request.viewer, found) else None,
            "is_kept": found.kind == RiskKind.ASSUMPTION and found.audience == Audience.SECRETARIAT,
            "is_open": found.state != RiskState.CLOSED,
            "may_happen": found.state == RiskState.OPEN,
            "crumbs": crumbs(
                (_("Risks"), reverse("programme:risks")), title=word("risk_kind", found.kind)
            ),
            "sample": found.sample,
        },
    )


@guard(may=access.may_exchange, methods=("GET", "POST"))
def record(request: ServedRequest) -> HttpResponse:
    """Record a risk, an assumption or an issue."""
    kept = [row for row in queries.initiative_choices(request.viewer) if row.may_keep]
    people = members.people(request.viewer, request.now)
    milestones: dict[str, list[tuple[str, str]]] = {row.code: [] for row in kept}
    for row in queries.milestones(request.viewer, shown(request).today):
        if row.initiative in milestones:
            said_ = f"{row.number}. {named(row.name)}"
            milestones[row.initiative].append((row.public_id, said_))
    form = RiskForm(
        typed(request),
        initiatives=[(row.code, named(row.name)) for row in kept],
        people=[(row.public_id, row.full_name) for row in people],
        milestones=milestones,
    )
    back = reverse("programme:risks")
    page = FormPage(
        title=_("Record a risk"), verb=_("Save"), back=back, done=_("It is recorded."),
        crumbs=crumbs((_("Risks"), back), title=_("Record a risk")),
    )  # fmt: skip

    def act() -> object:
        given = form.cleaned_data
        owner = next((row.id for row in people if row.public_id == given["owner"]), None)
        touched = given.get("milestones", ())
        return actions.record_risk(
            initiative=queries.initiative(request.viewer, given["initiative"]),
            words=RiskText(
                given["kind"], said(given["text"]), said(given["cause"]),
                said(given["consequence"]), given["response"], said(given["response_text"]),
            ),
            probability=int(given["probability"]), impact=int(given["impact"]),
            owner_id=owner, review_on=given["review_on"], node_codes=given["node_codes"],
            milestones=[queries.milestone(request.viewer, one) for one in touched],
            by=request.viewer, now=request.now,
        )  # fmt: skip

    return form_page(request, form, page, act)


def _page(found: "Risk", title: str, verb: str, done: str) -> FormPage:
    back = reverse("programme:risk", args=[found.public_id])
    return FormPage(
        title=title, verb=verb, back=back, done=done, intro=named(found.text),
        crumbs=crumbs((_("Risks"), reverse("programme:risks")), (_("Risk"), back), title=title),
        sample=found.sample,
    )  # fmt: skip


@guard(may=access.may_manage_risk, load=queries.risk, methods=("GET", "POST"))
def review(request: ServedRequest, found: "Risk") -> HttpResponse:
    """Look at a risk again."""
    initial = {"probability": str(found.probability), "impact": str(found.impact)}
    form = ReviewForm(typed(request), initial=initial)
    page = _page(found, _("Review"), _("Save"), _("The review is recorded."))
    return form_page(
        request,
        form,
        page,
        lambda: actions.review_risk(
            risk=found, probability=int(form.cleaned_data["probability"]),
            impact=int(form.cleaned_data["impact"]), note=form.cleaned_data["note"],
            review_on=form.cleaned_data["review_on"], by=request.viewer, now=request.now,
        ),
    )  # fmt: skip


@guard(may=access.may_manage_risk, load=queries.risk, methods=("GET", "POST"))
def close(request: ServedRequest, found: "Risk") -> HttpResponse:
    """Close a risk, with a reason."""
    form = ReasonForm(typed(request))
    page = _page(found, _("Close"), _("Close it"), _("It is closed."))
    return form_page(request, form, page, lambda: _move(request, found, RiskState.CLOSED, form))


@guard(may=access.may_manage_risk, load=queries.risk, methods=("GET", "POST"))
def happened(request: ServedRequest, found: "Risk") -> HttpResponse:
    """Say that a risk has happened: it becomes an issue."""
    form = ReasonForm(typed(request))
    page = _page(found, _("It has happened"), _("Make it an issue"), _("It is an issue now."))
    return form_page(request, form, page, lambda: _move(request, found, RiskState.HAPPENED, form))


def _move(request: ServedRequest, found: "Risk", state: RiskState, form: ReasonForm) -> object:
    return actions.move_risk(
        risk=found, state=state.value, reason=form.cleaned_data["reason"],
        by=request.viewer, now=request.now,
    )  # fmt: skip


@guard(may=access.may_manage_risk, load=queries.risk, methods=("POST",))
def release(request: ServedRequest, found: "Risk") -> HttpResponse:
    """Let members read an assumption, with a reason that stays on record."""
    back = reverse("programme:risk", args=[found.public_id])
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return redirect_with(request, back, _("Say why members may read it, then release it."))
    try:
        actions.release_risk(
            risk=found, audience=Audience.MEMBERS.value, reason=form.cleaned_data["reason"],
            by=request.viewer, now=request.now,
        )  # fmt: skip
    except Refused as error:
        return redirect_with(request, back, str(error))
    return saved(request, back, _("Members can now read this assumption."))
