"""The pages on which a response is filled in."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.formats import get_format
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard, signed_in
from serai.base.characters import direction
from serai.base.files import answer_file
from serai.base.frame import time_zone_of
from serai.base.held import held_post
from serai.base.lists import page_of
from serai.base.pages import Crumb, redirect_with, render_page
from serai.base.templatetags.serai import two_clocks
from serai.surveys import access, actions, queries
from serai.surveys.access import Place
from serai.surveys.actions import Change, Kept, Outcome, Refused, Written
from serai.surveys.exports.readings import readings_table
from serai.surveys.forms import posted_changes
from serai.surveys.queries.browser import logic_of, results_of
from serai.surveys.queries.readings import readings
from serai.surveys.queries.released import waves_released
from serai.surveys.queries.rows import QuestionRow
from serai.surveys.states import ReadingWay, ResponseState
from serai.surveys.states.words import response_mark
from serai.surveys.views.shared import note_read

LONGEST_BATCH = 400_000
READINGS_SHOWN = 10


def way_back(response: "queries.ResponseHead", title: str = "") -> list[Crumb]:
    """Return the way back from a page of a response."""
    found = [Crumb(_("My questionnaires"), reverse("surveys:mine"))] if response.is_named else []
    address = reverse("surveys:response", args=[response.public_id])
    found.append(Crumb(response.title, address if title else ""))
    return [*found, Crumb(title)] if title else found


@guard(may=signed_in)
def mine(request: ServedRequest) -> HttpResponse:
    """List what the viewer answers, signs, clears or holds a part of."""
    rows = queries.own_rows(request.viewer)
    page = page_of(request, rows)
    return render_page(
        request,
        "surveys/mine.html",
        {
            "page": page,
            "released": queries.released_waves(request.viewer),
            "answers": waves_released(request.viewer),
            "crumbs": [Crumb(_("My questionnaires"))],
            "sample": any(row.sample for row in rows),
        },
    )


@guard(may=access.may_read_response, load=queries.response)
def response(request: ServedRequest, found: "queries.Response") -> HttpResponse:
    """Show a response as a whole: its sections, who holds them, what is missing."""
    note_read(request, ReadingWay.PAGE, found)
    whole = queries.overview(request.viewer, found, request.now)
    head = queries.head_of(found)
    return render_page(
        request,
        "surveys/response.html",
        {
            "found": found,
            "head": head,
            "whole": whole,
            "mark": response_mark(head.state, is_signed=found.wave.survey.has_signature),
            "next": next((row for row in whole.pages if row.may_open and row.missing), None),
            "first": next((row for row in whole.pages if row.may_open), None),
            "is_own": access.may_lead(request.viewer, found),
            "is_open": access.is_unlocked(found),
            "may_hand_in": access.may_lead(request.viewer, found)
            and access.is_handed_in_next(found),
            "lacks_time": access.lacks_time(found),
            "may_sign": access.may_sign(request.viewer, found),
            "may_clear": access.may_clear(request.viewer, found),
            "may_review": access.may_review(request.viewer, found),
            "may_enter": access.may_enter(request.viewer, found),
            "may_bring": access.may_bring_workbook(request.viewer, found),
            "may_let_read": access.may_let_read(request.viewer, found),
            "may_have_copy": access.may_have_copy(request.viewer, found),
            "may_have_trail": access.may_have_trail(request.viewer, found),
            "may_see_readings": access.may_see_readings(request.viewer, found),
            "readings": readings_table(
                readings(request.viewer, found, READINGS_SHOWN), sample=found.sample
            ),
            "offers": queries.offers(request.viewer, found),
            "history": queries.steps_of(request.viewer, found),
            "aside": queries.set_aside_shown(found, get_language() or "en")
            if access.may_lead(request.viewer, found)
            else [],
            "crumbs": way_back(head),
            "is_nameless": found.wave.survey.is_anonymous,
            "sample": found.sample,
        },
    )


@guard(may=access.may_open_place, load=queries.place, methods=("GET", "POST"))
def section(request: ServedRequest, here: Place) -> HttpResponseBase:
    """Show one page of questions; save what was answered."""
    note_read(request, ReadingWay.PAGE, here.response)
    if request.method == "POST":
        return _save(request, here)
    page = queries.section_page(request.viewer, here, request.now)
    if back := held_post(request):
        _put_back(page, back)
    return _show(request, here, page)


def _save(request: ServedRequest, here: Place) -> HttpResponse:
    page = queries.section_page(request.viewer, here, request.now)
    names = page_refs(page)
    changes = posted_changes(request.POST, names)
    try:
        files = actions.keep_uploads(
            response=here.response, files=uploaded(request), names=names,
            by=request.viewer, now=request.now,
        )  # fmt: skip
        changes = [with_file(one, files) for one in changes]
        written = actions.write_answers(
            response=here.response, changes=changes, by=request.viewer, now=request.now
        )
        actions.note_visit(
            response=here.response, section=here.section, entry=here.entry, now=request.now
        )
    except Refused as error:
        _put_back(page, request.POST)
        return _show(request, here, page, problem=str(error), status=422)
    untaken = [one for one in written.outcomes if one.kept in NOT_TAKEN]
    stored = replace(here, response=written.response or here.response)
    fresh = queries.section_page(request.viewer, stored, request.now)
    if untaken:
        _show_both(fresh, changes, untaken)
        status = 409 if any(one.kept is Kept.CONFLICT for one in untaken) else 422
        return _show(request, here, fresh, status=status)
    return _go_on(request, here, fresh, written)


NOT_TAKEN = frozenset({Kept.CONFLICT, Kept.REFUSED, Kept.LOCKED})


def uploaded(request: ServedRequest) -> list[tuple[str, UploadedFile[Any]]]:
    """Return the files that came, the last one of each field."""
    found = ((name, request.FILES[name]) for name in request.FILES)
    return [(name, file) for name, file in found if isinstance(file, UploadedFile)]


def with_file(change: Change, files: Mapping[str, str]) -> Change:
    """Let a file handed in be the answer; without a new one the old stays."""
    name = queries.name_of(change.ref)
    return replace(change, value=files[name]) if name in files else change


def page_refs(page: "queries.SectionPage") -> dict[str, QuestionRow]:
    """Return the questions of a page by their names."""
    return {row.ref: row for row in page.questions()}


def _put_back(page: "queries.SectionPage", post: Any) -> None:
    """Put what was typed into the page again; it is not saved."""
    for name, row in page_refs(page).items():
        if f"base:{name}" in post:
            row.retype(" ".join(one for one in post.getlist(name) if one))


def _show_both(
    page: "queries.SectionPage", changes: Sequence[Change], untaken: Sequence[Outcome]
) -> None:
    """Show beside each question what was not taken, and why; the next save counts."""
    typed = {one.client_id: one for one in changes}
    rows = {queries.ref_of(name): row for name, row in page_refs(page).items()}
    for one in untaken:
        row = rows.get(one.ref)
        if row is None:
            continue
        row.retype(typed[one.client_id].value)
        row.why = one.why
        if one.kept is Kept.CONFLICT and one.stands is not None:
            row.theirs = queries.theirs(row, one.stands)


def _go_on(
    request: ServedRequest, here: Place, page: "queries.SectionPage", written: Written
) -> HttpResponse:
    """Lead on after saving: to the next page, or to this one where it asks for a look."""
    saved = {one.ref for one in written.outcomes if one.kept in {Kept.SAVED, Kept.SUGGESTED}}
    rows = list(page.questions())
    opened = [
        row for row in rows
        if written.delta.relevant.get(queries.ref_of(row.ref)) and row.is_relevant and row.takes_answer
    ]  # fmt: skip
    wrong = [row for row in rows if row.is_wrong and queries.ref_of(row.ref) in saved]
    address = _address(here)
    message = _("Saved.") if saved else ""
    if wrong:
        said = ngettext(
            "Saved, but %(n)d answer needs a look: it is marked below.",
            "Saved, but %(n)d answers need a look: they are marked below.", len(wrong),
        )  # fmt: skip
        messages.warning(request, said % {"n": len(wrong)})
        return redirect_with(request, f"{address}#{wrong[0].anchor}")
    if opened:
        said = ngettext(
            "Saved. This opens %(n)d more question.", "Saved. This opens %(n)d more questions.",
            len(opened),
        ) % {"n": len(opened)}  # fmt: skip
        return redirect_with(request, f"{address}#{opened[0].anchor}", said)
    if "go_on" in request.POST:
        _tell_wrong(request, page, address)
        following = queries.next_place(request.viewer, here, request.now)
        address = _address(following) if following else reverse(
            "surveys:response", args=[here.response.public_id]
        )  # fmt: skip
    return redirect_with(request, address, message)


def _tell_wrong(request: ServedRequest, page: "queries.SectionPage", address: str) -> None:
    """Say on the next page which answers need a look: those saved while they were typed too."""
    wrong = [row for row in page.questions() if row.is_wrong and row.is_relevant]
    if wrong:
        said = ngettext(
            "%(n)d answer on “%(section)s” needs a look.",
            "%(n)d answers on “%(section)s” need a look.",
            len(wrong),
        ) % {"n": len(wrong), "section": page.title}  # fmt: skip
        messages.warning(
            request,
            format_html(
                '{} <a href="{}#{}">{}</a>', said, address, wrong[0].anchor, _("Go back there")
            ),
        )


def _address(here: Place) -> str:
    words = [here.response.public_id, here.section, *([here.entry] if here.entry else [])]
    return reverse("surveys:entry" if here.entry else "surveys:section", args=words)


def _show(
    request: ServedRequest,
    here: Place,
    page: "queries.SectionPage",
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    head = queries.head_of(here.response)
    tag = queries.tag_of(page.language)
    wrong = [row for row in page.questions() if row.why or (row.is_wrong and row.is_relevant)]
    # While answers are corrected, most pages have nothing to write on.
    writes = (page.may_write or page.may_suggest) and (
        here.response.state == ResponseState.FILLING
        or any(row.takes_answer for row in page.questions())
    )
    return render_page(
        request,
        "surveys/section.html",
        {
            "here": here,
            "head": head,
            "page": page,
            "problem": problem,
            "wrong": wrong,
            "is_back": status != 200,
            "has_errors": bool(problem or any(row.why for row in wrong)),
            "tag": tag,
            "is_other": tag != get_language(),
            "direction": direction(tag),
            "writes": writes,
            "reasons": queries.reasons_of(here.response),
            "has_file": any(row.widget == "file" for row in page.questions()),
            "logic": logic_of(page) if writes else None,
            "autosave": f"{reverse('surveys:autosave', args=[head.public_id])}?"
            + urlencode({"section": here.section, "entry": here.entry}),
            "queue": f"{request.viewer.person_id}.{here.response.pk}",
            "is_own_computer": bool(request.session.get("own_computer")),
            "decimal": get_format("DECIMAL_SEPARATOR"),
            "crumbs": way_back(head, page.title),
            "is_nameless": here.response.wave.survey.is_anonymous,
            "sample": here.response.sample,
        },
        status=status,
    )


@guard(may=access.may_answer, load=queries.response, methods=("POST",))
def autosave(request: ServedRequest, found: "queries.Response") -> HttpResponseBase:
    """Save changes as they are typed; say of each what became of it."""
    note_read(request, ReadingWay.PAGE, found)
    changes = _read_batch(request.body)
    if changes is None:
        return JsonResponse({"error": _("These changes are not understood.")}, status=400)
    try:
        written = actions.write_answers(
            response=found, changes=changes, by=request.viewer, now=request.now
        )
    except Refused as error:
        # Said of each change, so that the page shows it and does not send them for ever.
        why = str(error)
        told = [{"client_id": one.client_id, "status": "refused", "why": why} for one in changes]
        return JsonResponse({"answers": told, "results": []})
    stored = written.response or found
    here = Place(stored, request.GET.get("section", ""), request.GET.get("entry", ""))
    zone = time_zone_of(request)
    return JsonResponse(
        {
            "answers": [_told(one, zone) for one in written.outcomes],
            "results": results_of(request.viewer, here, request.now),
        }
    )


def _told(one: Outcome, zone: str) -> dict[str, Any]:
    """Say what became of one change, as the page's script reads it; times on the reader's clock."""
    said: dict[str, Any] = {"client_id": one.client_id, "status": one.kept.value, "why": one.why}
    if one.stands is not None:
        said["base"] = one.stands.answer_id
    if one.kept is Kept.CONFLICT:
        stands = one.stands
        said["theirs"] = {
            "base": stands.answer_id if stands else 0,
            "value": stands.value if stands else "",
            "who": queries.author_name(stands.author_id) if stands else "",
            "when": two_clocks(stands.at, zone, zone) if stands and stands.at else "",
        }
    return said


def _read_batch(body: bytes) -> list[Change] | None:
    """Read a batch of changes; None where it is none."""
    if len(body) > LONGEST_BATCH:
        return None
    try:
        batch = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(batch, list) or len(batch) > actions.MOST_CHANGES:
        return None
    found = []
    for one in batch:
        change = _read_change(one)
        if change is None:
            return None
        found.append(change)
    return found


def _read_change(one: Any) -> Change | None:
    if not isinstance(one, dict):
        return None
    words = [one.get(name, "") for name in ("client_id", "ref", "value", "reason")]
    base = str(one.get("base") or 0)
    if not all(isinstance(word, str) for word in words) or not (
        base.isdigit() and len(base) <= actions.LONGEST_BASE
    ):
        return None
    client_id, ref, value, reason = words
    if actions.NEVER_STORED.search(client_id):
        return None
    return Change(client_id, queries.ref_of(ref), int(base), value, reason)


@guard(may=access.may_answer, load=queries.response, methods=("POST",))
def entries(request: ServedRequest, found: "queries.Response") -> HttpResponseBase:
    """Add, remove or bring back an entry; `add` names the repeat, and the entry around it."""
    post = request.POST
    home = reverse("surveys:response", args=[found.public_id])
    back = post.get("back", "")
    address = back if back.startswith(home) else home
    by, now = request.viewer, request.now
    try:
        if "add" in post:
            at = queries.ref_of(post["add"])
            key = actions.add_entry(
                response=found, repeat_path=at.path, parent=at.entry, by=by, now=now
            )
            if slug := post.get("section", ""):
                address = reverse("surveys:entry", args=[found.public_id, slug, key])
            return redirect_with(request, address, _("Added."))
        if "remove" in post:
            actions.remove_entry(response=found, key=post["remove"], by=by, now=now)
            return redirect_with(request, address, _("Removed. It can be brought back."))
        if "restore" in post:
            actions.restore_entry(response=found, key=post["restore"], by=by, now=now)
            return redirect_with(request, address, _("It is back, with its answers."))
        if "up" in post:
            actions.move_entry(response=found, key=post["up"], by=by, now=now)
            return redirect_with(request, address)
    except Refused as error:
        messages.warning(request, str(error))
        return redirect_with(request, address)
    messages.warning(request, _("Choose what to do with the entry."))
    return redirect_with(request, address)


@guard(may=access.may_read_file, load=queries.answer_file)
def file(request: ServedRequest, found: "queries.AnswerFile") -> HttpResponseBase:
    """Give back a file that was handed in as an answer."""
    note_read(request, ReadingWay.FILE, found.response)
    return answer_file(found.stored)
