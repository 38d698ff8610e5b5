"""Open links: made and ended by officers, answered by whoever has them."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.mail import send_all
from serai.members import actions as members
from serai.members.queries import token_hash
from serai.surveys import access, emails, queries
from serai.surveys.actions.acts import Refused, actor, note_audit, take_step
from serai.surveys.actions.links import keep_link_good, new_link
from serai.surveys.actions.responses import begin_for_wave, start_response
from serai.surveys.actions.waves import open_when_sent
from serai.surveys.models import Invitation, Response, Wave
from serai.surveys.states import InvitationState, SurveyState, WaveState


@transaction.atomic
def make_open_link(*, wave: Wave, by: Viewer, now: datetime) -> str:
    """Let whoever has a link answer; return the link's token, kept as a hash. An older one ends.

    A planned round in which nobody is asked by name opens with it.
    """
    require(access.may_keep_survey, by, wave)
    found = locked_wave(wave)
    if not queries.may_be_open(found):
        raise Refused(_("Only feedback and applications are answered by an open link."))
    open_without_letters(found, now)
    token = secrets.token_urlsafe(32)
    was_open = bool(found.open_token_hash)
    found.open_token_hash = token_hash(token)
    found.save(update_fields=["open_token_hash"])
    note_audit("renew_open_link" if was_open else "make_open_link", found, by=by, now=now)
    return token


def open_without_letters(wave: Wave, now: datetime) -> None:
    """Open a planned wave in which nobody is asked by name; an open one stays as it is."""
    if wave.survey.state != SurveyState.OPEN:
        raise Refused(_("Open the survey first: what is not open cannot be answered."))
    if wave.state == WaveState.CLOSED:
        raise Refused(_("This wave is closed. Open it again first."))
    if wave.state != WaveState.PLANNED:
        return
    if wave.invitations.filter(state=InvitationState.DRAFTED).exists():
        raise Refused(_("Send the letters first: the wave opens with them."))
    if wave.opens_on > now.astimezone(queries.programme_clock()).date():
        raise Refused(_("It does not open yet. Come back then, or set an earlier day."))
    take_step(wave, WaveState.SENDING)
    open_when_sent(wave_id=wave.pk, now=now)


@transaction.atomic
def end_open_link(*, wave: Wave, by: Viewer, now: datetime) -> Wave:
    """End the open link: nobody begins through it any more; who has begun goes on."""
    require(access.may_keep_survey, by, wave)
    found = locked_wave(wave)
    if found.open_token_hash:
        found.open_token_hash = ""
        found.save(update_fields=["open_token_hash"])
        note_audit("end_open_link", found, by=by, now=now)
    return found


def locked_wave(wave: Wave) -> Wave:
    """Return a wave as it is stored, under its lock."""
    rows = Wave.objects.select_for_update(of=("self",))
    return rows.select_related("survey__initiative", "version").get(pk=wave.pk)


# ---------------------------------------------------------------- by whoever has the link
@transaction.atomic
def begin_without_name(*, token: str, language: str, now: datetime) -> tuple[Response, str]:
    """Begin a response that nobody has a name for; return it with the secret that holds it."""
    wave = _open_now(token, now)
    if not wave.survey.is_anonymous:
        raise Refused(_("Here the answers bear a name: write your e-mail address."))
    made = begin_for_wave(wave=wave, person_id=None, now=now, language=language)
    secret = secrets.token_urlsafe(32)
    made.holder_hash = access.hash_of(secret)
    made.save(update_fields=["holder_hash"])
    return made, secret


@transaction.atomic
def begin_by_name(*, token: str, language: str, by: Viewer, now: datetime) -> Response:
    """Begin, or go on, as the person who is signed in."""
    wave = _open_now(token, now)
    row = _own(wave, actor(by), language, now)
    if _is_unsent(row):
        keep_link_good(row, now)
        take_step(row, InvitationState.SENT, sent_at=now, expires_at=row.expires_at)
    if row.state == InvitationState.SENT:
        take_step(row, InvitationState.OPENED, opened_at=now)
        note_audit("open_invitation", row, by=by, now=now)
    return start_response(invitation=row, by=by, now=now, language=language)


@transaction.atomic
def ask_private_link(*, token: str, email: str, language: str, now: datetime) -> None:
    """Write a private link to an address: it alone opens nothing on a new browser, a code does.

    Raises:
        Refused: the round is shut, or the address is none.
    """
    wave = _open_now(token, now)
    try:
        person = members.enlist_openly(
            email=email, language=language, sample=wave.sample, now=now
        )  # fmt: skip
    except members.Refused:
        return  # a closed account: who asks learns nothing from the answer
    row = _own(wave, person.pk, language, now)
    link = new_link(row, now)
    if _is_unsent(row):
        take_step(
            row, InvitationState.SENT, sent_at=now, token_hash=row.token_hash,
            expires_at=row.expires_at,
        )  # fmt: skip
    else:
        row.save(update_fields=["token_hash", "expires_at"])
    send_all(emails.private_link(row, link), now=now)
    note_audit("ask_private_link", row, by=None, now=now)


def _own(wave: Wave, person_id: int, language: str, now: datetime) -> Invitation:
    """Return a person's own place in an open round, made at first; the round's row is locked."""
    mine = Invitation.objects.filter(
        wave=wave, lead_id=person_id, organisation=None, subject=""
    ).exclude(state=InvitationState.CANCELLED)
    row = mine.order_by("id").first()
    if row is None:
        row = Invitation.objects.create(
            wave=wave, lead_id=person_id, language=language, sample=wave.sample
        )
        note_audit("come_by_open_link", row, by=None, now=now, after={"wave": wave.pk})
    return Invitation.objects.select_related(
        "wave__survey__initiative", "wave__version", "country", "organisation", "lead", "signer"
    ).get(pk=row.pk)


def _is_unsent(row: Invitation) -> bool:
    return row.state in {
        InvitationState.DRAFTED, InvitationState.BOUNCED, InvitationState.DECLINED,
    }  # fmt: skip


def _open_now(token: str, now: datetime) -> Wave:
    wave = locked_wave(queries.wave_by_open_link(token))
    if sentence := queries.why_shut(wave, now):
        raise Refused(sentence)
    if queries.came_in(wave).begun_count >= queries.MOST_OPEN:
        raise Refused(_("So many have answered that no more are taken. Write to the secretariat."))
    return wave
