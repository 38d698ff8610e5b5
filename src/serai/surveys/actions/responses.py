"""The life of a response: begun, handed in, signed, cleared, accepted, withdrawn."""

from collections.abc import Sequence
from datetime import datetime
from secrets import token_urlsafe

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base.access import ANONYMOUS, Viewer, require
from serai.base.files import Checked, keep_checked
from serai.base.mail import send_all
from serai.base.models import StoredFile
from serai.calc.xforms import Issue
from serai.members.queries import people_with_role, staff_of
from serai.members.states import Audience, Role
from serai.members.states import Clearance as Way
from serai.surveys import access, emails
from serai.surveys.actions.acts import (
    Refused,
    actor,
    day_of,
    label,
    note_audit,
    take_step,
    tell_rooms,
)
from serai.surveys.actions.finding import index_releases_of, index_response
from serai.surveys.actions.follow_up import take_as_answered
from serai.surveys.actions.forms import ask_to_follow
from serai.surveys.actions.proofs import RECIPE, kept_of, signed_total
from serai.surveys.actions.saving import Draft, Pen, settle, write_draft
from serai.surveys.actions.upward import note_answered
from serai.surveys.models import Clearance, Invitation, Response, SignOff, Wave
from serai.surveys.queries.filling import Filling, borrowed, given_back, opened, problems_of
from serai.surveys.queries.responses import has_begun, locked_response
from serai.surveys.states import (
    InvitationState,
    ResponseState,
    Source,
    Stance,
    SurveyEvent,
    WaveState,
    may_follow,
)

READ_UP_TO = ("audience", "signed_through", "cleared_through")


class NotReady(Refused):
    """A response cannot be handed in yet.

    Attributes:
        issues: what is missing or wrong, in the order of the form.
    """

    def __init__(self, issues: list[Issue]) -> None:
        self.issues = issues
        super().__init__(_("It cannot be handed in yet: some answers are missing or not right."))


class ChangedMeanwhile(Refused):
    """What was read on the page is not what stands by now."""

    def __init__(self) -> None:
        super().__init__(
            _("Answers changed since you opened this page. See what changed, then press again.")
        )


def _check_read(response: Response, revision: int | None) -> None:
    if revision is not None and revision != response.revision:
        raise ChangedMeanwhile


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
        raise Refused(_("This round is not open. Write to the secretariat."))
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
    end_filling(found, newest_of(filling), by, now, "hand_in")
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
    end_filling(found, newest_of(filling), by, now, "take_in")
    return found


@transaction.atomic
def leave_out(*, response: Response, by: Viewer, now: datetime) -> Response:
    """Leave out what a wave's device handed in; of a correction, what stood before still counts."""
    found = locked_response(response.pk)
    require(access.may_decide, by, found)
    _let_go(found)
    ends = ResponseState.HANDED_IN if found.cleared_through else ResponseState.WITHDRAWN
    return _step(found, ends, by, now, "leave_out")


def _let_go(response: Response) -> None:
    """Let no browser or device hold answers without a name any more."""
    if response.holder_hash:
        response.holder_hash = ""
        response.save(update_fields=["holder_hash"])


def newest_of(filling: Filling) -> int:
    """Return the number of the newest answer that stands."""
    return max((one.answer_id for one in filling.heads.values()), default=0)


def end_filling(
    found: Response, newest: int, by: Viewer, now: datetime, verb: str = "hand_in"
) -> None:
    """Hand in what its doors have found complete; where nobody signs it is read from now on."""
    found.holder_hash = ""
    ends = not found.wave.survey.has_signature
    if ends:
        _let_read(found, Audience.SECRETARIAT, signed=newest, cleared=newest)
    _step(found, ResponseState.HANDED_IN, by, now, verb, ("holder_hash", *READ_UP_TO))
    if not ends:
        send_all(emails.sign_please(found))
        return
    index_response(found, now)
    _end_invitation(found)
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
    _step(found, ResponseState.FILLING, by, now, "take_up_again")
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
        _step(found, ResponseState.FILLING, by, now, "take_up_again")
    return found, by


@transaction.atomic
def sign(
    *, response: Response, name: str, position: str, by: Viewer, now: datetime,
    revision: int | None = None, letter: Checked | None = None,
) -> Response:  # fmt: skip
    """Sign the answers: they lock; a signed letter may come with it.

    Where agencies send directly, this clears them too.

    Raises:
        ChangedMeanwhile: `revision` names what the signer read, and it has changed.
    """
    found = locked_response(response.pk)
    require(access.may_sign, by, found)
    _check_read(found, revision)
    if not name.strip() or not position.strip():
        raise Refused(
            _("Write your name and your position."), "name" if not name.strip() else "position"
        )
    filling = borrowed(found, now)
    if issues := problems_of(filling):
        raise NotReady(issues)
    take_as_answered(response=found, by=by, now=now)
    total, newest = signed_total(found.pk, kept_of(found.pk))
    kept = _kept(letter, found, by, now) if letter else None
    signed = SignOff.objects.create(
        response=found, round=found.signatures.count() + 1, by_id=actor(by), name=name.strip(),
        position=position.strip(), at=now, answers_hash=total, last_answer=newest,
        letter=kept, sample=found.sample or by.is_sample,
    )  # fmt: skip
    _step(
        found, ResponseState.SIGNED, by, now, "sign", sign_off=signed.pk, hash=total,
        recipe=RECIPE, **({"letter": kept.sha256} if kept else {}),
    )  # fmt: skip
    _read_from_now(found, Audience.COUNTRY, now, signed=newest)
    _end_invitation(found)
    tell_rooms(found, SurveyEvent.SIGNED)
    send_all(emails.signed_receipt(found, signed.name, signed.round))
    if not is_direct(found):
        people = people_with_role(Role.FOCAL_POINT, now, iso3=access.iso3_of(found))
        send_all(emails.clear_please(found, people, signed.round))
    if is_direct(found):
        _stance(found, Stance.CLEARED, "", by, now)
        _to_the_secretariat(found, by, now, "clear_directly")
    return found


