"""What a browser holds of responses without a name."""

from datetime import timedelta

from django.core import signing
from tests.factories.surveys import NOON

from serai.base.access import ANONYMOUS
from serai.surveys.access import Held, has_just_handed_in, hash_of, holds, with_held
from serai.surveys.models import Response

HOUR = timedelta(hours=1)


def test_a_cookie_is_read_as_it_was_written():
    held = Held().with_secret("a").handed_in(7, hash_of("b"), NOON)

    assert Held.read(held.written(), NOON) == held
    assert held.keys() == frozenset({f"holder:{hash_of('a')}", "handed:7"})


def test_a_cookie_that_is_not_ours_holds_nothing():
    mine = Held().with_secret("a").written()
    foreign = signing.dumps([["a"], []], salt="another")
    shapeless = signing.dumps(3, salt="serai.surveys.holding")

    assert [Held.read(one, NOON) for one in ("", mine[:-1], foreign, shapeless)] == [Held()] * 4


def test_what_was_handed_in_is_read_for_an_hour():
    cookie = Held().handed_in(7, "", NOON).written()

    assert Held.read(cookie, NOON + HOUR - timedelta(seconds=1)).keys() == {"handed:7"}
    assert Held.read(cookie, NOON + HOUR).keys() == frozenset()


def test_handing_in_lets_go_of_the_secret_and_of_no_other():
    held = Held().with_secret("a").with_secret("b").handed_in(7, hash_of("a"), NOON)

    assert held.secrets == ("b",)


def test_beyond_ten_the_oldest_is_let_go():
    held = Held()
    for number in range(11):
        held = held.with_secret(str(number))

    assert held.secrets == tuple(str(number) for number in range(1, 11))


def test_only_the_browser_with_the_secret_holds_a_response():
    response = Response(pk=7, holder_hash=hash_of("a"))
    mine = with_held(ANONYMOUS, Held().with_secret("a").keys())
    other = with_held(ANONYMOUS, Held().with_secret("b").keys())

    assert [holds(viewer, response) for viewer in (mine, other, ANONYMOUS)] == [True, False, False]
    assert not holds(mine, Response(pk=7))
    assert mine.person_id is None


def test_only_the_browser_that_handed_it_in_reads_it():
    reader = with_held(ANONYMOUS, Held().handed_in(7, "", NOON).keys())

    assert has_just_handed_in(reader, Response(pk=7))
    assert not has_just_handed_in(reader, Response(pk=8))
