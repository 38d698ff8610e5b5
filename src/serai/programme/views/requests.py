"""Requests to members: the secretariat's board, and a member's own answers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from serai.base import charts
from serai.base.access import ServedRequest, anyone, guard
from serai.base.form_pages import FormPage
from serai.base.held import typed
from serai.base.lists import download, kept_query, page_of
from serai.base.pages import redirect_with, render_page
from serai.base.shown import Figure, Linked, Mark, counted, leaves_out
from serai.base.tables import Column, Table, in_order
from serai.members import queries as members
from serai.members.queries import OrganisationRow
from serai.members.states import OrganisationKind
from serai.members.states.words import AUDIENCE_NAMES
from serai.programme import access, actions, exports, queries
from serai.programme.actions import Refused
from serai.programme.forms import AnswerForm, RequestForm
from serai.programme.queries import RequestRow
from serai.programme.states import AddresseeState, RequestState
from serai.programme.states.words import state_mark
from serai.programme.views.shared import (
    crumbs,
    form_page,
    in_two_steps,
    named,
    said,
    saved,
    shown,
    tabs,
)

if TYPE_CHECKING:
    from serai.programme.models import Request, RequestAddressee

WAITING = (AddresseeState.OPEN, AddresseeState.SEEN)
# Governments are asked as members; the secretariat does not ask itself.
BY_MEMBER = frozenset({OrganisationKind.GOVERNMENT, OrganisationKind.SECRETARIAT})


@guard(may=anyone)
def requests(request: ServedRequest) -> HttpResponseBase:
    """Show requests: own ones first, the board of members for the secretariat."""
    day = shown(request)
    rows = queries.requests(request.viewer, day.as_of)
    rows, sort = in_order(rows, request.GET, exports.REQUEST_SORTS)
    if found := download(request, exports.requests_table(rows), "requests"):
        return found
    asked = [row for row in rows if row.state == RequestState.OPEN]
    known = rows if day.asked or day.is_today else queries.requests(request.viewer, day.today)
    own = [(row, one) for row in known if row.state == RequestState.OPEN for one in row.own]
    own.sort(key=lambda pair: pair[1].state not in WAITING)
    open_ = counted(asked)
    board = [row for row in open_ if row.reads_board]
    page = page_of(request, rows)
    return render_page(
        request,
        "programme/requests.html",
        {
            "day": day,
            "own": own,
            "figures": _figures(open_) if open_ else [],
            "board": matrix(board) if board else None,
            "board_finding": board_finding(board) if board else "",
            "legend": [(str(n), named(row.text), row.public_id) for n, row in enumerate(board, 1)],
            "table": exports.requests_table(list(page.object_list)) if rows else None,
            "page": page,
            "query": kept_query(request),
            "sort": sort,
            "may_open": access.may_ask(request.viewer),
            "tabs": tabs(request, "requests", day),
            "crumbs": crumbs(title=_("Requests to members")),
            "sample": any(row.sample for row in rows),
            "left_out": leaves_out(asked) and (board or not own),
        },
    )


def _figures(rows: Sequence[RequestRow]) -> list[Figure]:
    asked = sum(row.asked_count for row in rows)
    answered = sum(row.answered_count for row in rows)
    return [
        Figure(str(len(rows)), _("open requests")),
        Figure(_("%(n)d of %(all)d") % {"n": answered, "all": asked}, _("answers received")),
        Figure(str(sum(row.waiting_count for row in rows)), _("without an answer yet")),
    ]


def board_finding(rows: Sequence[RequestRow]) -> str:
    """Say in a sentence what the board shows."""
    asked = sum(row.asked_count for row in rows)
    answered = sum(row.answered_count for row in rows)
    return _("%(answered)d of %(asked)d answers are in") % {"answered": answered, "asked": asked}


def matrix(rows: Sequence[RequestRow]) -> charts.Chart:
    """Draw members by requests: who has seen, answered, declined."""
    places: dict[str, str] = {}
    states: dict[tuple[str, int], Mark] = {}
    for n, row in enumerate(rows):
        for one in row.shown:
            key = one.iso3 or one.public_id
            places.setdefault(key, named(one.name))
            states[key, n] = state_mark("addressee", one.state)
    return charts.dot_matrix(
        [
            charts.MarkRow(name, tuple(states.get((key, n)) for n in range(len(rows))))
            for key, name in places.items()
        ],
        [str(n) for n in range(1, len(rows) + 1)],
        title=_("Answers by member"),
        label_title=_("Member"),
    )


@guard(may=access.may_see_request, load=queries.request)
def one_request(request: ServedRequest, found: "Request") -> HttpResponse:
    """Show one request with the answers this viewer may see."""
    day = shown(request)
    rows = queries.requests(request.viewer, day.today)
    row = next((one for one in rows if one.public_id == found.public_id), None)
    return render_page(
        request,
        "programme/request.html",
        {
            "found": found,
            "row": row,
            "mark": state_mark("request", row.state) if row else None,
            "answers": _answers(row) if row and row.shown else None,
            "audience": AUDIENCE_NAMES[found.audience],
            "is_open": found.state == RequestState.OPEN,
            "may_keep": access.may_open_request(request.viewer, found.initiative),
            "may_release": access.may_release_names(request.viewer, found),
            "crumbs": crumbs(
                (_("Requests to members"), reverse("programme:requests")), title=_("Request")
            ),
            "sample": found.sample,
        },
    )


def _answers(row: RequestRow) -> Table:
    """Return the answers this viewer may see; what they may write themselves is a link."""
    columns = (
        Column("name", _("Addressee")),
        Column("state", _("Answer"), "state"),
        Column("day", _("On"), "day"),
        Column("note", _("Note")),
        Column("write", _("What you may do")),
    )
    may_write = row.state == RequestState.OPEN
    shown_ = [
        (
            named(one.name), state_mark("addressee", one.state), one.answered_on or "", one.note,
            Linked(
                pgettext("to do", "Answer") if one.state in WAITING else _("Change the answer"),
                reverse("programme:answer", args=[one.public_id]),
            )
            if may_write and (row.reads_board or one.is_own) else "",
        )
        for one in row.shown
    ]  # fmt: skip
    return Table(_("Answers"), columns, shown_, sample=row.sample)


@guard(may=access.may_ask, methods=("GET", "POST"))
def ask(request: ServedRequest) -> HttpResponse:
    """Ask members for something."""
    choices = members.member_choices(request.viewer, request.LANGUAGE_CODE)
    bodies = [
        row for row in members.organisations_offered(request.viewer) if row.kind not in BY_MEMBER
    ]
    form = RequestForm(
        typed(request),
        initiatives=[
            (row.code, named(row.name)) for row in queries.initiative_choices(request.viewer)
        ],
        members=choices,
        organisations=[(row.public_id, _place(row)) for row in bodies],
    )
    back = reverse("programme:requests")
    page = FormPage(
        title=_("Ask members"), verb=_("Send the request"), back=back, done=_("The request is sent."),
        crumbs=crumbs((_("Requests to members"), back), title=_("Ask members")),
        is_date_optional=True,
    )  # fmt: skip

    def act() -> object:
        given = form.cleaned_data
        code, chosen = given["initiative"], set(given.get("organisations", ()))
        due = actions.read_due(said(given["words"]))
        return actions.open_request(
            initiative=queries.initiative(request.viewer, code) if code else None,
            text=said(given["text"]), countries=given["countries"],
            organisations=[row.id for row in bodies if row.public_id in chosen],
            due_on=due.on, due_words=due.words, audience=given["audience"],
            by=request.viewer, now=request.now,
        )  # fmt: skip

    return in_two_steps(request, form, page, act)


def _place(row: OrganisationRow) -> str:
    """Name an organisation with its member, where it has one."""
    return f"{named(row.names)} ({row.iso3})" if row.iso3 else named(row.names)


@guard(may=access.may_answer_request, load=queries.addressee, methods=("GET", "POST"))
def answer(request: ServedRequest, found: "RequestAddressee") -> HttpResponse:
    """Answer for one's country or organisation."""
    given = {} if found.state == AddresseeState.OPEN else {"state": found.state, "note": found.note}
    form = AnswerForm(typed(request), initial=given)
    text = named(found.request.text)
    place = named(queries.place_name(found.country)) if found.country else ""
    if found.organisation is not None:
        place = named(found.organisation.names)
    back = reverse("programme:requests")
    page = FormPage(
        title=_("Answer for %(place)s") % {"place": place}, verb=_("Send the answer"), back=back,
        done=_("Your answer is recorded. The secretariat sees it."), intro=text,
        note=_("The secretariat sees your answer. Others see only how many have answered."),
        crumbs=crumbs((_("Requests to members"), back), title=_("Answer")),
        sample=found.request.sample,
    )  # fmt: skip

    def act() -> object:
        state, note = form.cleaned_data["state"], form.cleaned_data["note"]
        if state == AddresseeState.SEEN:
            return actions.see_request(
                addressee=found, note=note, by=request.viewer, now=request.now
            )
        return actions.answer_request(
            addressee=found, state=state, note=note, by=request.viewer, now=request.now
        )

    return form_page(request, form, page, act)


@guard(may=access.may_keep_request, load=queries.request, methods=("POST",))
def keep(request: ServedRequest, found: "Request") -> HttpResponse:
    """Remind, close, or release the names, as the pressed button says."""
    back = reverse("programme:request", args=[found.public_id])
    wanted, by, now = request.POST.get("do", ""), request.viewer, request.now
    try:
        if wanted == "remind":
            count = actions.remind(request=found, by=by, now=now)
            message = _("%(n)d addressees are reminded.") % {"n": count}
        elif wanted == "release":
            actions.release_names(request=found, by=by, now=now)
            message = _("Members can now read who has not answered.")
        else:
            actions.close_request(request=found, by=by, now=now)
            message = _("The request is closed.")
    except Refused as error:
        return redirect_with(request, back, str(error))
    return saved(request, back, message)
