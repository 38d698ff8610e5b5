"""Connection tests of our own probe: tickets, runs taken in, runs that do not count."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base import audit
from serai.base.access import Viewer, require
from serai.base.days import plain_day
from serai.base.mail import send_all
from serai.base.probe import NotSigned, Receipt, Way, claimed_receipt, read_receipt
from serai.calc.network import (
    CannotRate,
    Count,
    Figures,
    Length,
    NotACount,
    NotAProbe,
    NotMeasured,
    Recording,
    Thin,
    figures,
    quantile,
)
from serai.readiness import access, emails
from serai.readiness.actions.small_packets import Heard, heard
from serai.readiness.models import MeetingRoom, Office, ProbePoint, ProbeRun, ProbeTicket, RunVoid
from serai.readiness.queries.runs import km_to_point
from serai.readiness.states import ProbeLength, RunSource, TicketState

LASTS = timedelta(hours=2)
# A test may begin in the ticket's latest minute, and wait for its turn.
TAKEN_IN_WITHIN = timedelta(minutes=30)
SERIES_KEPT = timedelta(days=730)
CAPS_BYTES = {ProbeLength.SHORT: 8_000_000, ProbeLength.FULL: 40_000_000}
SECONDS = {ProbeLength.SHORT: 5.0, ProbeLength.FULL: 10.0}
MOST_ECHOES, LONGEST_ECHO_MS = 1_000, 60_000.0
# It belongs to the run and not to the line: without datagrams only the voice is thin.
LINE_THIN = {Thin.CUT_SHORT, Thin.LONG_ROUND_TRIP}


class TestRefused(Exception):
    """A test that cannot be; its text says what, where and what to do.

    Attributes:
        field: what of the given facts is refused; empty for the whole.
    """

    __test__ = False  # for pytest, which would take the name for a test's

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class WantedTest:
    """What a person wants to test.

    Attributes:
        consents: they have read what flows and who sees it, and agree.
        with_packets: they agree to small packets over UDP as well.
    """

    length: str
    consents: bool
    room: MeetingRoom | None = None
    is_wired: bool | None = None
    with_packets: bool = False


@dataclass(frozen=True)
class TestAnswer:
    """What a browser hands in: receipts as the probe signed them, echoes in ms, its own name.

    Attributes:
        packets: the receipt of small packets; "" where there is none.
        is_udp_missing: the browser can send none, so nothing is known of the line.
    """

    __test__ = False

    receipts: Sequence[str] = ()
    idle_ms: Sequence[object] = ()
    loaded_ms: Sequence[object] = ()
    browser: str = ""
    packets: str = ""
    is_udp_missing: bool = False


@transaction.atomic
def issue_ticket(
    *, office: Office, point: ProbePoint, wanted: WantedTest, by: Viewer, now: datetime
) -> ProbeTicket:
    """Give leave for one test within two hours.

    Raises:
        Denied: to all but the office's own people.
        TestRefused: without consent, of a closed office, against a point not in use.
    """
    require(access.may_test, by, office)
    if not wanted.consents:
        raise TestRefused(
            _("No test runs without your consent. Tick the box, or enter another tool's figures."),
            "consents",
        )
    if office.is_closed or not point.is_in_use:
        raise TestRefused(_("This office or this point is closed. Choose another."))
    if wanted.room is not None and wanted.room.office_id != office.pk:
        raise TestRefused(_("This room belongs to another office. Choose one of yours."), "room")
    length = ProbeLength(wanted.length)
    ticket = ProbeTicket.objects.create(
        point=point,
        office=office,
        room=wanted.room,
        length=length.value,
        caps_bytes=CAPS_BYTES[length],
        is_wired=wanted.is_wired,
        may_send_packets=wanted.with_packets,
        issued_at=now,
        issued_to_id=by.person_id,
        consent_at=now,
        expires_at=now + LASTS,
        sample=office.sample or by.is_sample,
    )
    _note("issue_ticket", ticket, by, now, {"office": office.public_id, "length": length.value})
    return ticket


@transaction.atomic
def take_in_run(
    *, ticket: ProbeTicket, answer: TestAnswer, key: bytes, by: Viewer, now: datetime
) -> ProbeRun:
    """Keep what a test showed; the ticket is used.

    What our probe has not signed, and more than 10 Gbit/s, is kept as entered, and officers are told.

    Raises:
        Denied: to all but whom the ticket was given to.
        TestRefused: the ticket was used or is too old, or nothing was measured.
    """
    require(access.may_use_ticket, by, ticket)
    ticket = ProbeTicket.objects.select_for_update(of=("self",)).get(pk=ticket.pk)
    _check_ticket(ticket, now)
    receipts = [_receipt(text, ticket, key) for text in answer.receipts if text]
    kept = [one for one, _is_signed in receipts if one is not None]
    small = heard(
        answer.packets, is_missing=answer.is_udp_missing, number=ticket.public_id, key=key
    )
    try:
        recording = _recording(Length(ticket.length), kept, small, answer)
        found = figures(recording)
    except (NotACount, NotAProbe, NotMeasured, CannotRate) as error:
        raise TestRefused(_("The test counted nothing that could be. Run it again.")) from error
    if not receipts:
        raise TestRefused(_("Nothing was measured. Run the test again, or enter figures by hand."))
    signed = [small.is_ours, *(is_signed for _one, is_signed in receipts)]
    is_ours = found.is_plausible and all(signed)
    run = ProbeRun.objects.create(
        **measured(found, recording, small),
        office=ticket.office,
        room=ticket.room,
        point=ticket.point,
        ticket=ticket,
        source=(RunSource.PROBE if is_ours else RunSource.ENTERED).value,
        tool="" if is_ours else _("Test without a good signature"),
        length=ticket.length,
        is_wired=ticket.is_wired,
        browser=answer.browser[:60],
        at=now,
        is_cut_short=len(kept) < 2 or any(one.is_cut_short for one in kept),
        distance_km=km_to_point(ticket.office, ticket.point),
        receipt="\n".join([*answer.receipts, answer.packets]).rstrip("\n"),
        series=_series(kept, recording, small),
        entered_by_id=by.person_id,
        sample=ticket.sample,
    )
    ticket.state, ticket.used_at = TicketState.USED.value, now
    ticket.save(update_fields=["state", "used_at"])
    _note("take_in_run", run, by, now, {"source": run.source, "office": run.office.public_id})
    if not is_ours:
        send_all(emails.run_doubted(run, now), now=now)
    return run


def _check_ticket(ticket: ProbeTicket, now: datetime) -> None:
    """Refuse a used ticket, and one that has long expired."""
    if ticket.used_at is not None:
        raise TestRefused(
            _("Used on {date}. Ask for a new link.").format(date=plain_day(ticket.used_at))
        )
    if now > ticket.expires_at + TAKEN_IN_WITHIN:
        raise TestRefused(
            _("Expired on {date}. Ask for a new link.").format(date=plain_day(ticket.expires_at))
        )


def _receipt(text: str, ticket: ProbeTicket, key: bytes) -> tuple[Receipt | None, bool]:
    """Return what a receipt says and whether our probe signed it for this ticket."""
    try:
        receipt = read_receipt(text, key)
    except NotSigned:
        return claimed_receipt(text), False
    return receipt, receipt.number == ticket.public_id


def _counts(receipts: Sequence[Receipt], way: Way) -> tuple[Count, ...]:
    found = next((one for one in receipts if one.way is way), None)
    return tuple(Count(at / 1000, had) for at, had in found.counts) if found else ()


def _echoes(told: Sequence[object]) -> tuple[float, ...]:
    """Return the echoes that can be true: a browser's word, so nothing else is taken."""
    return tuple(
        float(one)
        for one in told[:MOST_ECHOES]
        if isinstance(one, int | float) and math.isfinite(one) and 0 <= one <= LONGEST_ECHO_MS
    )


