"""To whom letters of the programme go, and what waits for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from serai.members.queries import emails_for_keys, people_with_role, viewer_of, viewer_of_person_id
from serai.members.states import PersonState, Role
from serai.programme.access import approving_role, may_approve_plan, may_see_milestone
from serai.programme.models import (
    ActionItem,
    Initiative,
    ManualFlag,
    Meeting,
    Milestone,
    Plan,
    Request,
    RequestAddressee,
    Risk,
)
from serai.programme.queries.facts import with_facts
from serai.programme.queries.milestones import MilestoneRow, shown, visible_milestones
from serai.programme.queries.requests import WAITING
from serai.programme.states import ActionState, InitiativeState, RiskState

# Who has left, or rests, is written no letter; who is invited may be.
SILENT = frozenset({PersonState.PAUSED.value, PersonState.CLOSED.value})


@dataclass(frozen=True)
class Recipient:
    """Somebody a letter goes to, in their language."""

    person_id: int
    email: str
    name: str
    language: str


def _recipients(people: Sequence[Any]) -> tuple[Recipient, ...]:
    return tuple(
        Recipient(p.pk, p.email, p.full_name, p.language)
        for p in {p.pk: p for p in people}.values()
        if p.state not in SILENT
    )


def participants(meeting: Meeting, *, only: int | None = None) -> tuple[Recipient, ...]:
    """Return the people on a meeting's list."""
    rows = meeting.attendances.select_related("person").order_by("id")
    if only is not None:
        rows = rows.filter(person_id=only)
    return _recipients([row.person for row in rows])


def action_owners(action: ActionItem, now: datetime) -> tuple[Recipient, ...]:
    """Return the person, the organisation's people and the countries' focal points."""
    people = [action.person] if action.person else []
    keys = [f"country:{country.iso3}" for country in action.countries.all()]
    if action.owner_id is not None:
        keys.append(f"organisation:{action.owner_id}")
    return _recipients([*people, *emails_for_keys(keys, now)])


def addressees(
    request: Request, now: datetime, *, waiting: bool = False
) -> list[tuple[RequestAddressee, tuple[Recipient, ...]]]:
    """Return each addressee of a request with the people who answer for it."""
    rows = request.addressees.select_related("country", "organisation").order_by("id")
    found = []
    for row in rows:
        if waiting and row.state not in WAITING:
            continue
        key = (
            f"country:{row.country.iso3}" if row.country else f"organisation:{row.organisation_id}"
        )
        found.append((row, _recipients(emails_for_keys([key], now))))
    return found


def approvers(plan: Plan, now: datetime) -> tuple[Recipient, ...]:
    """Return those who may approve a proposed date; never the one who proposes."""
    milestone = plan.milestone
    role = approving_role(milestone)
    holders = people_with_role(
        role,
        now,
        iso3=milestone.country.iso3 if role is Role.FOCAL_POINT and milestone.country else "",
        organisation_id=milestone.owner_id if role is Role.LEAD else None,
    )
    return _recipients(
        [
            person
            for person in holders
            if may_approve_plan(viewer := viewer_of(person, now), plan)
            and may_see_milestone(viewer, milestone)
        ]
    )


def keeper_of(initiative: Initiative) -> tuple[Recipient, ...]:
    """Return who keeps an initiative."""
    return _recipients([initiative.keeper] if initiative.keeper else [])


def keeper_who_reads(milestone: Milestone, now: datetime) -> tuple[Recipient, ...]:
    """Return who keeps a milestone's initiative, if a country or agency lets them read it."""
    keeper = milestone.initiative.keeper
    if keeper is None or not may_see_milestone(viewer_of(keeper, now), milestone):
        return ()
    return _recipients([keeper])


def proposer(plan: Plan, now: datetime) -> tuple[Recipient, ...]:
    """Return who proposed a date, if a country or agency still lets them read the milestone."""
    person = plan.recorded_by
    if person is None or not may_see_milestone(viewer_of(person, now), plan.milestone):
        return ()
    return _recipients([person])


def risk_owner(risk: Risk) -> tuple[Recipient, ...]:
    """Return a risk's owner, else the keeper of its initiative."""
    return _recipients([risk.owner]) if risk.owner else keeper_of(risk.initiative)


@dataclass(frozen=True)
class Pressing:
    """One initiative's milestones that are overdue, due or due soon."""

    initiative: Initiative
    rows: tuple[MilestoneRow, ...]


@dataclass(frozen=True)
class KeeperDigest:
    """What a keeper's Monday letter lists: all the initiatives of one keeper."""

    recipient: Recipient
    parts: tuple[Pressing, ...]


def keeper_digests(today: date, now: datetime) -> list[KeeperDigest]:
    """Return, for each keeper, what presses in initiatives not closed and is theirs to read."""
    found: dict[Recipient, list[Pressing]] = {}
    kept = (
        Initiative.objects.exclude(keeper=None)
        .exclude(state=InitiativeState.CLOSED.value)
        .select_related("keeper")
        .order_by("order", "id")
    )
    for initiative in kept:
        for keeper in keeper_of(initiative):
            viewer = viewer_of_person_id(keeper.person_id, now)
            here = visible_milestones(viewer, today).filter(initiative=initiative)
            rows = shown(list(with_facts(here.order_by("order", "number", "id"), today)), today)
            pressing = tuple(r for r in rows if r.status in {"overdue", "due", "due_soon"})
            if pressing:
                found.setdefault(keeper, []).append(Pressing(initiative, pressing))
    return [KeeperDigest(keeper, tuple(parts)) for keeper, parts in found.items()]


def open_actions(today: date) -> list[ActionItem]:
    """Return open action items with a due day, soonest first."""
    return list(
        ActionItem.objects.filter(state=ActionState.OPEN.value, known_from__lte=today)
        .exclude(due_on=None)
        .select_related("person", "owner", "decision", "initiative")
        .prefetch_related("countries")
        .order_by("due_on", "id")
    )


def reviews_due(today: date) -> list[tuple[Risk, date]]:
    """Return risks whose next review's day has come, with that day."""
    rows = (
        Risk.objects.exclude(state=RiskState.CLOSED.value)
        .filter(known_from__lte=today)
        .select_related("owner", "initiative__keeper")
        .prefetch_related("reviews")
        .order_by("id")
    )
    found = []
    for risk in rows:
        reviews = list(risk.reviews.all())
        review_on = reviews[-1].review_on if reviews else risk.review_on
        if review_on is not None and review_on <= today:
            found.append((risk, review_on))
    return found


def flags_ended(today: date) -> list[ManualFlag]:
    """Return warnings that ended before today and whose keeper was not told yet."""
    return list(
        ManualFlag.objects.filter(expires_on__lt=today, told_at=None)
        .select_related("milestone__initiative__keeper")
        .order_by("expires_on", "id")
    )
