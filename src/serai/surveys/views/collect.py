"""OpenRosa 1.0: what ODK Collect downloads and hands in, under a key of its own."""

from collections.abc import Callable
from email.utils import format_datetime
from typing import BinaryIO, cast
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from serai.base.access import NotFound, ServedRequest, anyone, guard
from serai.base.files import answer_file
from serai.base.limits import Limit, TooOften, client_address, count
from serai.surveys import actions, queries
from serai.surveys.actions import Answered, Parcel
from serai.surveys.states import SubmissionState

XML = "text/xml; charset=utf-8"
VERSION = "1.0"
XML_PART = "xml_submission_file"
KEY = Limit("collect-key", 1_200, 60)
WRONG_KEY = Limit("collect-wrong-key", 30, 60)
STATUS = {
    Answered.CREATED: 201,
    Answered.BAD: 400,
    Answered.NOT_FOUND: 404,
    Answered.CONFLICT: 409,
    Answered.TOO_LARGE: 413,
}
Door = Callable[[ServedRequest, "queries.DeviceKey"], HttpResponseBase]


def _with_key(request: ServedRequest, key: str, door: Door) -> HttpResponseBase:
    """Open a door to the holder of a good key; count how often it is used."""
    found = queries.device_key(key, request.now)
    try:
        if found is None:
            count(WRONG_KEY, client_address(request), now=request.now)
            return _headed(_told(_("This key is not good. Ask for a new one."), 401), request)
        count(KEY, found.public_id, now=request.now)
        return _headed(door(request, found), request)
    except TooOften as error:
        return _headed(_too_often(error), request)
    except NotFound:
        return _headed(_told(_("There is no such form here."), 404), request)


def _too_often(error: TooOften) -> HttpResponse:
    answer = _told(_("Asked too often. Try again in a minute."), 429)
    answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def _headed(answer: HttpResponseBase, request: ServedRequest) -> HttpResponseBase:
    answer.headers["X-OpenRosa-Version"] = VERSION
    answer.headers["Date"] = format_datetime(request.now, usegmt=True)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _told(sentence: str, status: int) -> HttpResponse:
    """Answer as OpenRosa words it."""
    nature = "submit_success" if status == 201 else "submit_error"
    body = (
        '<OpenRosaResponse xmlns="http://openrosa.org/http/response">'
        f'<message nature="{nature}">{escape(sentence)}</message></OpenRosaResponse>'
    )
    return HttpResponse(body, status=status, content_type=XML)


def _address(name: str, *words: str) -> str:
    return escape(settings.SITE_ADDRESS + reverse(f"collect:{name}", args=words))


@guard(may=anyone)
def form_list(request: ServedRequest, key: str) -> HttpResponseBase:
    """List the form that a key's round asks with."""

    def door(request: ServedRequest, found: "queries.DeviceKey") -> HttpResponseBase:
        form = queries.form_offered(found)
        manifest = (
            f"<manifestUrl>{_address('manifest', key, form.form_id)}</manifestUrl>"
            if form.has_media
            else ""
        )
        body = (
            '<?xml version="1.0" encoding="UTF-8"?>'
            '<xforms xmlns="http://openrosa.org/xforms/xformsList"><xform>'
            f"<formID>{escape(form.form_id)}</formID><name>{escape(form.name)}</name>"
            f"<version>{escape(form.version)}</version><hash>{form.hash}</hash>"
            f"<downloadUrl>{_address('form', key, form.form_id)}</downloadUrl>{manifest}"
            "</xform></xforms>"
        )
        return HttpResponse(body, content_type=XML)

    return _with_key(request, key, door)


@guard(may=anyone)
def form(request: ServedRequest, key: str, form_id: str) -> HttpResponseBase:
    """Give the form itself."""

    def door(request: ServedRequest, found: "queries.DeviceKey") -> HttpResponseBase:
        return HttpResponse(queries.xform_of(found, form_id).xform, content_type=XML)

    return _with_key(request, key, door)


