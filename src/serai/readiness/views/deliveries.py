"""Deliveries: the board, one delivery, moves, what comes of a plan or of advice."""

from itertools import groupby
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.form_pages import FormPage
from serai.base.held import typed
from serai.base.lists import download
from serai.base.pages import redirect_with, render_page
from serai.readiness import access, actions, queries
from serai.readiness.actions import Refused
from serai.readiness.exports import provision as exports
from serai.readiness.exports.plans import said
from serai.readiness.forms.providing import DueForm, LinesForm, MoveForm, OrderForm
from serai.readiness.states import ProvisionState
from serai.readiness.states.plan_words import PROVISION_VERBS, provision_mark
from serai.readiness.views.pages import crumbs, done, form_page
from serai.readiness.views.plans import refused

if TYPE_CHECKING:
    from serai.readiness.models import Provision, Recommendation, ScenarioRun

ORDER: tuple[ProvisionState, ...] = tuple(ProvisionState)


def board_step() -> tuple[str, str]:
    """Return the step back to the board."""
    return _("Deliveries"), reverse("readiness:deliveries")


@guard(may=access.may_open_deliveries)
def deliveries(request: ServedRequest) -> HttpResponseBase:
    """Show deliveries by state."""
    rows = queries.provisions(request.viewer)
    if found := download(request, exports.provisions_table(rows), "deliveries"):
        return found
    sorted_rows = sorted(rows, key=lambda row: ORDER.index(row.state))
    return render_page(
        request,
        "readiness/deliveries.html",
        {
            "columns": [
                (provision_mark(state), list(held))
                for state, held in groupby(sorted_rows, key=lambda row: row.state)
            ],
            "may_plan": access.may_see_agencies(request.viewer),
            "crumbs": crumbs(title=_("Deliveries")),
            "sample": any(row.sample for row in rows),
        },
    )


@guard(may=access.may_see_provision, load=queries.provision, methods=("GET", "POST"))
def delivery(request: ServedRequest, found: "Provision") -> HttpResponse:
    """Show one delivery; take a move with its note."""
    here = reverse("readiness:delivery", args=[found.public_id])
    form = MoveForm(typed(request))
    if request.method == "POST" and form.is_valid():
        wanted = request.POST.get("state", "")
        if wanted in set(ProvisionState) and done(
            form,
            lambda: actions.move_provision(
                provision=found, state=wanted, note=form.cleaned_data["note"],
                by=request.viewer, now=request.now,
            ),
        ):  # fmt: skip
            return redirect_with(request, here, _("It is moved."))
    page = queries.provision_page(request.viewer, found)
    changes = queries.line_changes(request.viewer, found)
    return render_page(
        request,
        "readiness/delivery.html",
        {
            "found": found,
            "shown": page,
            "title": said(page.row.package_name),
            "mark": provision_mark(page.row.state),
            "steps": [(provision_mark(one.state), one) for one in page.steps],
            "moves": moves(page),
            "form": form if page.moves else None,
            "promises": exports.promises_table(page.promises, page.units)
            if page.promises
            else None,
            "changes": exports.changes_table(changes) if changes else None,
            "crumbs": crumbs(board_step(), title=said(page.row.package_name)),
            "sample": found.sample,
        },
        status=422 if request.method == "POST" else 200,
    )


def moves(page: queries.ProvisionPage) -> list[tuple[str, str]]:
    """Return the states a delivery may go on to with their verbs, steps back last."""
    here = ORDER.index(page.row.state)
    on = [
        (state.value, str(PROVISION_VERBS[state]))
        for state in page.moves
        if ORDER.index(state) > here
    ]
    back = [
        (state.value, _("Back to “%(state)s”") % {"state": provision_mark(state).word})
        for state in page.moves
        if ORDER.index(state) < here
    ]
    return on + back


