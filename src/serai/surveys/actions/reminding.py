"""What follows from the clock: reminders in the morning, and waves whose time is over."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.mail import send_all
from serai.surveys import access, emails, queries
from serai.surveys.actions.acts import Refused, note_audit
from serai.surveys.actions.waves import close_wave
from serai.surveys.models import Invitation, Wave
from serai.surveys.queries.days import REMINDED_FROM, REMINDED_UNTIL
from serai.surveys.states import WaveState


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
    """Close the waves whose last body's due day and grace have ended; return how many."""
    over = [
        wave
        for wave in queries.late_waves(now)
        if queries.wave_ends_at(wave, queries.open_invitations(wave)) <= now
    ]
    for wave in over:
        close_wave(wave=wave, by=None, now=now)
    return len(over)
