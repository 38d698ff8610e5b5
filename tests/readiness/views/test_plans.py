"""Plans' doors: a scenario is made, a plan asked for, read and taken as a file."""

import pytest
from tests.factories import planning as make
from tests.factories.members import person_with
from tests.readiness.queries.test_plans import kept

from serai.readiness.models import Scenario, ScenarioRun

pytestmark = pytest.mark.django_db
GIVEN = {"name": "First", "budget": "5000", "currency": "USD", "years": "0"}


@pytest.fixture
def officer(client, signed_in):
    return signed_in(person_with("officer"))


def solved(budget: int = 4000, **fields):
    for _ in range(2):
        make.scored()
    for package, cost in (("LINK", 1000), ("ROOM", 1500), ("LOAN", 2000)):
        make.price(package, cost)
    return kept(make.planned(make.scenario(budget, **fields)))


def test_the_empty_list_says_what_to_do(officer):
    page = officer.get("/en/readiness/plans/").content.decode()

    assert "No scenario is made yet. Make one" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_of_one_as_of_three(officer, count, django_assert_num_queries):
    for _ in range(count):
        make.planned()
    officer.get("/en/readiness/plans/")

    with django_assert_num_queries(6):
        page = officer.get("/en/readiness/plans/").content.decode()

    assert page.count("/en/readiness/scenarios/") == count


def test_a_new_scenario_offers_one_host_a_country(officer):
    make.scored()

    form = officer.get("/en/readiness/plans/new/").context["form"]

    assert (form.initial["floor_GEO"], form.initial["hosts_GEO"]) == ("E3", 1)


def test_a_scenario_is_made_shown_and_changed(officer):
    make.scored()
    answer = officer.post(
        "/en/readiness/plans/new/",
        GIVEN | {"floor_GEO": "E3", "cap_GEO": "900", "packages": ["LOAN"], "value_E1": "1"},
    )
    made = Scenario.objects.get()
    page = officer.get(answer.headers["Location"]).content.decode()

    assert answer.status_code == 303
    assert "1 office at least hosts E3" in page
    assert "at most 900 USD" in page
    assert "Kit on loan" in page
    changed = officer.post(
        f"/en/readiness/scenarios/{made.public_id}/edit/", GIVEN | {"budget": "7000"}
    )
    made.refresh_from_db()
    assert changed.status_code == 303
    assert (made.budget, made.floors, made.exclusions) == (7000, {}, [])


def test_a_change_begins_with_what_stands(officer):
    made = make.scenario(
        50, floors={"GEO": {"event": "E1", "offices": 2}}, caps={"GEO": "7"},
        factors={"GEO": "1.5"}, values={"E3": "9"}, exclusions=["LOAN"],
    )  # fmt: skip
    make.scored()

    form = officer.get(f"/en/readiness/scenarios/{made.public_id}/edit/").context["form"]

    assert form["hosts_GEO"].value() == 2
    assert (form["cap_GEO"].value(), form["factor_GEO"].value()) == ("7", "1.5")
    assert form["packages"].value() == ["LOAN"]


