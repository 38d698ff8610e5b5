"""Many rows of texts in one statement: numbers in their order, any text, nothing of none."""

import pytest
from django.db import IntegrityError

from serai.base.bulk import insert_texts
from serai.base.models import RateWindow

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
