"""Adapters between allauth and the members room: invited people only, letters by our outbox."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serai.base.access import ServedRequest
from serai.base.frame import in_language
from serai.base.limits import client_address
from serai.members import actions, queries

DEVICE_COOKIE = "serai_device"
DEVICE_SECONDS = 365 * 24 * 3600
OWN_COMPUTER = "own_computer"
OWN_SECONDS = 14 * 24 * 3600
IDLE_SECONDS = 2 * 3600
BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("YaBrowser/", "Yandex Browser"),
            ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))  # fmt: skip
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
           ("Mac OS", "macOS"), ("Linux", "Linux"))  # fmt: skip


def browser_label(agent: str) -> str:
    """Return a browser and its system in a few words: "Firefox, Windows"."""
    browser = next((name for sign, name in BROWSERS if sign in agent), "")
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    return ", ".join(part for part in (browser, system) if part) or "unknown browser"


def _in_own_language(address: str, person: Any) -> str:
    """Return a page's address in the language of the account, whatever this browser speaks."""
    path, mark, query = address.partition("?")
    first = path.strip("/").partition("/")[0]
    offered = dict(settings.LANGUAGES)
    if first not in offered or person.language not in offered:
        return address
    return in_language(path, person.language) + mark + query


class SignIn(AuthenticationBackend):  # type: ignore[misc]
    """allauth's own, but for the look-up of the person that every page makes."""

    def get_user(self, user_id: int) -> Any:
        """Return who is signed in; None where the account is gone, paused or closed."""
        found = queries.person_by_number(int(user_id))
        return found if found and self.user_can_authenticate(found) else None


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in for invited people; letters go through the outbox."""

    device_token = ""
    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This code no longer works. Send a new one."),
        "too_many_login_attempts": gettext_lazy(
            "Too many attempts. Wait five minutes and try again."
        ),
        "rate_limited": gettext_lazy("Too many attempts. Wait five minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody joins without an invitation."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the code's letter; to unknown addresses nothing is sent."""
        if template_prefix.endswith("login_code"):
            request = context["request"]
            actions.send_sign_in_code(email=email, code=context["code"], now=request.now)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Changes of passkeys are told by our own letters."""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our pages say what happened themselves."""

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Doors ask for a fresh sign-in by their guard."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address behind the trusted proxies."""
        return client_address(request)

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """A paused or closed account reads as an unknown one."""
        return HttpResponseRedirect(reverse("members:sign_in"))

    def login(self, request: ServedRequest, user: Any) -> None:
        """Open the session, remember the browser, tell of a new one."""
        own = bool(request.session.pop(OWN_COMPUTER, False))
        super().login(request, user)
        request.session.set_expiry(OWN_SECONDS if own else IDLE_SECONDS)
        request.session[OWN_COMPUTER] = own  # there unsent answers may wait on the disk
        request.session["idle_limit"] = not own
        request.session["seen_at"] = int(request.now.timestamp())
        request.session.save()
        records = get_authentication_records(request, user)
        latest = records[-1] if records else {}
        self.device_token = actions.record_sign_in(
            person=user,
            browser=actions.Browser(
                session_key=request.session.session_key or "",
                device_token=request.COOKIES.get(DEVICE_COOKIE, ""),
                label=browser_label(request.headers.get("User-Agent", "")),
                method=str(latest.get("type") or latest.get("method") or ""),
                own_computer=own,
            ),
            now=request.now,
        )

    def post_login(self, request: ServedRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Go on to the page asked for and keep the browser's mark."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if "Location" in response.headers:
            response.headers["Location"] = _in_own_language(response.headers["Location"], user)
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
        response.set_cookie(
            DEVICE_COOKIE,
            self.device_token or request.COOKIES.get(DEVICE_COOKIE, ""),
            max_age=DEVICE_SECONDS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response

    def get_login_redirect_url(self, request: ServedRequest) -> str:
        """Lead those who have not joined yet to their invitation, all others home."""
        if queries.open_invitations_of(request.user.pk or 0, request.now):
            return reverse("members:welcome")
        return reverse(settings.LOGIN_REDIRECT_URL)


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Sign-in by a ministry's own service for invited people only."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody joins without an invitation."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Tie the service's confirmed address to the invited person, or explain."""
        if sociallogin.is_existing:
            return
        confirmed = [found.email for found in sociallogin.email_addresses if found.verified]
        people = (queries.active_person_by_email(email) for email in confirmed)
        person = next((person for person in people if person is not None), None)
        if person is None:
            messages.error(
                request,
                _("This service gave no confirmed address that was invited here. "
                  "Sign in by e-mail, or ask the person who invited you."),
            )  # fmt: skip
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("members:sign_in")))
        sociallogin.connect(request, person)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        """Say in words that the service did not let the person in."""
        messages.error(
            request,
            _("The sign-in service did not confirm you. Try again, or sign in by e-mail."),
        )
        raise ImmediateHttpResponse(HttpResponseRedirect(reverse("members:sign_in")))


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the secrets of authenticator apps encrypted."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This code no longer works. Send a new one."),
    }

    @staticmethod
    def _box() -> Fernet:
        digest = hashlib.sha256(b"serai-mfa-v1:" + settings.SECRET_KEY.encode()).digest()
        return Fernet(base64.urlsafe_b64encode(digest))

    def encrypt(self, text: str) -> str:
        """Close a secret."""
        return self._box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret."""
        return self._box().decrypt(encrypted_text.encode()).decode()
