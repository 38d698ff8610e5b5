"""An initiative's doors: its page, milestones, notes, baselines, states."""

from datetime import date

import pytest
from tests.factories.members import person_with
from tests.factories.programme import (
    EARLY,
    NOON,
    STAFF,
    agree,
    decision,
    initiative,
    meeting,
    milestone,
    note,
    programme,
    told,
)

from serai.programme import actions
from serai.programme.models import Baseline, Milestone, StatusNote

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def coordinator(sign_in):
    programme(opens_as_of=date(2021, 6, 30))
    return sign_in("coordinator")


def test_an_initiative_without_milestones_says_so(client):
    one = initiative("startup-hub")

    page = client.get(f"/en/programme/initiatives/{one.code}/").content.decode()

    assert "No dates are set." in page
    assert "<table" not in page


def test_a_day_before_the_initiative_asks_for_a_later_day(client):
    one = initiative("startup-hub")

    page = client.get(f"/en/programme/initiatives/{one.code}/?as_of=2020-01-01").content.decode()

    assert "This initiative was not known on this day. Choose a later day." in page


def test_a_milestone_s_date_is_read_back_before_it_is_added(client, officer):
    one = initiative()
    address = f"/en/programme/initiatives/{one.code}/add/"
    given = {"name": "Workshops", "kind": "event", "words": "end of June 2021"}

    first = client.post(address, given)
    assert Milestone.objects.count() == 0
    second = client.post(address, given | {"confirmed": "end of June 2021"})

    assert "Read as: 21–30 June 2021" in first.content.decode()
    assert (second.status_code, second["Location"]) == (
        303,
        f"/en/programme/initiatives/{one.code}/",
    )
    assert Milestone.objects.get().plans.get().end_latest == date(2021, 6, 30)


def test_a_milestone_without_a_date_is_added_at_once(client, officer):
    one = initiative()

    answer = client.post(
        f"/en/programme/initiatives/{one.code}/add/", {"name": "Workshops", "kind": "event"}
    )

    assert answer.status_code == 303
    assert Milestone.objects.get().plans.count() == 0


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"name": "", "kind": "event", "words": "summer 2021"}, ["name", "words"]),
        ({"name": "x" * 301, "kind": "event"}, ["name"]),
        ({"name": "Workshops", "kind": "party"}, ["kind"]),
        ({"name": "Workshops", "kind": "event", "words": "31 June 2021"}, ["words"]),
    ],
)
def test_a_milestone_that_is_not_understood_is_not_added(client, officer, given, fields):
    one = initiative()

    answer = client.post(f"/en/programme/initiatives/{one.code}/add/", given)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sorted(answer.context["form"].errors) == fields
    assert all(f'href="#id_{field}' in page for field in fields)
    assert Milestone.objects.count() == 0


def test_the_twelfth_baseline_is_refused(client, coordinator):
    one = initiative()
    milestone(one, words="22 June 2021")
    for number in range(11):
        actions.set_baseline(initiative=one, name=f"Plan {number}", by=STAFF, now=NOON)

    answer = client.post(f"/en/programme/initiatives/{one.code}/baseline/", {"name": "Too many"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "All eleven baselines, 0 to 10, are set. No more can be added." in page
    assert 'value="Too many"' in page
    assert Baseline.objects.count() == 11


def test_a_baseline_without_dates_is_refused(client, coordinator):
    one = initiative()

    answer = client.post(f"/en/programme/initiatives/{one.code}/baseline/", {"name": "First"})

    assert answer.status_code == 422
    assert "No dates are set: there is nothing to fix as a baseline." in answer.content.decode()


def test_an_empty_note_is_refused(client, officer):
    one = initiative()

    answer = client.post(
        f"/en/programme/initiatives/{one.code}/note/", {"part": "approach", "text": "  "}
    )

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["text"]
    assert StatusNote.objects.count() == 0


def test_a_note_opens_with_the_part_that_was_asked_for(client, officer):
    one = initiative()

    page = client.get(f"/en/programme/initiatives/{one.code}/note/?part=approach").content.decode()

    assert 'value="approach" required id="id_part_1" checked' in page.replace("\n", "")


def test_a_cleared_note_cannot_be_cleared_again(client, officer):
    draft = note(initiative())
    address = f"/en/programme/notes/{draft.public_id}/clear/"

    answers = [client.post(address, follow=True).content.decode() for _ in range(2)]

    assert "The note is cleared." in answers[0]
    assert "cannot follow" in answers[1]


def test_a_state_needs_a_decision(client, officer):
    one = initiative()
    address = f"/en/programme/initiatives/{one.code}/state/"
    made = meeting(state="held")
    cited = decision(made)
    agree(made)

    refused = client.post(address, {"state": "paused"})
    taken = client.post(address, {"state": "paused", "decision": cited.public_id})

    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["decision"]
    assert taken.status_code == 303
    one.refresh_from_db()
    assert one.state == "paused"


@pytest.mark.parametrize("page", ["add", "note", "baseline", "state"])
def test_a_member_finds_no_door_to_change(client, page):
    one = initiative()
    client.force_login(person_with("focal_point"), backend=BACKEND)

    assert client.get(f"/en/programme/initiatives/{one.code}/{page}/").status_code == 404


def test_notes_drafts_and_baselines_stand_on_the_page(client, officer):
    one = initiative()
    milestone(one, words="22 June 2021")
    note(one, "Cleared words.", cleared=EARLY)
    note(one, "Draft words.", part="approach")
    actions.set_baseline(initiative=one, name="First plan", by=STAFF, now=NOON, told=told())

    page = client.get(f"/en/programme/initiatives/{one.code}/").content.decode()

    assert "Cleared words." in page
    assert "Draft words." in page
    assert "0. First plan" in page
