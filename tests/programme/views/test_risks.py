"""Risks' doors: the grid, what a form refuses, what stays with the secretariat."""

from datetime import UTC, datetime

import pytest
from tests.factories.members import person_with
from tests.factories.programme import STAFF, initiative, milestone, risk, told

from serai.base.text import TranslatedText
from serai.programme.actions import InitiativeText, Told, change_initiative
from serai.programme.models import Risk, RiskReview

pytestmark = pytest.mark.django_db
GIVEN = {
    "kind": "risk", "text": "Replies come late", "probability": "4", "impact": "4",
    "response": "reduce",
}  # fmt: skip


def test_the_grid_counts_by_place_with_the_band_of_each(client, officer):
    home = initiative()
    for _ in range(2):
        risk(home, probability=5, impact=3)
    risk(home, probability=1, impact=1)
    risk(home, kind="assumption", probability=5, impact=5)
    risk(home, probability=5, impact=5, told=Told(told().known_from, "Trial", sample=True))

    grid = client.get("/en/programme/risks/").context["grid"]

    assert [probability for probability, _cells in grid] == [5, 4, 3, 2, 1]
    assert grid[0][1] == [(0, "low"), (0, "medium"), (2, "high"), (0, "high"), (0, "high")]
    assert grid[4][1][0] == (1, "low")
    assert sum(count for _probability, cells in grid for count, _band in cells) == 3


@pytest.mark.parametrize(
    ("field", "value"),
    [("probability", "9"), ("impact", "0"), ("impact", "high"), ("kind", "fear"), ("text", ""),
     ("review_on", "31 June"), ("initiative", "none-such"), ("response", "")],
)  # fmt: skip
def test_a_risk_that_is_not_understood_is_not_recorded(client, officer, field, value):
    home = initiative("virtual-carec")
    given = {"initiative": home.code, **GIVEN, "cause": "Holidays."} | {field: value}

    answer = client.post("/en/programme/risks/new/", given)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Holidays." in answer.content.decode()
    assert Risk.objects.count() == 0


def test_a_risk_names_its_owner_its_milestones_and_codes(client, officer):
    home = initiative("virtual-carec")
    rows = [milestone(home, "22 June 2021"), milestone(home, "30 June 2021"), milestone(home)]
    someone = person_with("officer")
    given = {"initiative": home.code, **GIVEN} | {
        "owner": someone.public_id, "node_codes": " P2, P2.1 ,P2,",
        "milestones": [rows[0].public_id, rows[2].public_id],
    }  # fmt: skip

    answer = client.post("/en/programme/risks/new/", given)

    made = Risk.objects.get()
    page = client.get(f"/en/programme/risks/{made.public_id}/?as_of=today").content.decode()
    assert answer.status_code == 303
    assert (made.owner, made.node_codes) == (someone, ["P2", "P2.1"])
    assert list(made.milestones.order_by("number")) == [rows[0], rows[2]]
    assert f"<dd>{someone.full_name}</dd>" in page
    assert f'/milestones/{rows[0].public_id}/">1. Milestone 1</a>' in page
    assert f"/milestones/{rows[1].public_id}/" not in page
    assert "<dd>P2, P2.1</dd>" in page


def test_milestones_stand_by_initiative_and_of_the_chosen_one_alone(client, officer):
    home, own = initiative("virtual-carec"), initiative("startup-hub")
    first, second = milestone(home), milestone(own)

    opened = client.get("/en/programme/risks/new/").context["form"]["milestones"]
    again = client.post("/en/programme/risks/new/", {**GIVEN, "initiative": own.code, "text": ""})

    of_home, of_own = [(first.public_id, "1. Milestone 1")], [(second.public_id, "1. Milestone 1")]
    assert opened.field.choices == [(str(home.name), of_home), (str(own.name), of_own)]
    assert again.context["form"]["milestones"].field.choices == of_own


def test_who_records_a_risk_without_an_owner_looks_after_it(client, officer):
    home = initiative("virtual-carec")

    client.post("/en/programme/risks/new/", {"initiative": home.code, **GIVEN})

    assert Risk.objects.get().owner == officer


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (lambda _own, other: {"milestones": [other.public_id]}, "milestones"),
        (lambda _own, _other: {"milestones": ["none-such"]}, "milestones"),
        (lambda _own, _other: {"node_codes": "P2; P3"}, "node_codes"),
        (lambda _own, _other: {"owner": "none-such"}, "owner"),
    ],
)
def test_what_a_risk_touches_is_known_and_its_initiative_s(client, officer, given, field):
    home, own = initiative("virtual-carec"), initiative("startup-hub")
    wrong = given(milestone(home), milestone(own))

    answer = client.post("/en/programme/risks/new/", {"initiative": home.code, **GIVEN} | wrong)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert Risk.objects.count() == 0


