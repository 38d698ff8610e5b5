import pytest
from django.db import transaction
from tests.base.mail.letters import NOON, letter
from tests.factories.members import person

from serai.base.mail import Attachment, send, send_all
from serai.base.mail.topics import ALWAYS, TOPICS
from serai.base.models import Job, Message, MessageState

pytestmark = pytest.mark.django_db


def test_send_in_production_queues_letter_and_job_together(in_production):
    row = send(letter(thing="a.b:1", link="/reports/abc/"), now=NOON)

    row.refresh_from_db()
    assert (row.state, row.address, row.language, row.next_at, row.written_at) == (
        "queued", "anna@agency.test", "en", NOON, NOON,
    )  # fmt: skip
    job = Job.objects.get()
    assert (job.name, job.key, job.arguments) == (
        "base.send_mail", f"mail:{row.pk}", {"message_id": row.pk},
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_send_in_a_transaction_that_fails_leaves_neither(in_production):
    def begun_and_broken_off():
        send(letter())
        raise RuntimeError

    with pytest.raises(RuntimeError), transaction.atomic():
        begun_and_broken_off()

    assert (Message.objects.count(), Job.objects.count()) == (0, 0)


def test_a_key_is_written_once(in_production):
    first = send(letter())

    assert send(letter()).pk == first.pk
    assert [row.pk for row in send_all([letter(), letter("l"), letter("l")])] == [
        first.pk, first.pk + 1, first.pk + 1,
    ]  # fmt: skip
    assert Job.objects.count() == 2


def test_a_trial_sends_nowhere():
    assert send(letter()).state == MessageState.HELD
    assert Job.objects.count() == 0


def test_a_sample_letter_never_leaves_and_says_so(in_production):
    row = send(letter(sample=True))

    assert (row.state, row.subject) == (
        "held_sample", "[Sample] Finished: Issuing <b>a report</b>",
    )  # fmt: skip
    assert row.text.startswith("This is a sample. It says nothing about any country or person.\n")
    assert Job.objects.count() == 0


def test_a_letter_to_a_sample_person_is_sample(in_production):
    assert send(letter(address="", person_id=person(sample=True).pk)).state == "held_sample"


def test_an_invented_address_stays_in_the_box(in_production):
    assert send(letter(address="a@agency.example")).state == MessageState.HELD


def test_a_topic_turned_off_stays_in_the_inbox(in_production, monkeypatch):
    reader = person(email="r@agency.test", muted_topics=["reports"])

    def send_on(topic):
        monkeypatch.setitem(TOPICS.kinds, letter().template, topic)
        return send(letter(topic, address="", person_id=reader.pk))

    muted, other, always = send_on("reports"), send_on("meetings"), send_on(ALWAYS)

    assert [muted.topic, other.topic, always.topic] == ["reports", "meetings", ""]
    assert [muted.state, other.state, always.state] == ["inbox_only", "queued", "queued"]


def test_an_inbox_letter_never_leaves(in_production):
    reader = person(email="r@agency.test")

    assert send(letter(address="", person_id=reader.pk, is_inbox_only=True)).state == "inbox_only"


def test_an_address_that_bounced_gets_no_more(in_production):
    Message.objects.filter(pk=send(letter("1")).pk).update(state="failed", is_bounce=True)

    assert send(letter("2")).state == MessageState.SUPPRESSED
    assert send(letter("3", address="other@agency.test")).state == MessageState.QUEUED


def test_the_readers_language_is_used(in_production):
    reader = person(email="r@agency.test", language="fa")

    row = send(letter(address="", person_id=reader.pk, link="/reports/abc/"))

    assert row.language == "fa"
    assert 'dir="rtl"' in row.html
    assert "https://serai.test/fa/reports/abc/" in row.text


def test_text_is_plain_and_html_is_escaped(in_production):
    row = send(letter())

    assert row.subject == "Finished: Issuing <b>a report</b>"
    assert "What you asked for is ready: Issuing <b>a report</b>." in row.text
    assert "What you asked for is ready: Issuing &lt;b&gt;a report&lt;/b&gt;." in row.html
    assert "<b>" not in row.html


def test_an_unknown_reader_is_refused():
    with pytest.raises(ValueError, match="Letter k: there is no person 987654321"):
        send(letter(person_id=987_654_321))


def test_a_large_attachment_belongs_into_the_storage():
    large = Attachment("report.pdf", "application/pdf", content=b"x" * (256 * 1024 + 1))

    with pytest.raises(ValueError, match="Store it and give its storage_key"):
        send(letter(attachments=(large,)))


@pytest.mark.parametrize("count", [1, 3])
def test_send_all_asks_for_readers_and_keys_once(count, django_assert_num_queries):
    readers = [person() for _ in range(count)]
    letters = [letter(f"k{r.pk}", address="", person_id=r.pk) for r in readers]

    with django_assert_num_queries(2 + count):
        send_all(letters, now=NOON)
