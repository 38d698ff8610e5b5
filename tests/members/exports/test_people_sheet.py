"""Cells of a sheet of people, and roles written in the same shape."""

from datetime import date

import pytest
from tests.factories import members as make

from serai.base.imports import guess_columns
from serai.base.tables.sheets import sheet_of
from serai.members import exports, queries
from serai.members.queries import PLUGS, Choice

pytestmark = pytest.mark.django_db


def read(viewer, *rows, known=()):
    sheet = sheet_of("People", list(enumerate(rows, start=1)))
    columns = guess_columns(sheet[0], exports.people_columns())
    return exports.read_people(viewer, sheet, columns, lambda row: row.email in known)


def test_a_row_is_read_by_names_and_codes(monkeypatch):
    monkeypatch.setattr(PLUGS, "initiatives", lambda viewer: [Choice("vc", "Virtual Centre")])
    make.member("GEO")

    found = read(
        make.viewer_with("coordinator"),
        ["Почта", "ФИО", "Роль", "Страна", "Инициативы", "До", "Язык"],
        ["A@B.example", " Ana  ", "Expert", "georgia", "Virtual Centre; vc", "2027-01-31", "RU"],
    )

    assert found.faults == ()
    row = found.entries[0].value
    assert (row.email, row.role, row.iso3, row.initiatives, row.until_on, row.language) == (
        "a@b.example", "expert", "GEO", ("vc",), date(2027, 1, 31), "ru",
    )  # fmt: skip
    assert row.key == "a@b.example expert GEO"


def test_faults_name_sheet_row_and_column():
    found = read(
        make.viewer_with("coordinator"),
        ["E-mail", "Role", "Initiatives"],
        ["a@b.example", "officer", "nonsense"],
        ["a", "officer", ""],
    )

    assert [(f.sheet, f.row, f.column) for f in found.faults] == [
        ("People", 2, "Initiatives"), ("People", 3, "E-mail"),
    ]  # fmt: skip
    assert str(found.faults[1]).startswith("People: Row 3, E-mail: “a” is not an e-mail address.")
    assert not found.may_be_applied


def test_the_preview_tells_the_new_from_the_known():
    found = read(
        make.viewer_with("coordinator"),
        ["E-mail", "Role"],
        ["a@b.example", "officer"],
        ["c@b.example", "officer"],
        known={"c@b.example"},
    )

    rows = exports.invitees_table(found).rows
    assert [(row["row"], row["place"], row["act"].word) for row in rows] == [
        (2, "the whole programme", "is invited"),
        (3, "the whole programme", "known already, left alone"),
    ]


def test_roles_are_written_as_they_are_read():
    agency = make.organisation("Agency of Roads")
    make.person_with("lead", agency, email="lea@agency.example", full_name="Lea", language="ru")
    make.person_with("deputy", "UZB", email="dep@agency.example", full_name="Dep")

    rows = exports.roles_sheet(queries.grants_of(make.viewer_with("officer", full_name="Zoe"))).rows

    assert [[row[key] for key in ("email", "role", "member", "organisation", "language")]
            for row in rows[:2]] == [
        ["dep@agency.example", "deputy", "UZB", "", "en"],
        ["lea@agency.example", "lead", "GEO", "Agency of Roads", "ru"],
    ]  # fmt: skip


def test_a_sheet_leaves_out_whose_address_is_not_read():
    expert = make.person_with("expert", "hub:GEO")
    of_one = make.viewer_with("coordinator", "hub")
    of_all = make.viewer_with("officer")

    found = {
        who: [row["email"] for row in exports.roles_sheet(queries.grants_of(viewer)).rows]
        for who, viewer in {"one": of_one, "all": of_all}.items()
    }

    assert expert.email in found["all"]
    assert len(found["one"]) == 1
    assert expert.email not in found["one"]
