"""A query kept ready gives what the query itself gives, to each asking its own."""

from datetime import UTC, datetime

import pytest
from django.contrib.sessions.models import Session
from django.db import DEFAULT_DB_ALIAS, connections
from tests.factories.members import member, organisation

from serai.base.ready import ANY_NUMBER, ANY_TEXT, Ready
from serai.members.models import Member, Organisation

pytestmark = pytest.mark.django_db


def fields_of(row):
    return {name: str(value) for name, value in vars(row).items() if name != "_state"}


def test_rows_are_the_query_s_own_also_after_a_change(django_assert_num_queries):
    query = Member.objects.order_by("order", "iso3")
    ready = Ready(query)
    member("GEO")
    member("UZB")

    with django_assert_num_queries(1):
        first = ready.rows()

    assert [fields_of(one) for one in first] == [fields_of(one) for one in query.all()]
    Member.objects.filter(iso3="GEO").update(order=99)
    assert [(one.iso3, one.order) for one in ready.rows()][-1] == ("GEO", 99)


def test_what_stands_beside_comes_along(django_assert_num_queries):
    one = organisation(country="GEO")
    ready = Ready(Organisation.objects.select_related("member").order_by("id"))

    with django_assert_num_queries(1):
        rows = ready.rows()
        names = [row.member.iso3 for row in rows]

    assert (rows, names) == ([one], ["GEO"])


def test_lists_of_values_stay_such():
    member("GEO")

    assert Ready(Member.objects.values_list("iso3", "order")).rows() == list(
        Member.objects.values_list("iso3", "order")
    )
    assert Ready(Member.objects.values_list("iso3", flat=True)).rows() == ["GEO"]
    assert Ready(Member.objects.values("iso3")).rows() == [{"iso3": "GEO"}]


def test_each_asking_brings_its_own_number_and_text():
    one, other = member("GEO"), member("UZB")
    by_number = Ready(Member.objects.filter(pk=ANY_NUMBER))
    by_text = Ready(Session.objects.filter(session_key=ANY_TEXT))
    Session.objects.create(session_key="a" * 32, expire_date=datetime(2026, 1, 1, tzinfo=UTC))

    assert by_number.rows(number=one.pk) == [one]
    assert by_number.rows(number=other.pk) == [other]
    assert by_number.rows(number=0) == []
    assert [row.session_key for row in by_text.rows(text="a" * 32)] == ["a" * 32]
    assert by_text.rows(text=ANY_TEXT + "'; --") == []


@pytest.mark.parametrize("brought", [{}, {"text": "a"}, {"number": 1, "text": "a"}])
def test_bringing_what_has_no_place_or_not_what_has_one_is_an_error(brought):
    ready = Ready(Member.objects.filter(pk=ANY_NUMBER))

    with pytest.raises(ValueError, match="do not agree on a (number|text)"):
        ready.rows(**brought)


def test_a_query_that_can_give_nothing_asks_nothing(django_assert_num_queries):
    ready = Ready(Member.objects.filter(pk__in=[]))

    with django_assert_num_queries(0):
        assert ready.rows() == []


def test_it_works_on_the_connection_of_whoever_asks():
    ready = Ready(Member.objects.all())
    ready.rows()

    assert ready._compiler_for((), [], None).connection is connections[DEFAULT_DB_ALIAS]
    assert ready._compiler.connection is None  # nobody's is kept open


def test_a_row_read_before_is_given_back_while_nothing_changed():
    one = member("GEO")
    ready = Ready(Member.objects.filter(pk=ANY_NUMBER))

    first = ready.kept_rows(number=one.pk)[0]
    same = ready.rows(first, number=one.pk)[0]
    fresh = ready.rows(first, number=one.pk)[0]  # once only: its holder may have changed it
    second = ready.kept_rows(number=one.pk)[0]
    Member.objects.filter(pk=one.pk).update(order=99)
    changed = ready.rows(second, number=one.pk)[0]

    assert (same is first, fresh is first, changed is second, changed.order) == (
        True, False, False, 99,
    )  # fmt: skip
