"""Results of a wave: the tally of each question, the answers behind it, two waves side by side."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from serai.base.access import NotFound, Viewer
from serai.calc.xforms import Kind, Rank, Standing, Tally, ranks, tally
from serai.calc.xforms.tally import numbers
from serai.members.states.words import KIND_NAMES
from serai.surveys.models import FormVersion, Response, Wave
from serai.surveys.queries.board import section_titles
from serai.surveys.queries.cleared import Asking, Cleared, Told, cleared, forms_of, questions
from serai.surveys.queries.forms import compiled, parts_of
from serai.surveys.queries.waves import any_wave

COUNTRY, SORT = "country", "type"
BREAKDOWNS = (COUNTRY, SORT)


@dataclass(frozen=True)
class Counted:
    """One tally: of all, or of one group.

    Attributes:
        key: country code or kind of organisation; "" for all.
        ranks: how choices were placed; only of a ranking.
    """

    key: str
    name: str
    tally: Tally
    ranks: Mapping[str, Rank]


@dataclass(frozen=True)
class Result:
    """One question with its tally, and by group where it is broken down."""

    question: Asking
    whole: Counted
    groups: tuple[Counted, ...] = ()


@dataclass(frozen=True)
class Results:
    """Results of one section of a wave.

    Attributes:
        sections: slug and title of each with questions.
        responses: whose answers are read; of so many organisations and countries.
    """

    sections: tuple[tuple[str, str], ...]
    section: str
    rows: tuple[Result, ...]
    responses: tuple[Response, ...]
    organisation_count: int
    country_count: int


@dataclass(frozen=True)
class ByQuestion:
    """All answers to one question, with the question's tally; `responses` hold them."""

    result: Result
    rows: tuple[Told, ...]
    responses: tuple[Response, ...]


@dataclass(frozen=True)
class WaveQuestion:
    """One question of a wave, as an address names it."""

    wave: Wave
    path: str


@dataclass(frozen=True)
class Compared:
    """One question in two waves; `before` is None where the former one did not ask it."""

    question: Asking
    now: Counted
    before: Counted | None


def results(
    viewer: Viewer, wave: Wave, now: datetime, language: str, *, section: str = "", by: str = ""
) -> Results:
    """Return the tallies of one section of a wave, the first by default; five queries.

    Args:
        viewer: who reads: the secretariat all cleared answers, an expert those of their members.
        wave: whose answers.
        now: for what a form asks of the day.
        language: of labels.
        section: slug of the page of the form.
        by: "country" or "type" breaks each tally down; anything else does not.
    """
    asked = questions(wave, language)
    sections = sections_of(wave, asked, language)
    known = [slug for slug, _title in sections]
    shown = section if section in known else next(iter(known), "")
    found = cleared(viewer, wave, [one for one in asked if one.section == shown], now)
    return Results(
        sections,
        shown,
        tuple(counted(one, found.told[one.path], by) for one in found.questions),
        found.responses,
        len({one.organisation for one in found.bodies}),
        len({one.country for one in found.bodies if one.country}),
    )


def sections_of(
    wave: Wave, questions: Sequence[Asking], language: str
) -> tuple[tuple[str, str], ...]:
    """Return the pages of the wave's form that hold questions, then those of former versions."""
    form = compiled(wave.version)
    titles = dict(
        zip((part.slug for part in parts_of(form)), section_titles(form, language), strict=True)
    )
    asked = dict.fromkeys(one.section for one in questions)
    first = [slug for slug in titles if slug in asked]
    former = [slug for slug in asked if slug not in titles]
    return tuple((slug, titles.get(slug, slug.replace("-", " "))) for slug in [*first, *former])


