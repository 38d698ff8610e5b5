"""Background work of the room: numbers in, one action out."""

from django.utils.translation import gettext_noop

from serai.base.jobs import Context, Schedule, enqueue, job
from serai.surveys import actions


@job("surveys.send_wave", title=gettext_noop("Sending invitations"))
def send_wave(context: Context, wave_id: int) -> None:
    """Ask for one letter after the other; a wave of nobody left opens at once."""
    with context.commit():
        for number in actions.waiting_letters(wave_id=wave_id):
            enqueue(
                "surveys.send_invitation",
                key=f"surveys.send_invitation:{number}",
                invitation_id=number,
            )
        actions.open_when_sent(wave_id=wave_id, now=context.now)


@job("surveys.send_invitation", queue="mail")
def send_invitation(context: Context, invitation_id: int) -> None:
    """Write one letter, once."""
    with context.commit():
        actions.send_invitation(invitation_id=invitation_id, now=context.now)


@job("surveys.remind", schedule=Schedule("0 * * * *"))
def remind(context: Context) -> None:
    """Remind those whose morning it is."""
    with context.commit():
        actions.remind(now=context.now)


@job("surveys.note_bounces", schedule=Schedule("*/10 * * * *"))
def note_bounces(context: Context) -> None:
    """Mark the invitations whose letters came back."""
    with context.commit():
        actions.note_bounces(now=context.now)


@job("surveys.close_due", schedule=Schedule("1 * * * *"))
def close_due(context: Context) -> None:
    """Close the waves whose time is over everywhere."""
    with context.commit():
        actions.close_due(now=context.now)


@job("surveys.apply_submission")
def apply_submission(context: Context, submission_id: int) -> None:
    """Take over what a device handed in, where it could not be at once."""
    with context.commit():
        actions.apply_submission(submission_id=submission_id, now=context.now)
