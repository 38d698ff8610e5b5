"""Take a form in: keep what came, read it in a job, keep the version or all that is wrong with it."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.bounded import OutOfBounds, bounded
from serai.base.files import Checked, keep_checked, place_of
from serai.base.jobs import enqueue
from serai.base.models import StoredFile
from serai.base.xlsform import FormSheets, NotAnXlsForm, XlsForm, make_form, read_xlsform
from serai.calc.xforms import (
    CompiledForm,
    Env,
    FormFaults,
    NeverSettles,
    compile_form,
    open_form,
)
from serai.surveys import access
from serai.surveys.actions.acts import Refused, actor, label, note_audit
from serai.surveys.actions.phrases import remember_phrases
from serai.surveys.models import FormFile, FormVersion, Survey
from serai.surveys.queries import faults
from serai.surveys.queries.sheets import pack_sheets
from serai.surveys.queries.versions import (
    form_languages_of,
    known_versions,
    named_files,
    next_version,
    version_in_use,
)
from serai.surveys.states import SurveyState, VersionState

READING_SECONDS = 60.0
LONGEST = {"form_id": 64, "version": 40}
LONGEST_PATH = 300
TRIED_ENTRIES, TRIED_AT = 3, datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class ReadForm:
    """What reading gave: a form, or what is wrong with it."""

    form: XlsForm | None
    problems: list[dict[str, Any]] = field(default_factory=list)


def upload_version(*, survey: Survey, checked: Checked, by: Viewer, now: datetime) -> StoredFile:
    """Keep a form as it came and ask for the job that reads it.

    Raises:
        Refused: the survey is archived.
    """
    require(access.may_keep_survey, by, survey)
    if survey.state == SurveyState.ARCHIVED:
        raise Refused(str(faults.SENTENCES["archived"]), "file")
    with transaction.atomic():
        stored = keep_checked(
            checked=checked, thing=label(survey), by=actor(by), now=now, sample=survey.sample
        )
        enqueue(
            "surveys.compile", key=compile_key(stored), by=by.person_id,
            survey_id=survey.pk, file_id=stored.pk,
        )  # fmt: skip
        note_audit("upload_version", survey, by=by, now=now, after={"sha256": stored.sha256})
    return stored


def compile_key(stored: StoredFile) -> str:
    """Return the key of the job that reads a form."""
    return f"surveys.compile:{stored.pk}"


def read_upload(*, survey: Survey, stored: StoredFile) -> ReadForm:
    """Read a form that was kept: the slow part, which writes nothing."""
    content = place_of(stored.storage_key).read_bytes()
    read = _in_time(lambda kept: _made(read_xlsform, *kept), (content, stored.name))
    if read.form is None:
        return read
    return ReadForm(read.form, [*read.problems, *_survey_faults(survey, read.form)])


def remade_form(*, sheets: FormSheets) -> ReadForm:
    """Make a form anew from sheets with other texts; its version is looked at by the caller."""
    return _in_time(lambda kept: _made(make_form, kept), sheets)


def _in_time(work: Callable[[Any], ReadForm], given: object) -> ReadForm:
    """Read in a process of its own: a form can be written so that it computes for ever."""
    try:
        return bounded(work, given, seconds=READING_SECONDS)
    except OutOfBounds:
        return ReadForm(None, [faults.from_room("endless", most=f"{READING_SECONDS:g}")])


def _made(make: Callable[..., XlsForm], *given: object) -> ReadForm:
    """Make a form and hold it against the engine."""
    try:
        form = make(*given)
    except NotAnXlsForm as wrong:
        return ReadForm(None, [faults.from_sheets(one) for one in wrong.problems])
    return ReadForm(form, list(_engine_faults(form)))


def _engine_faults(form: XlsForm) -> Iterator[dict[str, Any]]:
    try:
        compiled = compile_form(form.xform)
    except FormFaults as wrong:
        for one in wrong.faults:
            yield faults.from_engine(one.path, one.reason, form.rows_by_path.get(one.path, 0))
        return
    if path := _restless(compiled):
        row = form.rows_by_path.get(path, 0)
        yield faults.from_room("restless", "survey", row, "calculation", given=path)
    for spec in compiled.specs:
        if len(spec.path) > LONGEST_PATH:
            row = form.rows_by_path.get(spec.path, 0)
            yield faults.from_room(
                "too_long", "survey", row, "name", given=spec.path, most=LONGEST_PATH
            )


def _restless(form: CompiledForm) -> str:
    """Return a field that is calculated for ever once its repeat has entries; "" where all rest."""
    env = Env(now=TRIED_AT, zone=UTC, language="", random=lambda: 0.0, new_uuid=lambda: "", user={})
    try:
        state = open_form(form, {}, [], env, first=False)
        for one in form.repeats:
            if one.parent < 0 and not one.is_fixed and not one.has_count:
                for _time in range(TRIED_ENTRIES):
                    state.add_entry(form.specs[one.spec].path)
    except NeverSettles as error:
        return error.path
    return ""


def _survey_faults(survey: Survey, form: XlsForm) -> Iterator[dict[str, Any]]:
    given = form.settings
    row = form.sheets.settings.rows[0].number

    def fault(code: str, column: str, **values: object) -> dict[str, Any]:
        return faults.from_room(code, "settings", row, column, **values)

    if survey.state == SurveyState.ARCHIVED:
        yield fault("archived", "")
    for column, most in LONGEST.items():
        text = getattr(given, column)
        if len(text) > most:
            yield fault("too_long", column, given=text, most=most)
    own = version_in_use(survey)
    known = known_versions(given.form_id)
    if own is not None and own.form_id != given.form_id:
        yield fault("form_id_other", "form_id", given=given.form_id, known=own.form_id)
    elif {*known.values()} - {survey.pk}:
        yield fault("form_id_taken", "form_id", given=given.form_id, known=survey.code)
    elif given.version in known:
        free = next_version(given.version)
        while free in known:
            free = next_version(free)
        yield fault("version_known", "version", given=given.version, known=free)


def keep_version(
    *, survey: Survey, stored: StoredFile, read: ReadForm, by: Viewer, now: datetime
) -> FormVersion:
    """Keep what reading gave: a checked version, or a refused one that says what is wrong.

    The caller's transaction also ends the job, so a form is kept once.
    """
    require(access.may_keep_survey, by, survey)
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    wrong = read.problems
    if read.form is not None and not wrong:  # another upload may have come first
        wrong = list(_survey_faults(survey, read.form))
    version = FormVersion(
        survey=survey, number=next_number(survey), source=stored, made_at=now,
        made_by_id=by.person_id,
    )  # fmt: skip
    if read.form is None or wrong:
        version.state = VersionState.REFUSED.value
        version.form_id = read.form.settings.form_id[:64] if read.form else survey.code
        version.version = read.form.settings.version[:40] if read.form else ""
        version.refused_for = wrong
        version.save()
    else:
        fill(version, read.form)
        version.save()
        take_files_over(version)
        remember_phrases(version, by=by, now=now)
    note_audit(
        "keep_version", version, by=by, now=now,
        after={"state": version.state, "sha256": version.sha256, "faults": len(wrong)},
    )  # fmt: skip
    return version


def next_number(survey: Survey) -> int:
    """Return the number of a survey's next version."""
    latest = survey.versions.order_by("-number").values_list("number", flat=True).first()
    return (latest or 0) + 1


