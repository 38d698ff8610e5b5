"""Signing in by code, passkey, authenticator app or a ministry's service; signing out."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.flows.logout import logout
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.account.utils import get_next_redirect_url, passthrough_next_redirect_url
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.forms import (
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.socialaccount.adapter import get_adapter as get_service_adapter
from allauth.socialaccount.providers.openid_connect.views import callback, login
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.messages import get_messages
from django.core import signing
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from serai.base import codes, limits
from serai.base.access import ServedRequest, anyone, guard, signed_in
from serai.base.pages import redirect_with, render_page
from serai.members import actions, queries
from serai.members.forms import CodeForm, SignInForm
from serai.members.states import ADDRESS_SALT, SAMPLE_SALT
from serai.members.states.words import ROLE_NAMES, ROLE_SENTENCES

OWN_COMPUTER = "own_computer"
AGAIN = "sign_in_again"
AGAIN_SECONDS = 30 * 60
AGAIN_TRIES = 5
ADDRESS_SECONDS = 60 * 60


def no_longer_works() -> str:
    """Answer a wrong, late or replayed code, and an unknown address, alike."""
    return _("This code no longer works. Send a new one.")


def onward(request: ServedRequest, name: str) -> str:
    """Return a page's address that keeps where the person wanted to go."""
    address: str = passthrough_next_redirect_url(request, reverse(name), "next")
    return address


def _home(request: ServedRequest) -> HttpResponse:
    found = get_next_redirect_url(request) or reverse(settings.LOGIN_REDIRECT_URL)
    return HttpResponseRedirect(found)


@guard(may=anyone, methods=("GET", "POST"))
def sign_in(request: ServedRequest) -> HttpResponse:
    """Ask for an address; send a code to it if it was invited, and say the same if not."""
    if request.viewer.is_signed_in:
        return _home(request)
    form = SignInForm(request.POST or None, initial={"email": _reached_address(request)})
    wait = 0
    if request.method == "POST" and form.is_valid():
        clear_login(request)
        email = form.cleaned_data["email"].casefold()
        wait = _wait(request, form, email)
        if not wait:
            request.session[OWN_COMPUTER] = form.cleaned_data["own_computer"]
            _start_code(request, email)
            return HttpResponseRedirect(onward(request, "members:sign_in_code"))
    response = _sign_in_page(request, form)
    if wait:
        response.status_code = 429
        response.headers["Retry-After"] = str(wait)
    return response


def _reached_address(request: ServedRequest) -> str:
    """Return the address to fill in where a letter's link led here; nothing is sent by that."""
    try:
        number = signing.loads(
            request.GET.get("to", ""), salt=ADDRESS_SALT, max_age=ADDRESS_SECONDS
        )
    except signing.BadSignature:
        return ""
    return queries.address_to_sign_in(number)


def _start_code(request: ServedRequest, email: str) -> None:
    """Send a code to an invited address; the session keeps what it compares with, never the code."""
    process = LoginCodeVerificationProcess.initiate(
        request=request, user=queries.active_person_by_email(email), email=email
    )
    if process.code:
        process.state["code"] = codes.hash_of(process.code)
        process.persist()


def _sign_in_page(request: ServedRequest, form: SignInForm) -> HttpResponse:
    return render_page(
        request,
        "members/sign_in.html",
        {
            "form": form,
            "next": get_next_redirect_url(request) or "",
            "services": get_service_adapter().list_apps(request),
            "has_sample": has_sample(request),
        },
        status=422 if form.errors else 200,
    )


def _wait(request: ServedRequest, form: SignInForm, email: str) -> int:
    """Count the code asked for; return the seconds to wait where too many were, and say so."""
    try:
        limits.count_code(email, request, now=request.now)
    except limits.TooOften as error:
        form.add_error(
            "email",
            ngettext(
                "Too many codes were asked for. Wait {n} minute and try again.",
                "Too many codes were asked for. Wait {n} minutes and try again.",
                error.minutes,
            ).format(n=error.minutes),
        )
        return error.retry_after
    return 0


@guard(may=anyone, methods=("GET", "POST"))
def sign_in_code(request: ServedRequest) -> HttpResponse:
    """Take the code from the letter."""
    if request.viewer.is_signed_in:
        return _home(request)
    stage = LoginStageController.enter(request, LoginByCodeStage.key)
    process = LoginCodeVerificationProcess.resume(stage) if stage else None
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["code"]
        if process and codes.is_code(typed, process.code):
            entered: HttpResponse = process.finish(get_next_redirect_url(request))
            return entered
        if process:
            process.record_invalid_attempt()
        form.add_error("code", no_longer_works())
    return render_page(
        request,
        "members/sign_in_code.html",
        {
            "form": form,
            "email": process.state.get("email") if process else "",
            "next": get_next_redirect_url(request) or "",
            "again": onward(request, "members:sign_in"),
            "is_trial": not settings.PRODUCTION,
        },
        status=422 if form.errors else 200,
    )


