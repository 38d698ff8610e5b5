"""The programme in the open API: read-only, by pages, as of a day, and nothing hidden shows."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.factories.members import member, person_with, viewer_with
from tests.factories.programme import (
    NOON,
    action_item,
    agree,
    approved,
    ask,
    completion,
    decision,
    initiative,
    meeting,
    milestone,
    programme,
    risk,
)

from serai.base.keys import issue_key
from serai.programme import actions
from serai.programme.actions import Told
from serai.programme.models import Meeting

pytestmark = pytest.mark.django_db
API = "/api/v1/programme"
BACKEND = "serai.config.accounts.SignIn"
LISTS = ("initiatives", "milestones", "meetings", "decisions", "requests")
SIGNED_IN = ("actions", "risks")
SAMPLE = Told(date(2021, 1, 1), "Programme records", sample=True)


@pytest.fixture
def enter(client):
    def as_(role, scope=None):
        someone = person_with(role, scope)
        client.force_login(someone, backend=BACKEND)
        return someone

    return as_


def items(client, path):
    answer = client.get(f"{API}/{path}")
    assert answer.status_code == 200
    return answer.json()["items"]


def test_a_milestone_as_of_two_days(client):
    row = milestone(initiative("virtual-carec"), words="22 June 2021")
    approved(row, "July 2021", date(2021, 6, 1))
    completion(row, "by 29 June 2021", date(2021, 6, 30))

    before = items(client, "milestones?as_of=2021-05-01")
    after = client.get(f"{API}/milestones/{row.public_id}?as_of=2021-06-30").json()

    assert before == [
        {
            "id": row.public_id, "initiative": "virtual-carec", "number": 1, "kind": "deliverable",
            "name": {"en": "Milestone 1"}, "country": None,
            "plan": {
                "end_earliest": "2021-06-22", "end_latest": "2021-06-22",
                "words": {"en": "22 June 2021"},
            },
            "completed": None, "status": "planned", "sample": False,
        }
    ]  # fmt: skip
    assert (after["plan"]["end_latest"], after["status"]) == ("2021-07-31", "done")
    assert after["completed"]["words"] == {"en": "by 29 June 2021"}


def test_an_initiative_says_how_many_milestones_it_has(client):
    milestone(initiative("virtual-carec"), words="22 June 2021")

    found = items(client, "initiatives")

    assert [(row["code"], row["state"], row["milestones"]) for row in found] == [
        ("virtual-carec", "active", 1)
    ]


def test_meetings_decisions_and_requests_for_everybody(client):
    member("GEO"), member("UZB")
    made = meeting(state="held", audience="public")
    decided = decision(made, addressees=("GEO",))
    agree(made)
    asked = ask(audience="public")

    meetings, decisions = items(client, "meetings"), items(client, "decisions")
    requests = items(client, "requests")

    assert [(row["id"], row["starts_at"], row["state"]) for row in meetings] == [
        (made.public_id, "2021-06-30T06:00:00Z", "minutes_agreed")
    ]
    assert "join" not in str(meetings)
    assert [
        (row["number"], row["meeting"], row["addressees"], row["state"]) for row in decisions
    ] == [(decided.number, made.public_id, ["GEO"], "adopted")]
    assert [(row["id"], row["asked"], row["waiting"], row["answers"]) for row in requests] == [
        (asked.public_id, 2, 2, [])
    ]


def test_a_focal_point_reads_its_own_answer_alone(client, enter):
    member("GEO"), member("UZB")
    ask()
    enter("focal_point", "GEO")

    (found,) = items(client, "requests")

    assert (found["asked"], [row["country"] for row in found["answers"]]) == (2, ["GEO"])


def test_an_officer_reads_action_items_and_risks(client, enter):
    member("GEO")
    todo = action_item(countries=("GEO",))
    feared = risk()
    enter("officer")

    actions_, risks = items(client, "actions"), items(client, "risks")

    assert [(row["id"], row["countries"], row["state"]) for row in actions_] == [
        (todo.public_id, ["GEO"], "open")
    ]
    assert [(row["id"], row["score"], row["band"]) for row in risks] == [
        (feared.public_id, 12, "medium")
    ]


@pytest.mark.parametrize("path", SIGNED_IN)
def test_a_visitor_finds_no_action_items_and_no_risks(client, path):
    answer = client.get(f"{API}/{path}")

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["title"] == "There is no such thing"


def secrets_of_the_secretariat():
    member("GEO"), member("UZB")
    home = initiative("secret-plan", audience="secretariat")
    row = milestone(home, words="22 June 2021")
    made = meeting(home, state="held", audience="secretariat")
    decision(made)
    agree(made)
    ask(home, audience="secretariat", countries=("UZB",))
    action_item(countries=("UZB",))
    risk(home)
    return row


@pytest.mark.parametrize("role", [None, "focal_point", "committee", "partner"])
@pytest.mark.parametrize("path", [*LISTS, *SIGNED_IN])
def test_what_is_the_secretariat_s_stays_hidden(client, enter, role, path):
    secrets_of_the_secretariat()
    if role:
        enter(role, "GEO" if role != "partner" else None)
    elif path in SIGNED_IN:
        return

    assert items(client, path) == []


def test_a_hidden_milestone_is_like_none(client):
    hidden = secrets_of_the_secretariat()

    answers = [client.get(f"{API}/milestones/{key}").json() for key in (hidden.public_id, "none")]

    assert [answer["status"] for answer in answers] == [404, 404]
    assert answers[0]["detail"] == answers[1]["detail"]


def test_sample_is_never_public(client, enter):
    home = initiative("pilot", sample=True)
    milestone(home, words="22 June 2021", sample=True)
    planned = actions.plan_meeting(
        initiative=home, by=viewer_with("officer"), now=NOON, told=SAMPLE,
        facts=actions.MeetingFacts(
            title="Trial", kind="technical", zone="UTC",
            starts_at=datetime(2021, 7, 1, 9, tzinfo=UTC), ends_at=datetime(2021, 7, 1, 10, tzinfo=UTC),
        ),
    )  # fmt: skip
    Meeting.objects.filter(pk=planned.pk).update(audience="public")

    public = [items(client, path) for path in ("initiatives", "milestones", "meetings")]
    enter("officer")
    known = [items(client, path) for path in ("initiatives", "milestones", "meetings")]

    assert public == [[], [], []]
    assert [[row["sample"] for row in rows] for rows in known] == [[True], [True], [True]]


def test_pages_follow_one_another(client):
    home = initiative("virtual-carec")
    for _ in range(5):
        milestone(home, words="22 June 2021")
    address, numbers = f"{API}/milestones?limit=2&as_of=2021-06-30", []

    while address:
        page = client.get(address).json()
        numbers.append([row["number"] for row in page["items"]])
        address = page["next"]

    assert numbers == [[1, 2], [3, 4], [5]]


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=201", "limit=many", "as_of=30.06.2021", "cursor=zz"]
)
def test_a_question_that_is_not_understood_says_where(client, query):
    programme()

    answer = client.get(f"{API}/milestones?{query}")

    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0].partition(": ")[0].endswith(query.partition("=")[0])


def test_an_unchanged_list_answers_304(client):
    milestone(words="22 June 2021")
    first = client.get(f"{API}/milestones?as_of=2021-06-30")

    again = client.get(
        f"{API}/milestones?as_of=2021-06-30", headers={"If-None-Match": first["ETag"]}
    )

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", [*LISTS, *SIGNED_IN])
def test_nothing_can_be_written(client, enter, method, path):
    programme()
    enter("officer")

    assert getattr(client, method)(f"{API}/{path}").status_code == 405


def test_a_key_reads_what_its_person_may(client):
    owner = person_with("officer")
    risk()
    now = datetime.now(UTC)
    expires_on = now.date() + timedelta(days=30)
    key = issue_key(person_id=owner.pk, name="sheet", expires_on=expires_on, now=now)

    answer = client.get(f"{API}/risks", headers={"Authorization": f"Bearer {key.secret}"})
    wrong = client.get(f"{API}/risks", headers={"Authorization": "Bearer nothing"})

    assert len(answer.json()["items"]) == 1
    assert wrong.status_code == 401


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_asks_as_often_for_one_as_for_three(client, django_assert_num_queries, count):
    home = initiative()
    for _ in range(count):
        milestone(home, words="22 June 2021")

    with django_assert_num_queries(2):
        client.get(f"{API}/milestones?as_of=2021-06-30")