def counted(question: Asking, rows: Sequence[Told], by: str = "") -> Result:
    """Count the answers to one question, and by group."""
    if by not in BREAKDOWNS:
        return Result(question, _count(question, rows))
    key, name = _grouping(by)
    groups: dict[str, list[Told]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    found = [_count(question, group, of, name(group[0])) for of, group in groups.items() if of]
    return Result(question, _count(question, rows), tuple(found))


def _grouping(by: str) -> tuple[Callable[[Told], str], Callable[[Told], str]]:
    """Return how an answer's group is found, and how it is called."""
    if by == COUNTRY:
        return (lambda row: row.iso3), (lambda row: row.country)
    return (lambda row: row.sort), (lambda row: str(dict(KIND_NAMES).get(row.sort, row.sort)))


def _count(question: Asking, rows: Iterable[Told], key: str = "", name: str = "") -> Counted:
    records = [row.record() for row in rows]
    found = tally(records, choices=question.values, is_many=question.kind is not Kind.ONE)
    placed = ranks(records, choices=question.values) if question.kind is Kind.RANK else {}
    return Counted(key, name, found, placed)


# ---------------------------------------------------------------- one question
def wave_question(viewer: Viewer, number: str, name: str) -> WaveQuestion:
    """Return one question of a wave.

    Raises:
        NotFound: there is no such wave, or none of its forms asks it.
    """
    wave, path = any_wave(viewer, number), f"/{name}"
    if not any(path in compiled(one).by_path for one in forms_of(wave)):
        raise NotFound(name)
    return WaveQuestion(wave, path)


def by_question(
    viewer: Viewer, asked: WaveQuestion, now: datetime, language: str, *, by: str = COUNTRY
) -> ByQuestion | None:
    """Return all answers to one question; None where none is the viewer's to read; five queries."""
    question = [one for one in questions(asked.wave, language) if one.path == asked.path]
    found = cleared(viewer, asked.wave, question, now)
    if not found.questions:
        return None
    rows = found.told[asked.path]
    telling = {row.response for row in rows}
    return ByQuestion(
        counted(found.questions[0], rows, by), rows,
        tuple(one for one in found.responses if one.public_id in telling),
    )  # fmt: skip


def country_values(found: ByQuestion, choice: str) -> dict[str, float]:
    """Return by country the share that chose something, in percent, or the median of numbers."""
    question = found.result.question
    groups: dict[str, list[str]] = {}
    for row in found.rows:
        if row.iso3 and row.standing is Standing.ANSWERED:
            groups.setdefault(row.iso3, []).append(row.value)
    if question.kind is Kind.NUMBER:
        return {iso3: median(known) for iso3, texts in groups.items() if (known := numbers(texts))}
    return {
        iso3: 100 * sum(choice in text.split() for text in texts) / len(texts)
        for iso3, texts in groups.items()
    }


# ---------------------------------------------------------------- for higher rooms
def answers(
    viewer: Viewer,
    wave: Wave,
    now: datetime,
    language: str,
    *,
    paths: Sequence[str] | None = None,
) -> Cleared:
    """Return the cleared answers of a wave that the viewer reads, by question; five queries."""
    asked = questions(wave, language)
    return cleared(viewer, wave, [one for one in asked if paths is None or one.path in paths], now)


# ---------------------------------------------------------------- two waves
@dataclass(frozen=True)
class TwoWaves:
    """Two waves side by side; `responses` are those of both that are read."""

    rows: tuple[Compared, ...]
    responses: tuple[Response, ...]


def other_waves(wave: Wave) -> list[Wave]:
    """Return the survey's other waves, sample apart from real, the latest first."""
    rows = Wave.objects.filter(survey=wave.survey, sample=wave.sample).exclude(pk=wave.pk)
    return list(rows.select_related("survey__initiative", "version").order_by("-opens_on", "-id"))


def compared_waves(
    viewer: Viewer, wave: Wave, before: Wave, now: datetime, language: str, *, section: str = ""
) -> TwoWaves:
    """Return the questions of one section in two waves, the former under the names it had then."""
    asked = [one for one in questions(wave, language) if section in {"", one.section}]
    former = _former_names(wave, before)
    names = {one.path: former.get(one.path, one.path) for one in asked}
    then = [one for one in questions(before, language) if one.path in names.values()]
    later, earlier = cleared(viewer, wave, asked, now), cleared(viewer, before, then, now)
    known = {one.path: one for one in earlier.questions}
    rows = tuple(
        Compared(
            one,
            _count(one, later.told[one.path]),
            _count(one, earlier.told[was]) if (was := names[one.path]) in known and earlier.told[was]
            else None,
        )
        for one in later.questions
    )  # fmt: skip
    return TwoWaves(rows, later.responses + earlier.responses)


def _former_names(wave: Wave, before: Wave) -> dict[str, str]:
    """Return, by path in a wave's version, the path in another wave's, through confirmed moves."""
    low, high = sorted((wave.version.number, before.version.number))
    moved: dict[str, str] = {}
    steps = FormVersion.objects.filter(
        survey=wave.survey, number__gt=low, number__lte=high
    ).order_by("number")
    for moves in steps.values_list("moves", flat=True):
        moved |= {new: moved.get(old, old) for new, old in moves.items()}
    if wave.version.number >= before.version.number:
        return moved
    return {old: new for new, old in moved.items()}
