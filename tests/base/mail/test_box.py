from datetime import timedelta

import pytest
from tests.base.mail.letters import NOON, letter
from tests.factories.members import person

from serai.base.access import ANONYMOUS, NotFound
from serai.base.mail import (
    envelopes,
    inbox,
    mark_seen,
    send,
    unseen_count,
)
from serai.base.mail import letter as own_letter
from serai.base.models import MessageState
from serai.members.queries import viewer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return person(email="anna@agency.test")


def write(reader, key, hours=0, **fields):
    fields = {"address": "", "person_id": reader.pk} | fields
    return send(letter(key, **fields), now=NOON + timedelta(hours=hours))


def test_the_inbox_holds_ones_own_letters_newest_first(anna):
    write(anna, "1")
    write(anna, "2", 1)
    write(person(), "3")

    viewer = viewer_of(anna, NOON)
    assert [one.written_at.hour for one in inbox(viewer)] == [13, 12]
    assert unseen_count(viewer) == 2
    assert inbox(ANONYMOUS) == []
    assert unseen_count(ANONYMOUS) == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_inbox_asks_once(anna, count, django_assert_num_queries):
    for number in range(count):
        write(anna, str(number))
    viewer = viewer_of(anna, NOON)

    with django_assert_num_queries(1):
        assert len(inbox(viewer)) == count


def test_a_letter_of_somebody_else_is_not_found(anna):
    other = write(person(), "1")

    for viewer in (viewer_of(anna, NOON), ANONYMOUS):
        with pytest.raises(NotFound):
            own_letter(viewer, other.public_id)
        assert mark_seen(viewer, [other.public_id], NOON) == 0


def test_a_letter_is_seen_once(anna):
    row, viewer = write(anna, "1"), viewer_of(anna, NOON)

    assert mark_seen(viewer, [row.public_id], NOON) == 1
    assert mark_seen(viewer, [row.public_id], NOON) == 0
    assert own_letter(viewer, row.public_id).seen_at == NOON
    assert unseen_count(viewer) == 0


def test_envelopes_hold_no_words(anna):
    write(anna, "1")
    write(anna, "2", sample=True)

    (one,) = envelopes(MessageState.HELD)
    assert (one.key, one.person_id, len(envelopes())) == ("1", anna.pk, 2)
    assert not hasattr(one, "text")
    assert not hasattr(one, "address")