def _recording(
    length: Length, receipts: Sequence[Receipt], small: Heard, answer: TestAnswer
) -> Recording:
    """Put together what was counted, by the probe and by the browser's own word."""
    return Recording(
        length=length,
        down=_counts(receipts, Way.DOWNLOAD),
        up=_counts(receipts, Way.UPLOAD),
        idle_rtt_ms=_echoes(answer.idle_ms),
        loaded_rtt_ms=_echoes(answer.loaded_ms),
        is_udp_tried=bool(answer.packets),
        probes=small.probes,
    )


def _series(receipts: Sequence[Receipt], recording: Recording, small: Heard) -> dict[str, object]:
    ways = {one.way.value: [list(pair) for pair in one.counts] for one in receipts}
    packets = {"packets": [list(pair) for pair in small.series]} if small.series else {}
    echoes = {
        "idle_rtt_ms": list(recording.idle_rtt_ms),
        "loaded_rtt_ms": list(recording.loaded_rtt_ms),
    }
    return {**ways, **echoes, **packets}


def measured(found: Figures, recording: Recording, small: Heard) -> dict[str, object]:
    """Return the figures of a run as its row keeps them; a voice's delays are those of UDP if known."""
    idle, loaded = recording.idle_rtt_ms, recording.loaded_rtt_ms
    packets = found.datagrams
    return {
        "down_mean_mbps": found.down.mean_mbps if found.down else None,
        "down_tail_mbps": found.down.tail_mbps if found.down else None,
        "up_mean_mbps": found.up.mean_mbps if found.up else None,
        "up_tail_mbps": found.up.tail_mbps if found.up else None,
        "rtt_ms": found.idle_rtt_p50_ms,
        "rtt_loaded_ms": quantile(loaded, 0.5) if loaded else None,
        "rtt_p95_ms": packets.rtt_p95_ms if packets else found.idle_rtt_p95_ms,
        "rtt_least_ms": packets.rtt_min_ms if packets else min(idle, default=None),
        "jitter_p95_ms": packets.jitter_p95_ms if packets else None,
        "loss_share": packets.loss_share if packets else None,
        "late_share": packets.late_share if packets else None,
        "burst_ratio": packets.burst_r if packets else None,
        "udp": small.udp.value,
        "is_thin": bool(LINE_THIN & {*found.thin}),
    }