def test_a_milestone_of_another_initiative_is_refused_in_words(client, officer):
    other = milestone(initiative("startup-hub"))
    given = {"initiative": initiative("home").code, **GIVEN, "milestones": [other.public_id]}

    answer = client.post("/en/programme/risks/new/", given)

    said = ["Choose milestones of the chosen initiative."]
    assert answer.context["form"].errors["milestones"] == said
    assert Risk.objects.count() == 0


def test_a_risk_is_recorded_reviewed_and_closed(client, officer):
    home = initiative("virtual-carec")
    client.post("/en/programme/risks/new/", {"initiative": home.code, **GIVEN})
    made = Risk.objects.get()
    address = f"/en/programme/risks/{made.public_id}/"

    client.post(f"{address}review/", {"probability": "2", "impact": "4", "note": "Better."})
    refused = client.post(f"{address}close/", {"reason": ""})
    client.post(f"{address}close/", {"reason": "All have answered."})

    made.refresh_from_db()
    assert refused.status_code == 422
    assert RiskReview.objects.latest("id").probability == 2
    assert made.state == "closed"


def test_only_an_assumption_is_released(client, officer, sign_in):
    sign_in("coordinator")
    home = initiative()
    rows = [risk(home), risk(home, kind="assumption")]

    pages = [client.get(f"/en/programme/risks/{row.public_id}/").content.decode() for row in rows]
    for row in rows:
        client.post(f"/en/programme/risks/{row.public_id}/release/", {"reason": "Asked for"})
        row.refresh_from_db()

    assert ["Release to members" in page for page in pages] == [False, True]
    assert [row.audience for row in rows] == ["secretariat", "members"]


def test_an_officer_leaves_the_release_to_a_coordinator_and_a_reason_is_asked(
    client, officer, sign_in
):
    row = risk(kind="assumption")
    address = f"/en/programme/risks/{row.public_id}/"

    page = client.get(address).content.decode()
    denied = client.post(f"{address}release/", {"reason": "Asked for"})
    sign_in("coordinator")
    silent = client.post(f"{address}release/", {"reason": " "}, follow=True).content.decode()

    row.refresh_from_db()
    assert "Release to members" not in page
    assert "A coordinator who has not written this assumption may let members read it." in page
    assert denied.status_code == 404
    assert "Say why members may read it, then release it." in silent
    assert row.audience == "secretariat"


def test_members_read_released_assumptions_alone(client, officer, sign_in):
    home = initiative()
    hidden, shown = risk(home, text="Hidden"), risk(home, kind="assumption", text="Shown")
    sign_in("coordinator")
    client.post(f"/en/programme/risks/{shown.public_id}/release/", {"reason": "Asked for"})
    sign_in("focal_point", "GEO")

    page = client.get("/en/programme/risks/").content.decode()

    assert ("Hidden" in page, "Shown" in page) == (False, True)
    assert client.get(f"/en/programme/risks/{hidden.public_id}/").status_code == 404


def test_a_long_list_of_risks_has_pages_of_fifty_and_a_grid_of_all(client, officer):
    home = initiative()
    for _number in range(49):
        risk(home, probability=1, impact=1)
    for _number in range(3):
        risk(home, kind="assumption")

    first = client.get("/en/programme/risks/").context
    second = client.get("/en/programme/risks/?page=2").context

    def listed(page):
        return [(table.title, len(table.rows)) for table in page["tables"]]

    assert listed(first) == [("Risks and issues", 49), ("Assumptions", 1)]
    assert listed(second) == [("Assumptions", 2)]
    assert first["grid"][4][1][0] == second["grid"][4][1][0] == (49, "low")


@pytest.mark.parametrize("count", [1, 3])
def test_risks_ask_as_often_for_one_as_for_three(client, officer, django_assert_num_queries, count):
    home = initiative()
    for _number in range(count):
        risk(home)

    with django_assert_num_queries(6):
        assert client.get("/en/programme/risks/").status_code == 200


def test_past_days_name_an_initiative_as_it_was_called_then(client, officer):
    home = initiative("home", name=TranslatedText.of("Virtual CAREC"))
    worry = risk(home)
    milestone(home)
    text = InitiativeText(TranslatedText.of("Digital CAREC"), TranslatedText.of("Anew"))
    change_initiative(initiative=home, text=text, by=STAFF, now=datetime(2021, 7, 20, tzinfo=UTC))

    def names(path: str, day: str) -> list[bool]:
        page = client.get(f"/en/programme/{path}?as_of={day}").content.decode()
        return [name in page for name in ("Virtual CAREC", "Digital CAREC")]

    for path in (f"risks/{worry.public_id}/", "milestones/", "risks/"):
        assert (names(path, "2021-06-30"), names(path, "2021-07-20")) == (
            [True, False], [False, True],
        )  # fmt: skip
