"""What one audience reads, the same for all of it."""

import pytest
from tests.factories import members as people
from tests.factories import readiness as make

from serai.base.access import ANONYMOUS, NotFound
from serai.readiness.queries import released

pytestmark = pytest.mark.django_db


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
    assert released.released_assessments(member) == [release.assessment]
    type(release).objects.filter(pk=release.pk).update(state="withdrawn")

    with pytest.raises(NotFound):
        released.released_one(member, release.public_id)
    assert released.released_assessments(member) == []


def test_an_edition_for_the_public_holds_no_results():
    release = make.released()
    make.released(release.assessment, "public")

    assert released.released_assessments(ANONYMOUS) == []


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
