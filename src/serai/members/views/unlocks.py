"""An administrator's hour with the content."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.pages import Crumb, redirect_with, render_page
from serai.members import access, actions, queries
from serai.members.forms import UnlockForm


@guard(may=access.may_see_unlocks, methods=("GET", "POST"), fresh=True)
def unlocks(request: ServedRequest) -> HttpResponse:
    """Open the content for at most an hour; list who did so."""
    viewer = request.viewer
    may_open = access.may_unlock(viewer)
    form = UnlockForm(request.POST or None, scopes=queries.unlock_scopes(viewer))
    if request.method == "POST" and may_open and form.is_valid():
        found = form.cleaned_data
        try:
            actions.open_unlock(
                wanted=actions.UnlockWanted(
                    scope=found["scope"], reason=found["reason"], minutes=int(found["minutes"])
                ),
                by=viewer,
                now=request.now,
            )
            said = _("The content is open. Coordinators and focal points were told.")
            return redirect_with(request, reverse("members:unlock"), said)
        except actions.Refused as error:
            form.add_error(None, str(error))
    return render_page(
        request,
        "members/unlocks.html",
        {
            "form": form,
            "may_open": may_open
            and (bool(form.errors) or queries.own_open_unlock(viewer, request.now) is None),
            "has_bench": access.may_open_bench(viewer),
            "rows": queries.unlocks(viewer, request.now),
            "crumbs": [Crumb(_("Opening the content"))],
        },
        status=422 if form.errors else 200,
    )


@guard(may=access.may_close_unlock, load=queries.open_unlock, methods=("POST",))
def close(request: ServedRequest, found: queries.UnlockFound) -> HttpResponse:
    """Close an unlock before its time."""
    try:
        actions.close_unlock(unlock=found, by=request.viewer, now=request.now)
        said = _("The content is closed again.")
    except actions.Refused as error:
        said = str(error)
    return redirect_with(request, reverse("members:unlock"), said)
