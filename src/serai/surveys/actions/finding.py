"""Let people find by words what the room holds, never more than each may open.

Answers are found where a country has let them out, and nowhere else: a response is found by its
title and by its form's questions, those with a narrower audience left out.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import override

from serai.base import search
from serai.members.access import audience_keys, person_key, share_key
from serai.members.states import Audience
from serai.surveys import access
from serai.surveys.actions.acts import label
from serai.surveys.models import Figure, FormVersion, Release, Response, Survey, Wave
from serai.surveys.queries.figures import figure_row
from serai.surveys.queries.forms import compiled, parts_of
from serai.surveys.queries.own import in_words
from serai.surveys.queries.previewing import preview
from serai.surveys.queries.released import let_out
from serai.surveys.queries.responses import whole_responses
from serai.surveys.queries.versions import form_languages
from serai.surveys.states import ReleaseOf, ReleaseStep, VersionState

KEPT_TEXTS = 64
LONGEST_CODE = 10
"""The index keeps no longer tag of a language; a form's language without one has its whole name."""


def findable() -> Iterator[search.Findable]:
    """Return all that is found of the room, for building the index anew."""
    for one in Survey.objects.select_related("initiative").order_by("id"):
        yield from _of_survey(one)


def index_all_of(survey: Survey, now: datetime) -> None:
    """Index a survey and all that bears its name again."""
    for found in _of_survey(survey):
        found.index(now)


def index_pages_of(survey: Survey, now: datetime) -> None:
    """Index again what a survey's officers and translators open, as these are others now."""
    for found in _pages_of(survey):
        found.index(now)


def _of_survey(survey: Survey) -> Iterator[search.Findable]:
    yield from _pages_of(survey)
    for wave in survey.waves.order_by("id"):
        wave.survey = survey
        yield from _bearing(wave)


def _pages_of(survey: Survey) -> Iterator[search.Findable]:
    yield search.Findable(label(survey), partial(index_survey, survey))
    for form in survey.versions.filter(state=VersionState.PUBLISHED):
        form.survey = survey
        yield from _sections(form)
    for wave in survey.waves.order_by("id"):
        wave.survey = survey
        yield search.Findable(label(wave), partial(index_wave, wave))


def index_all_of_wave(wave: Wave, now: datetime) -> None:
    """Index a wave and all that bears its name again."""
    index_wave(wave, now)
    for found in _bearing(wave):
        found.index(now)


def _bearing(wave: Wave) -> Iterator[search.Findable]:
    """Return what bears a wave's name and has readers of its own."""
    for response in whole_responses().filter(wave=wave).order_by("id"):
        if _is_found(response):
            yield search.Findable(label(response), partial(index_response, response))
    for release in _released(wave=wave.pk):
        yield search.Findable(label(release), partial(index_release, release))
    for figure in wave.figures.order_by("id"):
        figure.wave = wave
        yield search.Findable(label(figure), partial(index_figure, figure))


