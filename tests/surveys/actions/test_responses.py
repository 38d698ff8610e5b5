"""The life of a response: each step by whom it is, from which states, and who reads it afterwards."""

from datetime import timedelta

import pytest
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.offices import NAME, ROOM, STAFF, add, give

from serai.base.access import Denied
from serai.base.models import Message
from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.actions import NotReady, Refused
from serai.surveys.models import Answer, Response
from serai.surveys.queries.responses import locked_response

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun():
    return offices.begun()


@pytest.fixture
def ready():
    return offices.ready()


@pytest.fixture
def focal():
    return people.viewer_with("focal_point", "GEO")


def letters(kind):
    rows = Message.objects.filter(key__startswith=f"surveys.{kind}:")
    return [one.person_id for one in rows.order_by("pk")]


def test_beginning_twice_is_once_and_stores_what_the_form_begins_with(begun):
    response, lead = begun

    again = actions.start_response(
        invitation=response.invitation, by=lead, now=make.NOON, language="ru"
    )

    assert (again.pk, again.language) == (response.pk, "en")
    assert Response.objects.count() == 1
    first = Answer.objects.filter(path="/data/meta/instanceID").get()
    assert (first.source, first.value[:5]) == ("calculation", "uuid:")


def test_a_round_that_is_not_open_is_begun_by_a_late_device_alone():
    asked = make.invitation(make.wave(offices.published(), state="closed"))
    lead = viewer_of(asked.lead, make.NOON)

    with pytest.raises(Refused, match="not open"):
        actions.start_response(invitation=asked, by=lead, now=make.NOON)

    late = actions.start_response(invitation=asked, by=lead, now=make.NOON, is_late=True)
    assert late.state == "filling"


def test_handing_in_names_what_is_missing_and_a_removed_entry_is_not(begun):
    response, lead = begun
    add(response, lead, "a")
    give(response, lead, STAFF, "5")
    actions.remove_entry(response=response, key="a", by=lead, now=make.NOON)

    with pytest.raises(NotReady) as refused:
        actions.hand_in(response=response, by=lead, now=make.NOON)

    assert [(one.ref.path, one.kind.value) for one in refused.value.issues] == [
        ("/data/office/name", "required"), ("/data/line/mbps", "required"),
    ]  # fmt: skip
    assert locked_response(response.pk).state == "filling"


def test_it_is_handed_in_taken_up_again_and_handed_in(ready):
    response, lead = ready

    states = [
        actions.hand_in(response=response, by=lead, now=make.NOON).state,
        actions.take_up_again(response=response, by=lead, now=make.NOON).state,
        actions.hand_in(response=response, by=lead, now=make.NOON).state,
    ]

    assert states == ["handed_in", "filling", "handed_in"]
    with pytest.raises(Refused, match="handed in already"):
        actions.hand_in(response=response, by=lead, now=make.NOON)


def test_a_closed_round_is_not_handed_in(ready):
    response, lead = ready
    response.wave.state = "closed"
    response.wave.save(update_fields=["state"])

    with pytest.raises(Refused, match="Ask for more time"):
        actions.hand_in(response=response, by=lead, now=make.NOON)


def test_after_closing_drafts_are_kept_and_more_time_is_asked_for_once_a_day(ready):
    response, lead = ready
    officer = people.person_with("officer")
    with pytest.raises(Refused, match="once the wave has closed"):
        actions.ask_for_more_time(response=response, by=lead, now=make.NOON)
    response.wave.state = "closed"
    response.wave.save(update_fields=["state"])

    kept = give(response, lead, STAFF, "9").kept
    for hours in (0, 1, 24):
        now = make.NOON + timedelta(hours=hours)
        actions.ask_for_more_time(response=response, by=lead, now=now)

    assert kept == "saved"
    assert letters("more_time") == [officer.pk, officer.pk]


def test_what_is_withdrawn_is_read_by_its_own_people_alone(ready, focal):
    response, lead = ready
    offices.signed(response, lead)
    with pytest.raises(Refused, match="Say why"):
        actions.withdraw(response=response, reason="", by=lead, now=make.NOON)

    found = actions.withdraw(response=response, reason="A mistake", by=lead, now=make.NOON)

    assert (found.state, found.audience) == ("withdrawn", "organisation")
    with pytest.raises(Denied):
        actions.clear(response=response, by=focal, now=make.NOON)


def test_a_kind_without_signature_ends_with_handing_in():
    version = offices.published(kind="application", has_signature=False, has_clearance=False)
    response, lead = offices.begun(version)
    for ref, text in ((NAME, "Team"), (STAFF, "2")):
        give(response, lead, ref, text)

    found = actions.hand_in(response=response, by=lead, now=make.NOON)

    newest = Answer.objects.latest("pk").pk
    assert (found.state, found.audience, found.cleared_through) == (
        "handed_in", "secretariat", newest,
    )  # fmt: skip
    with pytest.raises(Refused):
        actions.take_up_again(response=response, by=lead, now=make.NOON)


def test_a_round_of_its_own_is_begun_without_invitation():
    wave, someone = make.wave(offices.published()), people.person()

    own = actions.begin_for_wave(wave=wave, person_id=someone.pk, now=make.NOON, language="ru")

    assert (own.person_id, own.language, own.invitation_id) == (someone.pk, "ru", None)
    assert own.entries.filter(repeat_path=ROOM).count() == 1