def _kept(letter: Checked, response: Response, by: Viewer, now: datetime) -> StoredFile:
    """Keep the letter that comes with a signature under its response."""
    return keep_checked(
        checked=letter, thing=label(response), by=by.person_id, now=now, sample=response.sample
    )


def is_direct(response: Response) -> bool:
    """Tell whether signing sends the answers to the secretariat: no country clears them."""
    asked = response.invitation
    if not response.wave.survey.has_clearance or asked is None or asked.country is None:
        return True
    return asked.country.clearance == Way.DIRECT


@transaction.atomic
def clear(
    *, response: Response, by: Viewer, now: datetime, note: str = "", revision: int | None = None
) -> Response:
    """Send a signed response to the secretariat, for the country, as it was read."""
    found = locked_response(response.pk)
    require(access.may_clear, by, found)
    _check_read(found, revision)
    _stance(found, Stance.CLEARED, note, by, now)
    return _to_the_secretariat(found, by, now, "clear")


def _to_the_secretariat(response: Response, by: Viewer, now: datetime, verb: str) -> Response:
    _step(response, ResponseState.CLEARED, by, now, verb)
    _read_from_now(response, Audience.SECRETARIAT, now, cleared=response.signed_through)
    tell_rooms(response, SurveyEvent.CLEARED)
    note_answered(response=response, by=by, now=now)
    return response


@transaction.atomic
def return_to_agency(
    *, response: Response, note: str, by: Viewer, now: datetime, revision: int | None = None
) -> Response:
    """Give a signed response back to its agency, with what to mend, as it was read."""
    found = locked_response(response.pk)
    require(access.may_clear, by, found)
    _check_read(found, revision)
    if not note.strip():
        raise Refused(_("Write what the agency should mend."), "note")
    _stance(found, Stance.RETURNED, note.strip(), by, now)
    _step(found, ResponseState.CORRECTING, by, now, "return_to_agency")
    send_all(emails.returned_to_agency(found, found.revision))
    if found.version_id != found.wave.version_id and not found.cleared_through:
        ask_to_follow(found.pk, found.wave.version_id)
    return found


@transaction.atomic
def accept(*, response: Response, by: Viewer, now: datetime) -> Response:
    """Take a cleared response as it is."""
    found = locked_response(response.pk)
    require(access.may_review, by, found)
    return _step(found, ResponseState.ACCEPTED, by, now, "accept")


@transaction.atomic
def withdraw(*, response: Response, reason: str, by: Viewer, now: datetime) -> Response:
    """Take a response back: nobody but its own people reads it any more."""
    found = locked_response(response.pk)
    require(access.may_lead, by, found)
    if not reason.strip():
        raise Refused(_("Say why it is withdrawn: the secretariat reads this sentence."), "reason")
    _step(found, ResponseState.WITHDRAWN, by, now, "withdraw")
    found.audience = Audience.ORGANISATION.value
    found.save(update_fields=["audience"])
    index_response(found, now)
    index_releases_of(found, now)
    initiative = found.wave.survey.initiative
    send_all(emails.withdrawn(found, staff_of(initiative.code if initiative else "", now)))
    return found


# ---------------------------------------------------------------- steps
def _step(
    response: Response, wanted: ResponseState, by: Viewer, now: datetime, verb: str,
    changed: Sequence[str] = (), **after: object,
) -> Response:  # fmt: skip
    """Move a response to a state, and store the fields that were changed with it."""
    before = response.state
    if not may_follow(ResponseState(before), wanted):
        take_step(response, wanted)  # refuses, in words
    response.state = wanted.value
    response.revision += 1
    response.save(update_fields=["state", "revision", *changed])
    note_audit(
        verb, response, by=by, now=now,
        before={"state": before}, after={"state": wanted.value, **after},
    )  # fmt: skip
    return response


def _stance(response: Response, stance: Stance, note: str, by: Viewer, now: datetime) -> None:
    signed = response.signatures.order_by("-round").first()
    if signed is None:
        raise Refused(_("It is not signed yet."))
    Clearance.objects.create(
        response=response, sign_off=signed, stance=stance.value, note=note.strip(),
        by_id=actor(by), at=now, sample=response.sample or by.is_sample,
    )  # fmt: skip


def _read_from_now(
    response: Response, audience: Audience, now: datetime, *, signed: int | None = None,
    cleared: int | None = None,
) -> None:  # fmt: skip
    """Let the next readers in, up to an answer; who read it already goes on reading."""
    _let_read(response, audience, signed=signed, cleared=cleared)
    response.save(update_fields=READ_UP_TO)
    index_response(response, now)


def _let_read(
    response: Response, audience: Audience, *, signed: int | None = None, cleared: int | None = None
) -> None:
    if audience.is_wider_than(Audience(response.audience)):
        response.audience = audience.value
    if signed is not None:
        response.signed_through = signed
    if cleared is not None:
        response.cleared_through = cleared


def _end_invitation(response: Response) -> None:
    asked = response.invitation
    if asked is not None and asked.state in {InvitationState.SENT, InvitationState.OPENED}:
        asked.state = InvitationState.DONE.value
        asked.save(update_fields=["state"])
