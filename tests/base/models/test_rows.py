"""Rows of a row, read with it: each kind of value, order, none at all, rows within rows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.db.models import BinaryField, DecimalField, OuterRef, Value
from tests.factories import programme as make

from serai.base.models import Rows
from serai.base.models.translated import read_stored
from serai.base.text import TranslatedText
from serai.programme.models import Initiative, Milestone, Plan

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Told:
    words: TranslatedText
    known_from: date
    recorded_at: datetime
    is_ongoing: bool
    milestone_id: int
    verdict: str | None
    languages: list[str]


@pytest.fixture
def row():
    row = make.milestone(make.initiative("home"), "1 July 2021")
    make.proposal(row, "2 August 2021", date(2021, 6, 20))
    return row


def plans(*paths, make_of=Told, order="id"):
    return Rows(make_of, Plan.objects.filter(milestone=OuterRef("pk")).order_by(order), *paths)


def test_each_kind_of_value_comes_back_as_its_field_gives_it(row, django_assert_num_queries):
    columns = (
        "words", "known_from", "recorded_at", "is_ongoing", "milestone_id", "verdict__state",
        "milestone__initiative__programme__languages",
    )  # fmt: skip
    first, second = Plan.objects.order_by("id")

    with django_assert_num_queries(1):
        (found,) = Milestone.objects.annotate(told=plans(*columns))

    languages = row.initiative.programme.languages
    assert languages
    assert found.told == [
        Told(
            first.words, first.known_from, first.recorded_at, False, row.pk, "approved", languages
        ),
        Told(second.words, date(2021, 6, 20), second.recorded_at, False, row.pk, None, languages),
    ]
    assert found.told[0].recorded_at.tzinfo == UTC


def test_rows_keep_the_order_of_their_query(row):
    (found,) = Milestone.objects.annotate(told=plans("id", make_of=int, order="-id"))

    assert found.told == sorted(found.told, reverse=True)
    assert len(found.told) == 2


def test_what_has_no_rows_has_an_empty_list():
    make.milestone(make.initiative("home"), "")

    (found,) = Milestone.objects.annotate(told=plans("id", make_of=int))

    assert found.told == []


def test_rows_within_rows(row):
    milestones = (
        Milestone.objects.filter(initiative=OuterRef("pk"))
        .annotate(told=plans("words", make_of=str))
        .order_by("id")
    )

    (found,) = Initiative.objects.annotate(rows=Rows(lambda *v: v, milestones, "number", "told"))

    assert found.rows == [(row.number, ["1 July 2021", "2 August 2021"])]


@pytest.mark.parametrize("field", [DecimalField(), BinaryField()])
def test_a_kind_of_value_that_json_does_not_carry_is_refused(field):
    odd = Plan.objects.annotate(odd=Value(None, output_field=field))

    with pytest.raises(TypeError, match=f"Rows cannot carry a {type(field).__name__}"):
        Rows(lambda *v: v, odd, "odd")


def test_a_text_read_twice_is_the_same_and_another_is_another():
    stored = '{"en": {"text": "One", "state": "source"}}'

    assert read_stored(stored) is read_stored(stored)
    assert read_stored(stored.replace("One", "Two")) == TranslatedText.of("Two")
