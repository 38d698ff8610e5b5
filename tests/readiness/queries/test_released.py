"""What one audience reads, the same for all of it."""

from datetime import timedelta

import pytest
from tests.factories import members as people
from tests.factories import planning
from tests.factories import readiness as make
from tests.factories import readiness_report as report

from serai.base.access import ANONYMOUS, NotFound, Viewer
from serai.readiness.queries import released

pytestmark = pytest.mark.django_db
MEMBER = Viewer(keys=frozenset({"public", "members"}))
DAY = max(make.NOON, report.NOON).date()


def test_the_public_reads_events_alone():
    shown = released.released_results(ANONYMOUS, make.confirmed(), "public")

    assert not shown.has_scores
    assert (shown.score, shown.low, shown.high) == (None, None, None)
    assert (shown.dimensions, shown.not_met) == ((), ())
    assert [one.host for one in shown.rungs][:2] == ["declared", "not_attained"]


def test_members_read_what_the_next_event_asks_without_security_or_rooms():
    shown = released.released_results(ANONYMOUS, make.confirmed(), "members")

    assert shown.score == 61.5
    assert [(one.event, one.is_host, one.fact, one.need, one.is_missing) for one in shown.not_met] == [
        ("E2", False, "link.down_p5", 6, True),
        ("E2", True, "continuity.ups_minutes", 30, False),
    ]  # fmt: skip


def test_it_is_the_same_for_every_viewer():
    found = make.confirmed()
    viewers = [ANONYMOUS, people.viewer_with("officer"), people.viewer_with("focal_point", "GEO")]

    pages = [released.released_results(one, found, "members") for one in viewers]

    assert pages[0] == pages[1] == pages[2]


def test_what_was_withdrawn_is_not_found():
    release = make.released()
    member = people.viewer_with("focal_point", "KAZ")
    assert released.released_one(member, release.public_id) == release
    assert released.let_out(member, DAY) == [release]
    type(release).objects.filter(pk=release.pk).update(state="withdrawn")

    with pytest.raises(NotFound):
        released.released_one(member, release.public_id)
    assert released.let_out(member, DAY) == []


@pytest.mark.parametrize(
    ("fields", "member", "public"),
    [
        ({}, True, False),
        ({"audience": "public"}, True, True),
        ({"state": "granted", "released_at": None}, False, False),
        ({"state": "withdrawn"}, False, False),
        ({"released_at": max(make.NOON, report.NOON) + timedelta(days=1)}, False, False),
    ],
)
def test_an_edition_tells_only_what_was_let_out_by_its_day(fields, member, public):
    found = report.release(make.confirmed(), **fields)

    assert released.let_out(MEMBER, DAY) == ([found] if member else [])
    assert released.let_out(ANONYMOUS, DAY) == ([found] if public else [])


def test_of_an_office_the_newest_results_count_and_members_before_the_public():
    first = make.confirmed()
    report.release(first)
    report.move(first, "superseded")
    newest = make.assessment(
        first.office, state="confirmed", confirmed_at=make.NOON + timedelta(hours=1)
    )
    report.release(newest, audience="public")
    wanted = report.release(newest)

    assert released.let_out(MEMBER, DAY) == [wanted]
    assert [one.audience for one in released.let_out(ANONYMOUS, DAY)] == ["public"]


def test_of_the_newest_plan_the_lines_of_countries_that_let_them_out():
    run = planning.planned()
    one = report.release(make.confirmed(), assessment=None, run=run)

    assert released.plans_let_out(MEMBER, DAY, is_sample=False) == [one]
    assert released.plans_let_out(MEMBER, DAY, is_sample=True) == []
    before = report.DAY - timedelta(days=1)
    assert released.plans_let_out(MEMBER, before, is_sample=False) == []
    assert released.plans_let_out(ANONYMOUS, DAY, is_sample=False) == []


def test_a_release_of_results_is_no_plan():
    with pytest.raises(NotFound):
        released.released_plan(ANONYMOUS, make.released())


def test_a_countrys_plan_holds_its_own_and_shared_lines():
    ours = make.office(name="Ours")
    run = make.plan_of(ours, make.office(organisation=people.organisation(country="KAZ")))
    run.plan["lines"] += [
        {"office": "", "country": code, "package": "LOAN", "cost": "9", "option": code}
        for code in ("GEO", "KAZ")
    ]
    run.save()

    shown = released.released_plan(ANONYMOUS, make.plan_release(run))

    assert [(one.office, str(one.cost)) for one in shown.lines] == [("Ours", "1234"), ("", "9")]
    assert shown.offices == (("Ours", "E1", "E2"),)
