"""Tickets, runs taken in, runs that do not count."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.factories.members import NOON, organisation, viewer_with
from tests.factories.readiness import (
    probe_point,
    probe_run,
    probe_ticket,
    probed_office,
    probed_room,
)

from serai.base.access import Denied
from serai.base.models import AuditEntry, Message
from serai.base.probe import End, PacketReceipt, Receipt, Way, sign_packets, sign_receipt
from serai.readiness import actions
from serai.readiness.actions import TestAnswer, TestRefused, WantedTest
from serai.readiness.models import ProbeRun, ProbeTicket, RunVoid

pytestmark = pytest.mark.django_db
KEY = b"a key of this test"
SHORT = WantedTest(length="short", consents=True)


@pytest.fixture
def agency():
    return organisation()


@pytest.fixture
def office(agency):
    return probed_office(organisation=agency, latitude="41.7", longitude="44.8")


@pytest.fixture
def focal(agency):
    return viewer_with("lead", agency)


def counts(mbps, seconds=5):
    """What a receiver counts in a steady stream, five times a second."""
    return tuple((at, int(mbps * 125 * at)) for at in range(200, seconds * 1000 + 1, 200))


def receipt(ticket, way, mbps, *, key=KEY, number=None, seconds=5, is_cut_short=False):
    told = Receipt(
        number or ticket.public_id, way, counts(mbps, seconds), 0, is_cut_short, 1_000, {}
    )
    return sign_receipt(told, key)


def answer(ticket, *, down=20.0, up=10.0, **told):
    return TestAnswer(
        receipts=(
            receipt(ticket, Way.DOWNLOAD, down, **told),
            receipt(ticket, Way.UPLOAD, up, **told),
        ),
        idle_ms=[70, 72, 80],
        loaded_ms=[90, 150],
        browser="Firefox/140",
    )


@pytest.fixture
def ticket(office, focal):
    return probe_ticket(office, issued_to_id=focal.person_id)


def take_in(ticket, focal, given=None, now=NOON):
    return actions.take_in_run(
        ticket=ticket, answer=given or answer(ticket), key=KEY, by=focal, now=now
    )


# ---------------------------------------------------------------- tickets
def test_a_ticket_lasts_two_hours_and_holds_what_may_flow(office, focal):
    room = probed_room(office)

    made = actions.issue_ticket(
        office=office,
        point=probe_point(),
        wanted=WantedTest("full", consents=True, room=room, is_wired=True),
        by=focal,
        now=NOON,
    )

    assert (made.expires_at - NOON, made.caps_bytes, made.room) == (
        timedelta(hours=2), 40_000_000, room,
    )  # fmt: skip
    assert (made.consent_at, made.issued_to_id, made.state) == (NOON, focal.person_id, "issued")
    assert AuditEntry.objects.get(verb="issue_ticket").after == {
        "office": office.public_id, "length": "full",
    }  # fmt: skip


def test_without_consent_there_is_no_ticket(office, focal):
    with pytest.raises(TestRefused) as refused:
        actions.issue_ticket(
            office=office, point=probe_point(), wanted=WantedTest("short", consents=False),
            by=focal, now=NOON,
        )  # fmt: skip

    assert (refused.value.field, ProbeTicket.objects.count()) == ("consents", 0)


@pytest.mark.parametrize("closed", ["office", "point", "room"])
def test_what_is_closed_or_anothers_gets_no_ticket(office, focal, closed):
    office.is_closed = closed == "office"
    room = probed_room(probed_office()) if closed == "room" else None

    with pytest.raises(TestRefused):
        actions.issue_ticket(
            office=office,
            point=probe_point(is_in_use=closed != "point"),
            wanted=WantedTest("short", consents=True, room=room),
            by=focal,
            now=NOON,
        )


@pytest.mark.parametrize("role", ["officer", "coordinator", "focal_point", "expert"])
def test_only_its_own_people_test_an_office(office, role):
    with pytest.raises(Denied):
        actions.issue_ticket(
            office=office, point=probe_point(), wanted=SHORT, by=viewer_with(role), now=NOON
        )


# ---------------------------------------------------------------- runs
def test_a_signed_run_is_kept_as_measured(ticket, focal):
    run = take_in(ticket, focal)

    assert (run.source, run.is_thin, run.is_cut_short, run.udp) == (
        "probe", False, False, "not_tried",
    )  # fmt: skip
    assert run.down_tail_mbps == pytest.approx(20)
    assert run.up_mean_mbps == pytest.approx(10)
    assert (run.rtt_ms, run.rtt_least_ms, run.rtt_loaded_ms) == (72, 70, 120)
    assert (run.jitter_p95_ms, run.loss_share) == (None, None)
    assert run.distance_km == pytest.approx(2037, rel=0.01)
    assert (run.browser, run.entered_by_id) == ("Firefox/140", focal.person_id)
    assert run.series["idle_rtt_ms"] == [70, 72, 80]
    ticket.refresh_from_db()
    assert (ticket.state, ticket.used_at) == ("used", NOON)


def packets(ticket, *, lost=(), key=KEY):
    """A receipt of 500 small packets: every second one 60 ms, the others 50 ms."""
    told = tuple((at * 20, None if at in lost else 50.0 + 10 * (at % 2)) for at in range(500))
    return sign_packets(PacketReceipt(ticket.public_id, End.DONE, told, 1_000, {}), key)


def with_packets(ticket, text, **told):
    return replace(answer(ticket), packets=text, **told)


def test_small_packets_tell_loss_jitter_and_the_delay_of_a_voice(ticket, focal):
    text = packets(ticket, lost={100, 101, 200, 201, 300, 301})

    run = take_in(ticket, focal, with_packets(ticket, text))

    assert (run.source, run.udp) == ("probe", "open")
    assert (run.loss_share, run.late_share) == (pytest.approx(0.012), 0)
    assert run.burst_ratio == pytest.approx(2 * (1 - 0.012))
    assert (run.jitter_p95_ms, run.rtt_p95_ms, run.rtt_least_ms) == (
        pytest.approx(10), 60, 50,
    )  # fmt: skip
    assert run.rtt_ms == 72  # of the quiet line over TCP, as without packets
    assert run.receipt.splitlines()[-1] == text
    assert run.series["packets"][100] == [2_000, None]


def test_a_browser_that_cannot_send_packets_is_no_firewall(ticket, focal):
    run = take_in(ticket, focal, with_packets(ticket, "", is_udp_missing=True))

    assert (run.source, run.udp, run.loss_share) == ("probe", "not_measurable", None)


def test_where_no_packet_came_udp_is_blocked_and_nothing_said_of_loss(ticket, focal):
    silent = sign_packets(PacketReceipt(ticket.public_id, End.SILENT, (), 1_000, {}), KEY)

    run = take_in(ticket, focal, with_packets(ticket, silent))

    assert (run.source, run.udp, run.loss_share, run.jitter_p95_ms) == (
        "probe", "blocked", None, None,
    )  # fmt: skip
    assert (run.rtt_p95_ms, "packets" in run.series) == (pytest.approx(79.2), False)


def test_a_forged_receipt_of_packets_makes_the_run_declared(ticket, focal):
    officer = viewer_with("officer")

    run = take_in(ticket, focal, with_packets(ticket, packets(ticket, key=b"another")))

    assert (run.source, run.udp) == ("entered", "open")
    assert Message.objects.get(thing=f"readiness.proberun:{run.pk}").person_id == officer.person_id


def test_packets_are_sent_where_the_person_agreed(office, focal):
    wanted = replace(SHORT, with_packets=True)

    made = actions.issue_ticket(
        office=office, point=probe_point(), wanted=wanted, by=focal, now=NOON
    )

    assert made.may_send_packets is True


def test_a_used_ticket_is_refused_with_its_day(ticket, focal):
    take_in(ticket, focal)

    with pytest.raises(TestRefused, match=r"Used on .*30 June 2021.*Ask for a new link"):
        take_in(ticket, focal)

    assert ProbeRun.objects.count() == 1


def test_an_expired_ticket_is_refused(ticket, focal):
    with pytest.raises(TestRefused, match=r"Expired on .*Ask for a new link"):
        take_in(ticket, focal, now=NOON + timedelta(hours=2, minutes=31))


def test_a_test_begun_in_the_latest_minute_is_taken(ticket, focal):
    run = take_in(ticket, focal, now=NOON + timedelta(hours=2, minutes=5))

    assert run.source == "probe"


def test_anothers_ticket_is_denied(ticket, agency):
    with pytest.raises(Denied):
        take_in(ticket, viewer_with("lead", agency))


@pytest.mark.parametrize(
    "told",
    [{"key": b"another"}, {"number": "anothers"}, {"down": 20_000.0}],
    ids=["another key", "another ticket", "over 10 Gbit/s"],
)
def test_what_is_not_ours_is_kept_as_entered_and_officers_are_told(ticket, focal, told):
    officer = viewer_with("officer")

    run = take_in(ticket, focal, answer(ticket, **told))

    letter = Message.objects.get(thing=f"readiness.proberun:{run.pk}")
    assert (run.source, run.tool) == ("entered", "Test without a good signature")
    assert run.up_tail_mbps == pytest.approx(10)
    assert letter.person_id == officer.person_id
    assert letter.key == f"readiness.run_doubted:{run.pk}:{officer.person_id}"


def test_nonsense_is_kept_without_figures(ticket, focal):
    run = take_in(ticket, focal, TestAnswer(receipts=("nonsense",)))

    assert (run.source, run.down_tail_mbps, run.rtt_ms) == ("entered", None, None)


def test_counts_that_go_back_are_refused(ticket, focal):
    told = Receipt(ticket.public_id, Way.UPLOAD, ((400, 10), (200, 20)), 0, False, 1_000, {})

    with pytest.raises(TestRefused):
        take_in(ticket, focal, TestAnswer(receipts=(sign_receipt(told, KEY),)))


def test_nothing_measured_leaves_the_ticket(ticket, focal):
    with pytest.raises(TestRefused, match="Nothing was measured"):
        take_in(ticket, focal, TestAnswer(idle_ms=[70]))

    ticket.refresh_from_db()
    assert ticket.used_at is None


def test_a_test_cut_short_is_kept_and_flagged(ticket, focal):
    given = TestAnswer(receipts=(receipt(ticket, Way.DOWNLOAD, 20, seconds=2, is_cut_short=True),))

    run = take_in(ticket, focal, given)

    assert (run.source, run.is_cut_short, run.is_thin) == ("probe", True, True)
    assert (run.down_tail_mbps, run.up_tail_mbps) == (pytest.approx(20), None)


def test_a_short_test_over_a_long_way_is_thin(ticket, focal):
    given = answer(ticket)

    run = take_in(ticket, focal, TestAnswer(receipts=given.receipts, idle_ms=[301, 302]))

    assert (run.is_cut_short, run.is_thin) == (False, True)


@pytest.mark.parametrize(
    "told",
    [["x", None, -1, float("nan"), float("inf"), 10**9, [1]], [{"a": 1}]],
    ids=["seven", "one"],
)
def test_echoes_that_cannot_be_are_left_out(ticket, focal, told):
    run = take_in(ticket, focal, TestAnswer(receipts=answer(ticket).receipts, idle_ms=told))

    assert (run.rtt_ms, run.series["idle_rtt_ms"]) == (None, [])


def test_no_address_is_kept(ticket, focal):
    run = take_in(ticket, focal)
    said = json.dumps(
        [run.series, run.receipt, [*AuditEntry.objects.values_list("after", flat=True)]]
    )

    assert [field.name for field in ProbeRun._meta.fields if "address" in field.name] == []
    assert "127.0.0.1" not in said


# ---------------------------------------------------------------- void, purge, expire
def test_an_officer_says_that_a_run_does_not_count(office):
    office.audience = "secretariat"
    office.save()
    run, officer = probe_run(office), viewer_with("officer")

    void = actions.void_run(run=run, reason=" Ran over a telephone. ", by=officer, now=NOON)

    assert (void.reason, void.by_id) == ("Ran over a telephone.", officer.person_id)
    assert AuditEntry.objects.get(verb="void_run").after == {"reason": "Ran over a telephone."}


def test_a_void_needs_a_reason_and_is_said_once(office):
    office.audience = "secretariat"
    office.save()
    run, officer = probe_run(office), viewer_with("officer")

    with pytest.raises(TestRefused) as refused:
        actions.void_run(run=run, reason="  ", by=officer, now=NOON)
    actions.void_run(run=run, reason="Why.", by=officer, now=NOON)
    with pytest.raises(TestRefused):
        actions.void_run(run=run, reason="Again.", by=officer, now=NOON)

    assert (refused.value.field, RunVoid.objects.count()) == ("reason", 1)


def test_its_own_people_void_nothing(office, focal):
    with pytest.raises(Denied):
        actions.void_run(run=probe_run(office), reason="Slow.", by=focal, now=NOON)


def test_series_are_emptied_after_24_months(office):
    old = probe_run(office, NOON - timedelta(days=731))
    young = probe_run(office, NOON - timedelta(days=729))

    emptied = (actions.purge_series(now=NOON), actions.purge_series(now=NOON))

    old.refresh_from_db()
    young.refresh_from_db()
    assert emptied == (1, 0)
    assert (old.series, old.down_tail_mbps) == ({}, 20.0)
    assert young.series == {"idle_rtt_ms": [70, 80]}


def test_tickets_that_nobody_used_expire(office):
    gone = probe_ticket(office, expires_at=NOON - timedelta(hours=1))
    used = probe_ticket(office, expires_at=NOON - timedelta(hours=1), state="used", used_at=NOON)
    good = probe_ticket(office)

    expired = actions.expire_tickets(now=NOON)

    states = [ProbeTicket.objects.get(pk=one.pk).state for one in (gone, used, good)]
    assert (expired, states) == (1, ["expired", "used", "issued"])
