"""A form acts once: sent by a double click, again after a lost line, or again after a crash.

A sending takes its form's receipt. The receipt is stamped in the transaction of the act itself
(with its line in the audit), so that afterwards anybody can tell whether the act happened. A
sending whose act did not happen is taken over by the next one, and can then no longer stamp: an
act is done once, and no later sending is told of a result that does not exist.

A page that the browser has not kept comes back with a new receipt and the old text. Exactly the same
text from the same person, right after it was saved, is therefore given back with a question. A file
cannot be given back: the same text with the same file, byte for byte, leads to the first result.
"""

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.html import format_html
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest
from serai.base.held import LONGEST_PATH, NEVER_HELD, hold, release
from serai.base.models import Receipt
from serai.base.ready import ANY_TEXT, Ready

RECEIPT = "receipt"
LONGEST_RECEIPT, SHORTEST_RECEIPT = 64, 16
KEPT = timedelta(days=2)
ASKED_FOR = timedelta(minutes=30)
WAIT_STEPS, WAIT_SECONDS = 50, 0.1
# Before a result's address is known: the act has happened, at the form's own address.
STAMP = "~"
# Comes after every sign of a `_mark`.
AFTER_MARKS = "g"


class TakenOver(Exception):
    """Another sending of the same form has this one's receipt; nothing of this one is written."""


@dataclass
class Sending:
    """One sending at work. Whoever takes the receipt over changes `sent_at`."""

    pk: int
    path: str
    sent_at: datetime


_AT_WORK: ContextVar[Sending | None] = ContextVar("sending", default=None)


def stamp() -> None:
    """Note on the receipt that the act happens, in the act's own transaction.

    Raises:
        TakenOver: if another sending has the receipt by now.
    """
    sending = _AT_WORK.get()
    if sending is None:
        return
    mine = Receipt.objects.filter(pk=sending.pk, sent_at=sending.sent_at)
    if not mine.update(result_address=_stamped(sending.path)):
        raise TakenOver


