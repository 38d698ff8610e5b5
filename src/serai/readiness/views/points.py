"""The points that lines are tested against, kept by officers."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.form_pages import FormPage, show_form
from serai.base.held import typed
from serai.base.pages import Crumb, redirect_with, render_page
from serai.base.shown import Linked, Mark
from serai.base.tables import Column, Table
from serai.readiness import access, actions
from serai.readiness.actions import PointFacts
from serai.readiness.forms.testing import PointForm
from serai.readiness.queries import testing as queries
from serai.readiness.views.testing import crumbs, refused

if TYPE_CHECKING:
    from serai.readiness.models import ProbePoint


@guard(may=access.may_keep_points)
def points(request: ServedRequest) -> HttpResponse:
    """List the points."""
    rows = queries.points(request.viewer)
    return render_page(
        request,
        "readiness/points.html",
        {
            "table": _table(rows) if rows else None,
            "crumbs": crumbs(title=_("Test points")),
            "sample": any(row.sample for row in rows),
        },
    )


def _table(rows: list["ProbePoint"]) -> Table:
    return Table(
        title=_("Test points"),
        columns=[
            Column("name", _("Name"), "link"),
            Column("url", _("Address")),
            Column("city", _("City")),
            Column("state", _("State"), "state"),
        ],
        rows=[
            [
                Linked(row.name, reverse("readiness:point", args=[row.public_id]), row.sample),
                row.url,
                row.city,
                Mark("good", _("In use")) if row.is_in_use else Mark("open", _("Not in use")),
            ]
            for row in rows
        ],
    )


@guard(may=access.may_keep_points, methods=("GET", "POST"))
def add_point(request: ServedRequest) -> HttpResponse:
    """Add a point."""
    return _keep(request, None, _("New test point"))


@guard(may=access.may_keep_points, load=queries.point, methods=("GET", "POST"))
def point(request: ServedRequest, found: "ProbePoint") -> HttpResponse:
    """Change a point."""
    return _keep(request, found, found.name)


def _keep(request: ServedRequest, found: "ProbePoint | None", title: str) -> HttpResponse:
    names = ("name", "url", "city", "latitude", "longitude", "is_in_use")
    initial = {name: getattr(found, name) for name in names} if found else None
    form = PointForm(typed(request), initial=initial)
    back = reverse("readiness:points")
    page = FormPage(
        title=title,
        verb=_("Save"),
        back=back,
        done=_("The point is saved."),
        crumbs=[*crumbs(), Crumb(_("Test points"), back), Crumb(title)],
        sample=bool(found and found.sample),
    )

    def act() -> None:
        actions.keep_point(
            facts=PointFacts(**form.cleaned_data), point=found, by=request.viewer, now=request.now
        )

    if request.method == "POST" and form.is_valid() and not refused(form, act):
        return redirect_with(request, back, page.done)
    return show_form(request, form, page)
