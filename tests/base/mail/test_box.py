from datetime import timedelta

import pytest
from tests.base.mail.letters import NOON, letter
from tests.factories.members import person

from serai.base.access import ANONYMOUS, NotFound
from serai.base.mail import (
    came_back,
    envelopes,
    inbox,
    mark_seen,
    send,
    trust_again,
    unseen_count,
    went_to,
)
from serai.base.mail import letter as own_letter
from serai.base.mail.writing import has_bounced
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


def test_came_back_names_things_whose_letters_did_not_arrive_since(anna):
    rows = {thing: write(anna, thing, thing=thing) for thing in ("a:1", "a:2", "a:3", "a:4", "a:5")}
    for thing, state in (
        ("a:1", "failed"),
        ("a:2", "suppressed"),
        ("a:3", "sent"),
        ("a:4", "failed"),
    ):
        rows[thing].state = MessageState(state)
        rows[thing].save()
    since = dict.fromkeys(rows, NOON) | {"a:4": NOON + timedelta(seconds=1)}

    assert came_back(rows, since) == {"a:1", "a:2"}


def test_a_letters_address_is_known_by_its_key_as_it_was_when_it_went(anna):
    write(anna, "1")
    anna.email = "other@agency.test"
    anna.save()

    assert (went_to(["1", "9"]), went_to(["9"])) == ("anna@agency.test", "")


def test_an_address_is_trusted_again(anna):
    row = write(anna, "1", address=anna.email)
    row.state, row.is_bounce = MessageState.FAILED, True
    row.save()

    assert (has_bounced(anna.email), trust_again(anna.email), has_bounced(anna.email)) == (
        True, 1, False,
    )  # fmt: skip
