"""What an organisation permits: its word for each platform and sensitivity."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard, signed_in
from serai.base.form_pages import FormPage
from serai.base.held import typed
from serai.base.lists import kept_query, page_of
from serai.base.pages import render_page
from serai.base.shown import Linked
from serai.base.tables import Column, Table
from serai.readiness import access, actions
from serai.readiness.forms.policies import PoliciesForm
from serai.readiness.queries import policies as queries
from serai.readiness.views.shared import crumbs, form_page, named

if TYPE_CHECKING:
    from serai.members.models import Organisation


@guard(may=signed_in)
def organisations(request: ServedRequest) -> HttpResponse:
    """List the organisations whose word the viewer may give."""
    page = page_of(request, queries.sayers(request.viewer))
    columns = [Column("organisation", _("Organisation")), Column("country", _("Country"))]
    rows = [
        [
            Linked(
                named(row.names), reverse("readiness:policies", args=[row.public_id]),
                is_sample=row.sample,
            ),
            named(row.member_name),
        ]
        for row in page.object_list
    ]  # fmt: skip
    title = _("Platforms permitted")
    return render_page(
        request,
        "readiness/policies.html",
        {
            "table": Table(title, columns, rows), "page": page, "query": kept_query(request),
            "is_empty": not rows, "crumbs": crumbs(title=title),
            "sample": any(row.sample for row in page.object_list),
        },
    )  # fmt: skip


@guard(may=access.may_say_policy, load=queries.organisation_to_say, methods=("GET", "POST"))
def policies(request: ServedRequest, found: "Organisation") -> HttpResponse:
    """Show what holds, and take the organisation's word."""
    rows = queries.policies(request.viewer, found)
    form = PoliciesForm(
        typed(request), platforms=queries.platform_names(),
        initial={f"{row.platform}_{row.sensitivity}": row.word for row in rows},
    )  # fmt: skip
    back = reverse("readiness:policy_organisations")
    title, name = _("Platforms permitted"), named(found.names)
    page = FormPage(
        title=f"{title}: {name}", verb=_("Save"), back=back, done=_("It is saved."),
        leads_to=reverse("readiness:policies", args=[found.public_id]),
        intro=_("Sensitivity: how much harm there is if what is said becomes known."),
        crumbs=crumbs((title, back), title=name),
        sample=any(row.sample for row in rows),
    )  # fmt: skip
    return form_page(
        request, form, page,
        lambda: actions.say_policies(
            organisation=found, words=dict(form.said()), source=form.cleaned_data["source"],
            by=request.viewer, now=request.now,
        ),
    )  # fmt: skip
