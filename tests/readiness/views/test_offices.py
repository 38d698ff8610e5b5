"""The list of offices with its files, one office's page, and why a number is what it is."""

import io
import zipfile
from dataclasses import fields

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import assessing as make
from tests.factories import members as people
from tests.factories import readiness as base

from serai.base.text import TranslatedText
from serai.members.queries import viewer_of
from serai.readiness import actions
from serai.readiness.models import Assessment
from serai.readiness.queries.offices import DimensionScore, OfficeRow
from serai.readiness.views import office_pictures as pictures

pytestmark = pytest.mark.django_db


@pytest.fixture
def scored():
    """A scored office and an officer."""
    make.framework()
    officer = people.person_with("officer")
    response = make.answered()
    found = actions.take_in_answers(response_id=response.pk, now=make.NOON)
    make.runs(found.office)
    by = viewer_of(officer, make.NOON)
    actions.score_assessment(assessment=found, by=by, now=make.NOON)
    found.refresh_from_db()
    return found, officer


def page(found):
    return reverse("readiness:office", args=[found.office.public_id])


def test_an_empty_list_says_what_to_do(signed_in):
    client = signed_in(people.person_with("officer"))

    answer = client.get(reverse("readiness:offices"))

    assert answer.status_code == 200
    assert "Offices appear once their answers" in answer.content.decode()


def test_the_list_shows_where_offices_stand_with_map_and_heat(signed_in, scored):
    found, officer = scored
    Assessment.objects.filter(pk=found.pk).update(sample=False)

    text = signed_in(officer).get(reverse("readiness:offices")).content.decode()

    assert "Office in Tbilisi" in text
    assert "Which dimension holds each office back" in text
    assert page(found) in text


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ("country=GEO", True), ("country=KAZ", False), ("event=E1", False), ("evidence=thin", False),
        ("evidence=declared", True), ("event=nonsense", True),
    ],
)  # fmt: skip
def test_the_list_is_filtered(signed_in, scored, query, is_there):
    found, officer = scored

    text = signed_in(officer).get(f"{reverse('readiness:offices')}?{query}").content.decode()

    assert (page(found) in text) is is_there


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "name", ["offices", "facts_file", "codebook_file", "gaps_file", "attainments_file"]
)
def test_every_list_comes_as_a_file(signed_in, scored, name, kind):
    _found, officer = scored

    answer = signed_in(officer).get(reverse(f"readiness:{name}") + f"?as={kind}")

    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'.{kind}"')


def test_no_file_holds_what_was_answered_on_security(signed_in, scored):
    _found, officer = scored
    client = signed_in(officer)

    for name in ("facts_file", "codebook_file", "gaps_file", "attainments_file"):
        answer = client.get(reverse(f"readiness:{name}") + "?as=csv")
        text = b"".join(answer.streaming_content).decode()
        assert "security.multi_factor" not in text
        assert "security.update_days" not in text


def test_the_office_page_shows_scores_events_gaps_and_advice(signed_in, scored):
    found, officer = scored

    text = signed_in(officer).get(page(found)).content.decode()

    for words in (
        "Four dimensions",
        "What the score rests on",
        "Events",
        "Security gate",
        "Advice",
    ):
        assert words in text
    assert "Send papers at least three days ahead" in text
    assert "Show the results to the agency" in text


def test_the_event_that_is_looked_at_can_be_chosen(signed_in, scored):
    found, officer = scored

    text = signed_in(officer).get(f"{page(found)}?event=E3&as_role=attend").content.decode()

    assert "What is missing to attend E3" in text


def test_an_agency_sees_nothing_before_it_is_shown(signed_in, scored):
    found, _officer = scored
    lead = people.person_with("lead", found.office.organisation)

    text = signed_in(lead).get(page(found)).content.decode()

    assert "No results are shown yet" in text
    assert "Four dimensions" not in text


def test_an_agency_is_asked_for_its_word(signed_in, scored):
    found, officer = scored
    by = viewer_of(officer, make.NOON)
    actions.show_results(assessment=found, by=by, now=make.NOON)
    lead = people.person_with("lead", found.office.organisation)

    text = signed_in(lead).get(page(found)).content.decode()

    assert "Yes, we agree" in text
    assert "Score again" not in text
    assert "Security gate" in text


def test_a_stranger_finds_no_office(signed_in, scored):
    found, _officer = scored

    assert signed_in(people.person_with("lead")).get(page(found)).status_code == 404


