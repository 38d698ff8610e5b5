from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from tests.base.mail.letters import NOON, SENDER, letter
from tests.base.mail.post_office import free_port, open_office
from tests.factories.members import person

from serai.base.jobs import run_ready
from serai.base.mail import Attachment, bounced, send, send_again, sending
from serai.base.mail.posting import Answer, Reply, post
from serai.base.mail.topics import TOPICS
from serai.base.models import Job, Message, MessageState

pytestmark = pytest.mark.django_db(transaction=True)


def try_once(row, server, now=NOON):
    state = sending.send_one(row.pk, now=now, post=lambda one: post(one, server), sender=SENDER)
    row.refresh_from_db()
    return state


@pytest.fixture
def row(in_production):
    return send(letter(), now=NOON)


@pytest.mark.either_engine
@pytest.mark.parametrize(
    ("attempt", "seconds"), [(1, 60), (2, 120), (3, 240), (9, 15_360), (10, 21_600), (99, 21_600)]
)
def test_pause_doubles_up_to_six_hours(attempt, seconds):
    assert sending.pause(attempt).total_seconds() == seconds


def test_a_letter_arrives_whole(in_production, office, settings, monkeypatch):
    monkeypatch.setitem(TOPICS.kinds, letter().template, "meetings")
    reader = person(email="anna@agency.test", language="en")
    key = default_storage.save("mail-test/minutes.pdf", ContentFile(b"%PDF-1.7 x"))
    row = send(
        letter(
            "meeting:1", address="", person_id=reader.pk, link="/reports/abc/",
            reply_to="office@serai.test",
            attachments=(
                Attachment("visit.ics", "text/calendar; method=REQUEST", b"BEGIN:VCALENDAR\r\n"),
                Attachment("minutes.pdf", "application/pdf", storage_key=key),
            ),
        ),
        now=NOON,
    )  # fmt: skip

    assert try_once(row, office) == MessageState.SENT

    (got,) = office.taken
    assert got["From"] == "Programme <noreply@serai.test>"
    assert got["To"] == "anna@agency.test"
    assert got["Subject"] == "Finished: Issuing <b>a report</b>"
    assert got["Message-ID"] == "<meeting%3A1@serai.test>"
    assert got["Reply-To"] == "office@serai.test"
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["List-Unsubscribe"].startswith("<https://serai.test/en/letters/stop/")
    assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert got.get_body(("plain",)).get_content().replace("\r\n", "\n") == row.text
    assert "https://serai.test/en/reports/abc/" in got.get_body(("html",)).get_content()
    calendar, minutes = got.iter_attachments()
    assert calendar["Content-Type"].params["method"] == "REQUEST"
    assert calendar.get_content().startswith("BEGIN:VCALENDAR")
    assert (minutes.get_filename(), minutes.get_content()) == ("minutes.pdf", b"%PDF-1.7 x")
    assert (row.state, row.sent_at, row.next_at, row.attempt) == ("sent", NOON, None, 1)
    default_storage.delete(key)


def test_a_letter_without_a_topic_cannot_be_turned_off(row, office):
    try_once(row, office)

    assert office.taken[0]["List-Unsubscribe"] is None


def test_the_job_sends_and_ends_with_the_letter(in_production, office, settings):
    settings.MAIL = office
    row = send(letter())

    assert run_ready() == ["base.send_mail"]

    row.refresh_from_db()
    assert (row.state, Job.objects.get().state, len(office.taken)) == ("sent", "done", 1)


def test_a_temporary_refusal_is_tried_again_later(row):
    with open_office(recipient="451 4.7.1 Greylisted") as office:
        assert try_once(row, office) == MessageState.QUEUED

    assert (row.attempt, row.next_at, row.reply) == (
        1, NOON + timedelta(seconds=60), "451 4.7.1 Greylisted",
    )  # fmt: skip


def test_an_unknown_address_fails_at_once_and_is_suppressed(row):
    with open_office(recipient="550 5.1.1 No such user") as office:
        assert try_once(row, office) == MessageState.FAILED

    assert (row.is_bounce, row.next_at, row.reply) == (True, None, "550 5.1.1 No such user")
    assert send(letter("2")).state == MessageState.SUPPRESSED


def test_a_refused_content_fails_without_blaming_the_address(row):
    with open_office(content="554 5.7.1 Looks like spam") as office:
        assert try_once(row, office) == MessageState.FAILED

    assert not row.is_bounce
    assert send(letter("2")).state == MessageState.QUEUED


@pytest.mark.parametrize("reply", ["552 5.2.2 Mailbox full", "554 5.7.1 Refused"])
def test_other_final_refusals_of_the_address_are_no_bounce(row, reply):
    with open_office(recipient=reply) as office:
        assert try_once(row, office) == MessageState.FAILED

    assert not row.is_bounce


def test_a_server_that_does_not_know_us_is_our_fault_and_tried_again(row):
    with open_office(recipient="530 5.7.0 Authentication required") as office:
        assert try_once(row, office) == MessageState.QUEUED