@guard(may=anyone, methods=("GET", "POST"))
def second_step(request: ServedRequest) -> HttpResponse:
    """Take the authenticator app's code, a recovery code or a passkey after the first step."""
    if request.viewer.is_signed_in:
        return _home(request)
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    if stage is None:
        return HttpResponseRedirect(reverse("members:sign_in"))
    user = stage.login.user
    is_passkey = "credential" in request.POST
    shown = CodeForm(None if is_passkey else request.POST or None)
    if request.method == "POST":
        checked = (
            AuthenticateWebAuthnForm(request.POST, user=user)
            if is_passkey
            else AuthenticateForm(request.POST, user=user)
        )
        if checked.is_valid():
            _prove(request, checked)
            response: HttpResponse = stage.exit()
            return response
        _carry_errors(shown, checked, is_passkey=is_passkey)
    return render_page(
        request,
        "members/second_step.html",
        {"form": shown, "has_errors": bool(shown.errors)},
        status=422 if request.method == "POST" else 200,
    )


def _prove(request: ServedRequest, checked: Any, *, reauthenticated: bool = False) -> None:
    """Note in the session that an app's code, a recovery code or a passkey was right."""
    found = getattr(checked, "authenticator", None) or checked.cleaned_data["credential"]
    post_authentication(request, found, reauthenticated=reauthenticated)


def _carry_errors(shown: CodeForm, checked: object, *, is_passkey: bool) -> None:
    """Show what the checking form found, in our form."""
    found = getattr(checked, "errors", {})
    sentences = [str(text) for texts in found.values() for text in texts]
    if is_passkey:
        shown.cleaned_data = {}
        shown.full_clean()
        shown.errors.clear()
        shown.add_error(None, _("This passkey was not accepted. Try again, or use a code."))
    elif shown.is_valid():
        shown.add_error("code", sentences[0] if sentences else no_longer_works())


@guard(may=anyone, methods=("POST",))
def passkey_options(request: ServedRequest) -> HttpResponse:
    """Give the browser what it needs to ask for a passkey: at sign-in, second step, or again."""
    if request.viewer.is_signed_in:
        person = get_user(request)
        if request.POST.get("purpose") == "add":
            return JsonResponse(webauthn.begin_registration(person, True))
        return JsonResponse(webauthn.begin_authentication(person))
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    return JsonResponse(webauthn.begin_authentication(stage.login.user if stage else None))


@guard(may=anyone, methods=("POST",))
def passkey_sign_in(request: ServedRequest) -> HttpResponse:
    """Sign in with a passkey alone."""
    if request.viewer.is_signed_in:
        return _home(request)
    checked = LoginWebAuthnForm(request.POST)
    if checked.is_valid():
        authenticator = checked.cleaned_data["credential"]
        if authenticator.user.is_active:
            request.session[OWN_COMPUTER] = bool(request.POST.get("own_computer"))
            login_ = Login(user=authenticator.user, redirect_url=get_next_redirect_url(request))
            entered: HttpResponse = perform_passwordless_login(request, authenticator, login_)
            return entered
    form = SignInForm({"email": ""})
    form.errors.clear()
    form.add_error(None, _("This passkey was not accepted. Sign in by e-mail instead."))
    return _sign_in_page(request, form)


@guard(may=signed_in, methods=("GET", "POST"))
def sign_in_again(request: ServedRequest) -> HttpResponse:
    """Ask for a fresh sign-in before an act that cannot be taken back lightly."""
    person = get_user(request)
    is_strong = queries.has_second_factor(request.viewer.person_id)
    act = request.POST.get("act", "")
    if request.method == "POST" and act == "send":
        return _send_again_code(request)
    form = CodeForm(request.POST if act == "code" else None)
    if request.method == "POST" and _is_confirmed(request, form, person, is_strong=is_strong):
        return HttpResponseRedirect(get_next_redirect_url(request) or reverse("members:me"))
    return render_page(
        request,
        "members/sign_in_again.html",
        {
            "form": form,
            "is_strong": is_strong,
            "was_sent": AGAIN in request.session,
            "next": get_next_redirect_url(request) or "",
        },
        status=422 if request.method == "POST" else 200,
    )


