"""Who tests, reads, voids and keeps points: every role, allowed and refused."""

import pytest
from tests.factories.members import organisation, viewer_with
from tests.factories.programme import initiative
from tests.factories.readiness import probe_point, probe_run, probe_ticket, probed_office

from serai.base.access import Viewer
from serai.members.states import Role
from serai.readiness import access

pytestmark = pytest.mark.django_db
TESTING = {"lead": True, "contributor": True}
READING = {"lead": True, "contributor": True, "focal_point": True, "deputy": True}
CLEARED = READING | {"officer": True, "coordinator": True, "expert": True}
STAFF = {"officer": True, "coordinator": True}


@pytest.fixture
def agency():
    return organisation()


@pytest.fixture
def viewers(agency):
    """One viewer a role; those of organisations belong to the office's own."""
    own = {"lead": agency, "contributor": agency}
    return {role.value: viewer_with(role, own.get(role.value)) for role in Role}


def admitted(viewers, decide):
    return {role: True for role, viewer in viewers.items() if decide(viewer)}


def test_its_own_people_test(viewers, agency):
    office = probed_office(organisation=agency)

    assert admitted(viewers, lambda one: access.may_test(one, office)) == TESTING
    assert access.may_test(viewer_with("lead"), office) is False
    assert access.may_test(Viewer(), office) is False


@pytest.mark.parametrize(("audience", "readers"), [("country", READING), ("secretariat", CLEARED)])
def test_runs_are_read_by_the_country_and_once_cleared_by_the_secretariat(
    viewers, agency, audience, readers
):
    home = initiative("virtual-carec")
    office = probed_office(organisation=agency, audience=audience, initiative=home)
    run = probe_run(office)

    assert admitted(viewers, lambda one: access.may_see_runs(one, office)) == readers
    assert admitted(viewers, lambda one: access.may_see_run(one, run)) == readers
    assert access.may_see_run(viewer_with("focal_point", "KAZ"), run) is False
    assert access.may_see_run(Viewer(), run) is False


@pytest.mark.parametrize(("audience", "who"), [("country", {}), ("secretariat", STAFF)])
def test_officers_void_what_they_read(viewers, agency, audience, who):
    run = probe_run(probed_office(organisation=agency, audience=audience))

    assert admitted(viewers, lambda one: access.may_void(one, run)) == who


def test_a_ticket_is_used_by_whom_it_was_given_to(viewers, agency):
    owner = viewers["contributor"]
    ticket = probe_ticket(probed_office(organisation=agency), issued_to_id=owner.person_id)

    assert admitted(viewers, lambda one: access.may_use_ticket(one, ticket)) == {
        "contributor": True
    }
    assert access.may_use_ticket(Viewer(), ticket) is False


def test_officers_keep_points_and_sample_people_only_samples(viewers):
    real, sample = probe_point(), probe_point(sample=True)
    invented = Viewer(roles=frozenset({"officer"}), person_id=1, is_sample=True)

    assert admitted(viewers, access.may_keep_points) == STAFF
    assert [access.may_keep_points(invented, one) for one in (real, sample)] == [False, True]
