"""A delegation's forecast as it is kept: written as JSON by the act, read by every page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from serai.calc.network.availability import Reach
from serai.calc.readiness.forecast import Chance, Colour, PlanB, Reason


@dataclass(frozen=True)
class Checks:
    """What stands in the way beside the line; "" where it is not asked of this role.

    Attributes:
        platform: permitted, approval, forbidden or unknown.
        room, microphone, security, contingency: pass, fail or unknown. Of the gates nothing
            else is kept: no answer on security leaves its gate.
    """

    platform: str
    room: str
    microphone: str
    security: str
    contingency: str


@dataclass(frozen=True)
class Asked:
    """What the event asks of the line; 0 where it asks nothing."""

    down_mbps: float
    up_mbps: float
    r: float
    is_udp_needed: bool


@dataclass(frozen=True)
class BetterHour:
    """The start that suits all delegations best.

    Attributes:
        utc_minute: of the day; None where no hour lies in the working day of every capital.
        total, planned_total: sum of the chances of falling short then, and as planned.
        outside_count: capitals in which the planned hours are outside 08-18.
    """

    utc_minute: int | None
    total: float
    planned_total: float
    outside_count: int

    @property
    def has_better_line(self) -> bool:
        """Tell whether fewer delegations may be expected to fall short then."""
        return self.utc_minute is not None and self.total < self.planned_total

    @property
    def is_better(self) -> bool:
        """Tell whether moving would help: better lines, or working hours in every capital."""
        return self.has_better_line or (self.utc_minute is not None and self.outside_count > 0)


@dataclass(frozen=True)
class Kept:
    """One forecast.

    Attributes:
        is_r_at_best: loss and jitter were not measured in some of the runs that count.
        r_lowest: the lowest R of those runs; None where none gives one.
        better: the better hour of the whole event, as it was found then.
        reach: the share of time in which the office is reached; None where nobody said it.
    """

    colour: Colour
    reasons: tuple[Reason, ...]
    chance: Chance
    asked: Asked
    checks: Checks
    is_r_at_best: bool
    r_lowest: float | None
    better: BetterHour
    reach: Reach | None = None

    def to_json(self) -> dict[str, object]:
        """Write it as a delegation keeps it."""
        return {
            "colour": self.colour.value,
            "reasons": [one.value for one in self.reasons],
            "p": self.chance.p, "low": self.chance.low, "high": self.chance.high,
            "runs": self.chance.run_count, "short": self.chance.short_count,
            "asked": {
                "down_mbps": self.asked.down_mbps, "up_mbps": self.asked.up_mbps,
                "r": self.asked.r, "udp": self.asked.is_udp_needed,
            },
            "checks": {
                "platform": self.checks.platform, "room": self.checks.room,
                "microphone": self.checks.microphone, "security": self.checks.security,
                "contingency": self.checks.contingency,
            },
            "is_r_at_best": self.is_r_at_best, "r_lowest": self.r_lowest,
            "better": {
                "utc_minute": self.better.utc_minute, "total": self.better.total,
                "planned_total": self.better.planned_total,
                "outside": self.better.outside_count,
            },
            "reach": [self.reach.low, self.reach.high] if self.reach else None,
        }  # fmt: skip


def kept(verdict: Mapping[str, Any]) -> Kept | None:
    """Read a delegation's forecast; None before the first."""
    if not verdict:
        return None
    asked, better = verdict["asked"], verdict["better"]
    return Kept(
        colour=Colour(verdict["colour"]),
        reasons=tuple(Reason(one) for one in verdict["reasons"]),
        chance=Chance(
            verdict["runs"], verdict["short"], verdict["p"], verdict["low"], verdict["high"]
        ),
        asked=Asked(asked["down_mbps"], asked["up_mbps"], asked["r"], asked["udp"]),
        checks=Checks(**verdict["checks"]),
        is_r_at_best=verdict["is_r_at_best"],
        r_lowest=verdict["r_lowest"],
        better=BetterHour(
            better["utc_minute"], better["total"], better["planned_total"], better["outside"]
        ),
        reach=Reach(*verdict["reach"]) if verdict.get("reach") else None,
    )


def ways(plan_b: list[str]) -> tuple[PlanB, ...]:
    """Read what a delegation can do instead, in order."""
    return tuple(PlanB(one) for one in plan_b)
