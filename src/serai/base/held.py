"""Nothing typed is lost: forms held over a sign-in.

A body that arrives without a sign-in is encrypted with a key that only the visitor's own cookie
completes, and waits half an hour.
"""

import base64
import hashlib
import secrets
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest
from serai.base.models import HeldInput

COOKIE = "serai_held"
HELD_FOR = timedelta(minutes=30)
LONGEST_PATH = 500
MOST_HELD_FORMS = 20
NEVER_HELD = frozenset({"csrfmiddlewaretoken", "receipt"})


# -- over a sign-in


def hold(request: ServedRequest) -> None:
    """Keep what was typed until its writer has signed in (`access.HOOKS.hold`)."""
    body = request.POST.copy()
    for name in NEVER_HELD:
        body.pop(name, None)
    path = request.path[:LONGEST_PATH]
    if not body or request.content_type not in {
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    }:
        return
    token = _token_of(request) or secrets.token_urlsafe(32)
    cookie_hash = _hash(token)
    others = HeldInput.objects.filter(cookie_hash=cookie_hash).exclude(path=path)
    if others.count() >= MOST_HELD_FORMS:
        return
    HeldInput.objects.update_or_create(
        cookie_hash=cookie_hash,
        path=path,
        defaults={
            "body": _box(token).encrypt(body.urlencode().encode()),
            "expires_at": request.now + HELD_FOR,
        },
    )
    request.held_token = token


def held_post(request: ServedRequest) -> QueryDict | None:
    """Return what was typed into this address before the sign-in, for a form that stays unsaved.

    Use: `form = NoteForm(request.POST or held_post(request))`; says so to the reader.
    """
    token = _token_of(request)
    if not token or request.method != "GET" or not request.viewer.is_signed_in:
        return None
    found = HeldInput.objects.filter(
        cookie_hash=_hash(token), path=request.path, expires_at__gt=request.now
    ).first()
    if found is None:
        return None
    try:
        text = _box(token).decrypt(bytes(found.body)).decode()
    except InvalidToken:
        return None
    messages.info(request, _("Your text is back in the form. It is not saved yet."))
    return QueryDict(text)


def typed(request: ServedRequest) -> QueryDict | None:
    """Return what a form was sent with, or what was typed before a sign-in; None to begin.

    Use: `form = NoteForm(typed(request))`.
    """
    return request.POST if request.method == "POST" else held_post(request)


def release(request: ServedRequest) -> None:
    """Forget what was held for an address once its form is sent again."""
    token = _token_of(request)
    if token:
        HeldInput.objects.filter(cookie_hash=_hash(token), path=request.path).delete()


def clear(request: ServedRequest) -> None:
    """Forget all that was held for this browser, as at sign-out."""
    token = _token_of(request)
    if token:
        HeldInput.objects.filter(cookie_hash=_hash(token)).delete()
        request.held_token = ""


def set_cookie(request: HttpRequest, response: HttpResponseBase) -> None:
    """Give the browser its half of the key, or take it back."""
    token = getattr(request, "held_token", None)
    if token:
        response.set_cookie(
            COOKIE,
            token,
            max_age=int(HELD_FOR.total_seconds()),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    elif token == "":
        response.delete_cookie(COOKIE, samesite="Lax")


def _token_of(request: HttpRequest) -> str:
    token = getattr(request, "held_token", None)
    if token is None:
        token = request.COOKIES.get(COOKIE, "")
    return token if 20 <= len(token) <= 64 else ""


def _hash(token: str) -> str:
    return hashlib.sha256(f"serai-held:{token}".encode()).hexdigest()


def _box(token: str) -> Fernet:
    key = HKDF(hashes.SHA256(), 32, salt=settings.SECRET_KEY.encode(), info=b"serai-held-input-v1")
    return Fernet(base64.urlsafe_b64encode(key.derive(token.encode())))


def prune(*, now: datetime) -> int:
    """Forget expired input; return how many rows."""
    return int(HeldInput.objects.filter(expires_at__lte=now).delete()[0])
