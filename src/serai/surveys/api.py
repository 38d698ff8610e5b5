"""What surveys answer in the open API, through the queries of their pages; cleared answers alone.

Visitors read the figures and the answers that are public, and nothing else.
"""

from collections import Counter
from dataclasses import asdict
from datetime import date, datetime

from django.utils.translation import get_language
from ninja import Query, Router, Schema

from serai.base.access import NotFound, ServedRequest, anyone, signed_in
from serai.base.api import Page, PageAsked, page_of, reads, texts
from serai.surveys import access, actions, queries
from serai.surveys.queries.released import ReleasedRow, released
from serai.surveys.states import ReadingWay

router = Router()


class OfWave(PageAsked):
    """Which page, of which wave."""

    wave: str


class SurveyShown(Schema):
    """One survey; texts by language."""

    id: str
    code: str
    title: dict[str, str]
    kind: str
    state: str
    initiative: dict[str, str]
    waves: int
    asked: int
    answered: int
    due_on: date | None
    sample: bool


@reads(
    router, "/surveys", may=access.may_see_surveys, response=Page[SurveyShown],
    summary="The surveys the asker looks after, by code",
)  # fmt: skip
def surveys(request: ServedRequest, asked: Query[PageAsked]) -> dict[str, object]:
    """List the surveys of the asker's initiatives, and those they translate."""
    rows = sorted(queries.surveys(request.viewer), key=lambda row: row.code)
    return page_of(request, rows, asked, key=lambda row: row.code, item=_survey)


def _survey(row: queries.SurveyRow) -> SurveyShown:
    return SurveyShown(
        id=row.public_id, code=row.code, title=texts(row.title), kind=row.kind, state=row.state,
        initiative=texts(row.initiative), waves=row.wave_count, asked=row.asked_count,
        answered=row.answered_count, due_on=row.due_on, sample=row.sample,
    )  # fmt: skip


class WavesAsked(PageAsked):
    """Waves of one survey, by its code, or of all."""

    survey: str = ""


class WaveShown(Schema):
    """One wave; a country's people count their own bodies."""

    id: str
    survey: str
    title: dict[str, str]
    version: str
    opens_on: date
    due_on: date
    state: str
    asked: int
    answered: int
    sample: bool


@reads(
    router, "/waves", may=signed_in, response=Page[WaveShown],
    summary="The waves the asker looks after, or that ask their country",
)  # fmt: skip
def waves(request: ServedRequest, asked: Query[WavesAsked]) -> dict[str, object]:
    """List the waves that the asker may follow."""
    rows = queries.waves_seen(request.viewer, asked.survey)
    return page_of(request, rows, asked, key=lambda row: row.public_id, item=_wave)


def _wave(row: queries.WaveSeen) -> WaveShown:
    return WaveShown(
        id=row.public_id, survey=row.survey, title=texts(row.title), version=row.version,
        opens_on=row.opens_on, due_on=row.due_on, state=row.state, asked=row.asked_count,
        answered=row.answered_count, sample=row.sample,
    )  # fmt: skip


class SectionShown(Schema):
    """One section of one body's answers: how far it has come, and its share in percent."""

    title: str
    mark: str | None
    percent: float | None


class BoardRowShown(Schema):
    """One body: states and shares, never an answer."""

    id: str
    country: str | None
    place: str
    due_on: date
    invitation: str
    response: str | None
    percent: int | None
    is_signed: bool
    is_cleared: bool
    is_late: bool
    open_requests: int
    sections: list[SectionShown]
    sample: bool


@reads(
    router, "/board", may=signed_in, response=Page[BoardRowShown],
    summary="How far the bodies of a wave have come",
)  # fmt: skip
def board(request: ServedRequest, asked: Query[OfWave]) -> dict[str, object]:
    """List the bodies of a wave; a country's people see their own."""
    found = queries.any_wave(request.viewer, asked.wave)
    if not access.may_see_board(request.viewer, found):
        raise NotFound(asked.wave)
    whole = queries.board(request.viewer, found, request.now)
    rows = sorted(whole.rows, key=lambda row: row.public_id)
    return page_of(
        request, rows, asked, key=lambda row: row.public_id,
        item=lambda row: _board_row(row, whole.sections),
    )  # fmt: skip


