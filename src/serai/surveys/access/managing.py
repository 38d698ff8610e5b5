"""Who makes surveys, versions and waves."""

from typing import Protocol

from serai.base.access import Viewer, rule
from serai.members.access import (
    is_coordinator,
    is_officer,
    is_programme_coordinator,
    is_programme_officer,
    keys_after,
)
from serai.surveys.models import FormVersion, Invitation, Survey, Wave

Thing = Survey | FormVersion | Wave | Invitation


def survey_of(thing: Thing) -> Survey:
    """Return the survey a thing belongs to."""
    if isinstance(thing, Survey):
        return thing
    return thing.wave.survey if isinstance(thing, Invitation) else thing.survey


def is_staff(viewer: Viewer, survey: Survey) -> bool:
    """Tell whether the viewer works in the secretariat, for the survey's initiative or for all."""
    if survey.initiative is None:
        return is_programme_officer(viewer)
    return is_officer(viewer, survey.initiative.code)


@rule("See the list of surveys", roles=("officer", "coordinator", "translator"))
def may_see_surveys(viewer: Viewer) -> bool:
    """Admit the secretariat, and whoever translates a survey (who sees only that one)."""
    return viewer.is_signed_in


@rule("Make a survey", roles=("officer", "coordinator"))
def may_make_survey(viewer: Viewer) -> bool:
    """Admit officers, of one initiative or of all; each within their own."""
    return is_officer(viewer)


@rule("See a survey, its versions and its waves", roles=("officer", "coordinator", "translator"))
def may_see_survey(viewer: Viewer, thing: Thing) -> bool:
    """Admit its officers and its translators."""
    return is_staff(viewer, survey_of(thing)) or _translates(viewer, survey_of(thing))


@rule("Keep a survey: versions, waves, invitations, reminders", roles=("officer", "coordinator"))
def may_keep_survey(viewer: Viewer, thing: Thing) -> bool:
    """Admit its officers."""
    return is_staff(viewer, survey_of(thing))


@rule("Ask for the release of a survey's answers and tallies", roles=("coordinator",))
def may_coordinate(viewer: Viewer, thing: Thing) -> bool:
    """Admit coordinators of its initiative."""
    survey = survey_of(thing)
    if survey.initiative is None:
        return is_programme_coordinator(viewer)
    return is_coordinator(viewer, survey.initiative.code)


@rule(
    "Export a wave's cleared answers; an expert, those of the members they advise",
    roles=("officer", "coordinator", "expert"),
)
def may_export(viewer: Viewer, wave: Wave) -> bool:
    """Admit its officers, and experts of its initiative; each answer is asked anew."""
    initiative = wave.survey.initiative
    is_expert = initiative is not None and bool(keys_after(viewer, f"expert:{initiative.code}"))
    return is_staff(viewer, wave.survey) or is_expert


@rule("Translate a survey's forms", roles=("officer", "coordinator", "translator"))
def may_translate(viewer: Viewer, thing: Thing, language: str = "") -> bool:
    """Admit its officers, and its translators of the language."""
    return is_staff(viewer, survey_of(thing)) or _translates(viewer, survey_of(thing), language)


class ExportOf(Protocol):
    """A file of a wave's answers, and the person it was made for."""

    @property
    def wave(self) -> Wave: ...

    @property
    def received_by_id(self) -> int | None: ...


@rule("Open an export of answers", roles=("officer", "coordinator", "expert"))
def may_open_export(viewer: Viewer, of: ExportOf) -> bool:
    """Admit the person it was made for, as long as they may export."""
    is_theirs = viewer.person_id is not None and viewer.person_id == of.received_by_id
    return is_theirs and may_export(viewer, of.wave)


class IntoLanguage(Protocol):
    """One language of a survey's forms."""

    @property
    def survey(self) -> Survey: ...

    @property
    def language(self) -> str: ...


@rule(
    "Translate a survey's forms into one language", roles=("officer", "coordinator", "translator")
)
def may_translate_into(viewer: Viewer, of: IntoLanguage) -> bool:
    """Admit its officers, and its translators of this language."""
    return may_translate(viewer, of.survey, of.language)


def _translates(viewer: Viewer, survey: Survey, language: str = "") -> bool:
    if viewer.person_id is None:
        return False
    rows = survey.translators.filter(person_id=viewer.person_id)
    return (rows.filter(language=language) if language else rows).exists()
