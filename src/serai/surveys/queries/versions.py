"""Versions of forms: which there are, what is wrong with one, which languages it speaks."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from serai.base.access import NotFound, Viewer
from serai.base.languages import language_name
from serai.base.models import StoredFile
from serai.base.xlsform import FormLanguage, translation_sheet
from serai.base.xlsform.columns import language_code
from serai.base.xlsform.tongues import languages
from serai.calc.xforms import CompiledForm, lint
from serai.surveys.models import FormVersion, Phrase, Survey
from serai.surveys.queries.choices import asks_consent
from serai.surveys.queries.faults import ProblemRow, shown
from serai.surveys.queries.findings import Finding, gather, of_engine, of_room, of_sheets, of_survey
from serai.surveys.queries.forms import LIST_ENDINGS
from serai.surveys.queries.sheets import rows_by_path, sheets_of
from serai.surveys.states import PhraseState, SurveyKind, VersionState

NAMED_FILE = re.compile(r"jr://(?:file|file-csv|images|audio|video)/([^\"'<>\s]+)")
# What is counted for each language instead of being named text by text.
COUNTED = frozenset({"untranslated"})
IN_USE = (VersionState.PUBLISHED.value, VersionState.SUPERSEDED.value)


@dataclass(frozen=True)
class VersionRow:
    """One version in the list."""

    public_id: str
    number: int
    version: str
    state: str
    made_at: datetime
    made_by: str
    published_at: datetime | None
    change_note: str


@dataclass(frozen=True)
class LanguageRow:
    """One language of a form, or one that the survey offers and the form lacks.

    Attributes:
        form_name: as the form calls it; "" where it lacks it.
        total, done: texts of the default language, and how many of them it has.
    """

    code: str
    form_name: str
    is_offered: bool
    is_default: bool
    total: int
    done: int

    @property
    def name(self) -> str:
        """Return the language's name in the reader's language."""
        return language_name(self.code)

    @property
    def percent(self) -> int:
        """Return whole percents, rounded down: 100 means all."""
        if not self.total:
            return 100 if self.form_name else 0
        return 100 * self.done // self.total

    @property
    def words(self) -> str:
        """Return the percents as they are shown."""
        return f"{self.percent} %"


@dataclass(frozen=True)
class FileRow:
    """A file that the form names; `stored` is none while it is missing."""

    name: str
    stored: StoredFile | None


def survey_of_forms(viewer: Viewer, public_id: str) -> Survey:
    """Return a survey whose forms are written or translated."""
    del viewer
    found = Survey.objects.select_related("initiative").filter(public_id=public_id).first()
    if found is None:
        raise NotFound(public_id)
    return found


def sheeted_version(viewer: Viewer, public_id: str) -> FormVersion:
    """Return a version whose sheets are kept.

    Raises:
        NotFound: its form did not come as sheets, or could not be read.
    """
    found = form_version(viewer, public_id)
    if not found.sheets:
        raise NotFound(public_id)
    return found


def read_version(viewer: Viewer, public_id: str) -> FormVersion:
    """Return a version whose form could be read.

    Raises:
        NotFound: it could not.
    """
    found = form_version(viewer, public_id)
    if not found.xform:
        raise NotFound(public_id)
    return found


@dataclass(frozen=True)
class FileOf:
    """A file of a form, and the survey it belongs to."""

    survey: Survey
    stored: StoredFile


def form_file(viewer: Viewer, public_id: str, name: str) -> FileOf:
    """Return a file that a form names.

    Raises:
        NotFound: it names none, or the file is still missing.
    """
    version = form_version(viewer, public_id)
    row = version.files.select_related("file").filter(name=name).first()
    if row is None:
        raise NotFound(f"{public_id}/{name}")
    return FileOf(version.survey, row.file)


def survey_by_pk(survey_id: int) -> Survey:
    """Return a survey for a job."""
    found = Survey.objects.select_related("initiative").filter(pk=survey_id).first()
    if found is None:
        raise NotFound(str(survey_id))
    return found


def stored_form(file_id: int) -> StoredFile:
    """Return a form that was handed in, for the job that reads it."""
    return StoredFile.objects.get(pk=file_id)


def version_of_file(stored: StoredFile) -> FormVersion | None:
    """Return the version that a form handed in has become; none while it is being read."""
    return FormVersion.objects.filter(source=stored).order_by("number").first()


@dataclass(frozen=True)
class Handed:
    """A form that was handed in, and the survey it is for."""

    survey: Survey
    stored: StoredFile


def handed_form(viewer: Viewer, public_id: str) -> Handed:
    """Return a form that was handed in.

    Raises:
        NotFound: there is none of a survey.
    """
    del viewer
    stored = StoredFile.objects.filter(
        public_id=public_id, thing__startswith="surveys.survey:"
    ).first()
    if stored is None:
        raise NotFound(public_id)
    return Handed(survey_by_pk(int(stored.thing.rpartition(":")[2])), stored)


def form_version(viewer: Viewer, public_id: str) -> FormVersion:
    """Return a version with its survey; the door's rule says who may see it."""
    del viewer
    rows = FormVersion.objects.select_related("survey__initiative", "source", "published_by")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise NotFound(public_id)
    return found


