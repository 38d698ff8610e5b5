"""One's passkeys, authenticator app and recovery codes."""

import json

import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import generate_recovery_codes
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.totp.internal import flows as totp_flows
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.mfa.webauthn.internal import flows as webauthn_flows
from django.contrib.auth import get_user
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.pages import Crumb, redirect_with, render_page
from serai.members import access, actions, queries
from serai.members.forms import CodeForm, PasskeyForm


def _crumbs(title: str = "") -> list[Crumb]:
    steps = [Crumb(_("My account"), reverse("members:me"))]
    if title:
        return [*steps, Crumb(_("Signing in safely"), reverse("members:security")), Crumb(title)]
    return [*steps, Crumb(_("Signing in safely"))]


@guard(may=access.may_keep_own_account, methods=("GET",))
def security(request: ServedRequest) -> HttpResponse:
    """Show the ways a person proves who they are."""
    rows = queries.authenticators(request.viewer)
    return render_page(
        request,
        "members/security.html",
        {
            "crumbs": _crumbs(),
            "passkeys": [row for row in rows if row.kind == "webauthn"],
            "apps": [row for row in rows if row.kind == "totp"],
            "has_codes": any(row.kind == "recovery_codes" for row in rows),
            "must_set_up": queries.needs_second_factor(request.viewer),
        },
    )


@guard(may=access.may_keep_own_account, methods=("GET", "POST"), fresh=True)
def add_passkey(request: ServedRequest) -> HttpResponse:
    """Make a passkey on this computer or phone."""
    form = PasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = get_user(request)
        posted = {"name": form.cleaned_data["name"], "credential": form.cleaned_data["credential"]}
        checked = AddWebAuthnForm(posted, user=person)
        if _is_credential(posted["credential"]) and checked.is_valid():
            _passkey, codes = webauthn_flows.add_authenticator(
                request, checked.cleaned_data["name"], checked.cleaned_data["credential"]
            )
            actions.note_security_change(verb="add_passkey", by=request.viewer, now=request.now)
            page = "members:recovery_codes" if codes else "members:security"
            return redirect_with(request, reverse(page), _("The passkey is set up."))
        form.add_error(None, _("The browser's answer was not accepted. Try again."))
    return render_page(
        request,
        "members/add_passkey.html",
        {"form": form, "crumbs": _crumbs(_("New passkey"))},
        status=422 if form.errors else 200,
    )


def _is_credential(text: str) -> bool:
    """Tell whether the browser's answer is an object at all."""
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


@guard(may=access.may_keep_own_account, methods=("GET", "POST"), fresh=True)
def remove(request: ServedRequest, number: int) -> HttpResponse:
    """Remove a passkey or the authenticator app."""
    authenticator = queries.own_authenticator(request.viewer, number)
    if authenticator is None:
        raise Http404
    if request.method != "POST":
        return render_page(
            request,
            "members/remove_authenticator.html",
            {"name": str(authenticator), "crumbs": _crumbs(_("Remove"))},
        )
    if authenticator.type == Authenticator.Type.TOTP:
        totp_flows.deactivate_totp(request, authenticator)
    else:
        webauthn_flows.remove_authenticator(request, authenticator)
    actions.note_security_change(verb="remove_authenticator", by=request.viewer, now=request.now)
    return redirect_with(request, reverse("members:security"), _("It is removed."))


@guard(may=access.may_keep_own_account, methods=("POST",), fresh=True)
def start_totp(request: ServedRequest) -> HttpResponse:
    """Make a secret for the authenticator app and show it once."""
    totp.get_totp_secret(regenerate=True)
    return redirect_with(request, reverse("members:add_totp"))


@guard(may=access.may_keep_own_account, methods=("GET", "POST"), fresh=True)
def add_totp(request: ServedRequest) -> HttpResponse:
    """Show the QR code; take the app's first code."""
    secret = request.session.get(totp.SECRET_SESSION_KEY)
    if not secret:
        return redirect_with(request, reverse("members:security"))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        checked = ActivateTOTPForm(request.POST, user=get_user(request))
        if checked.is_valid():
            _app, codes = totp_flows.activate_totp(request, checked)
            actions.note_security_change(verb="add_totp", by=request.viewer, now=request.now)
            page = "members:recovery_codes" if codes else "members:security"
            return redirect_with(request, reverse(page), _("The authenticator app is set up."))
        form.add_error("code", _("This code does not fit. Wait for the next one in your app."))
    groups = [secret[place : place + 4] for place in range(0, len(secret), 4)]
    return render_page(
        request,
        "members/add_totp.html",
        {"form": form, "secret": " ".join(groups), "crumbs": _crumbs(_("Authenticator app"))},
        status=422 if form.errors else 200,
    )


@guard(may=access.may_keep_own_account, methods=("GET",), fresh=True)
def totp_qr(request: ServedRequest) -> HttpResponse:
    """Draw the secret as a QR code; an image of its own, as the CSP asks."""
    secret = request.session.get(totp.SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    address = get_adapter().build_totp_url(get_user(request), secret)
    drawn = segno.make(address, error="m").svg_inline(scale=5, border=4, dark="#000", light="#fff")
    picture = drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    response = HttpResponse(picture, content_type="image/svg+xml")
    response.headers["Cache-Control"] = "no-store"
    return response


@guard(may=access.may_keep_own_account, methods=("GET", "POST"), fresh=True)
def recovery_codes(request: ServedRequest) -> HttpResponse:
    """Show the recovery codes; make new ones on request."""
    if not queries.has_second_factor(request.viewer.person_id):
        return redirect_with(request, reverse("members:security"))
    if request.method == "POST":
        generate_recovery_codes(request)
        actions.note_security_change(verb="new_recovery_codes", by=request.viewer, now=request.now)
        return redirect_with(
            request, reverse("members:recovery_codes"), _("The old codes no longer work.")
        )
    response = render_page(
        request,
        "members/recovery_codes.html",
        {
            "codes": queries.recovery_codes(request.viewer),
            "crumbs": _crumbs(_("Recovery codes")),
        },
    )
    response.headers["Cache-Control"] = "no-store"
    return response
