"""Milestones in time: windows of fuzzy dates, status, slip, forecast, changes, risk scores."""

from serai.calc.schedule.changes import Changes, Move, Snapshot, Turn, changes, counts
from serai.calc.schedule.forecast import Forecast, Task, forecast
from serai.calc.schedule.narrow import narrow
from serai.calc.schedule.order import Cycle, Link, LinkKind, find_cycle, topological_order
from serai.calc.schedule.risk import (
    RiskBand,
    is_review_overdue,
    risk_band,
    risk_grid,
    risk_score,
)
from serai.calc.schedule.slip import Punctuality, Slip, completion_slip, punctuality, slip
from serai.calc.schedule.status import SOON_DAYS, Standing, Status, standing
from serai.calc.schedule.windows import Fault, NotUnderstood, Precision, Window, by_day, on_day
from serai.calc.schedule.wording import describe_window
from serai.calc.schedule.words import parse_window

__all__ = [
    "SOON_DAYS",
    "Changes",
    "Cycle",
    "Fault",
    "Forecast",
    "Link",
    "LinkKind",
    "Move",
    "NotUnderstood",
    "Precision",
    "Punctuality",
    "RiskBand",
    "Slip",
    "Snapshot",
    "Standing",
    "Status",
    "Task",
    "Turn",
    "Window",
    "by_day",
    "changes",
    "completion_slip",
    "counts",
    "describe_window",
    "find_cycle",
    "forecast",
    "is_review_overdue",
    "narrow",
    "on_day",
    "parse_window",
    "punctuality",
    "risk_band",
    "risk_grid",
    "risk_score",
    "slip",
    "standing",
    "topological_order",
]