def versions(viewer: Viewer, survey: Survey) -> list[VersionRow]:
    """Return a survey's versions, the latest first; one query."""
    del viewer
    rows = survey.versions.select_related("made_by").order_by("-number")
    return [
        VersionRow(
            one.public_id, one.number, one.version, one.state, one.made_at,
            one.made_by.full_name if one.made_by else "", one.published_at, one.change_note,
        )
        for one in rows.defer("xform", "sheets")
    ]  # fmt: skip


def version_in_use(survey: Survey, *, before: FormVersion | None = None) -> FormVersion | None:
    """Return the version that was published last, of those before a version where one is given."""
    rows = survey.versions.filter(state__in=IN_USE)
    if before is not None:
        rows = rows.filter(number__lt=before.number)
    return rows.order_by("-published_at", "-id").first()


def checked_version(survey: Survey) -> FormVersion | None:
    """Return the latest version that waits to be published, if it is newer than the one in use."""
    found = survey.versions.filter(state=VersionState.CHECKED).order_by("-number").first()
    latest = version_in_use(survey)
    return found if found and (latest is None or latest.number < found.number) else None


def problems(version: FormVersion) -> list[ProblemRow]:
    """Return what was wrong with a refused version."""
    return [shown(kept) for kept in version.refused_for]


# ---------------------------------------------------------------------- languages


def form_languages(version: FormVersion, form: CompiledForm) -> tuple[FormLanguage, ...]:
    """Return the languages a form speaks, the default first; a sole one is the survey's first."""
    if version.sheets:
        return form_languages_of(version.survey, languages(sheets_of(version)).all)
    names = sorted(form.texts, key=lambda name: name != form.default_language) or [""]
    spoken = [FormLanguage(name, language_code(name)) for name in names]
    return form_languages_of(version.survey, spoken)


def form_languages_of(survey: Survey, spoken: Iterable[FormLanguage]) -> tuple[FormLanguage, ...]:
    """Return languages with a code each: their own, else their name, else the survey's first."""
    first = survey.languages[0] if survey.languages else "en"
    return tuple(FormLanguage(one.name, one.code or one.name or first) for one in spoken)


def as_in_sheets(language: FormLanguage) -> FormLanguage:
    """Return a language as the sheets know it: with the code in its own name, if any."""
    return FormLanguage(language.name, language_code(language.name))


def language_rows(version: FormVersion, form: CompiledForm) -> list[LanguageRow]:
    """Return how much of the form each language has, offered ones included that it lacks."""
    spoken = form_languages(version, form)
    offered = list(version.survey.languages)
    counts = {one.code: _counts(version, form, one) for one in spoken}
    total = counts[spoken[0].code][0]
    rows = [
        LanguageRow(one.code, one.name or one.code, one.code in offered, place == 0,
                    *counts[one.code])
        for place, one in enumerate(spoken)
    ]  # fmt: skip
    lacking = [code for code in offered if code not in counts]
    return [*rows, *(LanguageRow(code, "", True, False, total, 0) for code in lacking)]


