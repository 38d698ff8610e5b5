"""Releases: what may be asked next, of which countries, and who is told of readings."""

import pytest
from tests.factories import members as people
from tests.factories import readiness as make

from serai.base.access import NotFound
from serai.members.states import Audience
from serai.readiness.models import Release, ResultReading
from serai.readiness.queries import releases

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("stands", "wanted"),
    [
        ([], [Audience.MEMBERS]),
        ([("members", "asked")], []),
        ([("members", "granted")], []),
        ([("members", "withdrawn")], [Audience.MEMBERS]),
        ([("members", "released")], [Audience.PUBLIC]),
        ([("members", "released"), ("public", "asked")], []),
        ([("members", "released"), ("public", "declined")], [Audience.PUBLIC]),
    ],
)
def test_members_come_before_the_public(stands, wanted):
    found = make.confirmed()
    for audience, state in stands:
        make.release(
            found, audience=audience, state=state, granted_at=make.NOON, released_at=make.NOON
        )

    assert releases.audiences_to_ask(found) == wanted


def test_a_release_of_others_is_not_found():
    release = make.release()

    with pytest.raises(NotFound):
        releases.release(people.viewer_with("focal_point", "KAZ"), release.public_id)
    with pytest.raises(NotFound):
        releases.release(people.viewer_with("officer"), "nothing")


def test_countries_of_a_plan_are_those_not_asked_yet():
    other = people.organisation(country="KAZ")
    run = make.plan_of(make.office(), make.office(organisation=other))
    make.plan_release(run)

    assert [one.iso3 for one in releases.countries_to_ask(run)] == ["KAZ"]


def test_the_list_says_what_each_is_of():
    make.release()
    make.plan_release(make.plan_of(make.office()), state="declined")

    rows = releases.releases(people.viewer_with("officer"))

    assert [(bool(row.office), row.planned_at is None, row.state) for row in rows] == [
        (False, False, "declined"), (True, True, "asked"),
    ]  # fmt: skip


def test_readings_are_told_to_whom_the_rule_names():
    found = make.confirmed()
    reader = people.viewer_with("officer")
    ResultReading.objects.create(
        assessment=found, reader_id=reader.person_id, day=make.NOON.date(), way="page",
        first_at=make.NOON,
    )  # fmt: skip

    lead = people.viewer_with("lead", found.office.organisation)
    assert [row.way for row in releases.readings(lead, found)] == ["page"]
    assert (
        releases.readings(people.viewer_with("contributor", found.office.organisation), found) == []
    )


def test_two_open_releases_of_one_thing_are_refused_by_the_database():
    from django.db import IntegrityError, transaction

    release = make.release()
    with transaction.atomic(), pytest.raises(IntegrityError):
        make.release(release.assessment)
    run = make.plan_of(make.office())
    with transaction.atomic(), pytest.raises(IntegrityError):
        make.plan_release(run, audience="public")
    assert Release.objects.count() == 1
