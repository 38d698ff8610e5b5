"""What the programme answers in the open API, as of any day, through the queries of its pages."""

from datetime import UTC, date, datetime

from ninja import Query, Router, Schema

from serai.base.access import NotFound, ServedRequest, anyone, signed_in
from serai.base.api import Day, Page, PageAsked, never_public, page_of, reads, texts
from serai.calc.schedule import Window
from serai.programme import access, queries

router = Router()


class Asked(PageAsked):
    """Which page of what was known on which day; today if none is named."""

    as_of: Day | None = None


class InitiativeShown(Schema):
    """One initiative; texts by language."""

    code: str
    name: dict[str, str]
    purpose: dict[str, str]
    state: str
    milestones: int
    sample: bool


class WindowShown(Schema):
    """The days within which something ends; words as they were written."""

    end_earliest: date | None
    end_latest: date
    words: dict[str, str]


class MilestoneShown(Schema):
    """One milestone as known on the day asked for; null where nothing is known."""

    id: str
    initiative: str
    number: int
    kind: str
    name: dict[str, str]
    country: str | None
    plan: WindowShown | None
    completed: WindowShown | None
    status: str
    sample: bool


class MilestonesAsked(Asked):
    """Milestones of one initiative, or of all."""

    initiative: str = ""


def _day(request: ServedRequest, asked: Asked) -> date:
    return asked.as_of or queries.programme(request.viewer).today(request.now)


@reads(
    router,
    "/initiatives",
    may=anyone,
    response=Page[InitiativeShown],
    summary="The initiatives, by code",
)
def initiatives(request: ServedRequest, asked: Query[Asked]) -> dict[str, object]:
    """List the initiatives the asker may see."""
    found = queries.initiatives(request.viewer, _day(request, asked))
    rows = never_public(request.viewer, found)
    rows.sort(key=lambda row: row.code)
    return page_of(request, rows, asked, key=lambda row: row.code, item=_initiative)


def _initiative(row: queries.InitiativeRow) -> InitiativeShown:
    return InitiativeShown(
        code=row.code,
        name=texts(row.name),
        purpose=texts(row.purpose),
        state=row.state,
        milestones=len(row.milestones),
        sample=row.sample,
    )


@reads(
    router,
    "/milestones",
    may=anyone,
    response=Page[MilestoneShown],
    summary="The milestones, by initiative and number",
)
def milestones(request: ServedRequest, asked: Query[MilestonesAsked]) -> dict[str, object]:
    """List the milestones the asker may see."""
    found = queries.milestones(
        request.viewer, _day(request, asked), initiative=asked.initiative or None
    )
    rows = never_public(request.viewer, found)
    rows.sort(key=_place)
    return page_of(request, rows, asked, key=_place, item=_milestone)


def _place(row: queries.MilestoneRow) -> str:
    return f"{row.initiative} {row.number:06} {row.public_id}"


def _milestone(row: queries.MilestoneRow) -> MilestoneShown:
    return MilestoneShown(
        id=row.public_id,
        initiative=row.initiative,
        number=row.number,
        kind=row.kind,
        name=texts(row.name),
        country=row.country or None,
        plan=_window(row.plan, texts(row.words)),
        completed=_window(row.completion, texts(row.completion_words)),
        status=row.standing.status,
        sample=row.sample,
    )


def _window(window: Window | None, words: dict[str, str]) -> WindowShown | None:
    if window is None:
        return None
    return WindowShown(end_earliest=window.end_earliest, end_latest=window.end_latest, words=words)


@reads(
    router,
    "/milestones/{milestone_id}",
    may=anyone,
    response=MilestoneShown,
    summary="One milestone",
)
def milestone(
    request: ServedRequest, milestone_id: str, as_of: Query[Day | None] = None
) -> MilestoneShown:
    """Show one milestone, as of a day."""
    found = queries.milestones(request.viewer, _day(request, Asked(as_of=as_of)))
    for row in never_public(request.viewer, found):
        if row.public_id == milestone_id:
            return _milestone(row)
    raise NotFound(milestone_id)


# -- meetings and what they decide


class MeetingShown(Schema):
    """One meeting; who takes part and where to join stay on its page."""

    id: str
    code: str
    title: dict[str, str]
    kind: str
    initiative: str | None
    starts_at: datetime
    ends_at: datetime
    zone: str
    place: str
    mode: str
    state: str
    sample: bool


@reads(
    router,
    "/meetings",
    may=anyone,
    response=Page[MeetingShown],
    summary="The meetings, by their beginning",
)
def meetings(request: ServedRequest, asked: Query[PageAsked]) -> dict[str, object]:
    """List the meetings the asker may know of."""
    rows = never_public(request.viewer, queries.meetings(request.viewer))
    rows.sort(key=_begins)
    return page_of(request, rows, asked, key=_begins, item=_meeting)


def _begins(row: queries.MeetingRow) -> str:
    return f"{row.starts_at.astimezone(UTC):%Y-%m-%dT%H:%M} {row.public_id}"


def _meeting(row: queries.MeetingRow) -> MeetingShown:
    return MeetingShown(
        id=row.public_id, code=row.code, title=texts(row.title), kind=row.kind,
        initiative=row.initiative or None, starts_at=row.starts_at, ends_at=row.ends_at,
        zone=row.zone, place=row.place, mode=row.mode, state=row.state, sample=row.sample,
    )  # fmt: skip


