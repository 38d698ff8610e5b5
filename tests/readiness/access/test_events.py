"""Who opens events, enters an office, reads a forecast, rehearses, reads the record."""

import pytest
from tests.factories import readiness as make
from tests.factories.members import viewer_with
from tests.readiness.access.test_providing import with_duty

from serai.base.access import ANONYMOUS
from serai.readiness import access

pytestmark = pytest.mark.django_db

#  who: opens the list, sees the event, enters, reads the delegation, changes it, works, record
CASES = {
    "officer": (True, True, True, True, True, True, True),
    "coordinator": (True, True, True, True, True, True, True),
    "other officer": (True, True, False, False, False, False, True),
    "lead": (True, True, True, True, True, False, False),
    "contributor": (True, True, False, True, False, False, False),
    "other lead": (True, True, True, False, False, False, False),
    "focal_point": (True, True, True, True, True, False, False),
    "deputy": (True, True, False, True, False, False, False),
    "other focal_point": (True, True, True, False, False, False, False),
    "expert": (True, True, False, True, False, False, False),
    "technician": (True, True, False, True, False, True, False),
    "supplier": (False, False, False, False, False, False, False),
    "participant": (False, False, False, False, False, False, False),
    "administrator": (False, False, False, False, False, False, False),
    "visitor": (False, False, False, False, False, False, False),
}


def viewer(who: str, made):
    if who == "visitor":
        return ANONYMOUS
    if who in {"technician", "supplier"}:
        return with_duty(who)
    if who == "other officer":
        return viewer_with("officer", "startup-hub")
    if who in {"lead", "contributor"}:
        return viewer_with(who, made.office.organisation)
    if who in {"focal_point", "deputy"}:
        return viewer_with(who, "GEO")
    if who == "other focal_point":
        return viewer_with("focal_point", "UZB")
    if who == "expert":
        return viewer_with("expert", f"{make.HOME}:GEO")
    return viewer_with(who.removeprefix("other "))


@pytest.mark.parametrize(("who", "expected"), CASES.items())
def test_who_may_do_what_at_an_event(who, expected):
    made = make.delegation()
    found = viewer(who, made)

    assert (
        access.may_open_events(found),
        access.may_see_event(found, made.plan),
        access.may_enter(found, made.plan),
        access.may_see_delegation(found, made),
        access.may_change_delegation(found, made),
        access.may_rehearse(found, made),
        access.may_see_record(found),
    ) == expected


@pytest.mark.parametrize("state", ["live", "reviewed"])
def test_nobody_changes_or_rehearses_what_has_begun(state):
    made = make.delegation(state=state)
    officer = viewer_with("officer")

    assert access.may_change_delegation(officer, made) is False
    assert access.may_rehearse(officer, made) is False


def test_an_event_of_a_meeting_one_may_not_know_is_seen_by_whose_office_comes():
    made = make.delegation()
    made.plan.meeting.audience = "secretariat"
    made.plan.meeting.save()

    assert access.may_see_event(viewer_with("lead", made.office.organisation), made.plan) is True
    assert access.may_see_event(viewer_with("lead"), made.plan) is False


def test_an_international_office_has_no_focal_point():
    from tests.factories.members import organisation

    place = make.office(organisation=organisation(country=None))

    assert access.may_enter_office(viewer_with("focal_point", "GEO"), place) is False
