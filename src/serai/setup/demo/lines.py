"""Connection tests of the sample's offices: on several days, at quiet and busy hours, drawn by seed."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from serai.readiness.actions import SampleRun
from serai.setup.demo.office_answers import LineTests, Profile, dice_of

BUSY = frozenset({9, 10, 11, 14, 15, 16})
HOURS = (9, 10, 11, 14, 15, 16, 19, 20)
BUSY_SHARE = (0.62, 0.86)
NOISE = 0.06
SATURDAY = 5
BROWSERS = ("Firefox", "Chrome")
TOOL = "Sample speed tool"
DAYS, RUNS_A_DAY = 4, 3


def workdays(first: date, count: int) -> Iterator[date]:
    """Yield workdays from a day on."""
    day = first
    while count:
        if day.weekday() < SATURDAY:
            yield day
            count -= 1
        day += timedelta(days=1)


def runs(
    of: Profile,
    zone: str,
    first: date,
    *,
    days: int = DAYS,
    factor: float = 1.0,
    what: str = "runs",
) -> list[SampleRun]:
    """Draw the tests of an office on workdays from a day on.

    Args:
        of: the office; whether it has many tests, few or none.
        zone: its clock.
        first: the first day.
        days: on how many workdays, where it has many.
        factor: what the line carries against its profile: more once it was raised.
        what: names the dice.
    """
    dice = dice_of(of.place, what)
    if of.tests is LineTests.NONE:
        return []
    if of.tests in {LineTests.THIN, LineTests.TOLD}:
        count = 1 + (dice.random() < 0.5)
        moments = [(day, dice.choice((10, 20))) for day in workdays(first, count)]
    else:
        moments = [
            (day, hour)
            for day in workdays(first, days)
            for hour in sorted(dice.sample(HOURS, RUNS_A_DAY))
        ]
    share = dice.uniform(*BUSY_SHARE)
    is_told = of.tests is LineTests.TOLD
    return [
        _run(
            of,
            dice,
            _moment(day, hour, zone, dice),
            share if hour in BUSY else 1.0,
            factor,
            is_told,
        )
        for day, hour in moments
    ]


def _moment(day: date, hour: int, zone: str, dice: Random) -> datetime:
    return datetime.combine(day, time(hour, dice.randint(2, 57)), ZoneInfo(zone))


def _run(
    of: Profile, dice: Random, at: datetime, share: float, factor: float, is_told: bool
) -> SampleRun:
    def near(value: float) -> float:
        return round(max(0.01, value * dice.gauss(1, NOISE)), 2)

    load = 1 / share
    return SampleRun(
        at=at,
        down_mbps=near(of.down_mbps * factor * share),
        up_mbps=near(of.up_mbps * factor * share),
        rtt_ms=near(of.rtt_ms * load**0.5),
        jitter_ms=near(of.jitter_ms * load),
        loss_share=round(of.loss_percent * load * dice.uniform(0.7, 1.1) / 100, 5),
        is_udp_open=of.is_udp_open,
        is_wired=True,
        browser=BROWSERS[0] if of.tests is LineTests.WHOLE else dice.choice(BROWSERS),
        tool=TOOL if is_told else "",
    )
