"""Devices of a response and of a wave: keys made, shown once, ended; what devices handed in."""

import base64
import json
import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.form_pages import status_of
from serai.base.lists import page_of
from serai.base.pages import redirect_with, render_page
from serai.base.shown import Mark
from serai.surveys import access, actions, queries
from serai.surveys.actions import Refused
from serai.surveys.exports.tables import said
from serai.surveys.forms import DeviceForm
from serai.surveys.queries.collecting import (
    SubmissionRow,
    place_of_key,
    submission_step,
    wave_of,
)
from serai.surveys.states import SubmissionState
from serai.surveys.states.words import state_mark
from serai.surveys.views.answering import way_back
from serai.surveys.views.shared import crumbs, done, wave_steps
from serai.surveys.views.shown_once import ShownOnce, drawn

if TYPE_CHECKING:
    from serai.surveys.models import SubmissionStep

NEW_KEY = ShownOnce("new_device_key")


@guard(may=access.may_lead, load=queries.response, methods=("GET", "POST"))
def devices(request: ServedRequest, found: "queries.Response") -> HttpResponse:
    """List the keys of a response's devices; make one, and show it while its time runs."""
    home = reverse("surveys:devices", args=[found.public_id])
    form = DeviceForm(request.POST or None)
    made: list[str] = []

    def act() -> object:
        key, secret = actions.make_key(
            invitation=queries.invitation_of(found), name=form.cleaned_data["name"],
            by=request.viewer, now=request.now,
        )  # fmt: skip
        made.append(secret)
        return key

    if request.method == "POST" and form.is_valid() and done(form, act):
        NEW_KEY.keep(request, found.public_id, made[0])
        return redirect_with(request, home, _("The key is made."))
    secret = NEW_KEY.shown(request, found.public_id)
    head = queries.head_of(found)
    answer = render_page(
        request,
        "surveys/devices.html",
        {
            "head": head,
            "form": form,
            "secret": secret,
            "address": _server(secret) if secret else "",
            "code_address": reverse("surveys:device_qr", args=[found.public_id]),
            "keys": [
                (one, "") for one in queries.keys_of(request.viewer, queries.invitation_of(found))
            ],
            "rows": _marked(queries.submissions(request.viewer, found)),
            "crumbs": way_back(head, _("Devices")),
            "sample": found.sample,
        },
        status=status_of(request, form),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _server(secret: str) -> str:
    """Return the address that is typed into ODK Collect; the form list stands below it."""
    return settings.SITE_ADDRESS + reverse("collect:form_list", args=[secret]).removesuffix(
        "/formList"
    )


@guard(may=access.may_lead, load=queries.response)
def device_qr(request: ServedRequest, found: "queries.Response") -> HttpResponse:
    """Draw the settings of ODK Collect as a QR code; an image of its own, as the CSP asks."""
    return _code(request, found.public_id, queries.head_of(found).title)


@guard(may=access.may_keep_survey, load=queries.wave)
def wave_qr(request: ServedRequest, found: "queries.Wave") -> HttpResponse:
    """Draw the settings for a key of a whole wave."""
    return _code(request, found.public_id, said(found.title))


def _code(request: ServedRequest, of: str, name: str) -> HttpResponse:
    secret = NEW_KEY.shown(request, of)
    if not secret:
        raise Http404
    wanted = {
        "general": {"protocol": "odk_default", "server_url": _server(secret)},
        "admin": {},
        "project": {"name": name},
    }
    packed = base64.b64encode(zlib.compress(json.dumps(wanted).encode())).decode()
    return drawn(packed)


@guard(may=access.may_revoke_key, load=queries.own_key, methods=("POST",))
def end_key(request: ServedRequest, found: "queries.DeviceKey") -> HttpResponse:
    """End the key of a device."""
    actions.revoke_key(key=found, by=request.viewer, now=request.now)
    NEW_KEY.forget(request)
    back = request.POST.get("back", "")
    address = back if back.startswith(reverse("surveys:mine").removesuffix("mine/")) else ""
    said = _("The key has ended. The device can hand in nothing more.")
    return redirect_with(request, address or reverse("surveys:mine"), said)


@guard(may=access.may_keep_survey, load=queries.wave, methods=("GET", "POST"))
def submissions(request: ServedRequest, found: "queries.Wave") -> HttpResponse:
    """List what devices handed in in a wave, and their keys; make one of the wave's own."""
    form = DeviceForm(request.POST or None)
    made: list[str] = []

    def act() -> object:
        key, secret = actions.make_wave_key(
            wave=found, name=form.cleaned_data["name"], by=request.viewer, now=request.now
        )
        made.append(secret)
        return key

    if request.method == "POST" and form.is_valid() and done(form, act):
        NEW_KEY.keep(request, found.public_id, made[0])
        return redirect_with(request, request.path, _("The key is made."))
    page = page_of(request, queries.submissions(request.viewer, found))
    secret = NEW_KEY.shown(request, found.public_id)
    answer = render_page(
        request,
        "surveys/submissions.html",
        {
            "found": found,
            "form": form,
            "takes_keys": queries.takes_wave_keys(found),
            "secret": secret,
            "address": _server(secret) if secret else "",
            "code_address": reverse("surveys:wave_qr", args=[found.public_id]),
            "keys": [(one, place_of_key(one)) for one in queries.keys_of(request.viewer, found)],
            "rows": _marked(page.object_list),
            "decides": True,
            "page": page,
            "crumbs": crumbs(*wave_steps(found), title=_("Devices")),
            "sample": found.sample,
        },
        status=status_of(request, form),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _marked(rows: Iterable[SubmissionRow]) -> list[tuple[SubmissionRow, Mark]]:
    return [(row, state_mark(SubmissionState(row.step.state))) for row in rows]


@guard(may=access.may_look_at, load=submission_step, methods=("POST",))
def decide(request: ServedRequest, found: "SubmissionStep") -> HttpResponse:
    """Say that what is flagged is looked at; of a wave's device, take it in or leave it out."""
    home = _home_of(request, found)
    verbs = {
        "look": (actions.look_at_submission, _("It is looked at.")),
        "take_in": (actions.take_in_submission, _("Taken in: it counts as handed in.")),
        "leave_out": (actions.leave_out_submission, _("Left out. What came stays on record.")),
    }
    act, told = verbs.get(request.POST.get("do", ""), (None, ""))
    if act is None:
        messages.warning(request, _("Choose what to do with it."))
        return redirect_with(request, home)
    try:
        act(step=found, by=request.viewer, now=request.now)
    except Refused as error:
        messages.warning(request, str(error))
        return redirect_with(request, home)
    return redirect_with(request, home, told)


def _home_of(request: ServedRequest, found: "SubmissionStep") -> str:
    """Return the page the button stands on: of the wave for its officers, else of the response."""
    wave = wave_of(found.submission.device_key)
    if found.response is None or access.may_keep_survey(request.viewer, wave):
        return reverse("surveys:submissions", args=[wave.public_id])
    return reverse("surveys:devices", args=[found.response.public_id])
