"""Files in and out: what cannot be read says why; a preview shows how dates were read."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories.programme import initiative, milestone

from serai.programme.models import ImportBatch, Plan

pytestmark = pytest.mark.django_db
ADDRESS = "/en/programme/files/"
CSV = "number,words\n1,end of July 2021\n2,31 June 2021\n9,July 2021\n"
GOOD = "number,words\n1,end of July 2021\n"
DTD = b"""<?xml version="1.0"?><!DOCTYPE Project [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>
<Project xmlns="http://schemas.microsoft.com/project"><Name>&b;</Name></Project>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE p [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<Project xmlns="http://schemas.microsoft.com/project"><Name>&a;</Name></Project>"""


def bomb() -> bytes:
    """A workbook whose one sheet unpacks to far more than it weighs."""
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 300_000_000)
    return box.getvalue()


@pytest.fixture
def home(officer):
    one = initiative("virtual-carec")
    milestone(one, words="22 June 2021")
    milestone(one, words="23 June 2021")
    return one


def bring(client, home, content, name):
    file = SimpleUploadedFile(name, content)
    return client.post(ADDRESS, {"initiative": home.code, "file": file})


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"PK\x03\x04broken", "plan.xlsx", "plan.xlsx"),
        (b"", "plan.csv", "This file is empty. Choose another."),
        (b"name,date\nA,B\n", "plan.csv",
         "plan.csv: the first row must name the columns: number, words or end. "
         "Start from the export."),
        (b"\xd0\xcf\x11\xe0", "plan.mpp",
         "plan.mpp: bring CSV, XLSX or ODS, or save as XML from Project."),
        (b"<Project", "plan.xml", "XML"),
        (DTD, "plan.xml", "The file declares a document type (DTD), which is not accepted."),
        (OUTSIDE, "plan.xml", "The file declares a document type (DTD), which is not accepted."),
        (b"<Project>" + b" " * (10 * 1024 * 1024) + b"</Project>", "plan.xml", "10 MB"),
        (b"<html><body/></html>", "plan.xml", "Project"),
    ],
    ids=["broken", "empty", "columns", "mpp", "cut", "dtd", "outside", "10MB", "html"],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why(client, home, content, name, sentence):
    answer = bring(client, home, content, name)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["file"]
    assert sentence in answer.context["form"].errors["file"][0]
    assert 'href="#id_file' in page
    assert "root:" not in page
    assert ImportBatch.objects.count() == 0


def test_a_workbook_that_unpacks_without_end_is_refused(client, home):
    answer = bring(client, home, bomb(), "plan.xlsx")

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["file"]


def test_300_megabytes_are_refused_unread(client, home):
    answer = client.generic(
        "POST", ADDRESS, b"x", content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(300 * 1024 * 1024),
    )  # fmt: skip

    assert answer.status_code == 413
    assert "This upload is too large" in answer.content.decode()


def test_a_file_for_an_unknown_initiative_is_refused(client, home):
    file = SimpleUploadedFile("plan.csv", CSV.encode())

    answer = client.post(ADDRESS, {"initiative": "none-such", "file": file})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["initiative"]


def test_no_file_is_no_file(client, home):
    answer = client.post(ADDRESS, {"initiative": home.code})

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"file": ["Choose a file."]}


def test_the_preview_shows_how_each_date_was_read(client, home):
    bring(client, home, CSV.encode(), "plan.csv")
    batch = ImportBatch.objects.get()

    page = client.get(f"{ADDRESS}{batch.public_id}/")

    rows = [list(map(str, row)) for row in page.context["table"].rows]
    assert [row[4:6] for row in rows] == [
        ["21–31 July 2021", "New date proposed"],
        ["–", "Not understood"],
        ["–", "Not known here"],
    ]
    assert rows[1][6].startswith(
        "Row 3, column “words”: Not understood: write a day, month, quarter or"
    )
    assert rows[2][6] == (
        "Row 4, column “number”: there is no milestone 9 here. Mend the number, or take the row out."
    )
    assert Plan.objects.count() == 2


@pytest.mark.parametrize(
    "content",
    [
        b"number,words,owner\n1,Q3 2021,Bank\n",
        b"number,words\n1,Q3 2021\n2,summer\n",
        b"number,words\n1,Q3 2021\n9,July 2021\n",
        b"number,words,plan\n1,Q3 2021,earlier\n",
    ],
    ids=["owner", "problem", "unknown", "conflict"],
)
def test_a_file_that_is_not_taken_whole_offers_no_button(client, home, content):
    bring(client, home, content, "plan.csv")
    address = f"{ADDRESS}{ImportBatch.objects.get().public_id}/"

    page = client.get(address).content.decode()
    sent = client.post(address, {"reason": "Sent by the consultant"})

    assert "This file is not applied" in page
    assert page.count("1 cell keeps this file from being applied: Row ") == 1
    assert "Apply all of it" not in page
    assert sent.status_code == 422
    assert Plan.objects.filter(words__icontains="Q3").count() == 0


def test_applying_asks_for_a_reason_and_undo_takes_it_back(client, home):
    bring(client, home, GOOD.encode(), "plan.csv")
    address = f"{ADDRESS}{ImportBatch.objects.get().public_id}/"

    refused = client.post(address, {"reason": ""})
    applied = client.post(address, {"reason": "Sent by the consultant"})
    undone = client.post(address, {"undo": "1"}, follow=True)

    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["reason"]
    assert applied.status_code == 303
    assert Plan.objects.latest("id").end_latest == date(2021, 7, 31)
    assert "This import is undone." in undone.content.decode()


def test_an_import_is_applied_once(client, home):
    bring(client, home, GOOD.encode(), "plan.csv")
    address = f"{ADDRESS}{ImportBatch.objects.get().public_id}/"
    client.post(address, {"reason": "Sent by the consultant"})

    again = client.post(address, {"reason": "Sent by the consultant"})

    assert again.status_code == 422
    assert "This import is applied or undone already." in again.content.decode()
    assert Plan.objects.count() == 3


def test_what_goes_out_comes_back_without_a_change(client, home):
    export = client.get("/en/programme/milestones/?as=csv")
    content = b"".join(export.streaming_content)

    bring(client, home, content, "milestones.csv")

    assert [row["verdict"] for row in ImportBatch.objects.get().rows] == ["same", "same"]


def test_members_find_no_files(client, home, sign_in):
    sign_in("focal_point", "GEO")

    assert client.get(ADDRESS).status_code == 404