def _board_row(row: queries.BoardRow, titles: tuple[str, ...]) -> BoardRowShown:
    return BoardRowShown(
        id=row.public_id, country=row.iso3 or None, place=row.place, due_on=row.due_on,
        invitation=row.invitation_state, response=row.state, percent=row.percent,
        is_signed=row.is_signed, is_cleared=row.is_cleared, is_late=row.is_late,
        open_requests=row.open_requests, sample=row.sample,
        sections=[
            SectionShown(title=title, mark=mark, percent=share)
            for title, mark, share in zip(titles, row.marks, row.shares, strict=True)
        ],
    )  # fmt: skip


class EntryShown(Schema):
    """One entry of a repeat."""

    repeat: str
    entry: str
    parent: str | None
    number: int


class AnswerShown(Schema):
    """One cleared answer, choices by their codes; or why there is none."""

    path: str
    entry: str | None
    value: str
    reason: str | None
    version: str
    set_aside: bool
    at: datetime | None


class ResponseShown(Schema):
    """One response as it was cleared."""

    id: str
    organisation: str
    unit: str
    country: str | None
    state: str
    version: str
    entries: list[EntryShown]
    answers: list[AnswerShown]
    sample: bool


@reads(
    router, "/answers", may=signed_in, response=Page[ResponseShown],
    summary="The cleared answers of a wave, a response an item",
)  # fmt: skip
def answers(request: ServedRequest, asked: Query[OfWave]) -> dict[str, object]:
    """List the responses whose cleared answers the asker reads, as the export has them."""
    found = _exported(request, asked.wave)
    numbers = queries.exported(request.viewer, found)
    page = page_of(request, numbers, asked, key=str, item=str)
    whole = queries.export(
        request.viewer,
        found,
        request.now,
        get_language() or "en",
        only=page["items"],  # type: ignore[arg-type]
    )
    actions.note_readings(
        responses=whole.read, way=ReadingWay.API, by=request.viewer, now=request.now
    )
    rows = sorted(whole.responses, key=lambda row: row.public_id)
    return page | {"items": [_response(row, whole) for row in rows]}


def _exported(request: ServedRequest, wave: str) -> queries.Wave:
    found = queries.any_wave(request.viewer, wave)
    if not access.may_export(request.viewer, found):
        raise NotFound(wave)
    return found


def _response(row: queries.Answered, whole: queries.Export) -> ResponseShown:
    known = {item.path for item in whole.items}
    return ResponseShown(
        id=row.public_id, organisation=row.organisation, unit=row.unit,
        country=row.country or None, state=row.state, version=row.version, sample=whole.sample,
        entries=[
            EntryShown(
                repeat=entry.repeat_path, entry=entry.key, parent=entry.parent or None,
                number=number,
            )
            for entry, number in row.entries
        ],
        answers=[
            AnswerShown(
                path=ref.path, entry=ref.entry or None, value=held.value,
                reason=held.reason or None, version=held.version, set_aside=held.is_aside,
                at=held.at,
            )
            for ref, held in sorted(row.answers.items())
            if ref.path in known
        ],
    )  # fmt: skip


class ChoiceShown(Schema):
    """One choice: its code, and its words in the page's language."""

    value: str
    label: str


class QuestionShown(Schema):
    """One question of all versions: what explains its answers; n counts responses with a value."""

    path: str
    column: str
    repeat: str | None
    type: str
    label: str
    choices: list[ChoiceShown]
    rules: dict[str, str]
    weight: float
    audience: str | None
    versions: list[str]
    n: int


@reads(
    router, "/codebook", may=signed_in, response=Page[QuestionShown],
    summary="The questions of a wave's survey, all versions, by path",
)  # fmt: skip
def codebook(request: ServedRequest, asked: Query[OfWave]) -> dict[str, object]:
    """List the questions with what the asker needs to read the answers."""
    found = _exported(request, asked.wave)
    whole = queries.export(request.viewer, found, request.now, get_language() or "en")
    counts = Counter(
        path
        for row in whole.responses
        for path in {ref.path for ref, held in row.answers.items() if held.value}
    )
    rows = sorted(whole.items, key=lambda row: row.path)
    return page_of(
        request, rows, asked, key=lambda row: row.path,
        item=lambda row: _question(row, counts[row.path]),
    )  # fmt: skip


def _question(row: queries.Item, n: int) -> QuestionShown:
    return QuestionShown(
        path=row.path, column=row.name, repeat=row.repeat_path or None, type=row.type,
        label=row.label, rules=dict(row.rules), weight=row.weight, audience=row.audience or None,
        choices=[ChoiceShown(value=value, label=label) for value, label in row.choices],
        versions=list(row.versions), n=n,
    )  # fmt: skip