@guard(may=access.may_keep_provision, load=queries.provision, methods=("GET", "POST"))
def change_delivery(request: ServedRequest, found: "Provision") -> HttpResponse:
    """Write who supplies, serial numbers, the day due."""
    initial: dict[str, object] = {
        "supplier": str(found.supplier_id or ""), "serials": found.serials, "due_on": found.due_on,
    }  # fmt: skip
    form = OrderForm(typed(request), suppliers=queries.suppliers(), initial=initial)
    back = reverse("readiness:delivery", args=[found.public_id])
    page = FormPage(
        title=_("Supplier and serial numbers"), verb=_("Save"), back=back, done=_("It is saved."),
        crumbs=crumbs(board_step(), (_("Delivery"), back), title=_("Supplier and serial numbers")),
        sample=found.sample,
    )  # fmt: skip

    def act() -> object:
        given = form.cleaned_data
        supplier = int(given["supplier"]) if given["supplier"] else None
        return actions.change_provision(
            provision=found, supplier_id=supplier, serials=given["serials"],
            due_on=given["due_on"], by=request.viewer, now=request.now,
        )  # fmt: skip

    return form_page(request, form, page, act)


@guard(may=access.may_keep_provision, load=queries.provision, methods=("POST",))
def check_delivery(request: ServedRequest, found: "Provision") -> HttpResponse:
    """Hold what was promised against a later assessment."""
    here = reverse("readiness:delivery", args=[found.public_id])
    try:
        moved = actions.check_provision(provision=found, by=request.viewer, now=request.now)
    except Refused as error:
        return refused(request, str(error), here)
    is_verified = moved.state == ProvisionState.VERIFIED
    told = (
        _("The new test shows what was promised.")
        if is_verified
        else _("The new test does not show what was promised. It is back to “delivered”.")
    )
    return redirect_with(request, here, told)


@guard(may=access.may_plan, load=queries.plan_run, methods=("GET", "POST"))
def provide_plan(request: ServedRequest, found: "ScenarioRun") -> HttpResponse:
    """Choose the lines of a plan that are provided."""
    lines = queries.lines_to_provide(found)
    choices = [(str(one.number), f"{one.place}: {said(one.package_name)}") for one in lines]
    form = LinesForm(typed(request), lines=choices)
    back = reverse("readiness:plan", args=[found.public_id])
    page = FormPage(
        title=_("Provide lines of the plan"), verb=_("Propose them"), back=back,
        done=_("They are proposed. Each country is asked to agree."),
        leads_to=reverse("readiness:deliveries"),
        intro="" if lines else _("Every line of this plan is on its way already."),
        crumbs=crumbs(board_step(), (_("Plan"), back), title=_("Provide lines of the plan")),
        sample=found.sample,
    )  # fmt: skip

    def act() -> object:
        chosen = [int(number) for number in form.cleaned_data["lines"]]
        return actions.provide_plan(run=found, lines=chosen, by=request.viewer, now=request.now)

    return form_page(request, form, page, act)


@guard(may=access.may_propose_advice, load=queries.accepted_advice, methods=("GET", "POST"))
def provide_advice(request: ServedRequest, found: "Recommendation") -> HttpResponse:
    """Provide what accepted advice asks for."""
    form = DueForm(typed(request))
    page = FormPage(
        title=_("Provide what was advised"), verb=_("Propose it"),
        back=reverse("readiness:deliveries"), done=_("It is proposed. The country is asked to agree."),
        intro=f"{found.assessment.office.name}: {found.package}",
        crumbs=crumbs(board_step(), title=_("Provide what was advised")), sample=found.assessment.sample,
    )  # fmt: skip
    return form_page(
        request, form, page,
        lambda: actions.provide_advice(
            advice=found, due_on=form.cleaned_data["due_on"], by=request.viewer, now=request.now
        ),
        leads_to=lambda made: reverse("readiness:delivery", args=[made.public_id]),
    )  # fmt: skip