@guard(may=anyone)
def manifest(request: ServedRequest, key: str, form_id: str) -> HttpResponseBase:
    """List the files that belong to a form."""

    def door(request: ServedRequest, found: "queries.DeviceKey") -> HttpResponseBase:
        rows = "".join(
            f"<mediaFile><filename>{escape(one.name)}</filename>"
            f"<hash>md5:{queries.md5_of(one)}</hash>"
            f"<downloadUrl>{_address('media', key, form_id, one.name)}</downloadUrl></mediaFile>"
            for one in queries.media_of(found, form_id)
        )
        body = (
            '<?xml version="1.0" encoding="UTF-8"?>'
            f'<manifest xmlns="http://openrosa.org/xforms/xformsManifest">{rows}</manifest>'
        )
        return HttpResponse(body, content_type=XML)

    return _with_key(request, key, door)


@guard(may=anyone)
def media(request: ServedRequest, key: str, form_id: str, name: str) -> HttpResponseBase:
    """Give one file that belongs to a form."""

    def door(request: ServedRequest, found: "queries.DeviceKey") -> HttpResponseBase:
        for one in queries.media_of(found, form_id):
            if one.name == name:
                return answer_file(one.file)
        raise NotFound(name)

    return _with_key(request, key, door)


@csrf_exempt  # a device has no cookie; its key stands in the address
@guard(may=anyone, methods=("GET", "POST"))
def submission(request: ServedRequest, key: str) -> HttpResponseBase:
    """Take in what a device hands in; HEAD says where to and how large it may be."""
    if request.method != "POST":
        return _with_key(request, key, _head)
    return _at_once(request, key) or _with_key(request, key, _receive)


def _at_once(request: ServedRequest, key: str) -> HttpResponseBase | None:
    """Take in what a key used a moment ago brings, where nothing is odd about it."""
    found = queries.kept_key(key, request.now)
    parcel = _parcel(request) if found is not None else None
    if found is None or not isinstance(parcel, Parcel):
        return None
    try:
        count(KEY, found.public_id, now=request.now)
    except TooOften as error:
        return _headed(_too_often(error), request)
    received = actions.take_at_once(key=found, parcel=parcel, now=request.now)
    if received is None:
        queries.forget_key(key)  # perhaps it was ended: it is read anew
        return None
    return _headed(_told(received.sentence, STATUS[received.told]), request)


def _head(request: ServedRequest, found: "queries.DeviceKey") -> HttpResponseBase:
    answer = HttpResponse(status=204)
    answer.headers["Location"] = request.build_absolute_uri()
    answer.headers["X-OpenRosa-Accept-Content-Length"] = str(settings.UPLOAD_MAX_BYTES)
    return answer


def _receive(request: ServedRequest, found: "queries.DeviceKey") -> HttpResponseBase:
    parcel = _parcel(request)
    if not isinstance(parcel, Parcel):
        return parcel
    received = actions.take_parcel(key=found, parcel=parcel, now=request.now)
    if received.step is not None and received.step.state == SubmissionState.APPLIED:
        queries.keep_key(found, request.now)
    return _told(received.sentence, STATUS[received.told])


def _parcel(request: ServedRequest) -> Parcel | HttpResponse:
    """Read what was sent; an answer where it is no submission."""
    part = request.FILES.get(XML_PART)
    if part is None or isinstance(part, list):
        return _told(_("The part “xml_submission_file” is missing."), 400)
    if part.size is not None and part.size > actions.LONGEST_XML:
        return _told(_("The form's data is larger than 4 MB."), 413)
    files = [
        (one.name or name, cast("BinaryIO", one.file))
        for name in request.FILES
        if name != XML_PART
        for one in request.FILES.getlist(name)
        if not isinstance(one, list)
    ]
    part.seek(0)
    return Parcel(part.read(), files)
