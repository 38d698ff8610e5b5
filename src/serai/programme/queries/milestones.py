"""Milestones as of a day: plan, baseline, completion, status, slip and forecast, all computed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.db.models import QuerySet

from serai.base.access import NotFound, Viewer
from serai.base.ready import KEPT, Ready
from serai.base.text import TranslatedText
from serai.calc import schedule
from serai.calc.schedule import Forecast, Link, LinkKind, Slip, Standing, Status, Task, Window
from serai.members.access import visible
from serai.programme import access
from serai.programme.models import Milestone
from serai.programme.queries.facts import (
    FlagShown,
    KnownCompletion,
    KnownLink,
    KnownPlan,
    completions_known,
    holding_plan,
    leave_out_sample,
    plans_known,
    standing_completion,
    with_facts,
)
from serai.programme.queries.shared import (
    EMPTY,
    is_entered_later,
    reads_sample,
    within_initiative,
)
from serai.programme.queries.texts import home_of, text_of


@dataclass(frozen=True)
class MilestoneRow:
    """One milestone as it stood on a day.

    Attributes:
        words: the words people read for its date; empty without one.
        baseline: the plan of the latest baseline known by that day.
        slip: against the baseline; of the completion if there is one, else of the plan.
        chain: numbers of the milestones that push the forecast, first cause first.
        is_entered_later: a plan or completion was recorded after the day it was known from.
        sample: it, or a fact shown of it, is demonstration data, and so marked.
        is_made_up: the milestone itself is; only then do counts leave it out.
    """

    id: int
    public_id: str
    number: int
    initiative: str
    initiative_name: TranslatedText
    kind: str
    name: TranslatedText
    owner: TranslatedText
    owner_id: int | None
    country: str
    country_name: TranslatedText
    audience: str
    plan: Window | None
    plan_id: str
    words: TranslatedText
    baseline: Window | None
    completion: Window | None
    completion_words: TranslatedText
    standing: Standing
    slip: Slip | None
    forecast: Forecast[int] | None
    chain: tuple[str, ...]
    links: tuple[Link[int], ...]
    baselines: tuple[tuple[int, Window], ...]
    flag: FlagShown | None
    has_proposal: bool
    is_entered_later: bool
    plan_count: int
    sample: bool
    is_made_up: bool = False

    @property
    def after(self) -> tuple[int, ...]:
        """Return the numbers in the database of the milestones it waits for."""
        return tuple(link.after for link in self.links)

    @property
    def status(self) -> Status:
        """Return the status alone."""
        return self.standing.status

    @property
    def is_pressing(self) -> bool:
        """Tell whether it is due now or within 30 days."""
        return self.status in {Status.DUE, Status.DUE_SOON}

    @property
    def has_slipped(self) -> bool:
        """Tell whether its date is later than the first plan's, and it is not reached yet."""
        return bool(self.slip and (self.slip.days or 0) > 0 and not self.completion)

    @property
    def is_at_risk(self) -> bool:
        """Tell whether the forecast passes its own date, or its keeper says so."""
        is_forecast = self.forecast is not None and self.forecast.is_at_risk
        is_flagged = self.flag is not None and self.flag.level == "at_risk"
        return self.completion is None and (is_forecast or is_flagged)


def visible_milestones(viewer: Viewer, as_of: date) -> QuerySet[Milestone]:
    """Return the milestones a viewer may see, known by a day."""
    return Milestone.objects.filter(
        within_initiative(viewer, visible(viewer, organisation="owner_id")),
        known_from__lte=as_of,
        initiative__known_from__lte=as_of,
    )


def milestones(viewer: Viewer, as_of: date, *, initiative: str | None = None) -> list[MilestoneRow]:
    """Return the milestones as of a day, by initiative and number; one query.

    The forecast follows dependencies over every milestone the viewer may see, of all initiatives,
    and names none that they may not.
    """
    found = _ready(viewer.itself, as_of).rows()
    rows = shown(found, as_of, viewer)
    places = {one.pk: _place(one) for one in found}
    rows.sort(key=lambda row: places[row.id])
    if initiative is None:
        return rows
    return [row for row in rows if row.initiative == initiative]


@lru_cache(maxsize=KEPT)
def _ready(viewer: Viewer, as_of: date) -> Ready[Milestone]:
    return Ready(with_facts(visible_milestones(viewer, as_of).order_by("id"), as_of))


def statuses(viewer: Viewer, numbers: Collection[int], as_of: date) -> dict[int, Status]:
    """Return the status of some milestones as of a day, by number in the database; one query.

    For whoever is shown what sample people entered; all else a row says is left unread.
    """
    found = _ready_ends(viewer.itself, as_of).rows()
    return {one.pk: _status(one, as_of) for one in found if one.pk in numbers}


@lru_cache(maxsize=KEPT)
def _ready_ends(viewer: Viewer, as_of: date) -> Ready[Milestone]:
    rows = (
        visible_milestones(viewer, as_of)  # type: ignore[no-redef]
        .only("pk")
        .annotate(known_plans=plans_known(as_of), known_completions=completions_known(as_of))
    )
    return Ready(rows)


def _status(one: Milestone, as_of: date) -> Status:
    plan = holding_plan(one.known_plans, as_of)
    end = standing_completion(one.known_completions, as_of)
    window, completion = plan.as_window() if plan else None, end.as_window() if end else None
    return schedule.standing(window, completion, as_of).status


def _place(one: Milestone) -> tuple[int, ...]:
    """Return where a milestone stood in the list on the day it was read for."""
    home, text = home_of(one), text_of(one)
    return (home.order, one.initiative_id, text.order, one.number, one.pk)


