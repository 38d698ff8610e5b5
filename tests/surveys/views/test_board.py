"""The board: to whom, with which rows, as a file, and reminding."""

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.models import Message as Letter
from serai.surveys.models import Response

pytestmark = pytest.mark.django_db


def text_of(answer):
    return answer.content.decode()


def asked(wave, name, iso3="GEO", state="sent", answer=""):
    row = make.invitation(wave, organisation=people.organisation(name, country=iso3), state=state)
    if answer:
        Response.objects.create(
            wave=wave, invitation=row, version=wave.version, state=answer, completeness=1.0
        )
    return row


@pytest.fixture
def wave(officer):
    people.member("GEO", tile_column=1, tile_row=2)
    people.member("UZB", tile_column=4, tile_row=2)
    found = make.wave()
    asked(found, "Roads", answer="signed", state="done")
    asked(found, "Rails")
    asked(found, "Ports", "UZB", "bounced")
    return found


def address(wave):
    return f"/en/surveys/waves/{wave.public_id}/board/"


def test_the_board_counts_and_draws_what_it_shows(client, wave):
    page = client.get(address(wave))

    assert [(figure.value, figure.label) for figure in page.context["figures"]] == [
        ("1 of 3", "opened"), ("1 of 3", "handed in"), ("1 of 3", "signed"), ("0 of 3", "cleared"),
        ("1", "late"), ("1", "letters came back"),
    ]  # fmt: skip
    assert page.context["map_finding"] == "25 % answered on average, in 2 members"
    assert page.context["map"].table.rows == (("Georgia", 50.0), ("Uzbekistan", 0.0))
    assert [row[0] for row in page.context["heat"].table.rows] == ["Georgia", "Uzbekistan"]
    assert [row[0] for row in page.context["matrix"].table.rows] == [
        "GEO Rails", "GEO Roads", "UZB Ports",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("", ["Rails", "Roads", "Ports"]),
        ("?country=UZB", ["Ports"]),
        ("?show=done", ["Roads"]),
        ("?show=waiting", ["Rails"]),
        ("?show=late&country=GEO", ["Rails"]),
        ("?show=cleared", []),
        ("?show=broken", ["Rails", "Roads", "Ports"]),
    ],
)
def test_the_address_chooses_rows(client, wave, query, places):
    page = client.get(address(wave) + query)

    assert [row.place for row, *_marks in page.context["rows"]] == places


def test_a_body_that_began_without_its_link_is_not_called_sent(client, wave):
    asked(wave, "Canals", answer="filling")

    rows = client.get(address(wave)).context["rows"]

    assert {row.place: mark.word for row, mark, _answer in rows} == {
        "Canals": "Begun another way", "Rails": "Sent", "Roads": "Done",
        "Ports": "Letter came back",
    }  # fmt: skip


def test_the_board_as_a_file(client, wave):
    file = client.get(f"{address(wave)}?show=done&as=csv")

    rows = file.getvalue().decode("utf-8-sig").splitlines()
    assert file.headers["Content-Disposition"] == 'attachment; filename="board.csv"'
    assert len(rows) == 2
    assert rows[1].startswith("Georgia,Roads,")


def test_sample_bodies_are_listed_and_left_out_of_figures(client, wave):
    row = asked(wave, "Invented", state="done", answer="signed")
    row.sample = True
    row.save()

    page = client.get(address(wave))

    assert page.context["figures"][1].value == "1 of 3"
    assert "Sample entries are left out of the figures and charts." in text_of(page)
    assert page.context["count"] == 4


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_for_one_row_as_for_three(
    client, officer, count, django_assert_num_queries
):
    wave = make.wave()
    for n in range(count):
        asked(wave, f"Agency {n}", answer="filling")
    client.get(address(wave))

    with django_assert_num_queries(11):
        page = client.get(address(wave))

    assert page.context["count"] == count


def test_a_focal_point_sees_their_own_and_reminds_nobody(client, wave, sign_in):
    sign_in("focal_point", "GEO")

    page = client.get(address(wave))
    answer = client.post(f"/en/surveys/waves/{wave.public_id}/remind/", {"invitation": ["x"]})

    assert [row.place for row, *_marks in page.context["rows"]] == ["Rails", "Roads"]
    assert "Ports" not in text_of(page)
    assert "Remind the chosen" not in text_of(page)
    assert answer.status_code == 404


@pytest.mark.parametrize("scope", ["KAZ", "UZB"])
def test_who_asks_none_of_theirs_sees_no_board(client, sign_in, scope):
    wave = make.wave()
    asked(wave, "Roads")
    sign_in("focal_point", scope)

    assert client.get(address(wave)).status_code == 404


def test_the_chosen_are_reminded(client, wave):
    rails = wave.invitations.get(organisation__name_key="rails")

    answer = client.post(
        f"/en/surveys/waves/{wave.public_id}/remind/", {"invitation": [rails.public_id]},
        follow=True,
    )  # fmt: skip
    nobody = client.post(f"/en/surveys/waves/{wave.public_id}/remind/", follow=True)

    assert "1 is reminded. Nobody is reminded twice a day, nor who is done." in text_of(answer)
    assert "Choose whom to remind." in text_of(nobody)
    assert [one.person_id for one in Letter.objects.all()] == [rails.lead_id]