def fill(version: FormVersion, form: XlsForm) -> None:
    """Put a form into its version."""
    version.form_id, version.version = form.settings.form_id, form.settings.version
    version.xform = form.xform
    version.sha256 = hashlib.sha256(form.xform.encode()).hexdigest()
    version.sheets = pack_sheets(form.sheets, form.rows_by_path)
    version.default_language = form.settings.default_language
    version.languages = [one.code for one in form_languages_of(version.survey, form.languages)]
    version.warnings = [faults.from_sheets(one) for one in form.warnings]


def take_files_over(version: FormVersion) -> None:
    """Give a version the files of the one in use that it names again."""
    former = version_in_use(version.survey)
    if former is None:
        return
    wanted = {one.name for one in named_files(version)}
    FormFile.objects.bulk_create(
        FormFile(version=version, name=one.name, file_id=one.file_id, sha256=one.sha256)
        for one in former.files.filter(name__in=wanted).order_by("id")
    )


def add_file(*, version: FormVersion, checked: Checked, by: Viewer, now: datetime) -> FormFile:
    """Add a file that the form names, or put another in its place; the form is checked again.

    Raises:
        Refused: the form does not name it, or is published, or does not compile with it.
    """
    require(access.may_keep_survey, by, version)
    from_form = {one.name for one in named_files(version)}
    with transaction.atomic():
        fresh = FormVersion.objects.select_for_update().get(pk=version.pk)
        if fresh.state != VersionState.CHECKED:
            raise Refused(_("A published form keeps its files. Upload a new version."), "file")
        if checked.name not in from_form:
            raise Refused(
                _("The form names no file “%(name)s”. It names: %(names)s.")
                % {"name": checked.name, "names": ", ".join(sorted(from_form)) or "–"},
                "file",
            )
        stored = keep_checked(
            checked=checked, thing=label(version), by=actor(by), now=now,
            sample=version.survey.sample,
        )  # fmt: skip
        row, _new = FormFile.objects.update_or_create(
            version=version, name=checked.name,
            defaults={"file": stored, "sha256": stored.sha256},
        )  # fmt: skip
        note_audit("add_file", version, by=by, now=now, after={"sha256": stored.sha256})
    return row
