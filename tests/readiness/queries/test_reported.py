"""Which offices an edition shows, by which assessment."""

from datetime import timedelta

import pytest
from tests.factories import assessing as make
from tests.factories.members import organisation
from tests.factories.readiness_report import DAY, NOON, release

from serai.base.access import Viewer
from serai.readiness.queries.reported import Whose, edition_choices, reported
from serai.readiness.states import Edition

pytestmark = pytest.mark.django_db
STAFF = Viewer(keys=frozenset({"public", "members", "secretariat"}))
MEMBER = Viewer(keys=frozenset({"public", "members"}))
ALL = Whose(Edition.SECRETARIAT)


def confirmed(of=None, **fields):
    fields = {"state": "confirmed", "confirmed_at": NOON, "as_of": DAY, **fields}
    return make.assessment(of or office(), **fields)


def office(**fields):
    return make.office(made_at=NOON - timedelta(days=30), **fields)


def country(iso3):
    return Viewer(keys=frozenset({"public", "members", f"country:{iso3}"}))


def shown(viewer, whose=ALL, day=DAY):
    return list(reported(viewer, day, whose).shown)


def test_a_confirmed_assessment_stands_before_a_newer_one_under_review():
    held = confirmed()
    make.assessment(held.office, state="under_review", as_of=DAY)

    assert shown(STAFF) == [held]


def test_a_replaced_assessment_is_the_one_of_its_day():
    held = confirmed(state="superseded")
    confirmed(held.office, confirmed_at=NOON + timedelta(days=5), as_of=DAY + timedelta(days=5))

    assert shown(STAFF) == [held]


def test_what_is_only_scored_is_not_shown_and_its_office_waits():
    only = make.assessment(office(), state="scored", as_of=DAY)

    found = reported(STAFF, DAY, ALL)

    assert (found.shown, found.waiting) == ((), (only.office,))


def test_each_edition_shows_its_own():
    geo, uzb = confirmed(), confirmed(office(organisation=organisation(country="UZB")))
    own = Viewer(keys=frozenset({"members", f"organisation:{geo.office.organisation_id}"}))
    agency = Whose(Edition.AGENCY, organisation_id=geo.office.organisation_id)

    assert set(shown(STAFF)) == {geo, uzb}
    assert shown(country("UZB"), Whose(Edition.COUNTRY, iso3="UZB")) == [uzb]
    assert shown(own, agency) == [geo]
    assert shown(country("UZB"), agency) == []
    assert shown(country("UZB"), Whose(Edition.COUNTRY, iso3="GEO")) == []


def test_what_was_let_out_holds_nothing_else_and_nobody_waits():
    confirmed()
    out = confirmed()
    release(out)

    found = reported(MEMBER, DAY, Whose(Edition.RELEASED))

    assert (found.shown, found.waiting) == ((out,), ())
    assert shown(STAFF, Whose(Edition.RELEASED)) == [out]


def test_sample_offices_are_left_out_beside_real_ones():
    real = confirmed()
    confirmed(sample=True)

    assert shown(STAFF) == [real]


def test_editions_are_offered_for_countries_and_agencies_the_viewer_sees():
    place = office()

    assert edition_choices(STAFF) == (
        ("country:GEO", "Georgia"),
        (f"organisation:{place.organisation_id}:GEO", place.organisation.names.pick("en")[0]),
    )
    assert edition_choices(MEMBER) == ()
