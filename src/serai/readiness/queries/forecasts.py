"""What is known of a delegation to an event, put together for its forecast."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from serai.calc.network.availability import Reach, reach
from serai.calc.network.emodel import CannotRate
from serai.calc.network.platforms import Known as Answer
from serai.calc.network.runs import voice
from serai.calc.network.sizing import Need as LineNeed
from serai.calc.network.sizing import need as line_need
from serai.calc.network.tiers import Level
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
)
from serai.readiness.queries.definitions import definition_of
from serai.readiness.queries.frameworks import Platforms, platforms, tiers_in_use
from serai.readiness.queries.plan_inputs import counted_assessments, facts_of
from serai.readiness.queries.verdicts import Checks
from serai.readiness.states import ProvisionState, RunSource, UdpPath

RUN_DAYS = 180
AUDIO = Need(down_mbps=0.1, up_mbps=0.1)
"""What a voice both ways needs of a line, with room to spare."""
HALF = 0.5
YEAR_MONTHS = 12
HOUR_MINUTES = 60
PERCENT = 100.0
MICROPHONE = "kit.microphone"
LINE_SHARE = "continuity.line_percent"
SECOND_LINE, SECOND_PATH = "continuity.second_line", "continuity.second_path"
SAME_PATH = "same"
READY_KIT = (ProvisionState.INSTALLED, ProvisionState.VERIFIED, ProvisionState.CLOSED)
ATTAINED = ("declared", "confirmed")
UDP_WORDS = {UdpPath.OPEN: True, UdpPath.BLOCKED: False}


@dataclass(frozen=True)
class KnownDelegation:
    """A delegation with what its forecast is counted from.

    Attributes:
        facts: what `calc.readiness.forecast` asks; checks: the same, as a page shows it.
        utc_offset: minutes its office is ahead of UTC at the start.
        capital_offset: minutes its country's capital is.
        feasible: what it can do instead; the better hour is found for all together.
        reach: the share of time in which its office is reached; None where nobody said it.
    """

    delegation: Delegation
    runs: tuple[Run, ...]
    need: Need
    facts: calc.Delegation
    checks: Checks
    utc_offset: int
    capital_offset: int
    feasible: Mapping[PlanB, bool]
    reach: Reach | None


def known_delegations(plan: EventPlan) -> list[KnownDelegation]:
    """Return what is known of each delegation of an event; a fixed number of queries."""
    delegations = list(
        plan.delegations.select_related(
            "office__organisation__member", "office__initiative", "room"
        ).order_by("id")
    )
    if not delegations:
        return []
    read = _Reader(plan, delegations)
    return [read.known(one) for one in delegations]


class _Reader:
    """Reads runs, facts, policies and tiers of all delegations at once."""

    def __init__(self, plan: EventPlan, delegations: Sequence[Delegation]) -> None:
        self.plan = plan
        self.definition: Definition = definition_of(plan.framework)
        self.event = self.definition.ladder.event(plan.event)
        offices = [one.office for one in delegations]
        counted = counted_assessments(plan.framework)
        self.runs = _runs(offices, plan.starts_at)
        held = {one.pk for one in offices}
        chosen = [one for one in counted if one.office_id in held]
        found = facts_of(chosen, self.definition)
        self.facts = {one.office_id: facts for one, facts in zip(chosen, found, strict=True)}
        self.policies = _policies(plan, offices)
        self.tiers = _tiers()
        self.good_cities = _good_cities(plan, [one.pk for one in counted])
        self.loans = _loans(self.definition)

    def known(self, one: Delegation) -> KnownDelegation:
        """Put one delegation together."""
        office, role = one.office, Role(one.role)
        seen = self._seen(one)
        rows = self.definition.ladder.rows(self.event, role, Sensitivity(self.plan.sensitivity))
        runs = self.runs.get(office.pk, ())
        permission = self.policies.get(office.organisation_id)
        room = _room(one, role, rows, seen)
        microphone = _joined([row for row in rows if row.condition.fact == MICROPHONE], seen)
        gates = {
            gate: _joined([row for row in rows if row.gate is gate], seen)
            for gate in (Gate.SECURITY, Gate.CONTINGENCY)
        }
        member = office.organisation.member
        return KnownDelegation(
            delegation=one,
            runs=runs,
            need=self._need(one, rows),
            facts=calc.Delegation(
                platform=permission,
                has_room=_holds(room),
                has_microphone=_holds(microphone),
                gates_pass=_holds(_together(gates.values())),
                is_declared=self._is_declared(rows, seen),
            ),
            checks=Checks(
                platform=permission.value if permission else Verdict.UNKNOWN.value,
                room=_written(room),
                microphone=_written(microphone),
                security=_written(gates[Gate.SECURITY]),
                contingency=_written(gates[Gate.CONTINGENCY]),
            ),
            utc_offset=_offset(office.time_zone, self.plan.starts_at),
            capital_offset=_offset(
                member.time_zone if member else office.time_zone, self.plan.starts_at
            ),
            feasible=self._feasible(office, seen, runs),
            reach=self._reach(seen),
        )

    def _is_declared(self, rows: Sequence[Requirement], seen: Seen | None) -> bool:
        """Tell whether something that is asked of the line was said and not measured."""
        if seen is None:
            return False
        asked = [row.condition.fact for row in rows if self._is_link(row)]
        return any(seen.facts[fact].grade is Grade.DECLARED for fact in asked if fact in seen.facts)

    def _is_link(self, row: Requirement) -> bool:
        return self.definition.keys[row.condition.fact].is_link

    def _seen(self, one: Delegation) -> Seen | None:
        facts = self.facts.get(one.office_id)
        if facts is None:
            return None
        return see(facts, one.room.key if one.room else "", self.definition.keys)

    def _need(self, one: Delegation, rows: Sequence[Requirement]) -> Need:
        """Return what the event asks of a line: by the platform's tiers, and the ladder's rows."""
        asked = self._tier_need(1 if one.room_id else max(1, one.seats))
        limits = {row.condition.fact: row.condition.limit for row in rows}
        return Need(
            down_mbps=max(asked.down_mbps, limits.get("link.down_p5", 0.0)),
            up_mbps=max(asked.up_mbps, limits.get("link.up_p5", 0.0)),
            r=limits.get("link.voice_r_p5", 0.0),
            is_udp_needed=self._needs_udp(),
        )

    def _needs_udp(self) -> bool:
        """Tell whether the platform is known to have no way but UDP."""
        return self._answer("tcp_fallback") is Answer.NO

    def _answer(self, name: str) -> Answer:
        for one in self.tiers.platforms:
            if one.code == self.plan.platform:
                return one.properties[name]
        return Answer.UNKNOWN

    def _tier_need(self, count: int) -> LineNeed:
        """Return what so many pictures need, by the widest tier that is recommended."""
        tiers = [
            one
            for one in self.tiers.tiers
            if one.platform == self.plan.platform and one.level is Level.RECOMMENDED
        ]
        if not tiers:
            return line_need(())
        widest = max(tiers, key=lambda one: (one.up_kbps + one.down_kbps, one.profile))
        return line_need([widest.stream(count)])

    def _feasible(
        self, office: Office, seen: Seen | None, runs: Sequence[Run]
    ) -> Mapping[PlanB, bool]:
        weak = sum(calc.is_short(one, AUDIO) is True for one in runs)
        country = office.organisation.member_id
        elsewhere = self.good_cities.get((office.city.casefold(), country), set())
        return {
            PlanB.HOTSPOT: seen is not None and self._has_hotspot(seen),
            PlanB.GREEN_OFFICE: bool(office.city and elsewhere - {office.pk}),
            PlanB.LOAN_KIT: country in self.loans,
            PlanB.AUDIO_ONLY: bool(runs) and weak < HALF * len(runs),
            PlanB.DIAL_IN: self._answer("dial_in") is Answer.YES,
            PlanB.STATEMENT: True,
        }

    def _reach(self, seen: Seen | None) -> Reach | None:
        """Return how much of the time the office is reached, by what it said of its lines."""
        percent = seen.ranks.get(LINE_SHARE) if seen else None
        if seen is None or percent is None:
            return None
        return reach(percent / PERCENT, has_second_line=self._has_way_apart(seen))

    def _has_way_apart(self, seen: Seen) -> bool:
        """Tell whether a tried second line takes another way than the first; a hotspot does."""
        line, path = seen.facts.get(SECOND_LINE), seen.facts.get(SECOND_PATH)
        if line is None or not self._has_hotspot(seen):
            return False
        is_known = path is not None and path.is_known and path.value != SAME_PATH
        return line.value == "hotspot" or is_known

    def _has_hotspot(self, seen: Seen) -> bool:
        """Tell whether a second line is there and was tried within a year."""
        key = self.definition.keys.get(SECOND_LINE)
        if key is None or "hotspot" not in key.choices:
            return False
        has_line = seen.ranks.get(key.key, -1.0) >= key.rank("hotspot")
        tried = seen.ranks.get("continuity.failover_months", float("inf"))
        return has_line and tried <= YEAR_MONTHS


def _room(
    one: Delegation, role: Role, rows: Sequence[Requirement], seen: Seen | None
) -> Verdict | None:
    """Hold the room against its seats, displays and cameras; nobody asks people at their desks."""
    if role is Role.SEAT:
        return None
    if one.room is None:
        return Verdict.FAILS
    levers = {Lever.KIT, Lever.SPACE}
    asked = [
        row
        for row in rows
        if row.lever in levers and row.condition.fact != MICROPHONE and row.gate is Gate.NONE
    ]
    seats = (
        Verdict.UNKNOWN
        if one.room.seats is None
        else Verdict.PASSES
        if one.room.seats >= one.seats
        else Verdict.FAILS
    )
    return together(filter(None, [seats, _joined(asked, seen)]))


def _joined(rows: Sequence[Requirement], seen: Seen | None) -> Verdict | None:
    """Join rows; None where nothing is asked."""
    if not rows:
        return None
    if seen is None:
        return Verdict.UNKNOWN
    return together(row.condition.verdict(seen) for row in rows)


def _together(found: Iterable[Verdict | None]) -> Verdict | None:
    given = [one for one in found if one is not None]
    return together(given) if given else None


def _holds(found: Verdict | None) -> bool | None:
    """Turn a verdict into calc's word: what is not asked holds, what is not known is None."""
    return None if found is Verdict.UNKNOWN else found is not Verdict.FAILS


