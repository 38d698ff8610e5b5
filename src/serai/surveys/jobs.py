"""Background work of the room surveys: ids in, one action out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_noop, override

from serai.base.access import NotFound
from serai.base.jobs import Context, GiveUp, Schedule, enqueue, job
from serai.members.queries import viewer_of_person_id
from serai.surveys import actions, queries
from serai.surveys.exports.answers import CODEBOOK, KINDS, file_name
from serai.surveys.exports.copy import written
from serai.surveys.queries.copies import holder_of, response_to_copy
from serai.surveys.states import ReadingWay

if TYPE_CHECKING:
    from serai.surveys.models import Survey

MOST_NAMED = 50
READING = gettext_noop("Reading the form")
EXPORTING = gettext_noop("Writing the answers into a file")
COPYING = gettext_noop("Writing the answers as a document")
ERASED = gettext_noop("An answer was erased meanwhile. Ask for the file again.")
PUTTING = gettext_noop("Putting the translations into the form")


@job("surveys.compile", title=READING, max_attempts=2)
def compile_form(context: Context, survey_id: int, file_id: int) -> None:
    """Read a form that was handed in; keep the version, or all that is wrong with it."""
    survey = _survey(survey_id)
    stored = queries.stored_form(file_id)
    context.progress(READING)
    read = actions.read_upload(survey=survey, stored=stored)
    by = viewer_of_person_id(context.asked_by or 0, context.now)
    with context.commit():
        actions.keep_version(survey=survey, stored=stored, read=read, by=by, now=context.now)


@job("surveys.put_phrases", title=PUTTING)
def put_phrases(context: Context, survey_id: int) -> None:
    """Put remembered translations into the form at work."""
    survey = _survey(survey_id)
    context.progress(PUTTING)
    try:
        remade = actions.remake(survey=survey)
    except actions.BadTranslation as error:
        raise GiveUp(str(error)) from error
    if remade is None:
        return
    by = viewer_of_person_id(context.asked_by or 0, context.now)
    with context.commit():
        actions.keep_remade(survey=survey, remade=remade, by=by, now=context.now)


@job("surveys.migrate_response")
def migrate_response(context: Context, response_id: int) -> None:
    """Take a response to the version its wave now asks."""
    with context.commit():
        actions.follow_wave(response_id=response_id, now=context.now)


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
    """Remind those whose morning it is: of rounds, of parts, of what is asked back."""
    with context.commit():
        actions.remind(now=context.now)
        actions.remind_parts(now=context.now)
        actions.remind_requests(now=context.now)


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


def _address(page: str, number: str) -> str:
    """Return where what was made is offered, from the language on."""
    with override("en"):
        return reverse(f"surveys:{page}", args=[number]).removeprefix("/en")


@job("surveys.build_export", title=EXPORTING)
def build_export(
    context: Context, wave_id: int, kind: str, with_labels: bool, language: str
) -> None:
    """Write a wave's answers into a file for whoever asked."""
    wave = queries.wave_by_pk(wave_id)
    if wave is None:
        raise GiveUp(gettext_noop("The wave is no longer here."))
    by = viewer_of_person_id(context.asked_by or 0, context.now)
    erased = queries.erased_count(wave)
    context.progress(EXPORTING)
    with override(language):
        found = queries.export(by, wave, context.now, language)
        made = KINDS[kind].write(found, with_labels)
    name = file_name(found, kind)
    with context.commit(result_address=_address("export", wave.public_id)):
        if queries.erased_count(wave) != erased:
            raise GiveUp(ERASED)
        if kind != CODEBOOK:
            actions.note_readings(
                responses=found.read, way=ReadingWay.EXPORT, by=by, now=context.now
            )
        actions.keep_export(
            wave=wave, content=made, name=name, media_type=KINDS[kind].media_type, by=by,
            now=context.now,
        )  # fmt: skip


@job("surveys.build_copy", title=COPYING)
def build_copy(context: Context, response_id: int, kind: str, language: str) -> None:
    """Write a response as a document for whoever asked: a person, or its holder without a name."""
    found = response_to_copy(response_id)
    if found is None:
        raise GiveUp(gettext_noop("The answers are no longer here."))
    by = (
        holder_of(found)
        if context.asked_by is None
        else viewer_of_person_id(context.asked_by, context.now)
    )
    erased = queries.erased_count(found.wave)
    context.progress(COPYING)
    with override(language):
        made = written(by, found, kind, context.now, language)
    with context.commit(result_address=_address("copy", found.public_id)):
        if queries.erased_count(found.wave) != erased:
            raise GiveUp(ERASED)
        actions.keep_copy(response=found, checked=made, by=by, now=context.now)
        actions.note_readings(
            responses=[found], way=ReadingWay.COPY, by=by, now=context.now
        )  # fmt: skip


def _survey(survey_id: int) -> Survey:
    """Return the survey a job is for.

    Raises:
        GiveUp: it was removed with the sample meanwhile.
    """
    try:
        return queries.survey_by_pk(survey_id)
    except NotFound as missing:
        raise GiveUp(gettext_noop("The survey is no longer here.")) from missing


@job("surveys.expire", schedule=Schedule("2 * * * *"))
def expire(context: Context) -> None:
    """End parts given away whose day is over."""
    today = context.now.astimezone(queries.programme_clock()).date()
    with context.commit():
        actions.expire_delegations(today=today, now=context.now)


@job("surveys.end_made_files", schedule=Schedule("22 * * * *"))
def end_made_files(context: Context) -> None:
    """Remove exports and copies that were made more than a day ago."""
    with context.commit():
        actions.end_made_files(now=context.now)


@job("surveys.verify_answers", schedule=Schedule("0 3 * * 0"))
def verify_answers(context: Context) -> None:
    """Hold the stored answers and signatures against the audit, once a week.

    Raises:
        GiveUp: naming the rows that were altered or removed.
    """
    with context.commit():
        altered = actions.altered_rows()
    if altered:
        named = ", ".join(altered[:MOST_NAMED])
        raise GiveUp(f"{len(altered)}: {named}")


@job("surveys.tell_suggestions", schedule=Schedule("30 3 * * *"))
def tell_suggestions(context: Context) -> None:
    """Tell leads, once a day, of texts that wait beside their answers."""
    today = context.now.astimezone(queries.programme_clock()).date()
    with context.commit():
        actions.tell_suggestions(today=today)
