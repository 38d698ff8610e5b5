"""Waves: planned, sent, given more time, closed, opened again."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.days import plain_day
from serai.base.jobs import Asked, enqueue
from serai.base.mail import send_all
from serai.base.text import TranslatedText
from serai.surveys import access, emails, queries
from serai.surveys.actions.acts import Refused, actor, note_audit, take_step
from serai.surveys.actions.finding import index_all_of_wave, index_wave
from serai.surveys.actions.links import keep_link_good
from serai.surveys.actions.upward import ask_more, open_requests, record_milestone
from serai.surveys.models import FormVersion, Invitation, Response, Survey, Wave
from serai.surveys.states import (
    InvitationState,
    SurveyState,
    VersionState,
    WaveState,
)

if TYPE_CHECKING:
    from serai.programme.models import Milestone

MOST_GRACE_DAYS = 60
MOST_REMINDERS = 8


@dataclass(frozen=True)
class WaveFacts:
    """What an officer says of a wave."""

    version: FormVersion
    title: TranslatedText
    opens_on: date
    due_on: date
    grace_days: int
    remind_days: tuple[int, ...]
    reply_to: str = ""
    milestone: "Milestone | None" = None

    def check(self) -> None:
        """Hold the facts together.

        Raises:
            Refused: naming the field.
        """
        if not self.title.texts:
            raise Refused(_("Write the title in at least one language."), "title_en")
        if self.due_on < self.opens_on:
            raise Refused(_("It is due before it opens. Choose a later day."), "due_on")
        if self.version.state not in {VersionState.PUBLISHED, VersionState.SUPERSEDED}:
            raise Refused(_("This version is not published. Choose another."), "version")
        if not 0 <= self.grace_days <= MOST_GRACE_DAYS:
            raise Refused(_("Give at most 60 days of grace."), "grace_days")
        if len(self.remind_days) > MOST_REMINDERS:
            raise Refused(_("Remind on at most eight days."), "remind_days")

    def columns(self) -> dict[str, object]:
        """Return the wave's own fields."""
        return {
            "version": self.version,
            "title": self.title,
            "opens_on": self.opens_on,
            "due_on": self.due_on,
            "grace_days": self.grace_days,
            "remind_days": sorted(set(self.remind_days), reverse=True),
            "reply_to": self.reply_to,
            "milestone": self.milestone,
        }


@transaction.atomic
def plan_wave(*, survey: Survey, facts: WaveFacts, by: Viewer, now: datetime) -> Wave:
    """Plan to ask: nobody is written to yet."""
    require(access.may_keep_survey, by, survey)
    facts.check()
    if survey.state not in {SurveyState.DRAFT, SurveyState.OPEN}:
        raise Refused(_("This survey is closed. Open it again first."))
    wave = Wave.objects.create(
        survey=survey, made_at=now, made_by_id=actor(by),
        sample=survey.sample or by.is_sample, **facts.columns(),
    )  # fmt: skip
    index_wave(wave, now)
    note_audit("plan_wave", wave, by=by, now=now, after={"due_on": str(wave.due_on)})
    return wave


@transaction.atomic
def edit_wave(*, wave: Wave, facts: WaveFacts, by: Viewer, now: datetime) -> Wave:
    """Change a wave; once it is sent, its days and its form have acts of their own.

    Raises:
        Refused: what does not fit, or cannot change any more.
    """
    require(access.may_keep_survey, by, wave)
    facts.check()
    wanted = facts.columns()
    changed = [name for name in wanted if wanted[name] != getattr(wave, name)]
    fixed = [name for name in ("version", "opens_on", "due_on") if name in changed]
    if fixed and wave.state != WaveState.PLANNED:
        raise Refused(
            _("It is sent already: this stays. More time is given under “Give more time”."),
            fixed[0],
        )
    for name in changed:
        setattr(wave, name, wanted[name])
    wave.save(update_fields=changed)
    if "title" in changed:
        index_all_of_wave(wave, now)
    note_audit("edit_wave", wave, by=by, now=now, after={"fields": sorted(changed)})
    return wave


# ---------------------------------------------------------------- sending
@transaction.atomic
def send_wave(*, wave: Wave, by: Viewer, now: datetime) -> Asked:
    """Let the letters of a wave be written, in the background; those written already stay.

    Raises:
        Refused: closed, too early, nobody asked, or somebody asked without a person.
    """
    require(access.may_keep_survey, by, wave)
    wave = _locked(wave)
    _check_sendable(wave, by, now)
    if wave.state == WaveState.PLANNED:
        take_step(wave, WaveState.SENDING)
        open_requests(wave, by=by, now=now)
    else:
        ask_more(wave, by=by, now=now)
    note_audit("send_wave", wave, by=by, now=now)
    return enqueue(
        "surveys.send_wave", key=f"surveys.send_wave:{wave.pk}", by=by.person_id, wave_id=wave.pk
    )


def _locked(wave: Wave) -> Wave:
    rows = Wave.objects.select_for_update(of=("self",))
    return rows.select_related("survey__initiative", "version").get(pk=wave.pk)


