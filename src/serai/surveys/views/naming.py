"""The page on which somebody is let read a response by name, narrow questions included."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.form_pages import status_of
from serai.base.held import typed
from serai.base.pages import redirect_with, render_page
from serai.surveys import access, actions, queries
from serai.surveys.forms import ReaderForm
from serai.surveys.views.answering import way_back
from serai.surveys.views.shared import done


@guard(may=access.may_let_read, load=queries.response, methods=("GET", "POST"))
def readers(request: ServedRequest, found: "queries.Response") -> HttpResponse:
    """List who reads a response by name; let somebody, or take it back."""
    here = reverse("surveys:readers", args=[found.public_id])
    if request.method == "POST" and request.POST.get("end"):
        actions.end_reading(
            response=found, share=request.POST["end"], by=request.viewer, now=request.now
        )
        return redirect_with(request, here, _("Taken back: the answers are closed to them."))
    people = queries.possible_readers(request.viewer, found, request.now)
    form = ReaderForm(typed(request), people=people)

    def act() -> object:
        return actions.let_read(
            response=found, person_id=int(form.cleaned_data["person"]),
            until_on=form.cleaned_data["until_on"], by=request.viewer, now=request.now,
        )  # fmt: skip

    if request.method == "POST" and form.is_valid() and done(form, act):
        return redirect_with(request, here, _("They may read the answers now."))
    head = queries.head_of(found)
    return render_page(
        request,
        "surveys/readers.html",
        {
            "head": head,
            "form": form,
            "rows": queries.readers_by_name(request.viewer, found),
            "crumbs": way_back(head, _("Readers by name")),
            "sample": found.sample,
        },
        status=status_of(request, form),
    )
