"""Figures frozen for others, the askings they were made of, and what a country has let out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import NotFound, Viewer
from serai.calc.xforms import Kind, Protected
from serai.members.access import acts_for_country, is_focal_point, keys_after
from serai.members.queries import AudienceThing, ProposalFound, release_numbers, waiting_releases
from serai.members.states import Audience
from serai.surveys import access
from serai.surveys.models import Figure, Release, Wave
from serai.surveys.queries.cleared import Asking, questions
from serai.surveys.queries.own import in_words
from serai.surveys.states import ReleaseOf, ReleaseStep


@dataclass(frozen=True)
class FigureRow:
    """One frozen figure as its readers see it.

    Attributes:
        told: by group; "" for all.
        hash: SHA-256 of what it tells.
    """

    public_id: str
    wave: str
    wave_title: str
    survey_title: str
    path: str
    label: str
    choices: tuple[tuple[str, str], ...]
    statistic: str
    breakdown: str
    as_of: date
    audience: Audience
    n: int
    told: Mapping[str, Protected]
    hash: str
    sample: bool


@dataclass(frozen=True)
class ReleaseRow:
    """One country's word on an asking."""

    country: str
    state: ReleaseStep
    proposal: str


@dataclass(frozen=True)
class AskRow:
    """One asking, and what became of it so far."""

    ask: str
    wanted: Audience
    asked_by: str
    asked_at: datetime
    labels: tuple[str, ...]
    rows: tuple[ReleaseRow, ...]
    frozen_at: datetime | None

    @property
    def waits(self) -> bool:
        """Tell whether a country has not answered yet."""
        return any(row.state is ReleaseStep.ASKED for row in self.rows)

    @property
    def may_freeze(self) -> bool:
        """Tell whether figures can be made of it now."""
        is_given = any(row.state is ReleaseStep.CONSENTED for row in self.rows)
        return is_given and not self.waits and self.frozen_at is None


def releasable(wave: Wave, language: str = "en") -> list[Asking]:
    """Return the questions of which figures may be made: counted, and of no narrower audience."""
    return [
        one
        for one in questions(wave, language)
        if not one.is_narrow
        and one.kind is not Kind.TEXT
        and (one.values or one.kind is Kind.NUMBER)
    ]


def _figures() -> "QuerySet[Figure]":
    return Figure.objects.select_related("wave__survey__initiative").order_by("wave_id", "id")


def figures(viewer: Viewer, language: str, *, wave: str = "") -> list[FigureRow]:
    """Return the frozen figures a viewer reads, of all waves or one; two queries a wave at most."""
    rows = _figures().filter(wave__public_id=wave) if wave else _figures()
    known: dict[int, dict[str, Asking]] = {}
    found = []
    for row in rows:
        if access.may_see_figure(viewer, row):
            if row.wave_id not in known:
                known[row.wave_id] = {one.path: one for one in questions(row.wave, language)}
            found.append(_row(row, known[row.wave_id]))
    return found


def _row(row: Figure, known: Mapping[str, Asking]) -> FigureRow:
    question = known.get(row.path)
    return FigureRow(
        public_id=row.public_id,
        wave=row.wave.public_id,
        wave_title=in_words(row.wave.title),
        survey_title=in_words(row.wave.survey.title),
        path=row.path,
        label=question.label if question else row.path,
        choices=question.choices if question else (),
        statistic=row.statistic,
        breakdown=row.breakdown,
        as_of=row.as_of,
        audience=Audience(row.audience),
        n=row.n,
        told={name: Protected(**values) for name, values in row.values.items()},
        hash=row.hash,
        sample=row.sample,
    )


def figure(viewer: Viewer, public_id: str) -> Figure:
    """Return one frozen figure.

    Raises:
        NotFound: there is none, or it is not the viewer's to read.
    """
    found = _figures().filter(public_id=public_id).first()
    if found is None or not access.may_see_figure(viewer, found):
        raise NotFound("There is no such figure.")
    return found


def released_waves(viewer: Viewer) -> list[tuple[str, str]]:
    """Return number and title of the waves of which a viewer reads figures; one query."""
    found = {
        row.wave.public_id: f"{in_words(row.wave.survey.title)}: {in_words(row.wave.title)}"
        for row in _figures().exclude(audience=Audience.SECRETARIAT)
        if access.may_see_figure(viewer, row)
    }
    return list(found.items())


def first_figure(viewer: Viewer, number: str) -> Figure:
    """Return the first figure of a wave that a viewer reads.

    Raises:
        NotFound: there is none.
    """
    for row in _figures().filter(wave__public_id=number):
        if access.may_see_figure(viewer, row):
            return row
    raise NotFound("No figure of this wave is yours to read.")