class AskedBackShown(Schema):
    """One question that was asked back about an answer; the answer itself stands in `answers`."""

    id: str
    response: str
    path: str
    entry: str | None
    question: dict[str, str]
    reason: str
    due_on: date | None
    reply: str
    state: str
    asked_at: datetime | None
    answered_at: datetime | None
    sample: bool


@reads(
    router, "/requests", may=signed_in, response=Page[AskedBackShown],
    summary="What was asked back in a wave",
)  # fmt: skip
def requests(request: ServedRequest, asked: Query[OfWave]) -> dict[str, object]:
    """List the questions asked back about answers that the asker reads."""
    found = _exported(request, asked.wave)
    rows = queries.requests_in(request.viewer, found)
    page = page_of(request, rows, asked, key=lambda row: row.public_id, item=lambda row: row)
    shown: list[queries.RequestKnown] = page["items"]  # type: ignore[assignment]
    actions.note_readings(
        responses={row.of.pk: row.of for row in shown}.values(), way=ReadingWay.API,
        by=request.viewer, now=request.now,
    )  # fmt: skip
    return page | {"items": [_asked_back(row) for row in shown]}


def _asked_back(row: queries.RequestKnown) -> AskedBackShown:
    return AskedBackShown(
        id=row.public_id, response=row.of.public_id, path=row.path, entry=row.entry or None,
        question=texts(row.question), reason=row.reason, due_on=row.due_on, reply=row.reply,
        state=row.state, asked_at=row.asked_at, answered_at=row.answered_at, sample=row.sample,
    )  # fmt: skip


class FiguresAsked(PageAsked):
    """Figures of one wave, or of all."""

    wave: str = ""


class ToldShown(Schema):
    """What is told of one group; shares and middle values, rounded as on the page."""

    group: str | None
    n: int
    shares: dict[str, float]
    places: dict[str, float]
    lower: float | None
    median: float | None
    upper: float | None
    mean: float | None


class FigureShown(Schema):
    """One frozen figure: made once, never changed."""

    id: str
    wave: str
    survey: str
    path: str
    question: str
    choices: list[ChoiceShown]
    statistic: str
    breakdown: str | None
    as_of: date
    audience: str
    n: int
    told: list[ToldShown]
    hash: str
    sample: bool


@reads(
    router, "/figures", may=anyone, response=Page[FigureShown],
    summary="The frozen figures that the asker reads",
)  # fmt: skip
def figures(request: ServedRequest, asked: Query[FiguresAsked]) -> dict[str, object]:
    """List the frozen figures of all waves or one; a visitor reads what is public."""
    rows = queries.figures(request.viewer, get_language() or "en", wave=asked.wave)
    return page_of(request, rows, asked, key=lambda row: row.public_id, item=_figure)


def _figure(row: queries.FigureRow) -> FigureShown:
    return FigureShown(
        id=row.public_id, wave=row.wave, survey=row.survey_title, path=row.path,
        question=row.label, statistic=row.statistic, breakdown=row.breakdown or None,
        choices=[ChoiceShown(value=value, label=label) for value, label in row.choices],
        as_of=row.as_of, audience=row.audience, n=row.n, hash=row.hash, sample=row.sample,
        told=[ToldShown(group=name or None, **asdict(one)) for name, one in row.told.items()],
    )  # fmt: skip


class ReleasedShown(Schema):
    """One answer that a country let others read, as it stood when the country consented."""

    id: str
    wave: str
    country: str
    organisation: str
    path: str
    question: str
    number: int | None
    value: str
    words: str
    as_of: date
    audience: str
    sample: bool


@reads(
    router, "/released", may=anyone, response=Page[ReleasedShown],
    summary="The single answers of a wave that countries let the asker read",
)  # fmt: skip
def released_answers(request: ServedRequest, asked: Query[OfWave]) -> dict[str, object]:
    """List single answers that were released; a visitor reads what is public."""
    rows = released(request.viewer, asked.wave, request.now, get_language() or "en")
    return page_of(
        request, sorted(rows, key=lambda row: row.key), asked, key=lambda row: row.key,
        item=lambda row: _released(row, asked.wave),
    )  # fmt: skip


def _released(row: ReleasedRow, wave: str) -> ReleasedShown:
    return ReleasedShown(
        id=row.key, wave=wave, country=row.iso3, organisation=row.place, path=row.path,
        question=row.question, number=row.entry or None, value=row.value, words=row.words,
        as_of=row.as_of, audience=row.audience, sample=row.sample,
    )  # fmt: skip
