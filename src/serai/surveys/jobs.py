"""Background work of the room surveys: ids in, one action out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop

from serai.base.access import NotFound
from serai.base.jobs import Context, GiveUp, job
from serai.members.queries import viewer_of_person_id
from serai.surveys import actions, queries

if TYPE_CHECKING:
    from serai.surveys.models import Survey

READING = gettext_noop("Reading the form")
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


def _survey(survey_id: int) -> Survey:
    """Return the survey a job is for.

    Raises:
        GiveUp: it was removed with the sample meanwhile.
    """
    try:
        return queries.survey_by_pk(survey_id)
    except NotFound as missing:
        raise GiveUp(gettext_noop("The survey is no longer here.")) from missing

