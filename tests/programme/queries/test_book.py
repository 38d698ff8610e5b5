"""A page's book: each list once for each day, and the moments from which it looks."""

from datetime import UTC, date, datetime

import pytest
from django.test import RequestFactory
from tests.factories import members as people
from tests.factories import programme as make

from serai.base.access import ANONYMOUS
from serai.members.queries import viewer_of
from serai.programme import queries
from serai.programme.queries import Book

pytestmark = pytest.mark.django_db
D = date(2021, 6, 30)
LISTS = ("requests", "milestones", "actions")


@pytest.mark.parametrize("name", [*LISTS, "initiatives"])
def test_a_list_of_a_day_is_read_once(name, django_assert_num_queries):
    make.source_report()
    book = Book(make.STAFF, make.NOON)
    first = getattr(book, name)(D)

    with django_assert_num_queries(0):
        again = getattr(book, name)(D)

    assert again == first == getattr(queries, name)(make.STAFF, D)
    assert getattr(book, name)(date(2020, 1, 1)) == []


def test_initiatives_share_the_milestones_and_requests_read_already(django_assert_num_queries):
    make.milestone(make.initiative("home"), "1 July 2021")
    book = Book(make.STAFF, make.NOON)
    rows = book.milestones(D)
    book.requests(D)

    with django_assert_num_queries(1):
        (one,) = book.initiatives(D)

    assert one.milestones == tuple(rows)


def test_without_a_day_a_book_is_open_at_the_one_the_installation_opens_with():
    make.programme(opens_as_of=D)

    book = Book(ANONYMOUS, datetime(2021, 9, 1, 12, tzinfo=UTC))

    assert (book.shown_on, book.day, book.today) == (D, D, date(2021, 9, 1))
    assert book.since == datetime(2021, 6, 29, 16, tzinfo=UTC)


def test_a_book_of_today_looks_ahead_from_now():
    make.programme()

    book = Book(ANONYMOUS, make.NOON)

    assert (book.shown_on, book.since) == (make.NOON.date(), make.NOON)


def test_a_book_is_open_at_the_day_asked_for():
    make.programme()

    book = Book(ANONYMOUS, make.NOON, queries.programme(ANONYMOUS), shown_on=date(2021, 1, 5))

    assert book.shown_on == date(2021, 1, 5)
    assert book.since == datetime(2021, 1, 4, 16, tzinfo=UTC)


def test_what_one_keeps_is_the_same_read_alone_or_with_the_initiatives(django_assert_num_queries):
    keeper = people.person_with("officer")
    make.initiative("home", keeper=keeper)
    make.initiative("other")
    viewer = viewer_of(keeper, make.NOON)
    book, fresh = Book(viewer, make.NOON), Book(viewer, make.NOON)
    book.initiatives(D)

    with django_assert_num_queries(0):
        kept = book.kept(D)

    assert kept == fresh.kept(D) == {"home"}


def test_the_programme_is_read_once_a_request(django_assert_num_queries):
    make.programme()
    request = RequestFactory().get("/")
    request.viewer = ANONYMOUS

    with django_assert_num_queries(1):
        rows = [queries.programme_of(request) for _n in range(3)]

    assert rows == [queries.programme(ANONYMOUS)] * 3
