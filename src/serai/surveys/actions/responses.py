"""The life of a response: begun, handed in, taken up again, withdrawn."""

from datetime import datetime
from secrets import token_urlsafe

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base.access import ANONYMOUS, Viewer, require
from serai.base.mail import send_all
from serai.members.queries import staff_of
from serai.members.states import Audience
from serai.surveys import access, emails
from serai.surveys.actions.acts import (
    Refused,
    day_of,
    note_audit,
    tell_rooms,
)
from serai.surveys.actions.finding import index_releases_of, index_response
from serai.surveys.actions.follow_up import take_as_answered
from serai.surveys.actions.forms import ask_to_follow
from serai.surveys.actions.saving import Draft, Pen, settle, write_draft
from serai.surveys.actions.steps import (
    READ_UP_TO,
    NotReady,
    Reach,
    end_invitation,
    let_read,
    move,
    newest_act,
)
from serai.surveys.actions.upward import note_answered
from serai.surveys.models import Invitation, Response, Wave
from serai.surveys.queries.filling import Filling, borrowed, given_back, opened, problems_of
from serai.surveys.queries.responses import has_begun, locked_response
from serai.surveys.states import (
    ResponseState,
    Source,
    SurveyEvent,
    WaveState,
)


@transaction.atomic
def start_response(
    *, invitation: Invitation, by: Viewer, now: datetime, language: str = "", time_zone: str = "",
    is_late: bool = False,
) -> Response:  # fmt: skip
    """Begin the response of an invitation, or return the one begun before.

    `is_late` begins it although the round is closed, for what a device hands in afterwards.
    """
    asked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    found = asked.responses.order_by("id").first()
    if found is not None:
        return locked_response(found.pk)
    is_open = asked.wave.state == WaveState.SENDING or access.may_be_answered(asked)
    if not is_open and not is_late:
        raise Refused(_("This wave is not open. Write to the secretariat."))
    begun = _begin(
        Response(
            wave=asked.wave, invitation=asked, version=asked.wave.version,
            language=language or asked.language or get_language() or "en",
            time_zone=time_zone or (asked.country.time_zone if asked.country else by.time_zone),
            sample=asked.sample, started_at=None if asked.wave.survey.is_anonymous else now,
        ),
        now,
    )  # fmt: skip
    index_response(begun, now)
    return begun


@transaction.atomic
def enter_on_behalf(*, invitation: Invitation, by: Viewer, now: datetime) -> Response:
    """Begin to enter, for a body, what it sent as a letter or workbook; it still signs.

    Raises:
        Refused: the body has begun to answer itself; its drafts are its own.
    """
    require(access.may_keep_survey, by, invitation)
    found = start_response(invitation=invitation, by=by, now=now)
    if not access.acts_on_behalf(by, found) or has_begun(found):
        raise Refused(
            _("The agency has begun to answer itself. Send it the letter or workbook back.")
        )
    if not found.is_on_behalf:
        found.is_on_behalf = True
        found.revision += 1
        found.save(update_fields=["is_on_behalf", "revision"])
        note_audit("enter_on_behalf", found, by=by, now=now)
    return found


@transaction.atomic
def tell_on_behalf(*, response: Response, by: Viewer, now: datetime) -> Response:
    """Tell the body that its answers are entered, for it to check and sign."""
    found = locked_response(response.pk)
    require(access.may_enter, by, found)
    send_all(emails.entered_on_your_behalf(found, found.revision))
    note_audit("tell_on_behalf", found, by=by, now=now)
    return found


@transaction.atomic
def begin_for_wave(
    *, wave: Wave, person_id: int | None, now: datetime, language: str = ""
) -> Response:
    """Begin a response of a round that anybody with its key or link may answer."""
    return _begin(unwritten(wave, person_id, now, language), now)


def unwritten(
    wave: Wave, person_id: int | None, now: datetime, language: str = ""
) -> Response:  # fmt: skip
    """Return the response of somebody who was not invited, not stored yet."""
    is_anonymous = wave.survey.is_anonymous
    return Response(
        wave=wave, version=wave.version, person_id=None if is_anonymous else person_id,
        language=language or get_language() or "en", sample=wave.sample,
        started_at=None if is_anonymous else now,
    )  # fmt: skip


def _begin(response: Response, now: datetime) -> Response:
    """Store a response with what its form begins with."""
    response.save()
    whole = locked_response(response.pk)
    filling = opened(whole, now, first=True)
    pen = Pen(None, Source.CALCULATION, now)
    draft = Draft(calculated=filling.state.answers(), came=filling.state.all_entries())
    if draft.is_empty:
        settle(whole, filling, None, pen)
    else:
        write_draft(whole, filling, draft, pen, "start_response", is_first=True)
    # Even before it is committed: nobody else can know its number, and none is given twice.
    given_back(whole, filling)
    return whole


@transaction.atomic
def hand_in(*, response: Response, by: Viewer, now: datetime) -> Response:
    """Say that the answers are complete; where nothing is signed, this ends it, corrected too."""
    found = locked_response(response.pk)
    require(access.may_lead, by, found)
    if not access.is_handed_in_next(found):
        raise Refused(_("It is handed in already."))
    if access.lacks_time(found):
        raise Refused(
            _("The wave has closed. What you write is kept as a draft. Ask for more time.")
        )
    filling = borrowed(found, now)
    if issues := problems_of(filling):
        raise NotReady(issues)
    take_as_answered(response=found, by=by, now=now)
    end_filling(found, reach_of(found, filling), by, now, "hand_in")
    return found