def _check_sendable(wave: Wave, by: Viewer, now: datetime) -> None:
    if wave.survey.state != SurveyState.OPEN:
        raise Refused(_("Open the survey first: what is not open cannot be answered."))
    if wave.state == WaveState.CLOSED:
        raise Refused(_("This wave is closed. Open it again first."))
    today = now.astimezone(queries.programme_clock()).date()
    if wave.opens_on > today:
        raise Refused(
            _("It opens on %(day)s. Send it then, or set an earlier day.")
            % {"day": plain_day(wave.opens_on)}
        )
    rows = queries.invitations_of(by, wave)
    waiting = [row for row in rows if row.state is InvitationState.DRAFTED]
    if wave.state == WaveState.PLANNED and not waiting:
        raise Refused(_("Nobody is asked yet. Choose whom to ask first."))
    if wave.state == WaveState.OPEN and not waiting:
        raise Refused(_("Every letter is written already."))
    if faults := queries.faults_of(rows):
        raise Refused(" ".join(faults))


@transaction.atomic
def waiting_letters(*, wave_id: int) -> list[int]:
    """Return the numbers of the invitations whose letters are still to be written."""
    rows = Invitation.objects.filter(wave_id=wave_id, state=InvitationState.DRAFTED)
    return list(rows.order_by("id").values_list("pk", flat=True))


@transaction.atomic
def open_when_sent(*, wave_id: int, now: datetime) -> bool:
    """Open a wave once its last letter is written; tell whether this was the moment.

    The wave's row is locked first, so that of two letters written at once one is the last.
    """
    wave = Wave.objects.select_for_update().filter(pk=wave_id).first()
    if wave is None or wave.state != WaveState.SENDING:
        return False
    if Invitation.objects.filter(wave=wave, state=InvitationState.DRAFTED).exists():
        return False
    take_step(wave, WaveState.OPEN)
    note_audit("open_wave", wave, by=None, now=now)
    return True


# ---------------------------------------------------------------- time
@transaction.atomic
def extend_wave(*, wave: Wave, due_on: date, by: Viewer, now: datetime) -> int:
    """Give everybody more time, and tell those who are not done; return how many are told."""
    require(access.may_keep_survey, by, wave)
    wave = _locked(wave)
    if wave.state != WaveState.OPEN:
        raise Refused(_("Only an open wave can be given more time."))
    check_later(due_on, wave.due_on, now)
    before, wave.due_on = wave.due_on, due_on
    wave.save(update_fields=["due_on"])
    rows = [
        one for one in queries.open_invitations(wave) if one.due_on is None or one.due_on <= due_on
    ]
    for one in rows:
        one.due_on = None
        keep_link_good(one, now)
        one.save(update_fields=["due_on", "expires_at"])
    told = queries.unanswered(rows)
    send_all([letter for one in told for letter in emails.due_extended(one)], now=now)
    note_audit(
        "extend_wave", wave, by=by, now=now, before={"due_on": str(before)},
        after={"due_on": str(due_on)},
    )  # fmt: skip
    return len(told)


def check_later(due_on: date, before: date, now: datetime) -> None:
    """Hold a new due day to lie after the old one and not in the past.

    Raises:
        Refused: naming the day that stands.
    """
    today = now.astimezone(queries.programme_clock()).date()
    if due_on <= before or due_on < today:
        raise Refused(
            _("Now it is due on %(day)s. Choose a later day that has not passed.")
            % {"day": plain_day(before)},
            "due_on",
        )


@transaction.atomic
def close_wave(*, wave: Wave, by: Viewer | None, now: datetime) -> Wave:
    """Close a wave: what is not handed in stays a draft; `by` is nobody when its time is over."""
    if by is not None:
        require(access.may_keep_survey, by, wave)
    wave = _locked(wave)
    silent = queries.unanswered(queries.open_invitations(wave))
    take_step(wave, WaveState.CLOSED)
    send_all([letter for one in silent for letter in emails.closed(one)], now=now)
    note_audit("close_wave", wave, by=by, now=now, after={"silent": len(silent)})
    record_milestone(wave, by=by, now=now)
    return wave


@transaction.atomic
def reopen_wave(*, wave: Wave, due_on: date, by: Viewer, now: datetime) -> Wave:
    """Open a closed wave again, until a later day.

    Raises:
        Refused: where the survey itself is closed, or the day has passed.
    """
    require(access.may_keep_survey, by, wave)
    wave = _locked(wave)
    if wave.survey.state != SurveyState.OPEN:
        raise Refused(_("Open the survey first: what is not open cannot be answered."))
    if due_on < now.astimezone(queries.programme_clock()).date():
        raise Refused(_("This day has passed. Choose a later one."), "due_on")
    take_step(wave, WaveState.OPEN, due_on=due_on)
    Invitation.objects.filter(wave=wave).update(has_late_day=False)
    Response.objects.filter(wave=wave).update(more_time_asked_at=None)
    for one in queries.open_invitations(wave):
        keep_link_good(one, now)
        one.save(update_fields=["expires_at"])
    note_audit("reopen_wave", wave, by=by, now=now, after={"due_on": str(due_on)})
    return wave
