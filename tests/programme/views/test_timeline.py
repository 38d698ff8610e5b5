"""The programme at a glance: overview, timeline, changes."""

import gzip
from datetime import date

import pytest
from tests.factories.members import person_with
from tests.factories.programme import completion, initiative, milestone, programme, source_report
from tests.factories.signed_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def opened():
    programme(opens_as_of=date(2021, 6, 30))


def test_a_visitor_sees_the_public_timeline(client):
    source_report()

    page = client.get("/en/programme/timeline/").content.decode()

    assert "7 of 26 milestones are done; 4 are past their latest dates" in page
    assert page.count("<svg") >= 2
    assert "No dates are set." in page


def test_what_is_known_by_a_day_only_is_drawn_and_said_as_a_bound(client):
    completion(milestone(words="22 June 2021"), "by 30 June 2021")

    page = client.get("/en/programme/timeline/")

    (drawing,) = page.context["drawings"]
    (row,) = drawing.chart.table.rows
    assert (row[1], row[3], row[4]) == ("22 June 2021", "by 30 June 2021", "")
    assert 'class="fg p"' in drawing.chart.svg
    assert "A wedge that ends in a line is “by” a day" in page.content.decode()


def test_an_initiative_of_the_secretariat_is_hidden(client):
    milestone(initiative("secret-plan", audience="secretariat"), words="22 June 2021")

    for page in ("", "timeline/", "milestones/", "changes/"):
        assert "secret-plan" not in client.get(f"/en/programme/{page}").content.decode()


def test_before_the_first_fact_a_sentence_stands(client):
    source_report()

    answer = client.get("/en/programme/?as_of=2020-01-01")

    assert answer.status_code == 200
    assert "Nothing was known of the programme on this day." in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        ("coordinator", "No initiative is here yet. Open the first;"),
        ("officer", "No initiative is here yet. A coordinator of the whole programme opens them."),
        ("committee", "No initiative is open to you yet. The secretariat opens them;"),
    ],
)
def test_an_empty_programme_says_what_comes_next(client, role, sentence):
    sign_in(client, person_with(role))

    assert sentence in client.get("/en/programme/?as_of=today").content.decode()


def test_changes_between_two_days(client):
    source_report()

    page = client.get("/en/programme/changes/?since=2021-06-29&until=2021-06-30").content.decode()

    assert "Survey questionnaire replies received" in page
    assert "Training and capacity building plan" in page
    assert "Workshops and training material" not in page


def test_days_in_the_wrong_order_are_told(client):
    answer = client.get("/en/programme/changes/?since=2021-06-30&until=2021-06-01")

    assert answer.status_code == 422
    assert "2021-06-30, is not before the second, 2021-06-01" in answer.content.decode()


@pytest.mark.parametrize("page", ["", "timeline/", "milestones/"])
def test_200_milestones_stay_light(client, page):
    for _ in range(4):
        one = initiative()
        for _ in range(50):
            milestone(one, words="end of June 2021")

    answer = client.get(f"/en/programme/{page}")

    assert answer.status_code == 200
    assert len(gzip.compress(answer.content)) < 15_000
    assert len(answer.content) < 50_000


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("page", "number"), [("", 4), ("timeline/", 4)])
def test_pages_ask_as_often_for_one_as_for_three(
    client, django_assert_num_queries, page, number, count
):
    for _ in range(count):
        milestone(words="22 June 2021")

    with django_assert_num_queries(number):
        client.get(f"/en/programme/{page}")