def _send_again_code(request: ServedRequest) -> HttpResponse:
    """Send a code for the fresh sign-in."""
    person = queries.myself(request.viewer)
    code = get_adapter().generate_login_code()
    kept = {"code": codes.hash_of(code), "at": request.now.timestamp(), "tries": 0}
    request.session[AGAIN] = kept
    actions.send_sign_in_code(email=person.email, code=code, now=request.now)
    return redirect_with(request, onward(request, "members:sign_in_again"), _("A code was sent."))


def _is_confirmed(
    request: ServedRequest, form: CodeForm, person: object, *, is_strong: bool
) -> bool:
    """Check a passkey, an app's code or the letter's code, and note the fresh sign-in."""
    if "credential" in request.POST:
        passkey = ReauthenticateWebAuthnForm(request.POST, user=person)
        if passkey.is_valid():
            _prove(request, passkey, reauthenticated=True)
            return True
        return False
    if not form.is_valid():
        return False
    if is_strong:
        checked = ReauthenticateForm(request.POST, user=person)
        if checked.is_valid():
            _prove(request, checked, reauthenticated=True)
            return True
    elif _is_again_code(request, form.cleaned_data["code"]):
        del request.session[AGAIN]
        record_authentication(request, person, method="code", reauthenticated=True)
        return True
    form.add_error("code", no_longer_works())
    return False


def _is_again_code(request: ServedRequest, typed: str) -> bool:
    kept = request.session.get(AGAIN)
    if not kept or request.now.timestamp() - kept["at"] > AGAIN_SECONDS:
        return False
    if kept["tries"] >= AGAIN_TRIES:
        del request.session[AGAIN]
        return False
    request.session[AGAIN] = kept | {"tries": kept["tries"] + 1}
    return codes.is_code(typed, kept["code"])


@guard(may=anyone, methods=("POST",))
def service(request: ServedRequest, provider_id: str) -> HttpResponse:
    """Go to a ministry's or the programme's own sign-in service."""
    request.session[OWN_COMPUTER] = bool(request.POST.get("own_computer"))
    found: HttpResponse = login(request, provider_id)
    return found


@guard(may=anyone, methods=("GET",))
def service_answer(request: ServedRequest, provider_id: str) -> HttpResponse:
    """Take the service's answer; only invited people come in."""
    found: HttpResponse = callback(request, provider_id)
    return found


@guard(may=signed_in, methods=("GET", "POST"))
def sign_out(request: ServedRequest) -> HttpResponse:
    """Sign out here; what the browser kept of us is cleared."""
    if request.method != "POST":
        return render_page(request, "members/sign_out.html", {})
    actions.forget_session(
        session_key=request.session.session_key or "", by=request.viewer, now=request.now
    )
    is_own = bool(request.session.get(OWN_COMPUTER))  # there unsent answers wait for their writer
    list(get_messages(request))  # what was still to be said was meant for the one who leaves
    logout(request)
    response = redirect_with(request, reverse("members:sign_in"), _("You are signed out."))
    response.headers["Clear-Site-Data"] = '"cache"' if is_own else '"cache", "storage"'
    return response


# ---------------------------------------------------------------- sample people, trial only
def has_sample(request: ServedRequest) -> bool:
    """Tell whether there are sample people to sign in as."""
    return not settings.PRODUCTION and bool(queries.sample_people(request.now))


@guard(may=anyone, methods=("GET",))
def sample_sign_in(request: ServedRequest) -> HttpResponse:
    """List the sample people of a trial installation, one a role."""
    if settings.PRODUCTION:
        raise Http404
    rows = [
        {
            "role": ROLE_NAMES[row.role],
            "sentence": ROLE_SENTENCES[row.role],
            "full_name": row.full_name,
            "place": row.place,
            "token": signing.dumps(row.public_id, salt=SAMPLE_SALT),
        }
        for row in queries.sample_people(request.now)
    ]
    return render_page(request, "members/sample_sign_in.html", {"rows": rows})


@guard(may=anyone, methods=("GET", "POST"))
def sample_enter(request: ServedRequest, token: str) -> HttpResponse:
    """Sign in as a sample person by a link of this very installation; never in production."""
    if settings.PRODUCTION:
        raise Http404
    try:
        public_id = signing.loads(token, salt=SAMPLE_SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    person = queries.sample_person_or_none(public_id)
    if person is None:
        raise Http404
    if request.method != "POST":
        return render_page(request, "members/sample_enter.html", {"person": person})
    if request.viewer.is_signed_in:
        actions.forget_session(
            session_key=request.session.session_key or "", by=request.viewer, now=request.now
        )
        logout(request)
    record_authentication(request, person, method="sample")
    adapter = get_adapter(request)
    adapter.login(request, person)
    return HttpResponseRedirect(reverse(settings.LOGIN_REDIRECT_URL))
