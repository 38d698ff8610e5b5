"""Who is a technician, a security reader, a supplier."""

from typing import TYPE_CHECKING

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.form_pages import FormPage
from serai.base.held import typed
from serai.base.pages import render_page
from serai.base.shown import Linked, Mark
from serai.base.tables import Column, Table
from serai.members import queries as members
from serai.readiness import access, actions
from serai.readiness.forms.duties import DutyForm
from serai.readiness.queries import duties as queries
from serai.readiness.states.duty_words import DUTIES
from serai.readiness.views.shared import crumbs, form_page

if TYPE_CHECKING:
    from serai.readiness.models import Duty


@guard(may=access.may_give_duty)
def duties(request: ServedRequest) -> HttpResponse:
    """List who has which duty."""
    rows = queries.duties(request.viewer, request.now.date())
    return render_page(
        request,
        "readiness/duties.html",
        {
            "table": _table(rows) if rows else None,
            "crumbs": crumbs(title=_("Duties")),
            "sample": any(row.sample for row in rows),
        },
    )


def _table(rows: list[queries.DutyRow]) -> Table:
    return Table(
        title=_("Duties"),
        columns=(
            Column("person", _("Person"), "link"),
            Column("kind", _("Duty")),
            Column("state", _("State"), "state"),
            Column("from_on", _("From"), "day"),
            Column("until_on", _("Last day"), "day"),
            Column("given_by", _("Given by")),
        ),
        rows=[
            [
                row.person if row.is_over else Linked(
                    row.person, reverse("readiness:end_duty", args=[row.public_id]), row.sample
                ),
                str(DUTIES[row.kind]),
                Mark("done", _("Over")) if row.is_over else Mark("good", _("Stands")),
                row.from_on,
                row.until_on,
                row.given_by or None,
            ]
            for row in rows
        ],
    )  # fmt: skip


@guard(may=access.may_give_duty, methods=("GET", "POST"))
def give_duty(request: ServedRequest) -> HttpResponse:
    """Give somebody a duty."""
    people = members.people(request.viewer, request.now)
    ids = {one.public_id: one.id for one in people}
    form = DutyForm(typed(request), people=[(one.public_id, one.full_name) for one in people])
    back = reverse("readiness:duties")
    page = FormPage(
        title=_("Give a duty"), verb=_("Give"), back=back, done=_("The duty is given."),
        crumbs=crumbs((_("Duties"), back), title=_("Give a duty")),
    )  # fmt: skip
    return form_page(
        request, form, page,
        lambda: actions.give_duty(
            person_id=ids[form.cleaned_data["person"]], kind=form.cleaned_data["kind"],
            until_on=form.cleaned_data["until_on"], by=request.viewer, now=request.now,
        ),
    )  # fmt: skip


@guard(may=access.may_give_duty, load=queries.duty, methods=("GET", "POST"))
def end_duty(request: ServedRequest, found: "Duty") -> HttpResponse:
    """Ask once more, then end a duty."""
    back = reverse("readiness:duties")
    page = FormPage(
        title=_("End a duty"), verb=_("End"), back=back, done=_("The duty is ended."),
        crumbs=crumbs((_("Duties"), back), title=_("End a duty")), is_danger=True,
        intro=_("%(name)s, %(duty)s: what they may see and do by this duty ends at once.")
        % {"name": found.person.full_name, "duty": DUTIES[found.kind]},
        sample=found.sample,
    )  # fmt: skip
    form = Form(request.POST if request.method == "POST" else None)
    return form_page(
        request, form, page,
        lambda: actions.end_duty(duty=found, by=request.viewer, now=request.now),
    )  # fmt: skip
