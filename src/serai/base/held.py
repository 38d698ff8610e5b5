"""Nothing typed is lost: forms held over a sign-in, and forms sent twice.

A body that arrives without a sign-in is encrypted with a key that only the visitor's own cookie
completes, and waits half an hour. A form's receipt leads every repeated sending to its first result.
"""

import base64
import hashlib
import secrets
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest
from serai.base.models import HeldInput, Receipt

COOKIE = "serai_held"
HELD_FOR = timedelta(minutes=30)
RECEIPT = "receipt"
RECEIPTS_KEPT = timedelta(days=2)
LONGEST_PATH, LONGEST_RECEIPT, SHORTEST_RECEIPT = 500, 64, 16
MOST_HELD_FORMS = 20
NEVER_HELD = frozenset({"csrfmiddlewaretoken", RECEIPT})
WAIT_STEPS, WAIT_SECONDS = 50, 0.1


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


# -- sent twice


def once(request: ServedRequest, answer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Answer a form once: whoever sends it again goes to the first result (`access.HOOKS.once`)."""
    if request.method != "POST":
        return answer()
    release(request)
    key = request.POST.get(RECEIPT, "")
    if not SHORTEST_RECEIPT <= len(key) <= LONGEST_RECEIPT:
        return answer()
    mine, is_first = Receipt.objects.get_or_create(
        key=_receipt_hash(request, key),
        defaults={
            "person_id": request.viewer.person_id,
            "path": request.path[:LONGEST_PATH],
            "sent_at": request.now,
        },
    )
    if not is_first:
        return _to_first_result(request, mine)
    try:
        response = answer()
    except BaseException:
        mine.delete()
        raise
    address = response.headers.get("Location", "")
    if response.status_code in {302, 303} and _is_ours(address):
        mine.result_address = address[:LONGEST_PATH]
        mine.save(update_fields=["result_address"])
    else:
        mine.delete()
    return response


def _receipt_hash(request: ServedRequest, key: str) -> str:
    return hashlib.sha256(f"{request.viewer.person_id}:{request.path}:{key}".encode()).hexdigest()


def _to_first_result(request: ServedRequest, mine: Receipt) -> HttpResponseBase:
    """Wait for the first sending if it is still at work, then show where it led."""
    for _step in range(WAIT_STEPS):
        if mine.result_address:
            break
        time.sleep(WAIT_SECONDS)
        found = Receipt.objects.filter(pk=mine.pk).first()
        if found is None:
            break
        mine = found
    messages.info(request, _("This was sent before. Here is the first result."))
    response = HttpResponseRedirect(mine.result_address or request.path)
    response.status_code = 303
    return response


def _is_ours(address: str) -> bool:
    parts = urlsplit(address)
    return not parts.netloc and parts.path.startswith("/")


def prune(*, now: datetime) -> int:
    """Forget expired input and old receipts; return how many rows."""
    held = HeldInput.objects.filter(expires_at__lte=now).delete()[0]
    return held + Receipt.objects.filter(sent_at__lt=now - RECEIPTS_KEPT).delete()[0]
