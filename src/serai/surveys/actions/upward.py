"""What a wave says to the programme: open requests of members, and a milestone reached."""

import logging
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import override

from serai.base.access import ANONYMOUS, Denied, Viewer
from serai.base.days import plain_day
from serai.base.text import TranslatedText
from serai.members.access import SECRETARIAT
from serai.programme import actions as programme
from serai.programme.actions import About, Told
from serai.programme.states import AddresseeState
from serai.surveys import queries
from serai.surveys.actions.acts import Refused, note_audit
from serai.surveys.models import Invitation, Response, Wave
from serai.surveys.states import WRITTEN_TO, ResponseState, SurveyKind

LOG = logging.getLogger("serai.surveys")


def about(wave: Wave) -> About:
    """Name a wave as the programme's requests do."""
    return About("surveys", "wave", wave.public_id)


def clerk(by: Viewer | None) -> Viewer:
    """Return the secretariat's clerk, in whose name a wave acts in the programme.

    What it writes there follows from what was done here, where the right to it was asked; the
    person who did it is named.
    """
    return replace(
        (by or ANONYMOUS).itself,
        keys=frozenset({SECRETARIAT}),
        roles=frozenset({"officer"}),
        is_sample=False,
    )


def open_requests(wave: Wave, *, by: Viewer, now: datetime) -> None:
    """Let each member asked stand as an open request until its last answers are cleared."""
    asked = Invitation.objects.filter(wave=wave, country__isnull=False).exclude(state="cancelled")
    codes = set(asked.values_list("country__iso3", flat=True))
    if wave.survey.kind != SurveyKind.QUESTIONNAIRE or not codes:
        return
    programme.open_request(
        initiative=wave.survey.initiative,
        text=wave.title,
        countries=codes,
        about=about(wave),
        due_on=wave.due_on,
        by=by,
        now=now,
        told=Told(sample=wave.sample),
    )


def ask_more(wave: Wave, *, by: Viewer, now: datetime) -> int:
    """Let members asked since the first sending stand as open requests too; return how many."""
    asked = Invitation.objects.filter(wave=wave, country__isnull=False).exclude(state="cancelled")
    return programme.ask_also(
        about=about(wave),
        countries=set(asked.values_list("country__iso3", flat=True)),
        by=clerk(by),
        now=now,
        told=Told(sample=wave.sample),
    )


def note_answered(*, response: Response, by: Viewer | None, now: datetime) -> bool:
    """Answer a member's request once the last of its bodies is cleared; tell whether it was.

    Repeating it changes nothing.
    """
    invitation = response.invitation
    if invitation is None or invitation.country is None:
        return False
    rows = Invitation.objects.filter(
        wave=invitation.wave,
        country=invitation.country,
        sample=invitation.sample,
        state__in=[s.value for s in WRITTEN_TO],
    ).exclude(state="declined")
    done = rows.filter(
        Q(responses__state__in=[ResponseState.CLEARED, ResponseState.ACCEPTED])
        | Q(responses__cleared_through__gt=0)
    )
    if rows.distinct().count() != done.distinct().count():
        return False
    answered = programme.answer_request_about(
        about=about(invitation.wave),
        country=invitation.country.iso3,
        state=AddresseeState.ANSWERED.value,
        by=clerk(by),
        now=now,
        told=Told(sample=invitation.sample),
    )
    return answered is not None


def record_milestone(wave: Wave, *, by: Viewer | None, now: datetime) -> bool:
    """Record that the milestone of a wave is reached as it closes; tell whether it was.

    What the programme refuses, such as a completion that stands already, keeps no wave open.
    """
    if wave.milestone is None:
        return False
    day = now.astimezone(queries.programme_clock()).date()
    try:
        with transaction.atomic():
            programme.record_completion(
                milestone=wave.milestone,
                words=_in_words(day),
                by=clerk(by),
                now=now,
                told=Told(sample=wave.sample),
            )
    except (Refused, Denied) as refusal:
        LOG.warning("milestone of a wave not recorded", extra={"event": type(refusal).__name__})
        note_audit("keep_milestone", wave, by=by, now=now)
        return False
    return True


def _in_words(day: date) -> TranslatedText:
    """Write a day as the programme reads it."""
    with override("en"):
        return TranslatedText.of(plain_day(day), "en")
