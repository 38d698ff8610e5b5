"""Whom to ask: chosen, read from a list, and one invitation with its people."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from serai.base.access import NotFound, ServedRequest, guard
from serai.base.days import plain_day
from serai.base.form_pages import FormPage
from serai.base.held import typed
from serai.base.imports import guess_columns
from serai.base.pages import redirect_with, render_page
from serai.base.sheet_uploads import sign, unsign, uploaded
from serai.base.tables import Sheet
from serai.members import queries as members
from serai.surveys import access, actions, queries
from serai.surveys.actions import Office, People, Refused, Wanted
from serai.surveys.exports.invitation_list import (
    MOST_ROWS,
    ListedBody,
    list_columns,
    list_table,
    read_list,
)
from serai.surveys.forms.waves import AskForm, DueForm, ListForm, PeopleForm
from serai.surveys.states import InvitationState
from serai.surveys.states.words import invitation_mark
from serai.surveys.views.shared import crumbs, done, form_page, wave_steps

if TYPE_CHECKING:
    from serai.surveys.models import Invitation, Wave

SALT = "serai.surveys.invitation_list"


@guard(may=access.may_keep_survey, load=queries.wave, methods=("GET", "POST"))
def ask(request: ServedRequest, found: "Wave") -> HttpResponse:
    """Choose organisations, or offices of one, to be asked."""
    countries = members.member_choices(request.viewer, request.LANGUAGE_CODE)
    iso3 = request.GET.get("country", "")
    iso3 = iso3 if iso3 in dict(countries) else ""
    bodies = queries.bodies(request.viewer, found, request.now, iso3)
    form = AskForm(
        typed(request), organisations=[(one.public_id, _body_words(one)) for one in bodies]
    )
    back = reverse("surveys:wave", args=[found.public_id])
    if request.method == "POST" and form.is_valid():
        made: list[object] = []

        def act() -> object:
            made.extend(_ask(request, found, form))
            return made

        if done(form, act):
            words = ngettext("%(n)d is added.", "%(n)d are added.", len(made)) % {"n": len(made)}
            return redirect_with(request, back, f"{words} {_('Nobody is written to yet.')}")
    context = {
        "form": form, "found": found, "countries": countries, "country": iso3, "back": back,
        "has_bodies": bool(bodies),
        "leaderless": [one for one in bodies if not (one.has_lead or one.is_asked)],
        "crumbs": crumbs(*wave_steps(found), title=_("Choose whom to ask")),
        "sample": found.sample,
    }  # fmt: skip
    return render_page(request, "surveys/ask.html", context, status=422 if form.errors else 200)


def _body_words(one: queries.Body) -> str:
    words = f"{one.iso3}: {one.name}"
    if one.is_asked:
        return _("%(body)s (asked already)") % {"body": words}
    return words if one.has_lead else _("%(body)s (no lead yet)") % {"body": words}


def _ask(request: ServedRequest, wave: "Wave", form: AskForm) -> list["Invitation"]:
    chosen = [
        members.organisation(request.viewer, number)
        for number in form.cleaned_data["organisations"]
    ]
    offices = [Office(label) for label in form.office_labels()] or [Office()]
    wanted = [Wanted(place, office) for place in chosen for office in offices]
    return actions.invite(wave=wave, wanted=wanted, by=request.viewer, now=request.now)


# ---------------------------------------------------------------- a list
@guard(may=access.may_keep_survey, load=queries.wave, methods=("GET", "POST"))
def upload_list(request: ServedRequest, found: "Wave") -> HttpResponse:
    """Take a list and show what it would do; then add every row, all or none."""
    signed = request.POST.get("list", "")
    if request.method == "POST" and signed:
        return _enter_list(request, found, signed)
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and (sheet := uploaded(form, MOST_ROWS)):
        return _preview(request, found, sheet)
    context = {
        "form": form, "found": found, "columns": list_columns(),
        "back": reverse("surveys:wave", args=[found.public_id]),
        "crumbs": crumbs(*wave_steps(found), title=_("Read a list")), "sample": found.sample,
    }  # fmt: skip
    return render_page(request, "surveys/list.html", context, status=422 if form.errors else 200)


def _preview(
    request: ServedRequest, found: "Wave", sheet: Sheet, problem: str = ""
) -> HttpResponse:
    """Show each row and what would become of it, and every fault at once."""
    read = read_list(
        request.viewer, sheet, guess_columns(sheet[0], list_columns()),
        [row.place for row in queries.invitations_of(request.viewer, found)],
    )  # fmt: skip
    context = {
        "found": found,
        "faults": [*([problem] if problem else []), *read.faults],
        "table": list_table(read.entries) if read.entries else None,
        "count": len(read.entries),
        "list": sign(sheet, SALT),
        "crumbs": crumbs(*wave_steps(found), title=_("Read a list")),
        "sample": found.sample,
    }
    return render_page(request, "surveys/check_list.html", context, status=422 if problem else 200)


def _enter_list(request: ServedRequest, found: "Wave", signed: str) -> HttpResponse:
    here = reverse("surveys:upload_list", args=[found.public_id])
    sheet = unsign(signed, SALT)
    if sheet is None:
        said = _("The preview is older than two hours. Upload the list again.")
        return redirect_with(request, here, said)
    read = read_list(
        request.viewer, sheet, guess_columns(sheet[0], list_columns()),
        [row.place for row in queries.invitations_of(request.viewer, found)],
    )  # fmt: skip
    if not read.may_be_applied:
        return _preview(request, found, sheet)
    try:
        wanted = [_wanted(request, entry.value) for entry in read.entries]
        made = actions.invite(wave=found, wanted=wanted, by=request.viewer, now=request.now)
    except Refused as error:
        return _preview(request, found, sheet, str(error))
    words = ngettext("%(n)d is added.", "%(n)d are added.", len(made)) % {"n": len(made)}
    return redirect_with(
        request, reverse("surveys:wave", args=[found.public_id]),
        f"{words} {_('Nobody is written to yet.')}",
    )  # fmt: skip


def _wanted(request: ServedRequest, row: ListedBody) -> Wanted:
    return Wanted(
        organisation=members.organisation(request.viewer, row.organisation),
        office=Office(row.office),
        lead=row.lead,
        signer=row.signer,
        language=row.language,
        due_on=row.due_on,
    )


# ---------------------------------------------------------------- one invitation
@guard(may=access.may_keep_survey, load=queries.invitation, methods=("GET", "POST"))
def invitation(request: ServedRequest, found: "Invitation") -> HttpResponse:
    """Name who answers and who signs for one body; see what became of its letter."""
    people = queries.people_to_ask(request.viewer, found)
    form = PeopleForm(
        typed(request), people=[(one.code, one.name) for one in people],
        is_signed=found.wave.survey.has_signature,
        initial={
            "lead": found.lead.public_id if found.lead else "",
            "signer": found.signer.public_id if found.signer else "",
            "language": found.language,
        },
    )  # fmt: skip
    back = reverse("surveys:wave", args=[found.wave.public_id])
    state = InvitationState(found.state)
    is_live = state not in {InvitationState.CANCELLED, InvitationState.DONE}
    answers = queries.response_of(found)

    def act() -> object:
        return actions.change_invitation(
            invitation=found, named=_named(request, form, found), by=request.viewer,
            now=request.now,
        )  # fmt: skip

    if request.method == "POST" and form.is_valid() and done(form, act):
        return redirect_with(request, back, _("The invitation is changed."))
    context = {
        "found": found,
        "place": queries.place_of(found),
        "form": form if is_live else None,
        "mark": invitation_mark(state, is_begun=answers is not None),
        "due_on": queries.due_of(found),
        "is_drafted": state is InvitationState.DRAFTED,
        "is_lost": state in {InvitationState.BOUNCED, InvitationState.DECLINED},
        "has_come_back": state is InvitationState.BOUNCED,
        "is_waiting": state in {InvitationState.SENT, InvitationState.OPENED},
        "back": back,
        "answers": answers
        if answers and access.may_read_response(request.viewer, answers)
        else None,
        "crumbs": crumbs(*wave_steps(found.wave), title=queries.place_of(found)),
        "sample": found.sample,
    }
    return render_page(
        request, "surveys/invitation.html", context, status=422 if form.errors else 200
    )


@guard(may=access.may_keep_survey, load=queries.invitation, methods=("POST",))
def enter(request: ServedRequest, found: "Invitation") -> HttpResponse:
    """Begin to enter what a body sent as a letter or workbook."""
    try:
        made = actions.enter_on_behalf(invitation=found, by=request.viewer, now=request.now)
    except Refused as error:
        messages.warning(request, str(error))
        return redirect_with(request, reverse("surveys:invitation", args=[found.public_id]))
    return redirect_with(request, reverse("surveys:response", args=[made.public_id]))


def _named(request: ServedRequest, form: PeopleForm, found: "Invitation") -> People:
    given = form.cleaned_data
    return People(
        lead=_person(request, given["lead"], found),
        signer=_person(request, given.get("signer", ""), found),
        language=given["language"],
        lead_email=given["lead_email"],
        signer_email=given.get("signer_email", ""),
    )


def _person(request: ServedRequest, number: str, found: "Invitation") -> members.PersonFound | None:
    """Return a person chosen: one of those offered."""
    for named in (found.lead, found.signer):
        if named is not None and named.public_id == number:
            return named
    try:
        return members.person(request.viewer, number) if number else None
    except NotFound:
        return None


@guard(may=access.may_keep_survey, load=queries.invitation, methods=("GET", "POST"))
def extend_invitation(request: ServedRequest, found: "Invitation") -> HttpResponse:
    """Give one body more time."""
    form = DueForm(typed(request))
    back = reverse("surveys:invitation", args=[found.public_id])
    is_from_wave = request.GET.get("from") == "wave"
    page = FormPage(
        title=_("Give more time"), verb=_("Give more time and tell them"), back=back,
        leads_to=reverse("surveys:wave", args=[found.wave.public_id]) if is_from_wave else "",
        done=_("They have been told of the new day."),
        crumbs=crumbs(
            *wave_steps(found.wave), (queries.place_of(found), back), title=_("Give more time")
        ),
        intro=_("Now it is due on %(day)s.") % {"day": plain_day(queries.due_of(found))},
        sample=found.sample,
    )  # fmt: skip

    def act() -> object:
        return actions.extend_invitation(
            invitation=found, due_on=form.cleaned_data["due_on"], by=request.viewer,
            now=request.now,
        )  # fmt: skip

    return form_page(request, form, page, act)


@guard(may=access.may_keep_survey, load=queries.invitation, methods=("POST",))
def keep_invitation(request: ServedRequest, found: "Invitation") -> HttpResponse:
    """Send an invitation again, or cancel it, as the pressed button says."""
    back = reverse("surveys:invitation", args=[found.public_id])
    by, now = request.viewer, request.now
    try:
        if request.POST.get("do") == "cancel":
            actions.cancel_invitation(invitation=found, by=by, now=now)
            message = _("The invitation is cancelled; its link no longer works.")
        else:
            if request.POST.get("do") == "trust":
                actions.trust_address(invitation=found, by=by, now=now)
            actions.send_again(invitation=found, by=by, now=now)
            message = _("A new letter is on its way. The old link no longer works.")
    except Refused as error:
        return redirect_with(request, back, str(error))
    return redirect_with(request, back, message)


@guard(may=access.may_keep_survey, load=queries.invitation, methods=("POST",))
def enter_answers(request: ServedRequest, found: "Invitation") -> HttpResponse:
    """Lead to the page where a letter or workbook that came back is entered for the body."""
    try:
        response = actions.start_response(invitation=found, by=request.viewer, now=request.now)
    except Refused as error:
        back = reverse("surveys:invitation", args=[found.public_id])
        return redirect_with(request, back, str(error))
    if not queries.enters_for(request.viewer, response):
        back = reverse("surveys:invitation", args=[found.public_id])
        return redirect_with(
            request, back, _("The agency answers itself; nothing can be entered for it.")
        )
    return redirect_with(request, reverse("surveys:workbook", args=[response.public_id]))