class DecisionShown(Schema):
    """One decision of a meeting; addressees by country code."""

    id: str
    number: str
    meeting: str
    text: dict[str, str]
    addressees: list[str]
    to_secretariat: bool
    due_on: date | None
    state: str
    adopted_on: date | None
    supersedes: str | None
    superseded_by: str | None
    sample: bool


@reads(
    router,
    "/decisions",
    may=anyone,
    response=Page[DecisionShown],
    summary="The decisions, by number",
)
def decisions(request: ServedRequest, asked: Query[Asked]) -> dict[str, object]:
    """List the decisions the asker may read."""
    found = queries.decisions(request.viewer, _day(request, asked))
    rows = never_public(request.viewer, found)
    rows.sort(key=_number)
    return page_of(request, rows, asked, key=_number, item=_decision)


def _number(row: queries.DecisionRow) -> str:
    return f"{row.number} {row.public_id}"


def _decision(row: queries.DecisionRow) -> DecisionShown:
    return DecisionShown(
        id=row.public_id, number=row.number, meeting=row.meeting_id, text=texts(row.text),
        addressees=[place.iso3 for place in row.addressees], to_secretariat=row.to_secretariat,
        due_on=row.due_on, state=row.state, adopted_on=row.adopted_on,
        supersedes=row.supersedes or None, superseded_by=row.superseded_by or None,
        sample=row.sample,
    )  # fmt: skip


# -- what is to be done, what is asked, what may go wrong


class ActionShown(Schema):
    """One action item; its owner is an organisation, members, or a person (not named here)."""

    id: str
    text: dict[str, str]
    decision: str | None
    initiative: str | None
    owner: dict[str, str]
    countries: list[str]
    due_on: date | None
    state: str
    is_overdue: bool
    sample: bool


class ActionsAsked(Asked):
    """Action items of one member, by its code, or of all."""

    country: str = ""


@reads(
    router,
    "/actions",
    may=signed_in,
    response=Page[ActionShown],
    summary="The action items the asker may see",
)
def action_items(request: ServedRequest, asked: Query[ActionsAsked]) -> dict[str, object]:
    """List the action items the asker may see."""
    rows = queries.actions(request.viewer, _day(request, asked), country=asked.country)
    rows.sort(key=lambda row: row.public_id)
    return page_of(request, rows, asked, key=lambda row: row.public_id, item=_action)


def _action(row: queries.ActionRow) -> ActionShown:
    return ActionShown(
        id=row.public_id, text=texts(row.text), decision=row.decision or None,
        initiative=row.initiative or None, owner=texts(row.owner),
        countries=[place.iso3 for place in row.countries], due_on=row.due_on, state=row.state,
        is_overdue=row.is_overdue, sample=row.sample,
    )  # fmt: skip


class AnswerShown(Schema):
    """One addressee's answer, as far as the asker may read it."""

    country: str | None
    name: dict[str, str]
    state: str
    note: str
    answered_on: date | None


class RequestShown(Schema):
    """One request to members: counts over all, names only as far as they are open."""

    id: str
    initiative: str | None
    text: dict[str, str]
    due_on: date | None
    state: str
    asked: int
    answered: int
    waiting: int
    answers: list[AnswerShown]
    sample: bool


@reads(
    router,
    "/requests",
    may=anyone,
    response=Page[RequestShown],
    summary="The requests to members",
)
def requests(request: ServedRequest, asked: Query[Asked]) -> dict[str, object]:
    """List the requests the asker may see."""
    found = queries.requests(request.viewer, _day(request, asked))
    rows = never_public(request.viewer, found)
    rows.sort(key=lambda row: row.public_id)
    return page_of(request, rows, asked, key=lambda row: row.public_id, item=_request)


def _request(row: queries.RequestRow) -> RequestShown:
    return RequestShown(
        id=row.public_id, initiative=row.initiative or None, text=texts(row.text),
        due_on=row.due_on, state=row.state, asked=row.asked_count, answered=row.answered_count,
        waiting=row.waiting_count,
        answers=[
            AnswerShown(
                country=one.iso3 or None, name=texts(one.name), state=one.state, note=one.note,
                answered_on=one.answered_on,
            )
            for one in row.shown
        ],
        sample=row.sample,
    )  # fmt: skip


class RiskShown(Schema):
    """One risk, assumption or issue as its latest review left it."""

    id: str
    initiative: str
    kind: str
    text: dict[str, str]
    probability: int
    impact: int
    score: int
    band: str
    response: str
    review_on: date | None
    state: str
    sample: bool


@reads(
    router,
    "/risks",
    may=access.may_see_risks,
    response=Page[RiskShown],
    summary="The risks, assumptions and issues the asker may see",
)
def risks(request: ServedRequest, asked: Query[Asked]) -> dict[str, object]:
    """List the risks the asker may see; members see released assumptions."""
    rows = queries.risks(request.viewer, _day(request, asked))
    rows.sort(key=lambda row: row.public_id)
    return page_of(request, rows, asked, key=lambda row: row.public_id, item=_risk)


def _risk(row: queries.RiskRow) -> RiskShown:
    return RiskShown(
        id=row.public_id, initiative=row.initiative, kind=row.kind, text=texts(row.text),
        probability=row.probability, impact=row.impact, score=row.score, band=row.band.value,
        response=row.response, review_on=row.review_on, state=row.state, sample=row.sample,
    )  # fmt: skip