def once(request: ServedRequest, answer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Answer a form once: whoever sends it again goes to the first result (`access.HOOKS.once`)."""
    if request.method != "POST":
        return answer()
    release(request)
    key = request.POST.get(RECEIPT, "")
    if not SHORTEST_RECEIPT <= len(key) <= LONGEST_RECEIPT:
        return answer()
    path = request.path[: LONGEST_PATH - len(STAMP)]
    mine, is_first = _take(_hash(request, key), request.viewer.person_id, path, request.now)
    if not is_first:
        if result := _first_result(mine):
            return _to(request, result)
        if not _take_over(mine, request.now):
            return _after_another(request, mine)
    text = _text_of(request, path)
    if is_first and (result := _saved_just_now(text, request.now)):
        mine.delete()
        return _lead(request, result) if request.FILES else _ask(request, result)
    try:
        return _act(Sending(mine.pk, path, request.now), answer, text, request.viewer.person_id)
    except TakenOver:
        return _after_another(request, mine)


def _take(key: str, person_id: int | None, path: str, now: datetime) -> tuple[Receipt, bool]:
    """Return the receipt of a key, and whether it is new; most are, so writing comes first."""
    try:
        with transaction.atomic():
            made = Receipt.objects.create(key=key, person_id=person_id, path=path, sent_at=now)
        return made, True
    except IntegrityError:
        defaults = {"person_id": person_id, "path": path, "sent_at": now}
        return Receipt.objects.get_or_create(key=key, defaults=defaults)


@lru_cache(maxsize=1)
def _ready() -> Ready[Receipt]:
    return Ready(Receipt.objects.filter(key=ANY_TEXT))


def _act(
    sending: Sending,
    answer: Callable[[], HttpResponseBase],
    text_of: tuple[str, str],
    person_id: int | None,
) -> HttpResponseBase:
    """Answer, and keep the receipt and the text only where the answer leads on to a result."""
    mine = Receipt.objects.filter(pk=sending.pk, sent_at=sending.sent_at)
    try:
        with _at_work(sending):
            response = answer()
    except TakenOver:
        raise
    except BaseException:
        mine.filter(result_address="").delete()
        raise
    address = response.headers.get("Location", "")
    if response.status_code in {302, 303} and _is_ours(address):
        with transaction.atomic():
            mine.update(result_address=address[:LONGEST_PATH])
            _note_text(sending, text_of, person_id, address)
    else:
        mine.delete()
    return response


def _text_of(request: ServedRequest, path: str) -> tuple[str, str]:
    """Return how the receipt of one's latest text at an address begins, and how it ends.

    Only a form has one: it stands at its own address. A button alone may be pressed again.
    """
    door = getattr(request.resolver_match.func, "door", None) if request.resolver_match else None
    if not request.viewer.is_signed_in or door is None or "GET" not in door.methods:
        return "", ""
    body = request.POST.copy()
    for name in NEVER_HELD:
        body.pop(name, None)
    files = [(file.name, _sha256(file)) for _name, rows in request.FILES.lists() for file in rows]
    return _mark(f"{request.viewer.person_id}:{path}"), _mark(f"{body.urlencode()}:{files}")


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:31]


def _sha256(file: UploadedFile[Any]) -> str:
    found = hashlib.sha256()
    for piece in file.chunks():
        found.update(piece)
    file.seek(0)
    return found.hexdigest()


def _saved_just_now(text_of: tuple[str, str], now: datetime) -> str:
    """Return where exactly this text led a while ago, if it was the latest saved here; else nothing.

    Its receipt goes: whoever sends the text once more means it.
    """
    place, text = text_of
    found = _ready().rows(text=f"={place}{text}") if place else []
    if not found or found[0].sent_at <= now - ASKED_FOR:
        return ""
    found[0].delete()
    return str(found[0].result_address)


def _note_text(
    sending: Sending, text_of: tuple[str, str], person_id: int | None, address: str
) -> None:
    """Note the text that was saved as one's latest at this address."""
    place, text = text_of
    if not place:
        return
    latest = Receipt(
        key=f"={place}{text}",
        person_id=person_id,
        path=sending.path,
        sent_at=sending.sent_at,
        result_address=address[:LONGEST_PATH],
    )
    # A range, for which the index of the key serves on both engines; LIKE reads every receipt.
    Receipt.objects.filter(key__gte=f"={place}", key__lt=f"={place}{AFTER_MARKS}").delete()
    Receipt.objects.bulk_create([latest], ignore_conflicts=True)


def _ask(request: ServedRequest, result: str) -> HttpResponseBase:
    """Give the text back, unsaved, with the first result and the question whether it is meant twice."""
    hold(request)
    messages.warning(
        request,
        format_html(
            '{} <a href="{}">{}</a>',
            _(
                "You saved exactly this a moment ago. It is not saved again, unless you send it once more."
            ),
            result,
            _("See what was saved."),
        ),
    )
    return _see_other(request.get_full_path())


def _lead(request: ServedRequest, result: str) -> HttpResponseBase:
    """Show the first result of a form with the same file, and how to send it nonetheless."""
    messages.warning(
        request,
        _(
            "You sent exactly this, with the same file, a moment ago. Here is the first result."
            " If you mean it twice, send it once more."
        ),
    )
    return _see_other(result)


@contextmanager
def _at_work(sending: Sending) -> Iterator[None]:
    token = _AT_WORK.set(sending)
    try:
        yield
    finally:
        _AT_WORK.reset(token)


def _stamped(path: str) -> str:
    return f"{STAMP}{path}"


def _hash(request: ServedRequest, key: str) -> str:
    return hashlib.sha256(f"{request.viewer.person_id}:{request.path}:{key}".encode()).hexdigest()


def _first_result(mine: Receipt) -> str:
    """Wait for the first sending if it is still at work; return where it led.

    Empty where no act happened: the first sending was refused, or its process is gone.
    """
    address = mine.result_address
    for _step in range(WAIT_STEPS):
        if address and not address.startswith(STAMP):
            break
        time.sleep(WAIT_SECONDS)
        found = Receipt.objects.filter(pk=mine.pk).values_list("result_address", flat=True).first()
        if found is None:
            return ""
        address = found
    return address.removeprefix(STAMP)


def _take_over(mine: Receipt, now: datetime) -> bool:
    """Take the receipt of a sending that did not act; False if it acted or is taken already.

    Where the first sending was refused its receipt is gone; it is written anew.
    """
    taken = Receipt.objects.filter(pk=mine.pk, result_address="", sent_at=mine.sent_at)
    if taken.update(sent_at=now):
        return True
    if Receipt.objects.filter(pk=mine.pk).exists():
        return False
    mine.sent_at, mine.result_address = now, ""
    anew, is_mine = _take(mine.key, mine.person_id, mine.path, now)
    mine.pk = anew.pk
    return is_mine


def _after_another(request: ServedRequest, mine: Receipt) -> HttpResponseBase:
    """Show where the sending led that has the receipt now; else give the text back, unsaved."""
    if result := _first_result(mine):
        return _to(request, result)
    hold(request)
    return _see_other(request.path)


def _to(request: ServedRequest, address: str) -> HttpResponseBase:
    messages.info(request, _("This was sent before. Here is the first result."))
    return _see_other(address)


def _see_other(address: str) -> HttpResponseBase:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def _is_ours(address: str) -> bool:
    parts = urlsplit(address)
    return not parts.netloc and parts.path.startswith("/")


def prune(*, now: datetime) -> int:
    """Forget old receipts; return how many rows."""
    return int(Receipt.objects.filter(sent_at__lt=now - KEPT).delete()[0])