@transaction.atomic
def take_in(*, response: Response, by: Viewer, now: datetime) -> Response:
    """Count what a wave's device handed in and nobody can hand in any more: it came late."""
    found = locked_response(response.pk)
    require(access.may_decide, by, found)
    filling = borrowed(found, now)
    if problems_of(filling):
        raise Refused(
            _(
                "Some of its answers are missing or not right. Correct it on the device, or leave it out."
            )
        )
    end_filling(found, reach_of(found, filling), by, now, "take_in")
    return found


@transaction.atomic
def leave_out(*, response: Response, by: Viewer, now: datetime) -> Response:
    """Leave out what a wave's device handed in; of a correction, what stood before still counts."""
    found = locked_response(response.pk)
    require(access.may_decide, by, found)
    _let_go(found)
    ends = ResponseState.HANDED_IN if found.cleared_through else ResponseState.WITHDRAWN
    return move(found, ends, by, now, "leave_out")


def _let_go(response: Response) -> None:
    """Let no browser or device hold answers without a name any more."""
    if response.holder_hash:
        response.holder_hash = ""
        response.save(update_fields=["holder_hash"])


def reach_of(found: Response, filling: Filling) -> Reach:
    """Return up to which answer that stands, and which act on an entry, a response has come."""
    newest = max((one.answer_id for one in filling.heads.values()), default=0)
    return Reach(newest, newest_act(found.pk))


def end_filling(
    found: Response, reach: Reach, by: Viewer, now: datetime, verb: str = "hand_in"
) -> None:
    """Hand in what its doors have found complete; where nobody signs it is read from now on."""
    found.holder_hash = ""
    ends = not found.wave.survey.has_signature
    if ends:
        let_read(found, Audience.SECRETARIAT, signed=reach, cleared=reach)
    move(found, ResponseState.HANDED_IN, by, now, verb, ("holder_hash", *READ_UP_TO))
    if not ends:
        send_all(emails.sign_please(found))
        return
    tell_ended(found, by, now)


def tell_ended(found: Response, by: Viewer, now: datetime) -> None:
    """Let all who wait for it know that a response is handed in and read from now on."""
    index_response(found, now)
    end_invitation(found)
    tell_rooms(found, SurveyEvent.CLEARED)
    note_answered(response=found, by=by, now=now)


@transaction.atomic
def ask_for_more_time(*, response: Response, by: Viewer, now: datetime) -> Response:
    """Ask the officers for a later day; again on one day writes no second letter."""
    found = locked_response(response.pk)
    require(access.may_lead, by, found)
    if not access.lacks_time(found):
        raise Refused(_("More time is asked for once the wave has closed and before you hand in."))
    initiative = found.wave.survey.initiative
    officers = staff_of(initiative.code if initiative else "", now)
    found.more_time_asked_at = day_of(now) if found.wave.survey.is_anonymous else now
    found.save(update_fields=["more_time_asked_at"])
    send_all(emails.more_time(found, officers, now.date()))
    note_audit("ask_for_more_time", found, by=by, now=now)
    return found


@transaction.atomic
def take_up_again(*, response: Response, by: Viewer, now: datetime) -> Response:
    """Go on filling what was handed in and is not signed yet."""
    found = locked_response(response.pk)
    require(access.may_lead, by, found)
    if found.state != ResponseState.HANDED_IN or not found.wave.survey.has_signature:
        raise Refused(_("Only what is handed in and not signed yet can be taken up again."))
    move(found, ResponseState.FILLING, by, now, "take_up_again")
    if found.version_id != found.wave.version_id:  # the form was published anew meanwhile
        ask_to_follow(found.pk, found.wave.version_id)
    return found


@transaction.atomic
def open_to_device(*, response: Response, by: Viewer, now: datetime) -> tuple[Response, Viewer]:
    """Open what a wave's device hands in, new or corrected; return it with who writes it.

    Nobody's name stands on an anonymous one: only its device holds it, as a browser would.
    """
    found = locked_response(response.pk)
    if found.wave.survey.is_anonymous:
        found.holder_hash = found.holder_hash or access.hash_of(token_urlsafe(32))
        found.save(update_fields=["holder_hash"])
        by = access.with_held(ANONYMOUS, [access.holder_key(found.holder_hash)])
    if found.state == ResponseState.HANDED_IN:
        move(found, ResponseState.FILLING, by, now, "take_up_again")
    return found, by


@transaction.atomic
def withdraw(*, response: Response, reason: str, by: Viewer, now: datetime) -> Response:
    """Take a response back: nobody but its own people reads it any more."""
    found = locked_response(response.pk)
    require(access.may_lead, by, found)
    if not reason.strip():
        raise Refused(_("Say why it is withdrawn: the secretariat reads this sentence."), "reason")
    move(found, ResponseState.WITHDRAWN, by, now, "withdraw")
    found.audience = Audience.ORGANISATION.value
    found.save(update_fields=["audience"])
    index_response(found, now)
    index_releases_of(found, now)
    initiative = found.wave.survey.initiative
    send_all(emails.withdrawn(found, staff_of(initiative.code if initiative else "", now)))
    return found
