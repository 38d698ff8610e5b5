"""Milestones' doors: the two steps of a date, wrong words kept, who gets in, lists of any length."""

from datetime import date

import pytest
from tests.factories.members import person_with
from tests.factories.programme import completion, initiative, milestone, programme

from serai.programme.models import Completion, Plan

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def officer(client):
    programme(opens_as_of=date(2021, 6, 30))
    someone = person_with("officer")
    client.force_login(someone, backend=BACKEND)
    return someone


def test_words_are_read_back_before_they_are_saved(client, officer):
    row = milestone(words="22 June 2021")
    address = f"/en/programme/milestones/{row.public_id}/replan/"
    given = {"words": "end of July 2021", "reason": "staffing"}

    first = client.post(address, given)
    assert Plan.objects.count() == 1
    second = client.post(address, given | {"confirmed": "end of July 2021"})

    assert "Read as: 21–31 July 2021" in first.content.decode()
    assert (second.status_code, second["Location"]) == (
        303,
        f"/en/programme/milestones/{row.public_id}/",
    )
    assert Plan.objects.latest("id").end_latest == date(2021, 7, 31)


def test_words_changed_after_the_reading_are_read_again(client, officer):
    row = milestone(words="22 June 2021")

    answer = client.post(
        f"/en/programme/milestones/{row.public_id}/replan/",
        {"words": "Q3 2021", "reason": "staffing", "confirmed": "end of July 2021"},
    )

    assert "Read as: 1 July – 30 September 2021" in answer.content.decode()
    assert Plan.objects.count() == 1


@pytest.mark.parametrize("words", ["summer 2021", "03/04/2021", "31 June 2021"])
def test_wrong_words_are_kept_with_the_sentence(client, officer, words):
    row = milestone(words="22 June 2021")

    answer = client.post(
        f"/en/programme/milestones/{row.public_id}/replan/", {"words": words, "reason": "staffing"}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Not understood: write a day, month, quarter or" in page
    assert f'value="{words}"' in page
    assert "Error:" in page


def test_a_completion_is_recorded_in_two_steps(client, officer):
    row = milestone(words="22 June 2021")
    address = f"/en/programme/milestones/{row.public_id}/complete/"
    given = {"words": "22 June 2021", "confirmed": "22 June 2021", "link": "https://a.example/r"}

    answer = client.post(address, given)

    assert answer.status_code == 303
    assert Completion.objects.get().link == "https://a.example/r"


def test_a_member_finds_no_door_to_change(client):
    row = milestone(words="22 June 2021")
    client.force_login(person_with("focal_point"), backend=BACKEND)

    for page in ("replan", "complete", "warn", "after"):
        answer = client.get(f"/en/programme/milestones/{row.public_id}/{page}/")
        assert answer.status_code == 404


def test_a_hidden_milestone_is_not_found(client):
    row = milestone(initiative(audience="secretariat"), words="22 June 2021")
    client.force_login(person_with("focal_point"), backend=BACKEND)

    assert client.get(f"/en/programme/milestones/{row.public_id}/").status_code == 404


def test_a_day_that_is_none_is_told(client, officer):
    milestone(words="22 June 2021")

    answer = client.get("/en/programme/milestones/?as_of=yesterday")

    assert "“yesterday” is not a day. Write it as 2021-06-30." in answer.content.decode()


def test_the_list_comes_as_a_file(client, officer):
    milestone(words="end of June 2021")

    answer = client.get("/en/programme/milestones/?as=csv")

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("initiative,number,name,start,end,words,owner,country,after,done")
    assert ",2021-06-30,end of June 2021," in lines[1]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_one_as_for_three(client, django_assert_num_queries, count):
    programme(opens_as_of=date(2021, 6, 30))
    for _ in range(count):
        row = milestone(words="22 June 2021")
        completion(row, "by 30 June 2021")

    with django_assert_num_queries(9):
        assert client.get("/en/programme/milestones/").status_code == 200
