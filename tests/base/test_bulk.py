"""Many rows of texts in one statement: numbers in their order, any text, nothing of none."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError

from serai.base.bulk import insert_row_where, insert_rows, insert_texts, update_row
from serai.base.models import RateWindow, Receipt

pytestmark = pytest.mark.django_db
NAMES = ("bucket",)
AT = {"window_at": "2021-06-30T12:00:00+00:00", "count": 7}
ODD = ["", "it's", 'a "quote" \\ back', "строка\nдве", "\U0001f600", "null", "[1]", "%s %%", "é"]


def test_every_text_is_stored_as_it_is_under_the_number_told():
    numbers = insert_texts(RateWindow, NAMES, [(one,) for one in ODD], AT)

    rows = dict(RateWindow.objects.values_list("pk", "bucket"))
    assert [rows[number] for number in numbers] == ODD
    assert set(RateWindow.objects.values_list("count", flat=True)) == {7}


def test_a_hundred_rows_are_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        numbers = insert_texts(RateWindow, NAMES, [(f"row {n}",) for n in range(100)], AT)

    named = [RateWindow.objects.get(pk=number).bucket for number in numbers]
    assert named == [f"row {n}" for n in range(100)]


def test_no_rows_ask_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert insert_texts(RateWindow, NAMES, [], AT) == []


def test_what_the_table_refuses_is_refused_whole():
    with pytest.raises(IntegrityError):
        insert_texts(RateWindow, NAMES, [("same",), ("same",)], AT)


# ---------------------------------------------------------------- rows
NOON = datetime(2021, 6, 30, 12, tzinfo=UTC)


def window(bucket: str, count: int = 1) -> RateWindow:
    return RateWindow(bucket=bucket, window_at=NOON, count=count)


def test_rows_are_stored_in_one_statement_and_told_their_numbers(django_assert_num_queries):
    rows = [window(text, n) for n, text in enumerate(ODD)]

    with django_assert_num_queries(1):
        insert_rows(rows)

    stored = {one.pk: (one.bucket, one.window_at, one.count) for one in RateWindow.objects.all()}
    assert [stored[row.pk] for row in rows] == [(text, NOON, n) for n, text in enumerate(ODD)]
    assert all(not row._state.adding for row in rows)


def test_no_row_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert_rows([])


@pytest.mark.parametrize(("wanted", "is_stored"), [(3, True), (4, False)])
def test_a_row_is_stored_where_the_condition_holds(wanted, is_stored):
    first = window("first", 3)
    insert_rows([first])
    row = window("row")
    table = RateWindow._meta.db_table
    condition = f"EXISTS (SELECT 1 FROM {table} WHERE id = %s AND count = %s)"

    stored = insert_row_where(row, condition, [first.pk, wanted], unless="id")

    assert stored is is_stored
    assert list(RateWindow.objects.filter(bucket="row").values_list("pk", flat=True)) == (
        [row.pk] if is_stored else []
    )


def test_a_row_whose_name_is_taken_is_not_stored_and_changes_nothing():
    insert_rows([Receipt(key="same", path="/a", sent_at=NOON)])

    stored = insert_row_where(
        Receipt(key="same", path="/b", sent_at=NOON), "1 = 1", [], unless="key"
    )

    assert stored is False
    assert [one.path for one in Receipt.objects.all()] == ["/a"]


def test_only_the_named_fields_of_a_row_are_stored():
    row = window("row")
    insert_rows([row])
    row.bucket, row.count = "other", 9

    update_row(row, ("count",))

    assert RateWindow.objects.values_list("bucket", "count").get() == ("row", 9)


def test_a_row_that_is_gone_is_said():
    row = window("row")
    insert_rows([row])
    RateWindow.objects.all().delete()

    with pytest.raises(ObjectDoesNotExist, match=f"RateWindow:{row.pk}"):
        update_row(row, ("count",))
