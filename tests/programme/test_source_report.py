"""The table of section 12: the progress report of 30 June 2021, status by status."""

from datetime import date

import pytest
from tests.factories.programme import source_report

from serai.base.access import Viewer
from serai.programme import queries

pytestmark = pytest.mark.django_db
D = date(2021, 6, 30)
MEMBERS = Viewer(keys=frozenset({"public", "members"}))


def test_status_of_all_26_milestones_on_30_june_2021():
    source_report()

    report = queries.initiative_report(MEMBERS, D)

    found = {
        chapter.code: {
            status.value: [
                (row.number, row.standing.days) if row.standing.days else row.number
                for row in chapter.milestones
                if row.status is status
            ]
            for status in chapter.counts
            if chapter.counts[status]
        }
        for chapter in report.initiatives
    }
    assert found == {
        "virtual-carec": {
            "done": [2, 3, 4],
            "overdue": [(1, 107), (5, 8)],
            "due": [6],
            "running": [10],
            "due_soon": [(7, 15), (8, 30)],
            "planned": [9],
        },
        "digital-strategy-2030": {
            "done": [1, 2, 3, 7],
            "overdue": [(4, 36), (6, 15)],
            "due": [5, 8, 9],
            "due_soon": [(10, 10), (11, 15)],
            "planned": [12, 13, 14, 15, 16],
        },
        "startup-hub": {},
    }
    assert {status.value: n for status, n in report.counts.items()} == {
        "done": 7, "overdue": 4, "due": 4, "due_soon": 4, "running": 1, "planned": 6, "no_date": 0,
    }  # fmt: skip


def test_hub_has_no_dates():
    source_report()

    hub = queries.initiative_report(MEMBERS, D).initiatives[2]

    assert hub.has_dates is False
    assert hub.milestones == ()


def test_words_are_the_sources_own():
    source_report()

    rows = queries.milestones(MEMBERS, D, initiative="digital-strategy-2030")

    assert [str(row.words) for row in rows][7:10] == [
        "end of June 2021",
        "June 30, 2021",
        "early July 2021",
    ]


def test_before_the_first_fact_the_report_is_empty():
    source_report()

    assert queries.initiative_report(MEMBERS, date(2020, 1, 1)).is_empty


def test_a_fact_known_later_changes_nothing_before():
    source_report()

    assert queries.initiative_report(MEMBERS, date(2021, 6, 29)).counts["done"] == 0


def test_the_number_of_queries_does_not_grow(django_assert_num_queries):
    source_report()

    with django_assert_num_queries(1):
        queries.milestones(MEMBERS, D)
