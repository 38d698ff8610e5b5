"""Put an issued report before a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.days import plain_day
from serai.base.held import typed
from serai.base.pages import redirect_with, render_page
from serai.programme.queries import item, items_to_choose
from serai.reports import access, actions, queries
from serai.reports.actions import CannotMove
from serai.reports.forms import PaperForm
from serai.reports.kinds import KINDS
from serai.reports.views import steps

if TYPE_CHECKING:
    from serai.reports.models import Run


@guard(may=access.may_build_run, load=queries.run, methods=("GET", "POST"))
def put_on_agenda(request: ServedRequest, run: Run) -> HttpResponse:
    """Choose the item of a coming meeting's agenda, and make the report its paper."""
    items = items_to_choose(request.viewer, request.LANGUAGE_CODE)
    named = {"kind": KINDS[run.kind].title, "day": plain_day(run.as_of)}
    title = _("%(kind)s as of %(day)s") % named
    form = PaperForm(typed(request), items=items, initial={"title": title})
    if request.method == "POST" and form.is_valid():
        try:
            paper = actions.put_on_agenda(
                run=run,
                item=item(request.viewer, form.cleaned_data["item"]),
                title=form.cleaned_data["title"],
                by=request.viewer,
                now=request.now,
            )
            address = reverse("programme:meeting", args=[paper.item.meeting.public_id])
            return redirect_with(request, address, _("The report is on the agenda."))
        except CannotMove as refusal:
            form.add_error("item", str(refusal))
    context = steps.frame(request, run, "build") | {"form": form, "has_items": bool(items)}
    steps.lead_on(context, _("Put it on an agenda"))
    status = 422 if request.method == "POST" else 200
    return render_page(request, "reports/agenda.html", context, status=status)
