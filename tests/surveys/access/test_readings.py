"""In which role somebody from outside reads, and who is told: role by role, state by state."""

import pytest
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.programme import initiative, programme

from serai.base.access import ANONYMOUS
from serai.members.access import person_key
from serai.members.queries import viewer_of
from serai.surveys import access
from serai.surveys.models import Response
from serai.surveys.queries.responses import fresh_response

pytestmark = pytest.mark.django_db
STATES = ("filling", "signed", "cleared")
# By who reads: the role in which, at each of the three states; None = not noted.
ROLES = {
    "visitor": (None, None, None),
    "lead": (None, None, None),
    "signer": (None, None, None),
    "contributor": (None, None, None),
    "focal_point": (None, "focal_point", "focal_point"),
    "deputy": (None, "deputy", "deputy"),
    "neighbour": (None, None, None),
    "officer": (None, None, "officer"),
    "coordinator": (None, None, "coordinator"),
    "expert": (None, None, "expert"),
    "named": (None, None, "named"),
    "partner": (None, None, None),
}
# By who looks: whether they are told who read it.
TOLD = {
    "lead": (True, True, True),
    "signer": (True, True, True),
    "focal_point": (False, True, True),
    "deputy": (False, True, True),
}


@pytest.fixture
def found():
    programme()
    wave = make.wave(make.version(make.survey(initiative=initiative())))
    return make.cleared(wave, {"/data/link/has": "yes"}, signer=people.person())


def put(found, state):
    """Put a response into a state."""
    newest = found.cleared_through
    through = {"filling": (0, 0), "signed": (newest, 0), "cleared": (newest, newest)}[state]
    Response.objects.filter(pk=found.pk).update(
        state=state, signed_through=through[0], cleared_through=through[1]
    )
    return fresh_response(found.pk)


def viewer(who, found):
    """Somebody of each kind who may look at a response."""
    asked, code = found.invitation, found.wave.survey.initiative.code
    if who == "visitor":
        return ANONYMOUS
    if who in {"lead", "signer"}:
        return viewer_of(getattr(asked, who), make.NOON)
    if who == "named":
        person = people.person()
        people.share(f"surveys.response:{found.pk}", person_key(person.pk))
        return viewer_of(person, make.NOON)
    scopes = {
        "contributor": asked.organisation, "focal_point": "GEO", "deputy": "GEO",
        "officer": code, "coordinator": code, "expert": f"{code}:GEO",
    }  # fmt: skip
    if who == "neighbour":
        return people.viewer_with("focal_point", "UZB")
    return people.viewer_with(who, scopes.get(who))


@pytest.mark.parametrize("who", ROLES)
def test_in_which_role_somebody_reads_at_each_state(found, who):
    viewing = viewer(who, found)

    roles = tuple(access.reader_role(viewing, put(found, state)) for state in STATES)

    assert roles == ROLES[who]


@pytest.mark.parametrize("who", ROLES)
def test_who_is_told_at_each_state(found, who):
    viewing = viewer(who, found)

    told = tuple(access.may_see_readings(viewing, put(found, state)) for state in STATES)

    assert told == TOLD.get(who, (False, False, False))


def test_an_officer_who_enters_for_a_body_is_noted_as_such(found):
    put(found, "filling")
    Response.objects.filter(pk=found.pk).update(is_on_behalf=True)
    officer = viewer("officer", found)

    assert access.reader_role(officer, fresh_response(found.pk)) == "officer"


def test_one_who_is_of_the_body_and_of_the_secretariat_is_of_the_body(found):
    person = people.person_with("officer")
    people.grant("contributor", to=person, organisation=found.invitation.organisation)

    assert access.reader_role(viewer_of(person, make.NOON), fresh_response(found.pk)) is None


def test_of_an_answer_without_a_name_nobody_is_told():
    programme()
    survey = make.survey(kind="feedback", is_anonymous=True)
    wave = make.wave(make.version(survey))
    found = Response.objects.create(
        wave=wave, version=wave.version, state="cleared", signed_through=1, cleared_through=1
    )
    officer = people.viewer_with("officer")

    assert access.may_read_response(officer, fresh_response(found.pk)) is True
    assert access.reader_role(officer, fresh_response(found.pk)) is None
    assert access.may_see_readings(officer, fresh_response(found.pk)) is False
