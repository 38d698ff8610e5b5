"""What follows from the clock: reminders in the morning, and waves whose time is over."""

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.mail import send_all
from serai.surveys import access, emails, queries
from serai.surveys.actions.acts import Refused, note_audit
from serai.surveys.actions.waves import close_wave
from serai.surveys.models import AnswerRequest, Delegation, Invitation, Response, Wave
from serai.surveys.queries.days import REMINDED_FROM, REMINDED_UNTIL
from serai.surveys.queries.more_time import late_invitations
from serai.surveys.states import (
    UNLOCKED,
    AnswerRequestState,
    DelegationState,
    ResponseState,
    WaveState,
)


@transaction.atomic
def remind(*, now: datetime) -> int:
    """Remind whom the morning has reached, once a day; return how many letters were written."""
    otherwise = queries.programme_zone()
    due: list[tuple[Invitation, date]] = []
    for one in queries.open_invitations():
        local = now.astimezone(queries.zone_of(one, otherwise))
        left = (queries.due_of(one) - local.date()).days
        if not REMINDED_FROM <= local.hour < REMINDED_UNTIL or left not in one.wave.remind_days:
            continue
        if any(_is_today(seen, local) for seen in (one.reminded_at, one.sent_at)):
            continue
        due.append((one, local.date()))
    silent = {one.pk for one in queries.unanswered(one for one, _day in due)}
    return sum(_remind(one, day, now) for one, day in due if one.pk in silent)


def _is_today(moment: datetime | None, local: datetime) -> bool:
    """Tell whether a moment lies in the same local day."""
    return moment is not None and moment.astimezone(local.tzinfo).date() == local.date()


def _remind(one: Invitation, day: date, now: datetime) -> int:
    """Write one reminder under its row's lock; 0 where another run was first."""
    row = Invitation.objects.select_for_update().get(pk=one.pk)
    if row.reminded_at != one.reminded_at:
        return 0
    row.reminded_at = now
    row.save(update_fields=["reminded_at"])
    left = (queries.due_of(one) - day).days
    sent = send_all(emails.reminder(one, left=left, on=day), now=now)
    note_audit("remind", one, by=None, now=now, after={"left": left})
    return len(sent)


@transaction.atomic
def remind_parts(*, now: datetime) -> int:
    """Tell holders of parts that their last day comes near; return of how many parts."""
    otherwise, count = queries.programme_zone(), 0
    held = Delegation.objects.filter(
        state__in=[DelegationState.OFFERED, DelegationState.ACCEPTED], due_on__isnull=False,
        response__state__in=UNLOCKED,
    ).select_related("person", *_WHOSE)  # fmt: skip
    for row in held.order_by("id"):
        day = _morning(row.response, now, otherwise)
        if day is None or row.given_at.astimezone(_zone(row.response, otherwise)).date() == day:
            continue
        left = (row.due_on - day).days if row.due_on else -1
        if left == 0 or (left > 0 and left in row.response.wave.remind_days):
            count += len(send_all(emails.delegation("due", row, day), now=now))
    return count


@transaction.atomic
def remind_requests(*, now: datetime) -> int:
    """Remind leads of what is asked back, before and after its day; return of how many responses."""
    otherwise, count = queries.programme_zone(), 0
    asked = AnswerRequest.objects.filter(
        state=AnswerRequestState.ASKED, due_on__isnull=False,
        response__state=ResponseState.CORRECTING,
    ).select_related(*_WHOSE, "response__person")  # fmt: skip
    by_response: dict[int, list[AnswerRequest]] = {}
    for row in asked.order_by("due_on", "id"):
        by_response.setdefault(row.response_id, []).append(row)
    for rows in by_response.values():
        response = rows[0].response
        day = _morning(response, now, otherwise)
        near = [row.due_on for row in rows if day and _is_near(row, day, otherwise)]
        if day is None or not near or near[0] is None:
            continue
        due_on = near[0]
        n = sum(row.due_on == due_on for row in rows)
        letters = emails.request_reminder(
            response, n, due_on=due_on, is_over=due_on < day, on=day
        )  # fmt: skip
        count += len(send_all(letters, now=now))
    return count


_WHOSE = ("response__wave__survey", "response__invitation__country",
          "response__invitation__organisation", "response__invitation__lead")  # fmt: skip


def _is_near(row: AnswerRequest, day: date, otherwise: str) -> bool:
    """Tell whether a request is told again on a day: its own day, or the wave's days around it."""
    if row.asked_at is not None and _is_today(row.asked_at, _local(row, otherwise, day)):
        return False
    left = (row.due_on - day).days if row.due_on else None
    return left is not None and (left == 0 or left in row.response.wave.remind_days)


def _local(row: AnswerRequest, otherwise: str, day: date) -> datetime:
    return datetime.combine(day, time(), _zone(row.response, otherwise))


def _zone(response: Response, otherwise: str) -> ZoneInfo:
    asked = response.invitation
    return queries.zone_of(asked, otherwise) if asked is not None else ZoneInfo(otherwise)


def _morning(response: Response, now: datetime, otherwise: str) -> date | None:
    """Return the day where it is time for letters in a response's country; None outside."""
    local = now.astimezone(_zone(response, otherwise))
    return local.date() if REMINDED_FROM <= local.hour < REMINDED_UNTIL else None


@transaction.atomic
def remind_chosen(*, wave: Wave, invitations: Sequence[str], by: Viewer, now: datetime) -> int:
    """Remind chosen bodies now; return how many: not who is done, nor who was reminded today.

    Raises:
        Refused: where the wave is not open, or nobody is chosen.
    """
    require(access.may_keep_survey, by, wave)
    if wave.state != WaveState.OPEN:
        raise Refused(_("The wave is not open: nobody is reminded."))
    if not invitations:
        raise Refused(_("Choose whom to remind."))
    otherwise = queries.programme_zone()
    chosen = [one for one in queries.open_invitations(wave) if one.public_id in set(invitations)]
    count = 0
    for one in queries.unanswered(chosen):
        local = now.astimezone(queries.zone_of(one, otherwise))
        if not _is_today(one.reminded_at, local):
            count += _remind(one, local.date(), now)
    note_audit("remind_chosen", wave, by=by, now=now, after={"letters": count})
    return count


@transaction.atomic
def close_due(*, now: datetime) -> int:
    """Close the waves whose last body's due day and grace have ended; return how many.

    Days of single bodies beyond them end alike.
    """
    over = [
        wave
        for wave in queries.late_waves(now)
        if queries.wave_ends_at(wave, queries.open_invitations(wave)) <= now
    ]
    for wave in over:
        close_wave(wave=wave, by=None, now=now)
    _end_late_days(now)
    return len(over)


def _end_late_days(now: datetime) -> None:
    """End the days that bodies were given after their waves had closed, and tell the silent."""
    over = [one for one in late_invitations() if queries.wave_ends_at(one.wave, [one]) <= now]
    silent = queries.unanswered(over)
    for one in over:
        one.has_late_day = False
        one.save(update_fields=["has_late_day"])
        note_audit("end_late_day", one, by=None, now=now)
    send_all([letter for one in silent for letter in emails.closed(one)], now=now)
