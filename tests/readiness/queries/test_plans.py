"""Scenarios and runs: who reads what of them."""

from decimal import Decimal

import pytest
from tests.factories import planning as make
from tests.factories.members import viewer_with

from serai.base.access import NotFound
from serai.readiness import queries
from serai.readiness.actions import keep_plan, solve, start_run
from serai.readiness.queries.plan_inputs import plan_inputs

pytestmark = pytest.mark.django_db


def kept(run):
    """Solve a run and keep what came out."""
    start_run(run=run)
    solved = solve(plan_inputs(run), lambda done, total: None)
    return keep_plan(run=run, solved=solved, is_changed=False, now=make.NOON)


@pytest.fixture
def run():
    """A plan over two offices of Georgia and one of Uzbekistan, with a kit shared in Georgia."""
    for country in ("GEO", "GEO", "UZB"):
        make.scored(make.office(country=country))
    make.price("LINK", 1000)
    make.price("ROOM", 1500)
    make.price("LOAN", 2000)
    return kept(make.planned(make.scenario(6500)))


def test_an_officer_reads_the_whole_plan(run):
    page = queries.plan_page(make.staff(), run)

    assert page.is_whole is True
    assert [(one.today, one.planned, one.cost) for one in page.offices] == [
        ("E1", "E3", 1000), ("E1", "E3", 1000), ("E1", "E3", 2500)
    ]  # fmt: skip
    assert [(one.country, one.package, one.cost) for one in page.shared] == [
        ("GEO", "LOAN", Decimal(2000))
    ]
    assert len(page.frontier) == 21
    assert page.greedy_value == Decimal(19)
    assert page.chosen[0].chosen_share >= page.chosen[-1].chosen_share


@pytest.mark.parametrize(
    ("role", "countries", "shared"),
    [
        ("focal_point", ["GEO", "GEO"], 1),
        ("deputy", ["GEO", "GEO"], 1),
        ("expert", ["GEO", "GEO"], 0),
        ("lead", ["GEO"], 0),
        ("contributor", ["GEO"], 0),
    ],
)
def test_others_read_their_own_lines_alone(run, role, countries, shared):
    first = queries.offices_seen(make.staff()).first()
    scope = {
        "lead": first.organisation, "contributor": first.organisation,
        "expert": f"{make.CODE}:GEO",
    }.get(role, "GEO")  # fmt: skip
    viewer = viewer_with(role, scope)

    page = queries.plan_page(viewer, queries.plan_run(viewer, run.public_id))

    assert [one.country for one in page.offices] == countries
    assert len(page.shared) == shared
    assert (page.is_whole, page.frontier, page.chosen, page.unpriced) == (False, (), (), ())
    assert (page.greedy_value, page.greedy_cost, page.greedy_status) == (None, None, "")
    assert all(one.by_greedy == "" and not one.bought_by_greedy for one in page.offices)


def test_a_run_without_an_office_of_ones_own_is_not_found(run):
    viewer = viewer_with("focal_point", "TJK")

    with pytest.raises(NotFound):
        queries.plan_run(viewer, run.public_id)
    assert queries.own_runs(viewer) == []


def test_own_runs_lists_solved_ones_alone(run):
    make.planned(run.scenario)
    viewer = viewer_with("focal_point", "UZB")

    assert [one.public_id for one in queries.own_runs(viewer)] == [run.public_id]


def test_scenarios_lists_the_latest_run_of_each(run, django_assert_num_queries):
    later = make.planned(run.scenario)
    make.scenario()
    viewer = make.staff()

    with django_assert_num_queries(1):
        rows = queries.scenarios(viewer)

    assert [(one.run, one.state) for one in rows] == [("", ""), (later.public_id, "queued")]
    assert [one.public_id for one in queries.runs_of(run.scenario)] == [
        later.public_id, run.public_id
    ]  # fmt: skip


def test_scenarios_are_those_of_ones_initiative():
    made = make.scenario()

    assert len(queries.scenarios(viewer_with("officer", make.CODE))) == 1
    assert queries.scenarios(viewer_with("officer", "startup-hub")) == []
    assert queries.scenarios(viewer_with("lead")) == []
    assert queries.scenario(viewer_with("officer", make.CODE), made.public_id) == made
    for viewer in (viewer_with("officer", "startup-hub"), viewer_with("lead")):
        with pytest.raises(NotFound):
            queries.scenario(viewer, made.public_id)


def test_plan_choices_names_countries_with_scored_offices():
    place = make.scored(make.office("Head office", country="UZB")).office
    make.scored(make.office(country=None))

    found = queries.plan_choices(make.framework())

    assert [(one.iso3, one.offices) for one in found.places] == [
        ("UZB", ((place.public_id, "Head office"),))
    ]
    assert [code for code, _name in found.packages] == ["LINK", "ROOM", "LOAN"]
    assert [(code, value) for code, _name, value in found.events] == [("E1", 3), ("E3", 8)]


def test_framework_to_plan_is_the_one_in_use():
    with pytest.raises(NotFound):
        queries.framework_to_plan(make.staff())
    made = make.framework()

    assert queries.framework_to_plan(make.staff()) == made
    with pytest.raises(NotFound):
        queries.framework_to_plan(viewer_with("lead"))


def test_where_a_run_is_read_and_whether_it_has_ended():
    found = make.planned()

    assert queries.run_path(found) == f"/readiness/plans/{found.public_id}/"
    assert queries.run_by_pk(found.pk) == found
    assert queries.is_ended(found) is False
