"""What a draft would change, from the facts of each office's latest evaluation."""

import pytest
from tests.factories import readiness as make
from tests.factories.members import person_with

from serai.calc.readiness.definition import read_definition
from serai.members.queries import viewer_of
from serai.readiness.models import Fact
from serai.readiness.queries.preview import Changed, office_facts, preview

pytestmark = pytest.mark.django_db
SEAT = {"link.down_p5": 5.0, "link.up_p5": 9.0}


@pytest.fixture
def officer():
    make.home()
    make.framework()
    return viewer_of(person_with("officer", make.HOME), make.NOON)


def changed(**rows):
    document = make.document()
    document["criteria"][0]["thresholds"] = rows.get("c1", [4, 6, 15])
    document["events"][0]["rows"][0]["at_least"] = rows.get("seat", 4)
    return read_definition(document)


def test_levels_and_verdicts_that_change_are_named(officer):
    place = make.office(name="Tbilisi")
    make.assessment(place, SEAT)

    seen = preview(officer, changed(), changed(c1=[6, 7, 15], seat=6))

    assert seen.rows[0] == Changed("Tbilisi", "C1", "", "1", "0", sample=False)
    assert Changed("Tbilisi", "E1", "seat", "confirmed", "not_attained", sample=False) in seen.rows
    assert (seen.offices, seen.touched) == (1, 1)
    assert seen.moves == (("confirmed", "not_attained", 5),)


def test_nothing_changes_with_the_same_rows(officer):
    make.assessment(facts=SEAT)

    seen = preview(officer, changed(), changed())

    assert (seen.rows, seen.offices, seen.touched, seen.moves) == ((), 1, 0, ())


def test_the_latest_evaluation_of_each_office_counts(officer):
    place = make.office()
    former = make.assessment(place, SEAT)
    type(former).objects.filter(pk=former.pk).update(state="superseded")
    make.assessment(place, {**SEAT, "link.down_p5": 20.0})

    seen = preview(officer, changed(), changed(c1=[6, 7, 15]))

    assert seen.rows == ()


def test_an_officer_of_another_initiative_counts_nothing(officer):
    make.assessment(facts=SEAT)
    other = viewer_of(person_with("officer", "startup-hub"), make.NOON)

    seen = preview(other, changed(), changed(c1=[6, 7, 15]))

    assert (seen.rows, seen.offices) == ((), 0)


@pytest.mark.parametrize("count", [1, 3])
def test_three_queries_for_any_number_of_offices(officer, django_assert_num_queries, count):
    for _ in range(count):
        make.assessment(facts=SEAT)
    before, after = changed(), changed(c1=[6, 7, 15])

    with django_assert_num_queries(3):
        seen = preview(officer, before, after)

    assert seen.touched == count


def test_a_criterion_that_is_gone_or_new_is_a_change(officer):
    make.assessment(facts=SEAT)
    document = make.document()
    document["criteria"] = [one for one in document["criteria"] if one["code"] != "C1"]

    seen = preview(officer, changed(), read_definition(document))

    assert [(row.what, row.before, row.after) for row in seen.rows] == [("C1", "1", "")]


def test_facts_that_a_definition_does_not_know_count_as_missing(officer):
    found = make.assessment(facts={**SEAT, "gone.key": 1, "link.priority": "perhaps"})
    room = found.office.rooms.create(key="room1", name="Room")
    Fact.objects.create(
        assessment=found, room=room, key="kit.cameras", scope="room", grade="declared", value=2
    )

    facts = office_facts(found.facts.select_related("room"), changed().keys)

    assert sorted(facts.facts) == ["link.down_p5", "link.priority", "link.up_p5"]
    assert facts.facts["link.priority"].is_known is False
    assert facts.rooms["room1"]["kit.cameras"].value == 2
