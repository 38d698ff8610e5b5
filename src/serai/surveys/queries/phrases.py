"""Translations of a survey's forms: the texts of the form at work, with what is remembered."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from serai.base.access import NotFound, Viewer
from serai.base.languages import language_name
from serai.base.tables import Table
from serai.base.xlsform import (
    FormLanguage,
    FormSheets,
    translation_sheet,
    translation_table,
    with_translations,
)
from serai.base.xlsform.tongues import languages
from serai.surveys.access import is_staff
from serai.surveys.models import FormVersion, Phrase, Survey, Translator
from serai.surveys.queries.sheets import sheets_of
from serai.surveys.states import PhraseState, VersionState

IN_USE = (VersionState.PUBLISHED.value, VersionState.CHECKED.value)
QUOTE = re.compile(r"\$\{\s*([^}\s]*)\s*\}")


@dataclass(frozen=True)
class LanguageOf:
    """One language of one survey: what a page of translations is about."""

    survey: Survey
    language: str

    @property
    def name(self) -> str:
        """Return the language's name in the reader's language."""
        return language_name(self.language)


@dataclass(frozen=True)
class PhraseRow:
    """One text with its translation.

    Attributes:
        hash: names it in forms and tables.
        seen: what it is now, to find another's change by.
        is_in_form: the form at work says the same.
    """

    hash: str
    source: str
    text: str
    state: str
    seen: str
    changed_by: str
    is_in_form: bool


@dataclass(frozen=True)
class MissingText:
    """One text without any translation: where it stands in the form, such as "office/name label"."""

    hash: str
    key: str
    source: str


@dataclass(frozen=True)
class LanguageProgress:
    """How far the texts of one language have come, by state.

    Attributes:
        waiting: texts that differ from what the form says.
        missing: the texts without any translation, in the form's order.
    """

    language: str
    counts: Mapping[str, int]
    waiting: int
    translators: tuple[tuple[str, str], ...] = ()
    missing: tuple[MissingText, ...] = ()

    @property
    def name(self) -> str:
        """Return the language's name in the reader's language."""
        return language_name(self.language)

    @property
    def total(self) -> int:
        """Return how many texts there are."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """Return how many have any translation."""
        return self.total - self.counts[PhraseState.MISSING]

    @property
    def percent(self) -> int:
        """Return whole percents, rounded down."""
        return 100 * self.done // self.total if self.total else 0


def source_hash(source: str) -> str:
    """Return what names a text."""
    return hashlib.sha256(source.encode()).hexdigest()


def seen_mark(text: str, state: str) -> str:
    """Return what a page keeps of a text as it was shown."""
    return hashlib.sha256(f"{state}\n{text}".encode()).hexdigest()[:16]


def quotes(text: str) -> list[str]:
    """Return the names of the answers that a text quotes, as `${name}`."""
    return sorted(QUOTE.findall(text))


def form_at_work(survey: Survey) -> FormVersion | None:
    """Return the form that is translated: the checked one, else the published one."""
    rows = survey.versions.filter(state__in=IN_USE).exclude(sheets={}).defer("xform")
    return rows.order_by("-number").first()


def language_of(viewer: Viewer, public_id: str, language: str) -> LanguageOf:
    """Return one language of a survey's forms that can be translated.

    Raises:
        NotFound: there is no such survey, or it does not offer the language.
    """
    del viewer
    survey = Survey.objects.select_related("initiative").filter(public_id=public_id).first()
    if survey is None or language not in survey.languages:
        raise NotFound(f"{public_id}/{language}")
    return LanguageOf(survey, language)


def language_in(sheets: FormSheets, survey: Survey, code: str) -> FormLanguage:
    """Return a language as the sheets name it, or as they shall."""
    first = survey.languages[0] if survey.languages else "en"
    for one in languages(sheets).all:
        if (one.code or one.name or first) == code:
            return one
    name = language_name(code)
    return FormLanguage(f"{name} ({code})", code)


def default_code(sheets: FormSheets, survey: Survey) -> str:
    """Return the code of the language that a form is written in."""
    one = languages(sheets).default
    return one.code or one.name or (survey.languages[0] if survey.languages else "en")


def source_language(survey: Survey) -> str:
    """Return the code of the language that the form at work is written in."""
    version = form_at_work(survey)
    return default_code(sheets_of(version), survey) if version else "en"


def texts_by_language(version: FormVersion) -> dict[str, dict[str, str]]:
    """Return for each offered language but the form's own what each text says; the first counts."""
    sheets = sheets_of(version)
    own = default_code(sheets, version.survey)
    found: dict[str, dict[str, str]] = {}
    for code in version.survey.languages:
        if code == own:
            continue
        texts: dict[str, str] = {}
        for one in translation_sheet(sheets, language_in(sheets, version.survey, code)):
            if not texts.get(one.source):
                texts[one.source] = one.text
        found[code] = texts
    return found


