"""A report taken home as a draft: marked on every page, for those who may preview it."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from tests.factories.members import person_with
from tests.factories.programme import initiative
from tests.factories.reports import run
from tests.factories.signed_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def virtual(db):
    return initiative("virtual-carec")


def test_a_draft_says_so_in_its_name_and_on_every_page(client):
    made = run("in_review")
    sign_in(client, person_with("focal_point", "GEO"))
    address = f"/en/reports/{made.public_id}/draft/en"

    preview = client.get(f"/en/reports/{made.public_id}/preview/")
    paper, word = client.get(f"{address}.pdf"), client.get(f"{address}.docx")

    assert preview.context["drafts"] == [("pdf", f"{address}.pdf"), ("docx", f"{address}.docx")]
    assert paper["Content-Disposition"] == (
        f'attachment; filename="draft-report-{made.number}-2021-06-30.en.pdf"'
    )
    assert paper.content.startswith(b"%PDF-")
    with ZipFile(BytesIO(word.content)) as package:
        heads = [package.read(f"word/{name}.xml") for name in ("header", "headerfirst")]
    assert [b'string="Draft"' in head for head in heads] == [True, True]


@pytest.mark.parametrize(("state", "role"), [("issued", "officer"), ("cleared", "focal_point")])
def test_there_is_no_draft_of_what_is_issued_nor_for_others(client, state, role):
    made = run(state)
    sign_in(client, person_with(role, "GEO" if role == "focal_point" else None))

    answer = client.get(f"/en/reports/{made.public_id}/draft/en.pdf")

    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["ru.pdf", "en.exe", "xx.docx"])
def test_a_draft_that_is_not_made_so_is_not_found(client, name):
    made = run()
    sign_in(client, person_with("officer"))

    assert client.get(f"/en/reports/{made.public_id}/draft/{name}").status_code == 404
