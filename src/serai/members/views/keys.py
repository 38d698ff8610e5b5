"""One's keys for the open API: made after a fresh sign-in, shown once, revoked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.held import typed
from serai.base.pages import Crumb, redirect_with, render_page
from serai.members import access, actions, queries
from serai.members.forms import ApiKeyForm

if TYPE_CHECKING:
    from serai.base.models import ApiKey

# A double click must not lose the key: it stays in the maker's own session for this long, unless
# they say sooner that they have kept it.
SHOWN_FOR = timedelta(minutes=10)
IN_SESSION = "new_api_key"


@dataclass(frozen=True)
class Fresh:
    """A key just made, while it is shown."""

    name: str
    secret: str


def _crumbs(title: str = "") -> list[Crumb]:
    steps = [Crumb(_("My account"), reverse("members:me"))]
    if title:
        return [*steps, Crumb(_("Keys for the open API"), reverse("members:keys")), Crumb(title)]
    return [*steps, Crumb(_("Keys for the open API"))]


@guard(may=access.may_keep_own_account)
def keys(request: ServedRequest) -> HttpResponse:
    """List one's keys; show a new one while its time runs."""
    response = render_page(
        request,
        "members/keys.html",
        {
            "fresh": _just_made(request),
            "rows": queries.own_keys(request.viewer, request.now),
            "crumbs": _crumbs(),
        },
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _just_made(request: ServedRequest) -> Fresh | None:
    kept = request.session.get(IN_SESSION)
    if kept is None:
        return None
    if request.now - datetime.fromisoformat(kept["made_at"]) > SHOWN_FOR:
        del request.session[IN_SESSION]
        return None
    return Fresh(kept["name"], kept["secret"])


@guard(may=access.may_keep_own_account, methods=("GET", "POST"), fresh=True)
def make_key(request: ServedRequest) -> HttpResponse:
    """Make a key."""
    form = ApiKeyForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_key(
                name=form.cleaned_data["name"],
                expires_on=form.cleaned_data["expires_on"],
                by=request.viewer,
                now=request.now,
            )
        except actions.Refused as error:
            form.add_error("expires_on", str(error))
        else:
            request.session[IN_SESSION] = {
                "name": made.key.name,
                "secret": made.secret,
                "made_at": request.now.isoformat(),
            }
            return redirect_with(request, reverse("members:keys"), _("The key is made."))
    return render_page(
        request,
        "members/make_key.html",
        {"form": form, "crumbs": _crumbs(_("New key"))},
        status=422 if request.method == "POST" else 200,
    )


@guard(may=access.may_keep_own_account, methods=("POST",))
def keep_key(request: ServedRequest) -> HttpResponse:
    """Show a new key no longer: its owner has kept it."""
    request.session.pop(IN_SESSION, None)
    return redirect_with(request, reverse("members:keys"))


@guard(may=access.may_keep_key, load=queries.own_key, methods=("POST",))
def revoke_key(request: ServedRequest, found: "ApiKey") -> HttpResponse:
    """Revoke a key."""
    actions.revoke_key(key=found, by=request.viewer, now=request.now)
    request.session.pop(IN_SESSION, None)
    return redirect_with(
        request, reverse("members:keys"), _("The key is revoked. Programs that used it stop.")
    )
