"""What the programme answers in the open API: initiatives and milestones, as of any day."""

from datetime import date

from ninja import Query, Router, Schema

from serai.base.access import NotFound, ServedRequest, anyone
from serai.base.api import Day, Page, PageAsked, never_public, page_of, reads, texts
from serai.calc.schedule import Window
from serai.programme import queries

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
    return asked.as_of or request.now.date()


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
    found = queries.milestones(request.viewer, as_of or request.now.date())
    for row in never_public(request.viewer, found):
        if row.public_id == milestone_id:
            return _milestone(row)
    raise NotFound(milestone_id)
