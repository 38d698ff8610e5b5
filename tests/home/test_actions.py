"""Letters read, letters sent again."""

from datetime import timedelta

import pytest
from tests.factories.members import person, person_with

from serai.base.access import ANONYMOUS, Denied
from serai.base.models import AuditEntry, Job, Message
from serai.home import actions
from serai.members.queries import viewer_of

pytestmark = pytest.mark.django_db


def letter(to, noon, **fields) -> Message:
    wanted = {
        "key": f"letter:{Message.objects.count()}", "person": to, "address": to.email,
        "language": "en", "topic": "news", "subject": "News", "text": "All is well.",
        "state": "sent", "written_at": noon, "next_at": noon,
    }  # fmt: skip
    return Message.objects.create(**wanted | fields)


def test_own_letters_are_marked_read_and_no_others(noon):
    me, other = person(), person()
    letter(me, noon)
    letter(me, noon, seen_at=noon - timedelta(days=1))
    letter(other, noon)

    marked = actions.mark_read(by=viewer_of(me, noon), now=noon)

    assert marked == 1
    assert list(Message.objects.order_by("id").values_list("seen_at", flat=True)) == [
        noon, noon - timedelta(days=1), None,
    ]  # fmt: skip


def test_a_visitor_marks_nothing(noon):
    letter(person(), noon)

    assert actions.mark_read(by=ANONYMOUS, now=noon) == 0


@pytest.mark.parametrize("state", ["failed", "suppressed"])
def test_a_letter_that_did_not_arrive_waits_again(state, noon):
    kept = letter(person(), noon, state=state, is_bounce=True)

    actions.send_again(letter=kept, by=viewer_of(person_with("administrator"), noon), now=noon)

    kept.refresh_from_db()
    assert (kept.state, kept.next_at, kept.is_bounce) == ("queued", noon, False)
    assert [job.key for job in Job.objects.filter(name="base.send_mail")] == [f"mail:{kept.pk}"]
    entry = AuditEntry.objects.latest("id")
    assert (entry.verb, entry.thing) == ("send_again", f"base.message:{kept.pk}")


@pytest.mark.parametrize("state", ["queued", "sending", "sent", "held"])
def test_any_other_letter_stays_as_it_is(state, noon):
    kept = letter(person(), noon, state=state)

    actions.send_again(letter=kept, by=viewer_of(person_with("administrator"), noon), now=noon)

    kept.refresh_from_db()
    assert kept.state == state
    assert Job.objects.filter(name="base.send_mail").count() == 0


def test_only_an_administrator_sends_again(noon):
    kept = letter(person(), noon, state="failed")

    with pytest.raises(Denied):
        actions.send_again(letter=kept, by=viewer_of(person_with("coordinator"), noon), now=noon)

    kept.refresh_from_db()
    assert kept.state == "failed"
