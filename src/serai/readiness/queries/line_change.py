"""A line before and after something was installed, by tests of one and the same setting."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from serai.base.access import Viewer
from serai.calc.network.change import Better, Change, Reading, Setting, change
from serai.calc.readiness.definition import Definition
from serai.calc.readiness.framework import Lever
from serai.readiness import access
from serai.readiness.models import Office, ProbeRun, Provision, ProvisionStep
from serai.readiness.queries.definitions import definition_of, framework_in_use
from serai.readiness.queries.provision import installed_on
from serai.readiness.states import ProvisionState, RunSource

BEFORE_DAYS = 180
FIGURES = (
    ("down_tail_mbps", Better.MORE),
    ("up_tail_mbps", Better.MORE),
    ("rtt_ms", Better.LESS),
)


@dataclass(frozen=True)
class LineChange:
    """One figure before and after."""

    figure: str
    change: Change


def line_changes(viewer: Viewer, found: Provision) -> list[LineChange]:
    """Compare an office's tests of half a year before an installation with those since.

    Nothing for what is no matter of the line, is not installed yet, or where the viewer may not
    read the office's tests.
    """
    day = installed_on(found)
    office = found.office
    if day is None or office is None or not access.may_see_runs(viewer, office):
        return []
    if found.package not in line_packages():
        return []
    zone = ZoneInfo(office.time_zone)
    runs = list(
        ProbeRun.objects.filter(
            office=office,
            source=RunSource.PROBE,
            void__isnull=True,
            at__date__gte=day - timedelta(days=BEFORE_DAYS),
        ).order_by("at", "id")
    )
    kept = _of_one_setting(runs, day, zone)
    return [
        LineChange(
            name,
            change(
                _readings(kept, name, zone, day, is_after=False),
                _readings(kept, name, zone, day, is_after=True),
                better=better,
                seed=found.pk,
            ),
        )
        for name, better in FIGURES
    ]


def line_packages() -> set[str]:
    """Return the codes of the packages in use that change the line; one query."""
    framework = framework_in_use()
    return of_line(definition_of(framework)) if framework else set()


def of_line(definition: Definition) -> set[str]:
    """Return the codes of packages that change the line."""
    return {one.code for one in definition.packages if one.lever is Lever.LINK}


def line_changed_on(office: Office, definition: Definition) -> date | None:
    """Return the day on which something that changes an office's line was latest installed."""
    steps = ProvisionStep.objects.filter(
        provision__office=office,
        provision__package__in=of_line(definition),
        state=ProvisionState.INSTALLED,
    )
    latest = steps.order_by("-at", "-id").first()
    return latest.at.astimezone(ZoneInfo(office.time_zone)).date() if latest else None


def _setting(run: ProbeRun) -> Setting:
    return Setting(str(run.point_id or ""), str(run.room_id or ""), bool(run.is_wired), run.browser)


def _of_one_setting(runs: Sequence[ProbeRun], day: date, zone: ZoneInfo) -> list[ProbeRun]:
    """Keep the tests of the setting that has most on its poorer side."""
    before = Counter(_setting(one) for one in runs if _local(one, zone).date() < day)
    after = Counter(_setting(one) for one in runs if _local(one, zone).date() > day)
    both = sorted(
        {*before, *after},
        key=lambda one: (min(before[one], after[one]), before[one] + after[one], repr(one)),
    )
    return [one for one in runs if both and _setting(one) == both[-1]]


def _local(run: ProbeRun, zone: ZoneInfo) -> datetime:
    return run.at.astimezone(zone)


def _readings(
    runs: Sequence[ProbeRun], name: str, zone: ZoneInfo, day: date, *, is_after: bool
) -> list[Reading]:
    """Return a figure's readings on one side; the day of the installation itself is on neither."""
    found = []
    for one in runs:
        at = _local(one, zone)
        value = getattr(one, name)
        is_there = at.date() > day if is_after else at.date() < day
        if value is not None and is_there:
            found.append(Reading(value, at, _setting(one)))
    return found
