"""Remarks of countries on a report in review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.held import typed
from serai.base.pages import redirect_with, render_page
from serai.members.queries import member
from serai.reports import access, actions, queries
from serai.reports.actions import CannotMove
from serai.reports.forms import AnswerForm, RemarkForm
from serai.reports.kinds import KINDS
from serai.reports.views import steps

if TYPE_CHECKING:
    from serai.reports.models import CountryRemark, Run


@guard(may=access.may_read_remarks, load=queries.run, methods=("GET", "POST"))
def remarks(request: ServedRequest, run: Run) -> HttpResponse:
    """Show remarks and, to focal points while the run is in review, the form for another."""
    may_remark = access.may_remark_run(request.viewer, run)
    form = RemarkForm(typed(request), blocks=_blocks(run))
    status = 200
    if request.method == "POST" and may_remark and form.is_valid():
        try:
            actions.remark_on_block(
                run=run,
                country=member(request.viewer, access.own_country(request.viewer)),
                block=form.cleaned_data["block"],
                text=form.cleaned_data["text"],
                by=request.viewer,
                now=request.now,
            )
            address = reverse("reports:remarks", args=[run.public_id])
            return redirect_with(request, address, _("Your remark is kept."))
        except CannotMove as refusal:
            form.add_error(None, str(refusal))
    if request.method == "POST":
        status = 422
    titles = dict(_blocks(run))
    context = steps.frame(request, run, "remarks") | {
        "form": form if may_remark else None,
        "remarks": [
            (row, titles.get(row.block, row.block)) for row in queries.remarks(request.viewer, run)
        ],
    }
    steps.lead_on(context, _("Remarks of countries"))
    return render_page(request, "reports/remarks.html", context, status=status)


def _blocks(run: Run) -> list[tuple[str, str]]:
    """Return the report's blocks as choices."""
    viewer = access.audience_viewer(run.audience)
    offers = KINDS[run.kind].offers(viewer, run.as_of, get_language() or "en")
    return [(offer.block, f"{offer.group}: {offer.title}") for offer in offers]


@guard(may=access.may_answer_remark, load=queries.remark_of, methods=("GET", "POST"))
def answer(request: ServedRequest, remark: CountryRemark) -> HttpResponse:
    """Say what was done about a remark."""
    run = remark.run
    form = AnswerForm(typed(request), initial={"answer": remark.answer})
    if request.method == "POST" and form.is_valid():
        actions.answer_remark(
            remark=remark, answer=form.cleaned_data["answer"], by=request.viewer, now=request.now
        )
        messages.success(request, _("The answer is kept."))
        return redirect_with(request, reverse("reports:remarks", args=[run.public_id]))
    context = steps.frame(request, run, "remarks") | {"form": form, "remark": remark}
    steps.lead_on(context, _("Answer a remark"))
    status = 422 if request.method == "POST" else 200
    return render_page(request, "reports/answer.html", context, status=status)
