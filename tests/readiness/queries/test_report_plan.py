"""The latest plan, as each edition tells it."""

from datetime import timedelta

import pytest
from tests.factories import readiness
from tests.factories import readiness_report as make
from tests.factories.members import organisation

from serai.base.access import Viewer
from serai.readiness.queries.report_plan import plan_told
from serai.readiness.queries.reported import Whose
from serai.readiness.states import Edition

pytestmark = pytest.mark.django_db
STAFF = Viewer(keys=frozenset({"public", "members", "secretariat"}))
MEMBER = Viewer(keys=frozenset({"public", "members"}))
DAY = make.DAY


def two():
    first = readiness.assessment(state="confirmed", confirmed_at=make.NOON)
    place = readiness.office(organisation=organisation(country="UZB"))
    second = readiness.assessment(place, state="confirmed", confirmed_at=make.NOON)
    return first, second, make.a_plan([first, second])


def told(viewer, edition, *shown, day=DAY, **whose):
    offices = {one.office.public_id: one.office for one in shown}
    return plan_told(viewer, day, Whose(edition, **whose), offices, sample=False)


def packages(found):
    return [one.package for one in found.lines] if found else []


def test_the_secretariat_reads_all_of_it():
    first, second, run = two()

    found = told(STAFF, Edition.SECRETARIAT, first, second)

    assert (found.public_id, found.is_whole, packages(found)) == (
        run.public_id, True, ["LINK", "LOAN"],
    )  # fmt: skip
    assert [one.place for one in found.lines] == [first.office.name, "Georgia"]
    assert (found.budget, found.cost, len(found.frontier), found.unpriced) == (
        10000, 9000, 3, ("RENT",),
    )  # fmt: skip


def test_an_agency_reads_its_own_lines_and_a_country_what_it_shares():
    first, second, _run = two()
    number = first.office.organisation_id

    own = told(MEMBER, Edition.AGENCY, first, organisation_id=number)
    country = told(MEMBER, Edition.COUNTRY, first, iso3="GEO")

    assert (packages(own), own.budget, own.frontier) == (["LINK"], None, ())
    assert packages(country) == ["LINK", "LOAN"]
    assert told(MEMBER, Edition.COUNTRY, second, iso3="UZB") is None


def test_what_was_let_out_needs_a_release_of_the_plan():
    first, second, run = two()

    assert told(MEMBER, Edition.RELEASED, first, second) is None
    make.release(first, assessment=None, run=run)
    found = told(MEMBER, Edition.RELEASED, first, second)
    assert [(one.place, str(one.cost)) for one in found.lines] == [
        (first.office.name, "6300"), ("Georgia", "2700"),
    ]  # fmt: skip
    assert [(one.place, one.today, one.planned) for one in found.hosts] == [
        (first.office.name, "E0", "E3")
    ]
    assert (found.budget, found.cost, found.frontier) == (None, None, ())
    assert told(MEMBER, Edition.PUBLIC, first, second) is None


def test_a_plan_of_after_the_day_is_not_told():
    first, second, _run = two()

    assert told(STAFF, Edition.SECRETARIAT, first, second, day=DAY - timedelta(days=1)) is None