def has_figures(viewer: Viewer, wave: Wave) -> bool:
    """Tell whether a viewer reads figures of a wave; one query."""
    return any(access.may_see_figure(viewer, row) for row in _figures().filter(wave=wave))


def figure_row(found: Figure, language: str) -> FigureRow:
    """Return a figure as its page shows it."""
    return _row(found, {one.path: one for one in questions(found.wave, language)})


# ---------------------------------------------------------------- the country
@dataclass(frozen=True)
class ConsentRow:
    """One consent asked of a country, answered or not; `number` leads to its page."""

    number: str
    title: str
    state: ReleaseStep
    asked_at: datetime
    sample: bool


def consents_of_country(viewer: Viewer) -> list[ConsentRow]:
    """Return the consents a focal point is asked for and has given, the latest first; two queries."""
    codes = [code for code in keys_after(viewer, "country") if is_focal_point(viewer, code)]
    if not codes:
        return []
    rows = list(
        Release.objects.filter(country__iso3__in=codes)
        .select_related("wave__survey")
        .order_by("-id")
    )
    numbers = release_numbers([thing_of(row) for row in rows])
    return [
        ConsentRow(
            numbers[thing_of(row)],
            f"{in_words(row.wave.survey.title)}: {in_words(row.wave.title)}",
            ReleaseStep(row.state),
            row.asked_at,
            row.sample,
        )
        for row in rows
        if thing_of(row) in numbers
    ]


# ---------------------------------------------------------------- askings
def asks(wave: Wave, language: str, of: ReleaseOf = ReleaseOf.FIGURES) -> list[AskRow]:
    """Return the askings of a wave for figures or for single answers, the latest first; three queries."""
    rows = list(
        Release.objects.filter(wave=wave, of=of)
        .select_related("country", "asked_by")
        .order_by("id")
    )
    waiting = waiting_releases([thing_of(row) for row in rows])
    found: dict[str, list[Release]] = {}
    for row in rows:
        found.setdefault(row.ask, []).append(row)
    labels = {one.path: one.label for one in questions(wave, language)} if found else {}
    return [_ask(group, labels, waiting) for group in reversed(found.values())]


def _ask(group: list[Release], labels: Mapping[str, str], waiting: Mapping[str, str]) -> AskRow:
    first = group[0]
    return AskRow(
        first.ask,
        Audience(first.wanted),
        str(first.asked_by) if first.asked_by else "",
        first.asked_at,
        tuple(labels.get(path, path) for path in first.paths),
        tuple(_release_row(one, waiting) for one in group),
        first.frozen_at,
    )


def _release_row(one: Release, waiting: Mapping[str, str]) -> ReleaseRow:
    name = in_words(one.country.shown_name) if one.country else _("Answers of no member")
    return ReleaseRow(name, ReleaseStep(one.state), waiting.get(thing_of(one), ""))


def thing_of(row: Release) -> str:
    """Return how the acts of release call a release."""
    return f"surveys.release:{row.pk}"


def proposed_release(proposal: ProposalFound) -> Release:
    """Return the release that a proposal is about.

    Raises:
        NotFound: it is gone, or another room's.
    """
    kind, _colon, number = proposal.thing.partition(":")
    found = (
        Release.objects.filter(pk=number)
        .select_related("wave__survey__initiative", "wave__version", "country")
        .first()
        if kind == "surveys.release"
        else None
    )
    if found is None:
        raise NotFound("What was proposed is gone.")
    return found


def things_of_country(viewer: Viewer, iso3: str) -> list[AudienceThing]:
    """Return what a country has let out of surveys; nothing for who does not act for it."""
    if not acts_for_country(viewer, iso3):
        return []
    rows = Release.objects.filter(country__iso3=iso3, state=ReleaseStep.CONSENTED)
    return [
        AudienceThing(
            thing=thing_of(row),
            title=f"{in_words(row.wave.survey.title)}: {in_words(row.wave.title)}",
            address=_shown_at(row),
            audience=Audience(row.audience),
            kind=_("Answers counted in figures")
            if row.of == ReleaseOf.FIGURES
            else _("Answers shown one by one"),
            is_sample=row.sample,
        )
        for row in rows.select_related("wave__survey").order_by("id")
    ]


def _shown_at(row: Release) -> str:
    """Return where others read what a country has let out; "" before figures are made of it."""
    number = [row.wave.public_id]
    if row.of == ReleaseOf.ANSWERS:
        return reverse("surveys:released", args=number)
    return reverse("surveys:figures", args=number) if row.frozen_at else ""
