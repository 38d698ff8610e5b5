"""Results: to whom, as a page and as a file."""

import pytest
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.programme import initiative, programme

pytestmark = pytest.mark.django_db

HAS, MBPS = "/data/link/has", "/data/link/mbps"


@pytest.fixture
def wave():
    programme()
    people.member("GEO", tile_column=1, tile_row=2)
    people.member("UZB", tile_column=4, tile_row=2)
    found = make.wave(make.version(make.survey(initiative=initiative())))
    for name, country, has in (
        ("Roads", "GEO", "yes"),
        ("Rails", "GEO", "no"),
        ("Ports", "UZB", "yes"),
    ):
        make.cleared(found, {HAS: has}, organisation=people.organisation(name, country=country))
    return found


def address(wave, rest="results/"):
    return f"/en/surveys/waves/{wave.public_id}/{rest}"


PAGES = ("results/", "results/?as=csv", f"results{HAS}/", f"results{HAS}/?as=xlsx", "compare/")
ROLES = {
    "officer": (None, True),
    "coordinator": (None, True),
    "expert": ("virtual-carec:GEO", True),
    "focal_point": ("GEO", False),
    "lead": (None, False),
    "partner": (None, False),
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ROLES)
def test_the_secretariat_and_experts_open_results_and_nobody_else(
    client, wave, sign_in, role, page
):
    scope, may = ROLES[role]
    if role == "expert":
        scope = f"{wave.survey.initiative.code}:GEO"
    sign_in(role, scope)

    answer = client.get(address(wave, page))

    assert answer.status_code in ((200, 303) if may else (403, 404))


def test_a_visitor_is_asked_to_sign_in(client, wave):
    assert client.get(address(wave)).status_code in (302, 404)


def test_tallies_are_drawn_and_broken_down(client, wave, sign_in):
    sign_in("officer")

    page = client.get(address(wave, "results/?section=link&by=country"))

    row = page.context["rows"][0]
    assert row.chart.table.rows == (("Yes", 67.0), ("No", 33.0))
    assert row.groups.rows == [
        ("Georgia", 2, 0, 0, 50.0, 50.0), ("Uzbekistan", 1, 0, 0, 100.0, 0.0),
    ]  # fmt: skip
    assert [(one.value, one.label) for one in page.context["figures"]] == [
        ("3", "answers cleared"), ("3", "organisations"), ("2", "members"),
    ]  # fmt: skip


def test_an_expert_sees_only_the_members_they_advise_in_page_and_file(client, wave, sign_in):
    sign_in("expert", f"{wave.survey.initiative.code}:GEO")

    page = client.get(address(wave, f"results{HAS}/")).content.decode()
    file = b"".join(client.get(address(wave, f"results{HAS}/?as=csv"))).decode()

    assert ("Roads" in page, "Ports" in page) == (True, False)
    assert ("Roads" in file, "Ports" in file) == (True, False)


def test_all_answers_to_a_question_lead_to_asking_back(client, wave, sign_in):
    sign_in("officer")

    page = client.get(address(wave, f"results{HAS}/?choice=no"))

    assert page.context["map"].table.rows == (("Georgia", 50.0), ("Uzbekistan", 0.0))
    assert [str(row[1]) for row in page.context["table"].rows] == ["Rails", "Roads", "Ports"]
    assert page.content.decode().count("/ask/") == 3


def test_without_answers_the_page_says_what_to_do(client, wave, sign_in):
    sign_in("officer")
    empty = make.wave(wave.version)

    page = client.get(address(empty)).content.decode()

    assert f"/en/surveys/waves/{empty.public_id}/board/" in page
    assert "No answer is cleared yet." in page


def test_a_file_holds_each_choice_of_each_question(client, wave, sign_in):
    sign_in("officer")

    answer = client.get(address(wave, "results/?section=link&as=csv"))
    file = b"".join(answer).decode("utf-8-sig")

    assert file.splitlines()[1].startswith(f"Is there a leased line?,{HAS},All,3,0,0,0,Yes,2,")
    assert file.splitlines()[3].startswith(f'"Its speed, in Mbit/s",{MBPS},All,0,2,1,0,')


def test_two_waves_show_what_differs_first_and_open_the_rest(client, wave, sign_in):
    sign_in("officer")
    other = make.wave(wave.version)
    for name, country, has in (("Mail", "GEO", "yes"), ("Posts", "UZB", "yes")):
        make.cleared(other, {HAS: has}, organisation=people.organisation(name, country=country))
    page = client.get(address(other, "compare/"))
    whole = client.get(address(other, f"compare/?with={wave.public_id}&show=all"))
    file = client.get(address(other, "compare/?as=csv")).getvalue().decode()

    first, rest = page.context["table"].rows, whole.context["table"].rows
    assert [(row[1], row[2], row[3]) for row in first] == [
        ("Yes, percent", 67.0, 100.0), ("No, percent", 33.0, 0.0),
    ]  # fmt: skip
    assert len(rest) > len(first)
    assert len(file.splitlines()) == len(rest) + 1
    assert [(tab.title, tab.count, tab.is_current) for tab in page.context["tabs"]] == [
        ("What differs", 2, True), ("All questions", len(rest), False),
    ]  # fmt: skip
    assert f"?with={wave.public_id}&amp;show=all" in page.content.decode()


def test_two_waves_that_agree_say_so_and_still_open_all(client, wave, sign_in):
    sign_in("officer")
    other = make.wave(wave.version)
    for name, country, has in (("A", "GEO", "yes"), ("B", "GEO", "no"), ("C", "UZB", "yes")):
        make.cleared(other, {HAS: has}, organisation=people.organisation(name, country=country))

    page = client.get(address(other, "compare/"))

    assert "No figure differs between these two waves." in page.content.decode()
    assert page.context["table"].rows == []
    assert page.context["tabs"][1].count > 0
