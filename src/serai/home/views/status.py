"""The keeper's screens: health, jobs, mail, audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base import jobs as work
from serai.base.access import ServedRequest, guard, signed_in
from serai.base.pages import Crumb, redirect_with, render_page
from serai.base.tables import Column, sort_of
from serai.home import access, actions, queries
from serai.home.views.paging import page_number

if TYPE_CHECKING:
    from serai.base.models import Job, Message


@guard(may=access.may_see_status)
def status(request: ServedRequest) -> HttpResponse:
    """Show the installation's health."""
    found = queries.status_page(request.viewer, settings.DATA_DIR, request.now)
    context = {"status": found, "crumbs": [Crumb(_("Installation"))]}
    return render_page(request, "home/status.html", context)


@guard(may=access.may_see_status)
def jobs(request: ServedRequest) -> HttpResponse:
    """List jobs, newest first."""
    page = queries.jobs(request.viewer, page_number(request))
    return render_page(request, "home/jobs.html", {"page": page, "crumbs": crumbs(_("Jobs"))})


@guard(may=signed_in, load=queries.job)
def job(request: ServedRequest, row: Job) -> HttpResponse:
    """Show how far a job is, to its asker and to administrators."""
    asked = request.GET.get("asked", "0")
    shown = work.shown(
        row,
        address=reverse("home:job", args=[row.public_id]),
        cancel_address=reverse("home:job_cancel", args=[row.public_id]),
        asked_count=int(asked) if asked.isdigit() else 0,
        now=request.now,
    )
    context = {"job": shown, "crumbs": [Crumb(_("A long job"))]}
    return render_page(request, "home/job.html", context, part="serai/components/_job.html")


@guard(may=signed_in, load=queries.job, methods=("GET", "POST"))
def job_cancel(request: ServedRequest, row: Job) -> HttpResponse:
    """Ask once more, then cancel."""
    here = reverse("home:job", args=[row.public_id])
    if request.method == "POST":
        work.cancel(row.public_id)
        return redirect_with(request, here, _("The job is being cancelled."))
    context = {"back": here, "crumbs": [Crumb(_("A long job"), here), Crumb(_("Cancel"))]}
    return render_page(request, "home/job_cancel.html", context)


@guard(may=access.may_run_job_again, load=queries.job, methods=("POST",))
def job_again(request: ServedRequest, row: Job) -> HttpResponse:
    """Try a failed job once more."""
    work.run_again(row.public_id)
    return redirect_with(request, reverse("home:jobs"), _("The job waits to begin again."))


@guard(may=access.may_see_status)
def mail(request: ServedRequest) -> HttpResponse:
    """Show the outgoing mail; in a trial with its words, for it goes nowhere."""
    is_trial = settings.MODE == "trial"
    page = queries.box(request.viewer, page_number(request), with_text=is_trial)
    context = {
        "page": page,
        "is_trial": is_trial,
        "sample": any(row.sample for row in page.object_list),
        "crumbs": crumbs(_("Outgoing mail")),
    }
    return render_page(request, "home/mail.html", context)


@guard(may=access.may_send_again, load=queries.letter, methods=("POST",))
def mail_again(request: ServedRequest, letter: Message) -> HttpResponse:
    """Send a failed letter again."""
    actions.send_again(letter=letter, by=request.viewer, now=request.now)
    return redirect_with(request, reverse("home:mail"), _("The letter waits to be sent again."))


@guard(may=access.may_read_audit)
def audit(request: ServedRequest) -> HttpResponse:
    """Show who did what, newest first unless asked the other way round."""
    words = request.GET.get("q", "").strip()[:100]
    sort = sort_of(request.GET, ("number",))
    page = queries.audit_entries(request.viewer, words, page_number(request), sort)
    kept = {"q": words, "sort": sort.value}
    context = {
        "page": page,
        "words": words,
        "query": urlencode({name: text for name, text in kept.items() if text}),
        "sort": sort,
        "number": Column("number", _("No."), "number"),
        "crumbs": crumbs(_("Audit log"), may_open=access.may_see_status(request.viewer)),
    }
    return render_page(request, "home/audit.html", context)


def crumbs(title: str, *, may_open: bool = True) -> list[Crumb]:
    """Return the way back to the installation's health, for whoever may open it."""
    return [Crumb(_("Installation"), reverse("home:status") if may_open else ""), Crumb(title)]