def _write(
    thing: str,
    codes: Iterable[str],
    say: Callable[[str], tuple[str, str, str]],
    keys: Iterable[str],
    *,
    sample: bool,
    now: datetime,
) -> None:
    """Write one entry for each language; `say` returns title, text and address, "" for nothing."""
    search.remove(thing)
    for code in codes:
        with override(code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
            title, text, address = say(code)
        if title:
            search.index(
                thing=thing, language=code, title=title, text=f"{title} {text}", address=address,
                keys=keys, now=now, sample=sample,
            )  # fmt: skip


def _codes(survey: Survey) -> list[str]:
    return [code for code, _said, _state in survey.title.texts]


def _initiative(survey: Survey) -> str | None:
    return survey.initiative.code if survey.initiative else None


# ---------------------------------------------------------------- for who looks after surveys
def _keepers(survey: Survey) -> frozenset[str]:
    """Return the keys of a survey's officers and translators, who open its pages."""
    people = survey.translators.order_by("id").values_list("person_id", flat=True)
    staff = audience_keys(audience=Audience.SECRETARIAT, initiative=_initiative(survey))
    return staff | {person_key(number) for number in people}


def index_survey(one: Survey, now: datetime) -> None:
    """Index a survey by title and code."""
    _write(
        label(one), _codes(one),
        lambda _code: (
            in_words(one.title), one.code, reverse("surveys:survey", args=[one.public_id])
        ),
        _keepers(one), sample=one.sample, now=now,
    )  # fmt: skip


def index_wave(one: Wave, now: datetime) -> None:
    """Index a wave by its title and its survey's."""
    _write(
        label(one), _codes(one.survey),
        lambda _code: (_title(one), "", reverse("surveys:wave", args=[one.public_id])),
        _keepers(one.survey), sample=one.sample, now=now,
    )  # fmt: skip


def _title(wave: Wave) -> str:
    return f"{in_words(wave.survey.title)}: {in_words(wave.title)}"


def index_form(version: FormVersion, now: datetime) -> None:
    """Index each section of a form that is published now by its title and its questions' labels.

    What countries have let out is indexed again: a question may have narrower readers since.
    """
    for found in _sections(version):
        found.index(now)
    for release in _released(wave__survey=version.survey_id):
        index_release(release, now)


def forget_form(version: FormVersion) -> None:
    """Let nobody find the sections of a form that another has taken the place of."""
    for found in _sections(version):
        search.remove(found.thing)


def _sections(version: FormVersion) -> Iterator[search.Findable]:
    for place in range(len(parts_of(compiled(version)))):
        yield search.Findable(
            f"surveys.section:{version.pk}.{place}", partial(_index_section, version, place)
        )


def _index_section(version: FormVersion, place: int, now: datetime) -> None:
    def say(code: str) -> tuple[str, str, str]:
        one = _said(version.pk, version.sha256, code)[place]
        page = reverse("surveys:preview_version", args=[version.public_id])
        title = f"{one.title} ({in_words(version.survey.title)})"
        return title, " ".join(one.open + one.narrow), f"{page}?in={code}#{one.slug}"

    _write(
        f"surveys.section:{version.pk}.{place}", _spoken(version), say, _keepers(version.survey),
        sample=version.survey.sample, now=now,
    )  # fmt: skip


def _spoken(version: FormVersion) -> list[str]:
    found = (one.code for one in form_languages(version, compiled(version)))
    return [code for code in found if len(code) <= LONGEST_CODE]


@dataclass(frozen=True)
class _Section:
    """What one section of a form says in one language.

    Attributes:
        open: labels of questions whose answers every reader of a response reads.
        narrow: those whose answers fewer read.
    """

    slug: str
    title: str
    open: tuple[str, ...]
    narrow: tuple[str, ...]


@lru_cache(maxsize=KEPT_TEXTS)
def _said(version_id: int, _sha256: str, code: str) -> tuple[_Section, ...]:
    """Return what the sections of a published form say: it never changes."""
    version = FormVersion.objects.select_related("survey").get(pk=version_id)
    narrow = {one.path for one in compiled(version).specs if one.binds.get("serai:audience")}
    return tuple(
        _Section(
            one.slug, one.title,
            tuple(asked.label for asked in one.questions if asked.path not in narrow),
            tuple(asked.label for asked in one.questions if asked.path in narrow),
        )
        for one in preview(version, code)
    )  # fmt: skip


# ---------------------------------------------------------------- for who answers, and reads
def _is_found(response: Response) -> bool:
    """Tell whether a response has people who look for it: of no name, its hour would be told."""
    return response.invitation is not None and not response.wave.survey.is_anonymous


def index_response(one: Response, now: datetime) -> None:
    """Index a response by whose it is and what it is asked; none of its answers."""
    if not _is_found(one):
        return

    def say(code: str) -> tuple[str, str, str]:
        page = reverse("surveys:response", args=[one.public_id])
        return f"{_title(one.wave)}{_whose(one)}", _asked(one.version, code), page

    _write(label(one), _codes(one.wave.survey), say, _readers(one), sample=one.sample, now=now)


def _whose(response: Response) -> str:
    asked = response.invitation
    if asked is None or asked.organisation is None:
        return ""
    names = [in_words(asked.organisation.names), asked.unit_label]
    return f" ({', '.join(name for name in names if name)})"


def _asked(version: FormVersion, code: str) -> str:
    """Return the labels of a form's questions, but those whose answers fewer people read."""
    sections = _said(version.pk, version.sha256, code)
    return " ".join(text for one in sections for text in (one.title, *one.open))


def _readers(response: Response) -> frozenset[str]:
    """Return the keys of those who open a response whatever else they are.

    Its named lead and signer; once signed its country; once cleared the secretariat, experts, and
    whom it is shared with. Delegates and colleagues open more than they find: their right ends
    with a role, and no key ends with it.
    """
    asked = response.invitation
    if asked is None:
        return frozenset()
    keys = {person_key(number) for number in (asked.lead_id, asked.signer_id) if number}
    iso3 = access.iso3_of(response) or None
    if access.is_read_by_country(response):
        keys |= audience_keys(audience=Audience.COUNTRY, iso3=iso3)
    if access.is_read_by_secretariat(response):
        initiative = _initiative(response.wave.survey)
        keys |= audience_keys(audience=Audience.SECRETARIAT, iso3=iso3, initiative=initiative)
        keys.add(share_key(label(response)))
    return frozenset(keys)


# ---------------------------------------------------------------- for others
def _released(**where: int | None) -> "QuerySet[Release]":
    rows = Release.objects.filter(of=ReleaseOf.ANSWERS, state=ReleaseStep.CONSENTED, **where)
    return rows.select_related("wave__survey__initiative", "wave__version", "country").order_by(
        "id"
    )


def index_releases_of(response: Response, now: datetime) -> None:
    """Index again what a response's country has let out: some of it is withdrawn, or erased."""
    asked = response.invitation
    if asked is not None and asked.country_id is not None:
        for one in _released(wave=response.wave_id, country=asked.country_id):
            index_release(one, now)


def index_release(one: Release, now: datetime) -> None:
    """Index the answers that a country lets others read; nothing once it takes that back."""
    if one.of != ReleaseOf.ANSWERS or one.state != ReleaseStep.CONSENTED:
        search.remove(label(one))
        return
    survey = one.wave.survey

    def say(code: str) -> tuple[str, str, str]:
        rows = let_out(one, now, code).rows
        country = in_words(one.country.shown_name) if one.country else ""
        text = " ".join(f"{row.place} {row.question} {row.words}" for row in rows)
        page = reverse("surveys:released", args=[one.wave.public_id])
        return (f"{country}: {_title(one.wave)}" if rows else ""), text, page

    _write(
        label(one), _codes(survey), say,
        audience_keys(audience=one.audience, initiative=_initiative(survey)),
        sample=one.sample, now=now,
    )  # fmt: skip


def index_figures_of(ask: str, now: datetime) -> None:
    """Index the figures of an asking again, as their audience has changed."""
    rows = Figure.objects.filter(ask=ask).select_related("wave__survey__initiative")
    for one in rows.order_by("id"):
        index_figure(one, now)


def index_figure(one: Figure, now: datetime) -> None:
    """Index a frozen figure by its question, for its audience."""
    survey = one.wave.survey

    def say(code: str) -> tuple[str, str, str]:
        question = figure_row(one, code).label
        page = reverse("surveys:figure", args=[one.public_id])
        return f"{question} ({_title(one.wave)})", "", page

    _write(
        label(one), _codes(survey), say,
        audience_keys(audience=one.audience, initiative=_initiative(survey)),
        sample=one.sample, now=now,
    )  # fmt: skip