def _written(found: Verdict | None) -> str:
    return found.value if found else ""


def _offset(zone: str, at: datetime) -> int:
    away = at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta(0)
    return int(away.total_seconds()) // 60


def _runs(offices: Sequence[Office], before: datetime) -> dict[int, tuple[Run, ...]]:
    """Return our probe's tests of the half year before the event, by office, on its own clock."""
    zones = {one.pk: ZoneInfo(one.time_zone) for one in offices}
    found: dict[int, list[Run]] = {}
    rows = ProbeRun.objects.filter(
        office__in=zones, source=RunSource.PROBE, void__isnull=True,
        at__gte=before - timedelta(days=RUN_DAYS), at__lt=before,
        down_tail_mbps__isnull=False, up_tail_mbps__isnull=False,
    )  # fmt: skip
    for row in rows.defer("series").order_by("at", "id"):
        local = row.at.astimezone(zones[row.office_id])
        found.setdefault(row.office_id, []).append(
            Run(
                local.hour * HOUR_MINUTES + local.minute,
                row.down_tail_mbps or 0.0,
                row.up_tail_mbps or 0.0,
                r=_r(row),
                udp_open=UDP_WORDS.get(UdpPath(row.udp)) if row.udp else None,
                is_r_at_best=row.loss_share is None or row.jitter_p95_ms is None,
            )
        )
    return {number: tuple(runs) for number, runs in found.items()}