@pytest.mark.parametrize(
    ("of", "words"),
    [
        ("C1", "40 Mbit/s"),
        ("I6", "20 min"),
        ("host-E2", "at least 30 min"),
        ("room-E1", "times the need"),
        ("", "Time since operators were trained"),
    ],
)
def test_each_number_opens_to_its_facts(signed_in, scored, of, words):
    found, officer = scored
    address = reverse("readiness:facts", args=[found.public_id])

    text = signed_in(officer).get(f"{address}?of={of}").content.decode()

    assert words in text
    assert "answers " in text or "tests " in text


@pytest.mark.parametrize("of", ["C99", "host-E9"])
def test_what_is_not_scored_is_not_explained(signed_in, scored, of):
    found, officer = scored
    address = reverse("readiness:facts", args=[found.public_id])

    assert signed_in(officer).get(f"{address}?of={of}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_any_length_takes_the_same_queries(signed_in, count):
    make.framework()
    for _n in range(count):
        make.assessment(make.office(), dimensions={}, state="scored")
    client = signed_in(people.person_with("officer"))
    client.get(reverse("readiness:offices"))

    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("readiness:offices"))

    assert len([one for one in asked if "readiness_" in one["sql"]]) == 4


@pytest.mark.parametrize("role", ["officer", "lead"])
def test_an_office_comes_as_one_file_for_its_readers(signed_in, scored, role):
    found, officer = scored
    who = officer if role == "officer" else people.person_with("lead", found.office.organisation)
    address = reverse("readiness:office_file", args=[found.office.public_id])

    answer = signed_in(who).get(address)

    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert archive.namelist() == [
            "tests.csv", "facts.csv", "codebook.csv", "events.csv", "gaps.csv", "deliveries.csv",
        ]  # fmt: skip
        tests, facts = archive.read("tests.csv"), archive.read("facts.csv")
    assert tests.count(b"\n") == 1 + found.office.runs.count()
    # Results are not shown to the agency yet: its own tests are, and no fact made of them.
    assert (facts.count(b"\n") > 1) is (role == "officer")
    assert b"security." not in facts


def test_a_stranger_gets_no_file_of_an_office(signed_in, scored):
    address = reverse("readiness:office_file", args=[scored[0].office.public_id])

    assert signed_in(people.person_with("focal_point", "UZB")).get(address).status_code == 404


def test_where_a_fact_comes_from_is_said_by_count_on_the_page_and_by_number_in_the_file(
    signed_in, scored
):
    found, officer = scored
    one = found.facts.exclude(source="").order_by("id").first()
    type(one).objects.filter(pk=one.pk).update(source="runs:abc,def")
    address = reverse("readiness:facts", args=[found.public_id])
    client = signed_in(officer)

    text = client.get(address).content.decode()
    file = b"".join(client.get(f"{address}?as=csv").streaming_content).decode()

    tests = reverse("readiness:office_tests", args=[found.office.public_id])
    assert f'<a href="{tests}">2 tests</a>' in text
    assert "tests abc, def" in file


def test_accepted_advice_says_its_cost_and_leads_to_a_delivery(signed_in, scored):
    found, officer = scored
    member = found.office.organisation.member
    base.price("LINK", capex=10)
    base.price("LINK", country=member, capex=3500, opex_per_year=4800)
    advice = make.advice(found, rule="CAP-1", package="LINK", state="accepted")
    provide = reverse("readiness:provide_advice", args=[advice.public_id])
    client = signed_in(officer)

    before = client.get(page(found)).content.decode()
    client.post(provide, {"due_on": "2021-09-01"})
    after = client.get(page(found)).content.decode()

    assert "Package “Faster, dedicated line”: 3500 USD to buy, 4800 a year to run" in before
    assert provide in before
    assert provide not in after


def test_many_offices_are_drawn_by_member():
    def row(name, country, value):
        return OfficeRow(
            **{one.name: None for one in fields(OfficeRow)}
            | {
                "name": name,
                "country": TranslatedText.of(country),
                "dimensions": {"C": DimensionScore(value, value, value, 1.0, 0.0)},
            }
        )

    few = [row("Head", "Georgia", 40), row("Branch", "Georgia", 61)]
    many = [row(f"Office {n}", "Mongolia", 80) for n in range(pictures.MOST_HEAT)]
    make.framework()

    by_office, by_member = (pictures.heat_of(rows) for rows in (few, [*few, *many]))

    assert [list(one[:2]) for one in by_office.table.rows] == [["Head", 40], ["Branch", 61]]
    assert [list(one[:2]) for one in by_member.table.rows] == [
        ["Georgia (2)", 50], ["Mongolia (40)", 80],
    ]  # fmt: skip
