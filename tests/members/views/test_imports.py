"""Importing a sheet of organisations: preview, every fault at once, enter whole, undo."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.factories import members as make
from tests.factories.signed_in import sign_in

from serai.members.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    make.member("GEO")
    return sign_in(client, make.person_with("officer"))


def upload(client, text, name="agencies.csv"):
    file = SimpleUploadedFile(name, text.encode(), content_type="text/csv")
    return client.post(reverse("members:import_organisations"), {"sheet": file})


def sheet_of(response) -> dict[str, str]:
    page = response.content.decode()
    chosen = re.findall(r'<select name="(column_\w+)".*?</select>', page, re.S)
    posted = {}
    for name in chosen:
        select = re.search(rf'<select name="{name}".*?</select>', page, re.S).group()
        found = re.search(r'<option value="(\d*)" selected', select)
        posted[name] = found.group(1) if found else ""
    return posted | {"sheet": re.search(r'name="sheet" value="([^"]+)"', page).group(1)}


def test_every_fault_stands_in_the_preview_and_nothing_is_entered(officer):
    text = "name,country,kind\nRoads,Atlantis,\n,GEO,\nRivers,GEO,castle\nParks,,\nParks,,other\n"

    shown = upload(officer, text)
    entered = officer.post(reverse("members:check_import"), sheet_of(shown) | {"act": "enter"})

    page = shown.content.decode()
    for sentence in (
        "Row 2: “Atlantis” is no member.",
        "Row 3: the name is empty.",
        "Row 4: “castle” is no kind.",
        "Row 5: a government organisation needs its member.",
        "Row 6: the same organisation stands in row 5.",
    ):
        assert sentence in page
    assert (shown.status_code, entered.status_code) == (200, 422)
    assert Organisation.objects.count() == 0


def test_import_enters_and_undo_removes(officer):
    known = make.organisation("Known")
    text = "Name;Country;Domains\nAgency of Roads;Georgia;roads.example\nKnown;GEO;\n"

    shown = upload(officer, text)
    done = officer.post(reverse("members:check_import"), sheet_of(shown) | {"act": "enter"})
    row = Organisation.objects.exclude(pk=known.pk).get()
    officer.post(reverse("members:undo_import", args=[row.import_key]))

    assert "One organisation was entered" in done.content.decode()
    assert (str(row), row.member.iso3, row.domains) == ("Agency of Roads", "GEO", ["roads.example"])
    assert list(Organisation.objects.all()) == [known]


def test_a_forged_sheet_is_refused(officer):
    answer = officer.post(reverse("members:check_import"), {"sheet": "x:y:z", "act": "enter"})

    assert (answer.status_code, Organisation.objects.count()) == (303, 0)


@pytest.mark.parametrize(
    ("text", "name"), [("name\n", "a.csv"), ("", "a.csv"), ("%PDF-1.4", "a.pdf"), ("x", "a.xlsx")]
)
def test_what_is_no_sheet_is_refused_with_a_sentence(officer, text, name):
    answer = upload(officer, text, name)

    assert answer.status_code == 422
    assert 'id="errors"' in answer.content.decode()
