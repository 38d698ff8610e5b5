"""The desk's doors: without script, nothing typed is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories import readiness as make
from tests.factories.members import person_with
from tests.readiness.access.test_providing import with_duty

from serai.members.models import Person
from serai.readiness.actions import forecast_event
from serai.readiness.models import Delegation, DeskNote

pytestmark = pytest.mark.django_db


@pytest.fixture
def technician(signed_in):
    return signed_in(Person.objects.get(pk=with_duty("technician").person_id))


def desk(plan) -> str:
    return f"/en/readiness/events/{plan.public_id}/desk/"


@pytest.fixture
def running():
    """An event that began an hour ago."""
    return make.event_plan(starts_at=timezone.now() - timedelta(hours=1))


def test_an_event_is_begun_and_noted_and_reviewed(technician, running):
    made = make.ready_delegation(running)

    before = technician.get(desk(running)).content.decode()
    begun = technician.post(desk(running).replace("desk", "start"), follow=True)
    answer = technician.post(
        desk(running),
        {"delegation": made.public_id, "presence": "in", "on_plan": "hotspot", "trouble": "line",
         "text": "Line fell"},
        follow=True,
    )  # fmt: skip
    review = technician.post(
        desk(running).replace("desk", "review"),
        {f"outcome_{made.public_id}": "fell_short", f"note_{made.public_id}": "Cable cut"},
        follow=True,
    )

    assert "Begin: the event is live" in before
    assert "The event is live." in begun.content.decode()
    page = answer.content.decode()
    for words in ("It is noted.", "1 of 1 delegations", "Tested hotspot", "Internet connection",
                  "Line fell"):  # fmt: skip
        assert words in page
    made.refresh_from_db()
    assert made.state == "reviewed"
    assert made.outcome == {"word": "fell_short", "note": "Cable cut"}
    assert "This event is over." in review.content.decode()
    assert "This event is over." in technician.get(desk(running)).content.decode()


def test_a_link_chooses_the_delegation(technician, running):
    made = make.delegation(running, state="live")

    page = technician.get(f"{desk(running)}?delegation={made.public_id}")

    assert page.context["form"].initial == {"delegation": made.public_id}
    assert "Load anew" in page.content.decode()


@pytest.mark.parametrize("given", [{}, {"presence": "in"}, {"delegation": "nobody", "text": "x"}])
def test_a_note_that_is_refused_keeps_what_was_typed(technician, running, given):
    make.delegation(running, state="live")

    answer = technician.post(desk(running), given)

    assert answer.status_code == 422
    assert DeskNote.objects.count() == 0


def test_a_note_to_a_closed_desk_is_refused(technician, running):
    make.delegation(running)

    assert technician.post(desk(running), {"text": "x"}).status_code == 422


def test_it_is_too_early_to_begin(technician):
    plan = make.event_plan(starts_at=timezone.now() + timedelta(days=3))
    make.delegation(plan)

    answer = technician.post(desk(plan).replace("desk", "start"))

    assert answer.status_code == 422
    assert "the desk opens a day before" in answer.content.decode()


def test_a_review_of_nobody_is_refused_in_words(technician, running):
    make.delegation(running, state="live")
    address = desk(running).replace("desk", "review")

    assert "Was interrupted" in technician.get(address).content.decode()
    answer = technician.post(address, {})

    assert answer.status_code == 422
    assert "at least one delegation" in answer.content.decode()


def test_a_review_without_anybody_live_says_so(technician, running):
    page = technician.get(desk(running).replace("desk", "review")).content.decode()

    assert "No delegation is live." in page
    assert "Nobody is entered yet" in technician.get(desk(running)).content.decode()


def test_a_rehearsal_is_recorded(technician):
    made = make.ready_delegation()
    forecast_event(plan=made.plan, by=None, now=make.NOON)
    address = f"/en/readiness/delegations/{made.public_id}/rehearsed/"

    page = technician.get(address).content.decode()
    answer = technician.post(address, {"trouble": "sound", "text": "Echo"}, follow=True)

    assert "It has rehearsed" in page
    assert Delegation.objects.get().state == "rehearsed"
    assert "trouble: Sound" in answer.content.decode()


@pytest.mark.parametrize(
    ("state", "words"),
    [("reviewed", "Went well"), ("draft", "Draft"), ("live", "not seen yet")],
)
def test_the_desk_says_how_far_each_is(technician, running, state, words):
    outcome = {"word": "went_well", "note": ""} if state == "reviewed" else {}
    make.delegation(running, state=state, outcome=outcome)
    make.delegation(running, state="forecast")

    assert words in technician.get(desk(running)).content.decode()


def test_who_is_out_is_shown_as_out(technician, running):
    made = make.delegation(running, state="live")
    technician.post(desk(running), {"delegation": made.public_id, "presence": "out"})

    page = technician.get(desk(running))

    assert [str(mark) for _one, mark, *_rest in page.context["standings"]] == ["not connected"]


def test_others_do_not_find_the_desk(client, signed_in, running):
    made = make.delegation(running, state="live")
    signed_in(person_with("lead", made.office.organisation))

    assert client.get(desk(running)).status_code == 404
    assert client.post(desk(running), {"text": "x"}).status_code == 404
    assert client.get(desk(running).replace("desk", "review")).status_code == 404
