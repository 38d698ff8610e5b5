"""A sheet of other tools' results, read row by row with every fault at once."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from serai.base.forms.fields import read_number
from serai.base.imports import CellFault, Preview, Wanted, guess_columns, preview
from serai.base.tables import Sheet
from serai.readiness.actions import EnteredRun, doubts


def wanted_columns() -> list[Wanted]:
    """Return the columns that the import understands."""
    return [
        Wanted("day", _("Day"), ("date",), is_required=True, read=_day),
        Wanted("time", _("Time"), (), is_required=True, read=_time),
        Wanted("tool", _("Tool"), (), is_required=True),
        Wanted("down", _("Download, Mbit/s"), ("download", "down_mbps"), True, _number),
        Wanted("up", _("Upload, Mbit/s"), ("upload", "up_mbps"), True, _number),
        Wanted("rtt", _("Round trip, ms"), ("ping", "latency", "rtt_ms"), read=_number),
        Wanted("jitter", _("Jitter, ms"), ("jitter_ms",), read=_number),
        Wanted("loss", _("Packets lost, %"), ("loss_percent", "packet loss"), read=_number),
    ]


def read_runs(sheet: Sheet, zone: str, now: datetime) -> Preview[EnteredRun]:
    """Return what every row says, on the office's clock, and what is wrong with it."""
    wanted = wanted_columns()
    return preview(sheet, wanted, guess_columns(sheet[0], wanted), _reader(zone, now))


def _reader(zone: str, now: datetime) -> Callable[[Mapping[str, object]], EnteredRun]:
    def make(values: Mapping[str, object]) -> EnteredRun:
        day, clock = values["day"], values["time"]
        if not isinstance(day, date) or not isinstance(clock, time):
            raise CellFault(_("Enter day and time."))
        entered = EnteredRun(
            tool=str(values["tool"]),
            at=datetime.combine(day, clock, ZoneInfo(zone)),
            down_mbps=_figure(values["down"]) or 0.0,
            up_mbps=_figure(values["up"]) or 0.0,
            rtt_ms=_figure(values.get("rtt")),
            jitter_ms=_figure(values.get("jitter")),
            loss_percent=_figure(values.get("loss")),
        )
        if said := doubts(entered, now):
            raise CellFault(" ".join(said))
        return entered

    return make


def _figure(value: object) -> float | None:
    return value if isinstance(value, float) else None


def _number(text: str) -> float:
    try:
        return float(read_number(text))
    except ValidationError as error:
        raise CellFault(" ".join(error.messages)) from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError as error:
        raise CellFault(_("This is not a day. Write it as 2021-06-30.")) from error


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text.strip().zfill(5))
    except ValueError as error:
        raise CellFault(_("This is not a time. Write it as 09:30.")) from error