def shown(
    found: Sequence[Milestone], as_of: date, viewer: Viewer | None = None
) -> list[MilestoneRow]:
    """Compute each milestone's row as of a day; proposals only for who plans or approves it.

    What sample people enter in a trial about a real milestone the public is not shown: for them
    the last real date holds.
    """
    if viewer is not None and not reads_sample(viewer):
        leave_out_sample(found)
    plans = {one.pk: holding_plan(one.known_plans, as_of) for one in found}
    ends = {one.pk: standing_completion(one.known_completions, as_of) for one in found}
    forecasts = schedule.forecast(
        [
            Task(
                one.pk,
                plan.as_window() if (plan := plans[one.pk]) else None,
                end.as_window() if (end := ends[one.pk]) else None,
            )
            for one in found
        ],
        [_link(one.pk, link) for one in found for link in one.known_links],
        as_of,
    )
    by_key = {one.pk: one for one in found}
    rows = [
        _row(one, plans[one.pk], ends[one.pk], forecasts[one.pk], by_key, as_of) for one in found
    ]
    if viewer is None:
        return rows
    return [
        row
        if access.reads_proposals(viewer, by_key[row.id])
        else replace(row, has_proposal=False, plan_count=_approved_count(by_key[row.id], as_of))
        for row in rows
    ]


def _approved_count(one: Milestone, as_of: date) -> int:
    return sum(1 for plan in one.known_plans if plan.is_approved(as_of))


def _link(milestone: int, link: KnownLink) -> Link[int]:
    return Link(milestone, link.after_id, LinkKind(link.kind), link.lag_days)


def _named(key: int, home: Milestone, by_key: dict[int, Milestone]) -> str:
    other = by_key[key]
    if other.initiative_id == home.initiative_id:
        return str(other.number)
    return f"{other.initiative.code}/{other.number}"


def _row(
    one: Milestone,
    plan: KnownPlan | None,
    end: KnownCompletion | None,
    forecast: Forecast[int],
    by_key: dict[int, Milestone],
    as_of: date,
) -> MilestoneRow:
    window = plan.as_window() if plan else None
    completion = end.as_window() if end else None
    line = one.known_lines[-1] if one.known_lines else None
    baseline = line.as_window() if line else None
    zone = one.initiative.programme.time_zone
    text, home = text_of(one), home_of(one)
    facts = [fact for fact in (plan, end) if fact is not None]
    return MilestoneRow(
        id=one.pk,
        public_id=one.public_id,
        number=one.number,
        initiative=one.initiative.code,
        initiative_name=home.name,
        kind=text.kind,
        name=text.name,
        owner=text.owner or EMPTY,
        owner_id=text.owner_id if text.owner else None,
        country=text.country or "",
        country_name=text.place or EMPTY,
        audience=one.audience,
        plan=window,
        plan_id=plan.public_id if plan else "",
        words=plan.words if plan else EMPTY,
        baseline=baseline,
        completion=completion,
        completion_words=end.words if end else EMPTY,
        standing=schedule.standing(window, completion, as_of),
        slip=slip_of(window, completion, baseline),
        forecast=forecast,
        chain=tuple(_named(key, one, by_key) for key in forecast.chain),
        links=tuple(_link(one.pk, link) for link in one.known_links if link.after_id in by_key),
        baselines=tuple((x.number, x.as_window()) for x in one.known_lines),
        flag=one.known_flags[-1] if one.known_flags else None,
        has_proposal=any(p.is_open(as_of) for p in one.known_plans),
        is_entered_later=any(is_entered_later(f.known_from, f.recorded_at, zone) for f in facts),
        plan_count=len(one.known_plans),
        sample=one.sample or text.sample or _is_trial(one, plan, end, by_key),
        is_made_up=one.sample,
    )


def _is_trial(
    one: Milestone,
    plan: KnownPlan | None,
    end: KnownCompletion | None,
    by_key: dict[int, Milestone],
) -> bool:
    """Tell whether sample people entered any of the facts that its row shows."""
    decided = plan is not None and bool(plan.sample or plan.is_verdict_sample)
    reached = (end is not None and end.sample) or any(
        done.is_withdrawal_sample for done in one.known_completions
    )
    around = [line.sample for line in one.known_lines]
    around += [link.sample for link in one.known_links if link.after_id in by_key]
    around += [flag.sample for flag in one.known_flags[-1:]]
    return decided or reached or any(around)


def slip_of(plan: Window | None, completion: Window | None, baseline: Window | None) -> Slip | None:
    """Compare the completion, else the plan, with the baseline."""
    if baseline is None:
        return None
    if completion is not None:
        return schedule.completion_slip(completion, baseline)
    return schedule.slip(plan, baseline) if plan is not None else None


def milestone(viewer: Viewer, public_id: str) -> Milestone:
    """Return one milestone by its public number.

    Raises:
        NotFound: if there is none this viewer may see.
    """
    row = (
        visible_milestones(viewer, date.max)
        .select_related("initiative__programme", "owner", "country")
        .filter(public_id=public_id)
        .first()
    )
    if row is None:
        raise NotFound(public_id)
    return row


def milestone_numbered(viewer: Viewer, initiative: str, number: int) -> Milestone:
    """Return one milestone by its initiative and number.

    Raises:
        NotFound: if there is none this viewer may see.
    """
    row = (
        visible_milestones(viewer, date.max)
        .select_related("initiative__programme", "owner", "country")
        .filter(initiative__code=initiative, number=number)
        .first()
    )
    if row is None:
        raise NotFound(f"{initiative}/{number}")
    return row
