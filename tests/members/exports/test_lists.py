"""Lists as tables and files; heads of sheets guessed."""

from datetime import date

import pytest
from tests.factories import members as make

from serai.members import exports, queries

pytestmark = pytest.mark.django_db


def test_organisations_as_csv_mark_the_sample():
    make.organisation("Agency of Roads")
    make.organisation("Sample agency", sample=True)

    table = exports.organisations_table(queries.organisations(make.viewer_with("officer")))
    lines = table.to_csv().decode("utf-8-sig").splitlines()

    assert table.file_name("organisations", "csv") == "sample-organisations.csv"
    assert lines[0] == "Organisation,Member,Kind,Belongs to,People,State,Sample"
    assert lines[1:] == [
        "Agency of Roads,Georgia,Government,,0,Active,",
        "Sample agency,Georgia,Government,,0,Active,sample",
    ]


def test_people_table_names_roles_with_their_places():
    viewer = make.viewer_with("administrator", full_name="Admin")
    make.person_with("focal_point", "GEO", full_name="Nino")

    rows = exports.people_table(queries.people(viewer, make.NOON)).rows

    assert [row["roles"] for row in rows] == ["Administrator", "Country focal point (GEO)"]


def test_people_table_names_the_job_held_now_beside_the_name():
    viewer = make.viewer_with("administrator", full_name="Admin")
    nino, agency = make.person(full_name="Nino"), make.organisation("Agency")
    for title, from_on, until_on in (
        ("Clerk", date(2020, 1, 1), date(2020, 12, 31)), ("Head", date(2021, 1, 1), None),
        ("", date(2021, 2, 1), None),
    ):  # fmt: skip
        nino.affiliations.create(
            organisation=agency, title=title, from_on=from_on, until_on=until_on
        )

    rows = exports.people_table(queries.people(viewer, make.NOON)).rows

    assert [(row["name"].text, row["name"].note) for row in rows] == [
        ("Admin", ""),
        ("Nino", "Head"),
    ]


@pytest.mark.parametrize(
    ("heads", "found"),
    [
        (["Name", "Country", "Type"], {"name_en": 0, "member": 1, "kind": 2}),
        (["Страна", "Наименование"], {"name_ru": 1, "member": 0}),
        (["something", "else"], {}),
    ],
)
def test_guess_columns(heads, found):
    assert exports.guess_columns(heads) == found


def test_tile_map_holds_the_members_that_have_a_tile():
    make.member("GEO", tile_column=1, tile_row=2)
    make.member("UZB")

    chart = exports.members_map(queries.members(make.viewer_with()))

    assert [row[1] for row in chart.table.rows] == ["GEO"]
