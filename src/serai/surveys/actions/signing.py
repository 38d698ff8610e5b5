"""A response signed by its agency, then cleared, returned or accepted."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.files import Checked, keep_checked
from serai.base.mail import send_all
from serai.base.models import StoredFile
from serai.members.queries import people_with_role
from serai.members.states import Audience, Role
from serai.members.states import Clearance as Way
from serai.surveys import access, emails
from serai.surveys.actions.acts import Refused, actor, label, tell_rooms
from serai.surveys.actions.follow_up import take_as_answered
from serai.surveys.actions.forms import ask_to_follow
from serai.surveys.actions.proofs import RECIPE, kept_of, signed_total
from serai.surveys.actions.steps import (
    NotReady,
    Reach,
    end_invitation,
    move,
    newest_act,
    read_from_now,
)
from serai.surveys.actions.upward import note_answered
from serai.surveys.models import Clearance, Response, SignOff
from serai.surveys.queries.filling import borrowed, problems_of
from serai.surveys.queries.responses import locked_response
from serai.surveys.states import ResponseState, Stance, SurveyEvent


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
    move(
        found, ResponseState.SIGNED, by, now, "sign", sign_off=signed.pk, hash=total,
        recipe=RECIPE, **({"letter": kept.sha256} if kept else {}),
    )  # fmt: skip
    read_from_now(found, Audience.COUNTRY, now, signed=Reach(newest, newest_act(found.pk)))
    end_invitation(found)
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
    reach = Reach(response.signed_through, response.signed_acts)
    move(response, ResponseState.CLEARED, by, now, verb, through=reach.answer, acts=reach.act)
    read_from_now(response, Audience.SECRETARIAT, now, cleared=reach)
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
    move(found, ResponseState.CORRECTING, by, now, "return_to_agency")
    send_all(emails.returned_to_agency(found, found.revision))
    if found.version_id != found.wave.version_id and not found.cleared_through:
        ask_to_follow(found.pk, found.wave.version_id)
    return found


@transaction.atomic
def accept(*, response: Response, by: Viewer, now: datetime) -> Response:
    """Take a cleared response as it is."""
    found = locked_response(response.pk)
    require(access.may_review, by, found)
    return move(found, ResponseState.ACCEPTED, by, now, "accept")


def _stance(response: Response, stance: Stance, note: str, by: Viewer, now: datetime) -> None:
    signed = response.signatures.order_by("-round").first()
    if signed is None:
        raise Refused(_("It is not signed yet."))
    Clearance.objects.create(
        response=response, sign_off=signed, stance=stance.value, note=note.strip(),
        by_id=actor(by), at=now, sample=response.sample or by.is_sample,
    )  # fmt: skip