def test_without_tls_a_letter_waits_rather_than_travel_open(row, office):
    office.tls = "starttls"

    assert try_once(row, office) == MessageState.QUEUED
    assert office.taken == []
    assert row.reply == "STARTTLS extension not supported by server."


def test_a_password_the_server_does_not_take_waits(row, office):
    office.user, office.password = "serai", "wrong"

    assert try_once(row, office) == MessageState.QUEUED
    assert office.taken == []


def test_no_server_named_waits_in_words(row, office):
    office.host = ""

    assert try_once(row, office) == MessageState.QUEUED
    assert row.reply == "No mail server is named: set SERAI_SMTP_HOST."


def test_an_hour_without_mail_server_loses_nothing(in_production, office):
    rows = [send(letter(f"k{n}"), now=NOON + timedelta(minutes=n)) for n in range(30)]
    away = type(office)(port=free_port())
    moment, end = NOON, NOON + timedelta(hours=1)
    while moment < end:
        for row in rows:
            if row.written_at <= moment and row.next_at <= moment:
                assert try_once(row, away, moment) == MessageState.QUEUED
        moment += timedelta(minutes=1)

    late = end + timedelta(hours=1)
    while moment < late:
        for row in rows:
            if row.state == MessageState.QUEUED and row.next_at <= moment:
                assert try_once(row, office, moment) == MessageState.SENT
        moment += timedelta(minutes=1)

    assert Message.objects.filter(state=MessageState.SENT).count() == 30
    assert sorted(got["Message-ID"] for got in office.taken) == sorted(
        f"<k{n}@serai.test>" for n in range(30)
    )


def test_after_two_days_a_letter_fails(row):
    away = Reply(Answer.LATER, "ConnectionRefusedError")
    moment, tries = NOON, 0
    while row.state != MessageState.FAILED:
        sending.send_one(row.pk, now=moment, post=lambda one: away, sender=SENDER)
        row.refresh_from_db()
        tries += 1
        moment = row.next_at or moment

    assert timedelta(hours=42) < moment - NOON <= timedelta(hours=48)
    assert tries == 16
    assert row.reply == "ConnectionRefusedError"


def test_a_letter_half_sent_by_a_killed_worker_is_sent_again(row, office):
    sending.take(row.pk, NOON)

    assert sending.sweep(NOON + timedelta(minutes=10)) == 0
    Job.objects.all().delete()
    assert sending.sweep(NOON + timedelta(minutes=16)) == 1
    assert try_once(row, office, NOON + timedelta(minutes=16)) == MessageState.SENT
    assert len(office.taken) == 1


def test_a_letter_that_is_sent_is_not_sent_again(row, office):
    try_once(row, office)

    assert try_once(row, office) is None
    assert len(office.taken) == 1


def test_the_next_try_has_its_own_job_at_its_time(in_production, settings):
    settings.MAIL = type("Away", (), {
        "host": "127.0.0.1", "port": free_port(), "user": "", "password": "", "tls": "none",
    })()  # fmt: skip
    row = send(letter())

    before = timezone.now()
    assert run_ready() == ["base.send_mail"]

    row.refresh_from_db()
    waiting = Job.objects.get(state="ready")
    assert (waiting.key, waiting.run_at) == (f"mail:{row.pk}", row.next_at)
    assert row.next_at >= before + timedelta(seconds=60)
    assert run_ready() == []


def test_an_address_that_cannot_be_written_fails_in_words(in_production, office):
    row = send(letter(address="not an address"), now=NOON)

    assert try_once(row, office) == MessageState.FAILED
    assert row.reply.startswith("The letter cannot be written: ")


def test_an_attachment_that_is_gone_is_looked_for_again(in_production, office):
    gone = Attachment("a.pdf", "application/pdf", storage_key="mail-test/gone.pdf")
    row = send(letter(attachments=(gone,)), now=NOON)

    assert try_once(row, office) == MessageState.QUEUED
    assert row.reply == "An attachment cannot be read: FileNotFoundError"


def test_send_again_lifts_the_suppression(row):
    Message.objects.filter(pk=row.pk).update(state="failed", is_bounce=True)
    Job.objects.all().delete()

    assert send_again(row.public_id, NOON)

    row.refresh_from_db()
    assert (row.state, row.is_bounce, row.attempt) == ("queued", False, 0)
    assert Job.objects.count() == 1
    assert send(letter("2")).state == MessageState.QUEUED


def test_send_again_leaves_what_is_on_its_way_and_samples(row):
    sample = send(letter("2", sample=True))

    assert not send_again(row.public_id, NOON)
    assert not send_again(sample.public_id, NOON)
    assert not send_again("unknown", NOON)


def test_a_letter_that_came_back_later_suppresses_its_address(row, office):
    try_once(row, office)

    assert bounced("k", "550 5.1.1 <anna@agency.test> unknown")

    row.refresh_from_db()
    assert (row.state, row.is_bounce, row.reply) == ("failed", True, "550 5.1.1 <<e-mail>> unknown")
    assert not bounced("k", "")
