"""The dated facts of a milestone: which plan holds, which completion stands, what was known when."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.factories import programme as make

from serai.base.text import TranslatedText
from serai.programme import actions
from serai.programme.models import Milestone
from serai.programme.queries.facts import (
    FlagShown,
    KnownCompletion,
    KnownLink,
    KnownPlan,
    holding_plan,
    standing_completion,
    with_facts,
)

D = date(2021, 6, 30)
MOMENT = datetime(2021, 6, 1, 12, tzinfo=UTC)
DAYS = (None, None, None, date(2021, 7, 1), "day", TranslatedText.of("1 July 2021"), False)


def plan(number: int, verdict: str | None, decided_on: date | None) -> KnownPlan:
    return KnownPlan(
        *DAYS, number, str(number), D, MOMENT, None, False, number if verdict else None, verdict,
        decided_on,
    )  # fmt: skip


def completion(number: int, known_from: date, withdrawn_on: date | None = None) -> KnownCompletion:
    return KnownCompletion(*DAYS, number, known_from, MOMENT, False, withdrawn_on, None)


def test_the_plan_that_holds_is_the_one_approved_last_by_the_day():
    first = plan(1, "approved", date(2021, 6, 1))
    second = plan(2, "approved", date(2021, 6, 20))
    same_day = plan(3, "approved", date(2021, 6, 20))
    later = plan(4, "approved", date(2021, 7, 1))
    others = [plan(5, "rejected", date(2021, 6, 25)), plan(6, None, None)]

    assert holding_plan([same_day, first, second, later, *others], D) == same_day
    assert holding_plan([first, later], D) == first
    assert holding_plan([later, *others], D) is None
    assert holding_plan([], D) is None


@pytest.mark.parametrize(
    ("row", "is_open", "is_approved"),
    [
        (plan(1, None, None), True, False),
        (plan(1, "approved", D), False, True),
        (plan(1, "rejected", D), False, False),
        (plan(1, "approved", date(2021, 7, 1)), True, False),
    ],
)
def test_a_plan_is_open_until_the_day_it_is_decided_on(row, is_open, is_approved):
    assert (row.is_open(D), row.is_approved(D)) == (is_open, is_approved)


def test_the_completion_that_stands_is_the_latest_not_withdrawn_by_the_day():
    first = completion(1, date(2021, 6, 1))
    second = completion(2, date(2021, 6, 10), withdrawn_on=D)
    withdrawn_later = replace(second, withdrawn_on=date(2021, 7, 1))

    assert standing_completion([first, second], D) == first
    assert standing_completion([first, withdrawn_later], D) == withdrawn_later
    assert standing_completion([second], D) is None


@pytest.mark.django_db
def test_with_facts_reads_what_was_known_by_the_day_in_one_query(django_assert_num_queries):
    home = make.initiative("home")
    first = make.milestone(home, "1 July 2021")
    row = make.milestone(home, "2 July 2021")
    make.proposal(row, "9 July 2021", date(2021, 6, 25))
    make.completion(first, "1 June 2021", date(2021, 6, 25))
    actions.add_dependency(milestone=row, after=first, by=make.STAFF, now=make.NOON)
    actions.set_baseline(initiative=home, name="First", by=make.STAFF, now=make.NOON)
    actions.raise_flag(
        milestone=row, level="at_risk", reason="Late.", expires_on=date(2021, 7, 20),
        by=make.STAFF, now=make.NOON,
    )  # fmt: skip

    with django_assert_num_queries(1):
        one, other = with_facts(Milestone.objects.order_by("id"), D)

    assert [str(known.words) for known in other.known_plans] == ["2 July 2021", "9 July 2021"]
    assert [known.known_from for known in one.known_completions] == [date(2021, 6, 25)]
    assert other.known_links == [KnownLink(one.pk, "FS", 0, False)]
    assert [(line.number, str(line.words)) for line in other.known_lines] == [(0, "2 July 2021")]
    assert other.known_flags == [FlagShown("at_risk", "Late.", date(2021, 7, 20), False)]

    one, other = with_facts(Milestone.objects.order_by("id"), date(2021, 6, 24))
    assert [str(known.words) for known in other.known_plans] == ["2 July 2021"]
    assert (one.known_completions, other.known_links, other.known_lines) == ([], [], [])
    assert other.known_flags == []
