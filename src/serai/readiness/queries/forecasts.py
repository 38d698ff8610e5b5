"""What is known of a delegation to an event, put together for its forecast."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from serai.calc.network.emodel import CannotRate
from serai.calc.network.runs import voice
from serai.calc.network.sizing import Need as LineNeed
from serai.calc.network.sizing import Stream
from serai.calc.network.sizing import need as line_need
from serai.calc.readiness import forecast as calc
from serai.calc.readiness.conditions import Verdict, together
from serai.calc.readiness.definition import Definition
from serai.calc.readiness.facts import Grade, Seen, see
from serai.calc.readiness.forecast import Need, Permission, PlanB, Run
from serai.calc.readiness.framework import Lever
from serai.calc.readiness.ladder import Gate, Requirement, Role, Sensitivity
from serai.readiness.models import (
    Attainment,
    Delegation,
    EventPlan,
    Office,
    PlatformPolicy,
    ProbeRun,
    Provision,
    TierTable,
)
from serai.readiness.queries.plan_inputs import counted_assessments, definition_of, facts_of
from serai.readiness.states import EditionState, ProvisionState, RunSource, UdpPath

RUN_DAYS = 180
AUDIO = Need(down_mbps=0.1, up_mbps=0.1)
HALF = 0.5
MONTHS = 12
DAY_MINUTES, HOUR = 1440, 60
READY_KIT = (ProvisionState.INSTALLED, ProvisionState.VERIFIED, ProvisionState.CLOSED)
ATTAINED = ("declared", "confirmed")


@dataclass(frozen=True)
class Known:
    """A delegation with what its forecast is counted from.

    Attributes:
        utc_offset: minutes its office is ahead of UTC at the start.
        capital_offset: minutes its country's capital is.
        feasible: what it can do instead; the better hour is found for all together.
    """

    delegation: Delegation
    runs: tuple[Run, ...]
    need: Need
    facts: calc.Delegation
    utc_offset: int
    capital_offset: int
    feasible: Mapping[PlanB, bool]


def known_of(plan: EventPlan) -> list[Known]:
    """Return what is known of each delegation of an event; a fixed number of queries."""
    delegations = list(
        plan.delegations.select_related(
            "office__organisation__member", "office__initiative", "room"
        ).order_by("id")
    )
    read = _Reader(plan, delegations)
    return [read.known(one) for one in delegations]


class _Reader:
    """Reads runs, facts, policies and tiers of all delegations at once."""

    def __init__(self, plan: EventPlan, delegations: Sequence[Delegation]) -> None:
        self.plan = plan
        self.definition: Definition = definition_of(plan.framework)
        self.event = self.definition.ladder.event(plan.event)
        offices = [one.office for one in delegations]
        self.runs = _runs(offices, plan.starts_at)
        held = {one.pk for one in offices}
        chosen = [one for one in counted_assessments(plan.framework) if one.office_id in held]
        found = facts_of(chosen, self.definition)
        self.facts = {one.office_id: facts for one, facts in zip(chosen, found, strict=True)}
        self.policies = _policies(plan, offices)
        self.tiers = _tiers()
        self.good_cities = _good_cities(plan)
        self.loans = set(
            Provision.objects.filter(
                office__isnull=True, package="LOAN", state__in=READY_KIT
            ).values_list("country_id", flat=True)
        )

    def known(self, one: Delegation) -> Known:
        """Put one delegation together."""
        office = one.office
        seen = self._seen(one)
        role = Role(one.role)
        rows = self.definition.ladder.rows(self.event, role, Sensitivity(self.plan.sensitivity))
        runs = self.runs.get(office.pk, ())
        links = [row.condition.fact for row in rows if self._is_link(row)]
        graded = [seen.facts[fact].grade for fact in links if fact in seen.facts] if seen else []
        facts = calc.Delegation(
            platform=self.policies.get(office.organisation_id),
            has_room=_has_room(one, role),
            has_microphone=_joined([row for row in rows if row.lever is Lever.KIT], seen),
            gates_pass=_joined([row for row in rows if row.gate is not Gate.NONE], seen),
            is_declared=any(grade is not Grade.MEASURED for grade in graded),
        )
        member = office.organisation.member
        return Known(
            delegation=one,
            runs=runs,
            need=self._need(one, rows),
            facts=facts,
            utc_offset=_offset(office.time_zone, self.plan.starts_at),
            capital_offset=_offset(
                member.time_zone if member else office.time_zone, self.plan.starts_at
            ),
            feasible=self._feasible(office, seen, runs),
        )

    def _is_link(self, row: Requirement) -> bool:
        return self.definition.keys[row.condition.fact].is_link

    def _seen(self, one: Delegation) -> Seen | None:
        facts = self.facts.get(one.office_id)
        if facts is None:
            return None
        return see(facts, one.room.key if one.room else "", self.definition.keys)

    def _need(self, one: Delegation, rows: Sequence[Requirement]) -> Need:
        """Return what the event asks of a line: by the platform's tiers, and the ladder's R."""
        count = 1 if one.room_id else max(1, one.seats)
        asked = self._tier_need(count)
        limits = {row.condition.fact: row.condition.limit for row in rows}
        return Need(
            down_mbps=max(asked.down_mbps, limits.get("link.down_p5", 0.0)),
            up_mbps=max(asked.up_mbps, limits.get("link.up_p5", 0.0)),
            r=limits.get("link.voice_r_p5", 0.0),
        )

    def _tier_need(self, count: int) -> LineNeed:
        rows = [
            one
            for one in self.tiers.get("tiers", [])
            if one.get("platform") == self.plan.platform and one.get("level") == "recommended"
        ]
        widest = max(rows, key=lambda one: one["up_kbps"] + one["down_kbps"], default=None)
        if widest is None:
            return line_need(())
        return line_need([Stream("picture", count, widest["up_kbps"], widest["down_kbps"])])

    def _feasible(
        self, office: Office, seen: Seen | None, runs: Sequence[Run]
    ) -> Mapping[PlanB, bool]:
        audio = [calc.is_short(one, AUDIO) for one in runs]
        dial_in = {
            one.get("code"): one.get("dial_in") in {True, "yes"}
            for one in self.tiers.get("platforms", [])
        }
        elsewhere = self.good_cities.get((office.city, office.organisation.member_id), set())
        return {
            PlanB.HOTSPOT: seen is not None and self._has_hotspot(seen),
            PlanB.GREEN_OFFICE: bool(office.city and elsewhere - {office.pk}),
            PlanB.LOAN_KIT: office.organisation.member_id in self.loans,
            PlanB.AUDIO_ONLY: bool(audio) and sum(map(bool, audio)) < HALF * len(audio),
            PlanB.DIAL_IN: dial_in.get(self.plan.platform, False),
            PlanB.STATEMENT: True,
        }

    def _has_hotspot(self, seen: Seen) -> bool:
        """Tell whether a second line is there and was tried within a year."""
        key = self.definition.keys.get("continuity.second_line")
        if key is None or "hotspot" not in key.choices:
            return False
        has_line = seen.ranks.get(key.key, -1.0) >= key.rank("hotspot")
        return has_line and seen.ranks.get("continuity.failover_months", float("inf")) <= MONTHS


def _has_room(one: Delegation, role: Role) -> bool | None:
    if role is Role.SEAT:
        return True
    if one.room is None:
        return False
    return None if one.room.seats is None else one.room.seats >= one.seats


def _joined(rows: Sequence[Requirement], seen: Seen | None) -> bool | None:
    """Join rows: all pass, one fails, or not known."""
    if not rows:
        return True
    if seen is None:
        return None
    found = together(row.condition.verdict(seen) for row in rows)
    return None if found is Verdict.UNKNOWN else found is Verdict.PASSES


def _offset(zone: str, at: datetime) -> int:
    away = at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta(0)
    return int(away.total_seconds()) // 60


def _runs(offices: Sequence[Office], before: datetime) -> dict[int, tuple[Run, ...]]:
    """Return the tests of our probe of the last half year, by office, on its own clock."""
    zones = {one.pk: ZoneInfo(one.time_zone) for one in offices}
    found: dict[int, list[Run]] = {}
    rows = ProbeRun.objects.filter(
        office__in=offices, source=RunSource.PROBE, void__isnull=True,
        at__gte=before - timedelta(days=RUN_DAYS), at__lt=before,
        down_tail_mbps__isnull=False, up_tail_mbps__isnull=False,
    )  # fmt: skip
    for row in rows.order_by("at", "id"):
        local = row.at.astimezone(zones[row.office_id])
        found.setdefault(row.office_id, []).append(
            Run(
                local.hour * HOUR + local.minute, row.down_tail_mbps or 0.0,
                row.up_tail_mbps or 0.0, _r(row), _udp(row),
            )
        )  # fmt: skip
    return {number: tuple(runs) for number, runs in found.items()}


def _r(row: ProbeRun) -> float | None:
    """Return the rating of a voice; None where loss and jitter were not measured."""
    if row.rtt_p95_ms is None or row.jitter_p95_ms is None or row.loss_share is None:
        return None
    missed = 100 * (row.loss_share + (row.late_share or 0.0))
    try:
        found = voice(row.rtt_p95_ms, row.jitter_p95_ms, missed, row.burst_ratio or 1.0)
    except CannotRate:
        return None
    return found.rating.r


def _udp(row: ProbeRun) -> bool | None:
    return {UdpPath.OPEN.value: True, UdpPath.BLOCKED.value: False}.get(row.udp)


def _policies(plan: EventPlan, offices: Iterable[Office]) -> dict[int, Permission]:
    """Return each organisation's latest word on the platform for matters of this sensitivity."""
    rows = PlatformPolicy.objects.filter(
        organisation__in={one.organisation_id for one in offices},
        platform=plan.platform, sensitivity=plan.sensitivity,
    )  # fmt: skip
    return {row.organisation_id: Permission(row.word) for row in rows.order_by("id")}


def _tiers() -> Mapping[str, Any]:
    found = TierTable.objects.filter(state=EditionState.IN_USE).order_by("-number").first()
    return found.document if found else {}


def _good_cities(plan: EventPlan) -> dict[tuple[str, int | None], set[int]]:
    """Return the offices that attain the event, by city and country."""
    numbers = [one.pk for one in counted_assessments(plan.framework)]
    found: dict[tuple[str, int | None], set[int]] = {}
    rows = Attainment.objects.filter(
        assessment__in=numbers, event=plan.event, status__in=ATTAINED
    ).select_related("assessment__office__organisation")
    for row in rows:
        office = row.assessment.office
        found.setdefault((office.city, office.organisation.member_id), set()).add(office.pk)
    return found
