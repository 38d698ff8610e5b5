"""Put remembered translations into a form, and say who translates."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.jobs import enqueue
from serai.base.xlsform import FormSheets, XlsForm, with_translations
from serai.surveys import access
from serai.surveys.actions.acts import Refused, actor, note_audit
from serai.surveys.actions.finding import index_pages_of
from serai.surveys.actions.versions import fill, next_number, remade_form, take_files_over
from serai.surveys.models import FormVersion, Survey, Translator
from serai.surveys.queries.phrases import form_at_work, texts_to_put
from serai.surveys.queries.sheets import sheets_of
from serai.surveys.queries.versions import known_versions, next_version
from serai.surveys.states import SurveyState, VersionState


class FormMoved(Exception):
    """The form was changed while its translations were put in: begin again."""


class BadTranslation(Exception):
    """The form cannot be made with these texts; `str()` says which and why."""


@dataclass(frozen=True)
class Remade:
    """A form with its translations put in, not kept yet.

    Attributes:
        version: the form they were put into, as it was when read.
    """

    version: FormVersion
    form: XlsForm
    texts: int


def ask_to_put(*, survey: Survey, by: Viewer, now: datetime) -> str:
    """Ask for the job that puts the remembered translations into the form; return its key.

    Raises:
        Refused: there is no form, or the survey is archived, or nothing to put.
    """
    require(access.may_keep_survey, by, survey)
    version = form_at_work(survey)
    if survey.state == SurveyState.ARCHIVED or version is None:
        raise Refused(_("There is no form to put translations into."))
    if not any(given for _language, given in texts_to_put(version)):
        raise Refused(_("The form says all of these texts already."))
    with transaction.atomic():
        enqueue("surveys.put_phrases", key=put_key(survey), by=actor(by), survey_id=survey.pk)
        note_audit("ask_to_put", survey, by=by, now=now)
    return put_key(survey)


def put_key(survey: Survey) -> str:
    """Return the key of the job that puts translations in."""
    return f"surveys.put_phrases:{survey.pk}"


def remake(*, survey: Survey) -> Remade | None:
    """Make the form anew with the remembered translations: the slow part, which writes nothing.

    Raises:
        BadTranslation: the form cannot be made with them.
    """
    version = form_at_work(survey)
    if version is None:
        return None
    version.survey = survey
    sheets, texts = sheets_of(version), 0
    for language, given in texts_to_put(version):
        sheets, unknown = with_translations(sheets, language, given)
        texts += len(given) - len(unknown)
    if not texts:
        return None
    if version.state == VersionState.PUBLISHED:
        sheets = _named_anew(sheets, version)
    read = remade_form(sheets=sheets)
    if read.form is None or read.problems:
        raise BadTranslation("; ".join(str(one) for one in read.problems))
    return Remade(version, read.form, texts)


def _named_anew(sheets: FormSheets, version: FormVersion) -> FormSheets:
    """Give the sheets the name of a new version: what is published stays as it is."""
    known = known_versions(version.form_id)
    name = next_version(version.version)
    while name in known:
        name = next_version(name)
    first, *others = sheets.settings.rows
    row = replace(first, cells={**first.cells, "version": name})
    return sheets.with_sheet(replace(sheets.settings, rows=(row, *others)))


def keep_remade(*, survey: Survey, remade: Remade, by: Viewer, now: datetime) -> FormVersion:
    """Keep a form with its translations: in the checked version, or as a new one.

    Raises:
        FormMoved: the form has changed meanwhile.
    """
    require(access.may_keep_survey, by, survey)
    Survey.objects.select_for_update().get(pk=survey.pk)
    latest = form_at_work(survey)
    if latest is None or (latest.pk, latest.sha256) != (remade.version.pk, remade.version.sha256):
        raise FormMoved
    if latest.state == VersionState.CHECKED:
        version = FormVersion.objects.select_for_update().get(pk=latest.pk)
        version.survey = survey
        fill(version, remade.form)
        version.save()
    else:
        version = FormVersion(
            survey=survey, number=next_number(survey), source=latest.source, made_at=now,
            made_by_id=by.person_id, change_note=_("Translations"),
        )  # fmt: skip
        fill(version, remade.form)
        version.save()
        take_files_over(version)
    note_audit(
        "put_phrases", version, by=by, now=now,
        after={"texts": remade.texts, "sha256": version.sha256},
    )  # fmt: skip
    return version


def add_translator(
    *, survey: Survey, person_id: int, language: str, by: Viewer, now: datetime
) -> Translator:
    """Let somebody translate a survey's forms into one language.

    Raises:
        Refused: they may already, or the survey does not offer the language.
    """
    require(access.may_keep_survey, by, survey)
    if language not in survey.languages:
        raise Refused(_("The survey does not offer this language."), "language")
    try:
        with transaction.atomic():
            row = Translator.objects.create(survey=survey, person_id=person_id, language=language)
            note_audit(
                "add_translator", survey, by=by, now=now,
                after={"person": person_id, "language": language},
            )  # fmt: skip
            index_pages_of(survey, now)
    except IntegrityError as error:
        raise Refused(_("This person translates it already."), "person") from error
    return row


def remove_translator(*, translator: Translator, by: Viewer, now: datetime) -> None:
    """Take the right to translate back; what they wrote stays."""
    require(access.may_keep_survey, by, translator.survey)
    with transaction.atomic():
        note_audit(
            "remove_translator", translator.survey, by=by, now=now,
            before={"person": translator.person_id, "language": translator.language},
        )  # fmt: skip
        translator.delete()
        index_pages_of(translator.survey, now)