def test_what_is_refused_is_not_lost(officer):
    make.scored()

    answer = officer.post("/en/readiness/plans/new/", GIVEN | {"value_E3": "1", "name": "Kept"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["value_E3"]
    assert 'value="Kept"' in answer.content.decode()
    assert Scenario.objects.count() == 0


def test_a_plan_is_asked_for_and_watched(officer):
    make.scored()
    make.price("LINK")
    made = make.scenario()

    answer = officer.post(f"/en/readiness/scenarios/{made.public_id}/run/")
    page = officer.get(answer.headers["Location"])
    part = officer.get(answer.headers["Location"], headers={"HX-Request": "true"})

    assert answer.status_code == 303
    assert 'class="job"' in page.content.decode()
    assert part.templates[0].name == "serai/components/_job.html"
    assert "2 packages lack a price and were not offered" in page.content.decode()


def test_a_plan_of_nothing_is_refused_in_words(officer):
    made = make.scenario()

    answer = officer.post(f"/en/readiness/scenarios/{made.public_id}/run/")

    assert answer.status_code == 422
    assert "No office has been scored yet" in answer.content.decode()
    assert ScenarioRun.objects.count() == 0


def test_a_plan_stands_beside_the_simple_list_with_its_frontier(officer):
    run = solved()

    page = officer.get(f"/en/readiness/plans/{run.public_id}/").content.decode()

    assert "Nothing of more value can be bought for this budget" in page
    assert "Kit on loan" in page
    assert "Hosts by the simple list" in page
    assert "<svg" in page
    assert "How firm each line is" in page


@pytest.mark.parametrize(("of", "rows"), [("", 4), ("&of=frontier", 22)])
def test_plan_and_frontier_are_files(officer, of, rows):
    run = solved()

    csv = officer.get(f"/en/readiness/plans/{run.public_id}/?as=csv{of}")
    xlsx = officer.get(f"/en/readiness/plans/{run.public_id}/?as=xlsx{of}")

    assert len(csv.getvalue().decode().strip().splitlines()) == rows
    assert xlsx.getvalue()[:2] == b"PK"


def test_an_impossible_plan_names_the_least_budget(officer):
    run = solved(500, floors={"GEO": {"event": "E3", "offices": 1}})

    page = officer.get(f"/en/readiness/plans/{run.public_id}/").content.decode()

    assert "The least that does: 2500 USD" in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": "timed_out", "value": None}, "The time ran out before any plan was found"),
        ({"state": "timed_out", "bound": 20.0, "gap": 0.2}, "this is the best plan found"),
        ({"state": "infeasible", "value": None, "least_budget": None}, "No budget meets"),
        ({"state": "failed", "value": None, "said": "Out of order."}, "Out of order."),
    ],
)
def test_other_ends_are_said_in_words(officer, fields, words):
    run = solved()
    ScenarioRun.objects.filter(pk=run.pk).update(**fields)

    page = officer.get(f"/en/readiness/plans/{run.public_id}/").content.decode()

    assert words in page


def test_changed_facts_and_an_unmet_floor_are_said(officer):
    run = solved()
    run.plan["is_changed"], run.greedy["status"] = True, "infeasible"
    run.save()

    page = officer.get(f"/en/readiness/plans/{run.public_id}/").content.decode()

    assert "Facts have changed since this was asked" in page
    assert "The simple list does not meet the least" in page


def test_the_same_is_solved_again(officer):
    run = solved()

    answer = officer.post(f"/en/readiness/plans/{run.public_id}/again/")

    assert answer.status_code == 303
    assert ScenarioRun.objects.exclude(pk=run.pk).get().basis == run.basis


def test_a_lead_finds_and_reads_their_own_lines_alone(client, signed_in):
    run = solved()
    own = make.Office.objects.order_by("id").first()
    other = make.Office.objects.order_by("-id").first()
    lead = signed_in(person_with("lead", own.organisation))

    listed = lead.get("/en/readiness/plans/").content.decode()
    page = lead.get(f"/en/readiness/plans/{run.public_id}/?of=frontier").content.decode()
    file = lead.get(f"/en/readiness/plans/{run.public_id}/?of=frontier&as=csv").getvalue().decode()

    assert f"/readiness/plans/{run.public_id}/" in listed
    assert "Plan of 30 June 2021" in listed
    assert run.scenario.name not in listed
    for text in (page, file):
        assert own.name in text
        assert other.name not in text
        assert "Kit on loan" not in text
        assert run.scenario.name not in text
    assert "<svg" not in page.split("<main")[1]
    assert lead.get(f"/en/readiness/scenarios/{run.scenario.public_id}/").status_code == 404
    assert lead.post(f"/en/readiness/plans/{run.public_id}/again/").status_code == 404


def test_a_lead_without_a_plan_is_told_when_there_will_be_one(client, signed_in):
    lead = signed_in(person_with("lead"))

    assert "No plan names your offices yet" in lead.get("/en/readiness/plans/").content.decode()