def _counts(version: FormVersion, form: CompiledForm, language: FormLanguage) -> tuple[int, int]:
    if version.sheets:
        texts = translation_sheet(sheets_of(version), as_in_sheets(language))
        return len(texts), sum(1 for one in texts if one.text)
    own = form.texts.get(language.name, {})
    every = form.texts.get(form.default_language, {})
    said = [name for name, values in every.items() if any(v.string().strip() for v in values)]
    return len(said), sum(
        1 for name in said if any(value.string().strip() for value in own.get(name, ()))
    )


# ---------------------------------------------------------------------- findings


def findings(version: FormVersion, form: CompiledForm) -> list[Finding]:
    """Return what keeps a version from being published, then what is to be acknowledged."""
    spoken = {one.code: one.name for one in form_languages(version, form)}
    offered = list(version.survey.languages)
    rows = rows_by_path(version)
    found = [
        of_engine(one, rows.get(one.path, 0))
        for one in lint(form, [spoken[code] for code in offered if spoken.get(code)])
    ]
    if version.survey.kind == SurveyKind.INTERVIEW and not asks_consent(form):
        found.append(of_survey("consent"))
    found += [of_room("language", code, is_refused=True) for code in offered if code not in spoken]
    found += [
        of_room("missing-file", one.name)
        for one in named_files(version)
        if one.stored is None and not one.name.lower().endswith(LIST_ENDINGS)
    ]
    found += [of_sheets(kept) for kept in version.warnings if kept["code"] not in COUNTED]
    unchecked = unchecked_phrases(version.survey, _sources(version), offered)
    found += [of_room("unchecked", code, count=count) for code, count in unchecked.items()]
    return gather(found)


def unchecked_phrases(
    survey: Survey, sources: Iterable[str], offered: Sequence[str]
) -> dict[str, int]:
    """Return by language how many of the form's texts nobody has checked."""
    used = set(sources)
    counts: dict[str, int] = {}
    rows = Phrase.objects.filter(
        Q(state=PhraseState.DRAFT) | Q(state=PhraseState.MEMORY), survey=survey,
        language__in=offered,
    ).order_by("language", "id")  # fmt: skip
    for source, language in rows.values_list("source", "language"):
        if source in used:
            counts[language] = counts.get(language, 0) + 1
    return counts


def _sources(version: FormVersion) -> set[str]:
    """Return the texts of the form's default language."""
    if not version.sheets:
        return set()
    sheets = sheets_of(version)
    return {one.source for one in translation_sheet(sheets, languages(sheets).default)}


def named_files(version: FormVersion) -> list[FileRow]:
    """Return the files that the form names, with what is kept of each."""
    kept = {row.name: row.file for row in version.files.select_related("file").order_by("id")}
    names = dict.fromkeys(NAMED_FILE.findall(version.xform))
    return [FileRow(name, kept.get(name)) for name in names]


def acknowledged(version: FormVersion) -> frozenset[str]:
    """Return the names of the warnings that an officer has seen."""
    return frozenset(version.acknowledged)


def next_version(written: str) -> str:
    """Return a name for the version after: 7 → 8, 2021a → 2021a-2, 2021a-2 → 2021a-3."""
    stem, dash, number = written.rpartition("-")
    if written.isascii() and written.isdigit():
        return str(int(written) + 1).zfill(len(written))
    if dash and stem and number.isascii() and number.isdigit():
        return f"{stem}-{int(number) + 1}"
    return f"{written}-2"


def known_versions(form_id: str) -> Mapping[str, Any]:
    """Return the survey of each version of a form that was not refused, by version."""
    rows = FormVersion.objects.filter(form_id=form_id).exclude(state=VersionState.REFUSED)
    return dict(rows.values_list("version", "survey_id"))


def versions_between(before: FormVersion, after: FormVersion) -> list[FormVersion]:
    """Return the versions published after one, up to another, in order."""
    rows = FormVersion.objects.filter(
        survey_id=after.survey_id, state__in=IN_USE, number__gt=before.number,
        number__lte=after.number,
    )  # fmt: skip
    return list(rows.order_by("number"))
