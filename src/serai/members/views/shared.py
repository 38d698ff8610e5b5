"""What several doors of the room share: pages of long lists, downloads, confirm pages."""

from collections.abc import Callable, Sequence

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest
from serai.base.pages import Crumb, redirect_with, render_page
from serai.members import actions
from serai.members.forms import ReasonForm


def from_people() -> list[Crumb]:
    """Return the way back to the list of people."""
    return [*from_members(), Crumb(_("People"), reverse("members:people"))]


def from_members() -> list[Crumb]:
    """Return the way back to the members, where the room begins."""
    return [Crumb(_("Members"), reverse("members:members"))]


def with_reason(
    request: ServedRequest,
    *,
    title: str,
    text: str,
    verb: str,
    back: str,
    act: Callable[[str], object],
    done: str,
    crumbs: Sequence[Crumb],
    is_danger: bool = True,
) -> HttpResponse:
    """Show a page that asks for a reason, and do the act with it."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data["reason"])
            return redirect_with(request, back, done)
        except actions.Refused as error:
            form.add_error(None, str(error))
    return render_page(
        request,
        "members/with_reason.html",
        {
            "form": form,
            "title": title,
            "text": text,
            "verb": verb,
            "back": back,
            "crumbs": crumbs,
            "kind": "danger" if is_danger else "primary",
            "back_words": _("Back"),
        },
        status=422 if form.errors else 200,
    )
