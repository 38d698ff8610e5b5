"""What a person asks about their own data, and an administrator's answers."""

import zipfile
from io import BytesIO

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.pages import Crumb, redirect_with, render_page
from serai.members import access, actions, queries
from serai.members.forms import AnswerForm, DataRequestForm
from serai.members.states import DataRequestKind
from serai.members.states.words import DATA_REQUEST_NAMES, DATA_REQUEST_STATES


@guard(may=access.may_keep_own_account, methods=("GET", "POST"), fresh=True)
def data(request: ServedRequest) -> HttpResponse:
    """Ask for a copy, a correction or the end of the account."""
    form = DataRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_about_data(
                kind=DataRequestKind(form.cleaned_data["kind"]),
                note=form.cleaned_data["note"],
                by=request.viewer,
                now=request.now,
            )
            return redirect_with(
                request,
                reverse("members:data"),
                _("Your request was received. We will write to you."),
            )
        except actions.Refused as error:
            form.add_error(None, str(error))
    rows = queries.data_requests(request.viewer, own=True)
    return render_page(
        request,
        "members/data.html",
        {
            "form": form,
            "rows": [
                (row, DATA_REQUEST_NAMES[row.kind], DATA_REQUEST_STATES[row.state]) for row in rows
            ],
            "crumbs": [
                Crumb(_("My account"), reverse("members:me")), Crumb(_("What is kept about me"))
            ],
        },
        status=422 if form.errors else 200,
    )  # fmt: skip


@guard(may=access.may_read_own_copy, load=queries.data_request, methods=("GET",), fresh=True)
def copy(request: ServedRequest, found: queries.OwnRequest) -> HttpResponse:
    """Give the copy of one's own data as a ZIP with one JSON file."""
    if not found.copy:
        raise Http404
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("my-data.json", found.copy)
    response = HttpResponse(packed.getvalue(), content_type="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.zip"'
    response.headers["Cache-Control"] = "no-store"
    return response


@guard(may=access.may_keep_accounts, methods=("GET",))
def data_requests(request: ServedRequest) -> HttpResponse:
    """List the requests that wait for an administrator."""
    rows = queries.data_requests(request.viewer, own=False)
    return render_page(
        request,
        "members/data_requests.html",
        {
            "rows": [(row, DATA_REQUEST_NAMES[row.kind]) for row in rows],
            "crumbs": [Crumb(_("Requests about own data"))],
        },
    )


@guard(may=access.may_answer_data_request, load=queries.data_request, methods=("GET", "POST"))
def answer(request: ServedRequest, found: queries.OwnRequest) -> HttpResponse:
    """Answer one request."""
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_data_request(
                request=found,
                is_done=form.cleaned_data["decision"] == "done",
                answer=form.cleaned_data["answer"],
                by=request.viewer,
                now=request.now,
            )
            return redirect_with(request, reverse("members:data_requests"), _("Answered."))
        except actions.Refused as error:
            form.add_error(None, str(error))
    return render_page(
        request,
        "members/answer_data_request.html",
        {
            "form": form,
            "found": found,
            "kind": DATA_REQUEST_NAMES[found.kind],
            "crumbs": [
                Crumb(_("Requests about own data"), reverse("members:data_requests")),
                Crumb(_("Answer")),
            ],
        },
        status=422 if form.errors else 200,
    )
