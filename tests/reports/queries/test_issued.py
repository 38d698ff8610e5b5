"""The library of issued reports, page by page, with what there is to choose from."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.programme import initiative
from tests.factories.reports import NOON, coordinator, file_of, officer, run, viewer

from serai.reports import actions, queries
from serai.reports.models import Run
from serai.reports.queries.issued import PAGE_ROWS
from serai.reports.states import RunState

pytestmark = pytest.mark.django_db
MAY = date(2021, 5, 31)


@pytest.fixture(autouse=True)
def virtual(db):
    return initiative("virtual-carec")


def numbers(page):
    return [row.number for row in page.rows]


@pytest.fixture
def issued():
    """A progress report in English, one of May in Russian, and a list of decisions."""
    first = run(RunState.ISSUED)
    second = run(RunState.ISSUED, as_of=MAY, languages=["ru"])
    third = run(RunState.ISSUED)
    Run.objects.filter(pk=third.pk).update(kind="decisions")
    file_of(first)
    file_of(second, language="ru")
    file_of(third)
    return first, second, third


def test_the_library_holds_what_was_issued_newest_first():
    first, second = run(RunState.ISSUED), run(RunState.ISSUED)
    run(RunState.CLEARED)
    second.issued_at = NOON + timedelta(days=1)
    second.save()

    rows = queries.library(viewer("officer"))

    assert [row.number for row in rows] == [second.number, first.number]
    assert [row.is_issued for row in rows] == [True, True]


def test_a_withdrawn_report_stays_in_the_library():
    made = run(RunState.ISSUED)
    actions.withdraw_run(run=made, reason="One date was wrong.", by=coordinator(), now=NOON)

    (row,) = queries.library(viewer("committee"))

    assert (row.state, row.is_issued) == ("withdrawn", True)
    assert queries.first_page(viewer("committee"), most=5).issued == ()


def test_a_correction_is_named_once_it_is_issued():
    old = run(RunState.ISSUED)
    new = actions.correct_run(run=old, by=officer(), now=NOON)
    before = {row.number: row.corrected_by for row in queries.library(viewer("officer"))}
    new.state, new.issued_at = RunState.ISSUED, NOON
    new.snapshot_sha256 = new.recipe_sha256 = "1"
    new.save()

    after = {row.number: (row.corrects, row.corrected_by)
             for row in queries.library(viewer("officer"))}  # fmt: skip

    assert before == {old.number: None}
    assert after == {old.number: (None, new.number), new.number: (old.number, None)}


@pytest.mark.parametrize("count", [1, 3])
def test_the_library_takes_three_queries(count, django_assert_num_queries):
    for _number in range(count):
        file_of(run(RunState.ISSUED))
    who = viewer("officer")

    with django_assert_num_queries(3):
        rows = queries.library(who)

    assert len(rows) == count


def test_reports_are_found_by_kind_day_and_language(issued):
    first, second, third = issued
    who = viewer("officer")

    by_kind = queries.library_page(who, kind="decisions")
    by_day = queries.library_page(who, as_of=MAY)
    by_language = queries.library_page(who, language="en")
    together = queries.library_page(who, kind="progress", language="en")
    none = queries.library_page(who, kind="decisions", language="ru")

    assert numbers(by_kind) == [third.number]
    assert numbers(by_day) == [second.number]
    assert numbers(by_language) == [third.number, first.number]
    assert numbers(together) == [first.number]
    assert (numbers(none), none.is_filled) == ([], True)


def test_what_may_be_chosen_is_what_the_viewer_may_read(issued):
    hidden = run(RunState.ISSUED, audience="secretariat", as_of=date(2021, 4, 30))
    file_of(hidden, language="ka")

    seen = queries.library_page(viewer("committee"))

    assert (seen.kinds, seen.days, seen.languages) == (
        ("decisions", "progress"), (issued[0].as_of, MAY), ("en", "ru"),
    )  # fmt: skip


def test_a_long_library_has_pages_of_fifty(issued):
    Run.objects.bulk_create(
        Run(
            number=1000 + n, kind="progress", as_of=MAY, languages=["en"], audience="members",
            state=RunState.ISSUED, issued_at=NOON + timedelta(days=n), started_by_id=issued[0].started_by_id, started_at=NOON,
            snapshot="{}", snapshot_sha256="1", recipe_sha256="1",
        )
        for n in range(1, PAGE_ROWS + 1)
    )  # fmt: skip

    first = queries.library_page(viewer("officer"))
    second = queries.library_page(viewer("officer"), page="2")

    assert numbers(first) == [1000 + n for n in range(PAGE_ROWS, 0, -1)]
    assert numbers(second) == [one.number for one in reversed(issued)]
    assert (first.rows.paginator.count, second.rows.number) == (PAGE_ROWS + 3, 2)


def test_an_empty_library_offers_nothing():
    page = queries.library_page(viewer("officer"))

    assert (numbers(page), page.is_filled, page.languages) == ([], False, ())


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_the_library_takes_six_queries(count, django_assert_num_queries):
    for _number in range(count):
        file_of(run(RunState.ISSUED))
    who = viewer("officer")

    with django_assert_num_queries(6):
        page = queries.library_page(who)

    assert len(page.rows) == count


def test_no_list_reads_what_a_report_said(issued):
    first, *_rest = issued
    actions.correct_run(run=first, by=officer(), now=NOON)
    who = viewer("officer")

    with CaptureQueriesContext(connection) as asked:
        queries.library_page(who)
        queries.library(who)
        queries.open_runs(who)

    said = " ".join(query["sql"] for query in asked.captured_queries)
    assert '"reports_run"."snapshot_sha256"' in said
    assert [name for name in ("snapshot", "recipe", "rebuilt") if f'."{name}"' in said] == []
