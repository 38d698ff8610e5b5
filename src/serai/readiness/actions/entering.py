"""Figures of other tools, typed or brought in from a sheet: declared, never measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base import audit
from serai.base.access import Viewer, require
from serai.base.files import Checked, keep_checked
from serai.calc.network import Entry, entry_faults
from serai.readiness import access
from serai.readiness.actions.testing import TestRefused
from serai.readiness.models import MeetingRoom, Office, ProbeRun
from serai.readiness.states import RunSource, UdpPath

MOST_ROWS = 500


@dataclass(frozen=True)
class EnteredRun:
    """What another tool said.

    Attributes:
        at: when it was run.
        loss_percent: 0 to 100.
        row: of the sheet, as people count; 0 of what was typed.
    """

    tool: str
    at: datetime
    down_mbps: float
    up_mbps: float
    rtt_ms: float | None = None
    jitter_ms: float | None = None
    loss_percent: float | None = None
    room: MeetingRoom | None = None
    is_wired: bool | None = None
    row: int = 0


def doubts(entered: EnteredRun, now: datetime) -> list[str]:
    """Return what is likely a slip, in sentences for whoever typed it."""
    told = Entry(
        entered.row, entered.down_mbps, entered.up_mbps,
        entered.rtt_ms, entered.jitter_ms, entered.loss_percent,
    )  # fmt: skip
    found = []
    # The core says it in English, with the row; here it is said in the reader's language.
    for fault in entry_faults([told]):
        if "kbit/s" in fault:
            found.append(_("More than 10,000 Mbit/s: did you mean kbit/s? Divide by 1,000."))
        else:
            found.append(_("A rate or a time below 0, or a loss outside 0 to 100 %. Correct it."))
    if entered.at > now:
        found.append(_("This day is still to come. Enter when the test was run."))
    if not entered.tool.strip():
        found.append(_("Name the tool."))
    return found


@transaction.atomic
def enter_run(
    *, office: Office, entered: EnteredRun, file: Checked | None = None, by: Viewer, now: datetime
) -> ProbeRun:
    """Keep what another tool said, as declared.

    Raises:
        Denied: to all but the office's own people.
        TestRefused: a figure that is likely a slip.
    """
    require(access.may_test, by, office)
    _check(office, [entered], now)
    stored = (
        keep_checked(
            checked=file,
            thing=f"readiness.office:{office.pk}",
            by=by.person_id,
            now=now,
            sample=office.sample,
        )
        if file
        else None
    )
    run = _row(office, entered, RunSource.ENTERED, by)
    run.file = stored
    run.save(force_insert=True)
    _note("enter_run", office, by, now, {"tool": run.tool, "run": run.public_id})
    return run


@transaction.atomic
def import_runs(
    *, office: Office, rows: Sequence[EnteredRun], by: Viewer, now: datetime
) -> list[ProbeRun]:
    """Keep every row of a sheet as declared, or none.

    Raises:
        Denied: to all but the office's own people.
        TestRefused: too many rows, or one that is likely a slip.
    """
    require(access.may_test, by, office)
    if not 0 < len(rows) <= MOST_ROWS:
        raise TestRefused(_("A sheet holds 1 to {most} tests. Split it.").format(most=MOST_ROWS))
    _check(office, rows, now)
    made = ProbeRun.objects.bulk_create([_row(office, one, RunSource.IMPORTED, by) for one in rows])
    _note("import_runs", office, by, now, {"count": len(made)})
    return made


def _check(office: Office, rows: Sequence[EnteredRun], now: datetime) -> None:
    if office.is_closed:
        raise TestRefused(_("This office is closed. Choose another."))
    for one in rows:
        if one.room is not None and one.room.office_id != office.pk:
            raise TestRefused(
                _("This room belongs to another office. Choose one of yours."), "room"
            )
        if said := doubts(one, now):
            place = _("Row {row}").format(row=one.row) + ": " if one.row else ""
            raise TestRefused(place + " ".join(said))


def _row(office: Office, entered: EnteredRun, source: RunSource, by: Viewer) -> ProbeRun:
    """Return the row: a tool's one figure stands as mean and as tail."""
    return ProbeRun(
        office=office,
        room=entered.room,
        source=source.value,
        tool=entered.tool.strip()[:60],
        is_wired=entered.is_wired,
        at=entered.at,
        down_mean_mbps=entered.down_mbps,
        down_tail_mbps=entered.down_mbps,
        up_mean_mbps=entered.up_mbps,
        up_tail_mbps=entered.up_mbps,
        rtt_ms=entered.rtt_ms,
        rtt_p95_ms=entered.rtt_ms,
        jitter_p95_ms=entered.jitter_ms,
        loss_share=None if entered.loss_percent is None else entered.loss_percent / 100,
        udp=UdpPath.NOT_TRIED.value,
        entered_by_id=by.person_id,
        sample=office.sample or by.is_sample,
    )


def _note(verb: str, office: Office, by: Viewer, now: datetime, after: dict[str, object]) -> None:
    audit.record(
        by=by.person_id, verb=verb, thing=f"readiness.office:{office.pk}", after=after, at=now
    )