def phrases(viewer: Viewer, of: LanguageOf, *, state: str = "") -> list[PhraseRow]:
    """Return the texts of the form at work in one language, in its order; three queries."""
    del viewer
    version = form_at_work(of.survey)
    if version is None:
        return []
    version.survey = of.survey
    said = texts_by_language(version).get(of.language, {})
    kept = {
        row.source_hash: row
        for row in of.survey.phrases.filter(language=of.language).select_related("changed_by")
    }
    rows = (_row(source, text, kept.get(source_hash(source))) for source, text in said.items())
    return [row for row in rows if not state or row.state == state]


def _row(source: str, in_form: str, kept: Phrase | None) -> PhraseRow:
    text, state = (kept.text, kept.state) if kept else ("", PhraseState.MISSING.value)
    changed_by = kept.changed_by.full_name if kept and kept.changed_by and kept.text else ""
    return PhraseRow(
        source_hash(source), source, text, state, seen_mark(text, state), changed_by,
        is_in_form=text == in_form,
    )  # fmt: skip


def progress(viewer: Viewer, survey: Survey) -> list[LanguageProgress]:
    """Return how far each offered language has come, as far as the viewer translates it."""
    version = form_at_work(survey)
    if version is None:
        return []
    version.survey = survey
    kept: dict[str, dict[str, tuple[str, str]]] = {}
    rows = survey.phrases.values_list("language", "source_hash", "text", "state")
    for language, name, text, state in rows.order_by("id"):
        kept.setdefault(language, {})[name] = (text, state)
    people: dict[str, list[tuple[str, str]]] = {}
    own: set[str] = set()
    for one in survey.translators.select_related("person").order_by("person__full_name", "id"):
        people.setdefault(one.language, []).append((str(one.pk), one.person.full_name))
        if one.person_id == viewer.person_id:
            own.add(one.language)
    sees_all = is_staff(viewer, survey)
    keys = _keys(version)
    return [
        _progress(code, texts, kept.get(code, {}), tuple(people.get(code, ())), keys)
        for code, texts in texts_by_language(version).items()
        if sees_all or code in own
    ]


def _keys(version: FormVersion) -> dict[str, str]:
    """Return where each text stands first."""
    sheets = sheets_of(version)
    rows = translation_sheet(sheets, languages(sheets).default)
    return {one.source: one.key for one in reversed(rows)}


def _progress(
    code: str,
    texts: Mapping[str, str],
    kept: Mapping[str, tuple[str, str]],
    translators: tuple[tuple[str, str], ...],
    keys: Mapping[str, str],
) -> LanguageProgress:
    counts = dict.fromkeys((state.value for state in PhraseState), 0)
    waiting = 0
    missing: list[MissingText] = []
    for source, in_form in texts.items():
        text, state = kept.get(source_hash(source), ("", PhraseState.MISSING.value))
        counts[state] += 1
        waiting += bool(text) and text != in_form
        if state == PhraseState.MISSING:
            missing.append(MissingText(source_hash(source), keys[source], source))
    return LanguageProgress(code, counts, waiting, translators, tuple(missing))


def texts_to_put(version: FormVersion) -> Iterator[tuple[FormLanguage, dict[str, str]]]:
    """Yield for each language the remembered texts by key that a form does not say yet.

    Where sheets translate one text in several ways, those stay; only what is empty is filled.
    """
    sheets = sheets_of(version)
    own = default_code(sheets, version.survey)
    rows = version.survey.phrases.exclude(text="").values_list("language", "source", "text")
    kept = {(language, source): text for language, source, text in rows.order_by("id")}
    for code in version.survey.languages:
        if code == own:
            continue
        language = language_in(sheets, version.survey, code)
        texts = translation_sheet(sheets, language)
        ways: dict[str, set[str]] = {}
        for one in texts:
            ways.setdefault(one.source, set()).update({one.text} - {""})
        given = {
            one.key: kept[code, one.source]
            for one in texts
            if (code, one.source) in kept
            and kept[code, one.source] != one.text
            and (not one.text or len(ways[one.source]) == 1)
        }
        if given:
            yield language, given


def waiting_count(version: FormVersion) -> int:
    """Return how many remembered texts a form does not say yet."""
    return sum(len(given) for _language, given in texts_to_put(version))


def phrases_table(of: LanguageOf) -> Table | None:
    """Return the texts as a table to download, as they are remembered; none without a form."""
    version = form_at_work(of.survey)
    if version is None:
        return None
    version.survey = of.survey
    sheets = sheets_of(version)
    for language, given in texts_to_put(version):
        sheets, _unknown = with_translations(sheets, language, given)
    return translation_table(sheets, language_in(sheets, of.survey, of.language))


def sources_by_key(of: LanguageOf) -> dict[str, str]:
    """Return what each key of the downloaded table means in the form's own language."""
    version = form_at_work(of.survey)
    if version is None:
        return {}
    sheets = sheets_of(version)
    language = language_in(sheets, of.survey, of.language)
    return {one.key: one.source for one in translation_sheet(sheets, language)}


def translator(viewer: Viewer, pk: str) -> Translator:
    """Return one right to translate."""
    del viewer
    rows = Translator.objects.select_related("survey__initiative", "person")
    found = rows.filter(pk=pk).first() if pk.isdigit() and len(pk) < 10 else None
    if found is None:
        raise NotFound(pk)
    return found
