"""Offices come from invitations and cleared answers; their assessment opens or begins anew."""

import pytest
from tests.factories import assessing as make
from tests.factories import members as people

from serai.base.access import NotFound
from serai.readiness import actions
from serai.readiness.models import Assessment, Office
from serai.surveys.models import Response

pytestmark = pytest.mark.django_db


def test_a_cleared_response_makes_an_office_its_rooms_and_an_assessment():
    make.framework()
    response = make.answered(
        unit_key="tbilisi", rooms=({}, {"room_name": "Small", "room_seats": "4"})
    )

    found = actions.take_in_answers(response_id=response.pk, now=make.NOON)

    office = Office.objects.get()
    asked = response.invitation
    assert (office.organisation_id, office.unit_key) == (asked.organisation_id, "tbilisi")
    assert (office.name, office.city, office.time_zone) == (
        "Office in Tbilisi", "Tbilisi", "Asia/Tbilisi",
    )  # fmt: skip
    assert office.audience == "secretariat"
    assert sorted(office.rooms.values_list("name", "seats")) == [("Hall", 12), ("Small", 4)]
    keys = set(response.entries.values_list("key", flat=True))
    assert set(office.rooms.values_list("key", flat=True)) == keys
    assert (found.office, found.state) == (office, "collecting")
    assert found.response_number == response.public_id


def test_the_same_office_is_asked_twice_and_stays_one():
    make.framework()
    first = make.answered(unit_key="tbilisi", rooms=({}, {}))
    actions.take_in_answers(response_id=first.pk, now=make.NOON)
    second = make.answered(
        unit_key="tbilisi",
        organisation=first.invitation.organisation,
        says={"about_office/city": "Batumi"},
    )

    found = actions.take_in_answers(response_id=second.pk, now=make.NOON)

    office = Office.objects.get()
    assert office.city == "Batumi"
    assert Assessment.objects.count() == 1
    assert found.response_number == second.public_id
    assert sorted(office.rooms.values_list("is_closed", flat=True)) == [False, True]


@pytest.mark.parametrize(
    ("state", "left"),
    [
        ("collecting", ["collecting"]),
        ("scored", ["collecting"]),
        ("under_review", ["collecting"]),
        ("confirmed", ["confirmed", "collecting"]),
    ],
)
def test_cleared_answers_let_an_open_assessment_collect_again(state, left):
    make.framework()
    response = make.answered()
    found = actions.take_in_answers(response_id=response.pk, now=make.NOON)
    Assessment.objects.filter(pk=found.pk).update(
        state=state, due_on=make.NOON.date(), agreed_at=make.NOON, confirmed_at=make.NOON
    )

    latest = actions.take_in_answers(response_id=response.pk, now=make.NOON)

    assert list(Assessment.objects.order_by("pk").values_list("state", flat=True)) == left
    assert (latest.state, latest.due_on, latest.agreed_at) == ("collecting", None, None)


def test_a_response_of_no_organisation_makes_nothing():
    make.framework()
    response = make.answered()
    response.invitation.organisation = None
    response.invitation.save()

    assert actions.take_in_answers(response_id=response.pk, now=make.NOON) is None
    assert Office.objects.count() == 0


def test_without_a_framework_nothing_is_taken_in():
    response = make.answered()

    with pytest.raises(NotFound):
        actions.take_in_answers(response_id=response.pk, now=make.NOON)

    assert Office.objects.count() == 0


def test_an_unknown_response_is_an_error():
    make.framework()

    with pytest.raises(Response.DoesNotExist):
        actions.take_in_answers(response_id=0, now=make.NOON)


def test_what_an_office_was_named_stays_where_answers_say_nothing():
    make.framework()
    place = people.organisation("Agency of Statistics")
    response = make.answered(
        organisation=place, says={"about_office/office": None, "about_office/city": None}
    )

    actions.take_in_answers(response_id=response.pk, now=make.NOON)

    assert Office.objects.values_list("name", "city").get() == ("Agency of Statistics", "")
