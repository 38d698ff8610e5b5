"""Duties given and ended."""

from datetime import timedelta

import pytest
from tests.factories import assessing as make
from tests.factories.members import viewer_with

from serai.base.access import Denied
from serai.base.models import AuditEntry
from serai.readiness import actions
from serai.readiness.models import Duty

pytestmark = pytest.mark.django_db
TODAY = make.NOON.date()


def given(by, to, **fields):
    return actions.give_duty(
        person_id=to.person_id, kind="technician", by=by, now=make.NOON, **fields
    )


def test_a_duty_begins_today_and_says_who_gave_it():
    officer, someone = viewer_with("officer"), viewer_with("partner")

    made = given(officer, someone, until_on=TODAY)

    assert (made.from_on, made.until_on, made.given_by_id) == (TODAY, TODAY, officer.person_id)
    assert AuditEntry.objects.filter(verb="give_duty").count() == 1


def test_a_day_that_is_over_is_refused():
    with pytest.raises(actions.Refused, match="This day is over") as refused:
        given(viewer_with("officer"), viewer_with("partner"), until_on=TODAY - timedelta(days=1))

    assert (refused.value.field, Duty.objects.count()) == ("until_on", 0)


def test_the_same_duty_is_not_given_twice_at_a_time():
    officer, someone = viewer_with("officer"), viewer_with("partner")
    first = given(officer, someone)

    with pytest.raises(actions.Refused, match="has this duty already"):
        given(officer, someone)
    actions.end_duty(duty=first, by=officer, now=make.NOON)

    assert given(officer, someone).pk != first.pk


def test_a_duty_ends_once():
    officer = viewer_with("officer")
    made = given(officer, viewer_with("partner"))
    actions.end_duty(duty=made, by=officer, now=make.NOON)

    with pytest.raises(actions.Refused, match="ended meanwhile"):
        actions.end_duty(duty=made, by=officer, now=make.NOON)

    assert Duty.objects.get().ended_at == make.NOON


@pytest.mark.parametrize("role", ["partner", "administrator", "committee"])
def test_others_neither_give_nor_end(role):
    made, someone = make.duty(viewer_with("partner"), "supplier"), viewer_with(role)

    with pytest.raises(Denied):
        given(someone, someone)
    with pytest.raises(Denied):
        actions.end_duty(duty=made, by=someone, now=make.NOON)
