"""One invitation: for the officer, for whoever is asked, by its link."""

from datetime import date, timedelta

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.access import ANONYMOUS, NotFound
from serai.members.models import Affiliation
from serai.members.queries import token_hash, viewer_of
from serai.surveys import queries
from serai.surveys.models import Response
from serai.surveys.queries import Sight
from serai.surveys.states import ResponseState, WaveState

pytestmark = pytest.mark.django_db
NOON = make.NOON


def test_an_invitation_is_found_by_its_officers_alone():
    row = make.invitation()

    assert queries.invitation(people.viewer_with("officer"), row.public_id) == row
    assert queries.asked(people.viewer_with("lead"), row.public_id) == row
    for find, viewer in (
        (queries.invitation, people.viewer_with("lead")), (queries.asked, ANONYMOUS),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            find(viewer, row.public_id)


def test_a_link_finds_its_invitation_once_the_letter_is_out():
    row = make.invitation(token_hash=token_hash("right"))
    make.invitation(state="cancelled", token_hash=token_hash("cancelled"))

    assert queries.invitation_by_token("right") == row
    for token in ("wrong", "cancelled", ""):
        with pytest.raises(NotFound):
            queries.invitation_by_token(token)


def test_a_link_is_good_until_its_moment():
    row = make.invitation(expires_at=NOON)

    found = [queries.is_expired(row, NOON + timedelta(seconds=n)) for n in (-1, 0)]

    assert found == [False, True]
    assert queries.is_expired(make.invitation(), NOON) is False


@pytest.mark.parametrize("count", [1, 3])
def test_own_invitations_are_those_one_leads_or_signs(count, django_assert_num_queries):
    lead = people.person()
    for n in range(count):
        make.invitation(lead=lead, due_on=date(2021, 4, 9 - n))
    signed = make.invitation(signer=lead, due_on=date(2021, 3, 2))
    response = Response.objects.create(
        wave=signed.wave, invitation=signed, version=signed.wave.version, state="handed_in",
        completeness=0.755,
    )  # fmt: skip
    make.invitation(make.wave(state=WaveState.SENDING.value), lead=lead)
    make.invitation(lead=lead, state="declined")
    viewer = viewer_of(lead, NOON)

    with django_assert_num_queries(2):
        rows = queries.own_invitations(viewer)

    assert [row.due_on.day for row in rows] == [*range(10 - count, 10), 2]
    assert [(row.is_open, row.waits, row.is_lead, row.signs) for row in rows] == [
        *[(True, True, True, True)] * count, (False, True, False, True),
    ]  # fmt: skip
    assert (rows[-1].percent, rows[-1].response, rows[-1].response_state) == (
        75, response.public_id, ResponseState.HANDED_IN,
    )  # fmt: skip
    assert queries.own_invitations(ANONYMOUS) == []


def test_bodies_are_government_organisations_and_say_who_is_asked():
    wave = make.wave()
    asked = people.organisation("Agency of Roads")
    make.invitation(wave, organisation=asked)
    people.organisation("Agency of Rails")
    people.organisation("A firm", kind="company")
    people.organisation("Agency of Rails", country="AZE")
    officer = people.viewer_with("officer")

    rows = [(one.iso3, one.name, one.is_asked) for one in queries.bodies(officer, wave, NOON)]

    assert rows == [
        ("AZE", "Agency of Rails", False),
        ("GEO", "Agency of Rails", False),
        ("GEO", "Agency of Roads", True),
    ]
    assert [one.iso3 for one in queries.bodies(officer, wave, NOON, "AZE")] == ["AZE"]


def test_bodies_say_who_has_a_lead_today():
    wave = make.wave()
    led, gone = people.organisation("Led"), people.organisation("Without")
    people.grant("lead", to=people.person(), organisation=led)
    people.grant("lead", to=people.person(state="closed"), organisation=gone)

    found = queries.bodies(people.viewer_with("officer"), wave, NOON)

    assert [(one.name, one.has_lead) for one in found] == [("Led", True), ("Without", False)]


def test_people_to_ask_are_of_the_organisation_and_named_already():
    row = make.invitation(lead=people.person(full_name="Named"))
    other = people.person(full_name="Colleague")
    Affiliation.objects.create(
        person=other, organisation=row.organisation, from_on=NOON.date(), title="Engineer"
    )

    found = queries.people_to_ask(people.viewer_with("officer"), row)

    assert [one.name for one in found] == ["Colleague, Engineer", "Named"]


def test_unanswered_leaves_out_who_has_handed_in(django_assert_num_queries):
    wave = make.wave()
    waiting, done = make.invitation(wave), make.invitation(wave, state="opened")
    make.invitation(wave, state="bounced")
    Response.objects.create(wave=wave, invitation=done, version=wave.version, state="handed_in")

    with django_assert_num_queries(1):
        found = queries.unanswered([waiting, done])

    assert found == [waiting]


def test_open_invitations_are_those_of_open_waves_that_wait():
    row = make.invitation()
    make.invitation(make.wave(state=WaveState.CLOSED.value))
    other = make.invitation(state="opened")
    make.invitation(state="done")

    assert queries.open_invitations() == [row, other]
    assert queries.open_invitations(row.wave) == [row]


def test_response_of_is_the_one_begun():
    row = make.invitation()

    assert queries.response_of(row) is None
    made = Response.objects.create(wave=row.wave, invitation=row, version=row.wave.version)
    assert queries.response_of(row) == made


def test_letters_go_to_nobody_who_has_left():
    found = [
        queries.writes_to(people.person(state=state))
        for state in ("active", "invited", "paused", "closed")
    ]

    assert found == [True, True, False, False]
    assert queries.writes_to(None) is False


@pytest.mark.parametrize(
    ("survey", "clearance", "sight"),
    [
        ({}, "focal_point", Sight(True, True, False)),
        ({}, "direct", Sight(True, False, False)),
        ({"has_clearance": False}, "focal_point", Sight(True, False, False)),
        (
            {"has_clearance": False, "has_signature": False, "is_anonymous": True}, "focal_point",
            Sight(False, False, True),
        ),
    ],
)  # fmt: skip
def test_who_sees_what_is_read_off_survey_and_country(survey, clearance, sight):
    country = people.member("GEO", clearance=clearance)
    row = make.invitation(
        make.wave(make.version(make.survey(**survey))),
        organisation=people.organisation(country=country),
    )

    assert Sight.of(row) == sight