def _r(row: ProbeRun) -> float | None:
    """Rate a voice over a run: at best, where loss and jitter were not measured."""
    delay = row.rtt_p95_ms if row.rtt_p95_ms is not None else row.rtt_ms
    if delay is None:
        return None
    missed = min(PERCENT, PERCENT * ((row.loss_share or 0.0) + (row.late_share or 0.0)))
    try:
        found = voice(delay, row.jitter_p95_ms or 0.0, missed, row.burst_ratio or 1.0)
    except CannotRate:
        return None
    return found.rating.r


def _policies(plan: EventPlan, offices: Iterable[Office]) -> dict[int, Permission]:
    """Return each organisation's latest word on the platform for matters of this sensitivity."""
    rows = PlatformPolicy.objects.filter(
        organisation__in={one.organisation_id for one in offices},
        platform=plan.platform, sensitivity=plan.sensitivity,
    )  # fmt: skip
    return {row.organisation_id: Permission(row.word) for row in rows.order_by("id")}


def _tiers() -> Platforms:
    found = tiers_in_use()
    return platforms(found.document) if found else Platforms((), ())


def _good_cities(
    plan: EventPlan, assessments: Sequence[int]
) -> dict[tuple[str, int | None], set[int]]:
    """Return the offices that can attend or host the event from a room, by city and country."""
    found: dict[tuple[str, int | None], set[int]] = {}
    rows = Attainment.objects.filter(
        assessment__in=assessments, event=plan.event, status__in=ATTAINED,
        role__in=[Role.ROOM, Role.SPEAKER, Role.HOST],
    ).select_related("assessment__office__organisation")  # fmt: skip
    for row in rows.order_by("id"):
        office = row.assessment.office
        place = (office.city.casefold(), office.organisation.member_id)
        found.setdefault(place, set()).add(office.pk)
    return found


def _loans(definition: Definition) -> set[int | None]:
    """Return the countries that hold kit on loan."""
    shared = [one.code for one in definition.packages if one.is_shared]
    ready = Provision.objects.filter(office__isnull=True, package__in=shared, state__in=READY_KIT)
    return set(ready.values_list("country_id", flat=True))