@transaction.atomic
def void_run(*, run: ProbeRun, reason: str, by: Viewer, now: datetime) -> RunVoid:
    """Say that a run does not count, and why; it stays.

    Raises:
        Denied: to all but officers who read it.
        TestRefused: without a reason, or once it was said.
    """
    require(access.may_void, by, run)
    if not reason.strip():
        raise TestRefused(_("Say why this test does not count."), "reason")
    if RunVoid.objects.filter(run=run).exists():
        raise TestRefused(_("This test does not count already."))
    void = RunVoid.objects.create(
        run=run, reason=reason.strip(), at=now, by_id=by.person_id, sample=run.sample
    )
    _note("void_run", run, by, now, {"reason": reason.strip()})
    return void


@transaction.atomic
def expire_tickets(*, now: datetime) -> int:
    """Mark what was not used in time; return how many."""
    return ProbeTicket.objects.filter(
        state=TicketState.ISSUED.value, expires_at__lt=now - TAKEN_IN_WITHIN
    ).update(state=TicketState.EXPIRED.value)


@transaction.atomic
def purge_series(*, now: datetime) -> int:
    """Empty the raw series of runs older than 24 months; their figures stay. Return how many."""
    return ProbeRun.objects.filter(at__lt=now - SERIES_KEPT).exclude(series={}).update(series={})


def _note(
    verb: str, thing: ProbeTicket | ProbeRun, by: Viewer, now: datetime, after: dict[str, object]
) -> None:
    audit.record(
        by=by.person_id,
        verb=verb,
        thing=f"{thing._meta.label_lower}:{thing.pk}",
        after=after,
        at=now,
    )
