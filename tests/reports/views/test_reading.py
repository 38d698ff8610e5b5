"""A report taken home as a draft: marked on every page, for those who may preview it."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from tests.factories.members import person_with
from tests.factories.programme import initiative
from tests.factories.reports import run
from tests.factories.signed_in import sign_in

from serai.reports.models import Run

pytestmark = pytest.mark.django_db
NUMBER_QUERIES = 6


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


# ---------------------------------------------------------------- numbers
def with_numbers(count: int):
    """An issued run whose facts hold so many numbers."""
    made = run("issued")
    one = {"value": "4", "formula": "count", "version": "", "facts": [], "sources": []}
    facts = {"offices": {}, "numbers": {f"key-{n}": one for n in range(count)}}
    snapshot = json.loads(made.snapshot) | {"facts": facts}
    made.snapshot = json.dumps(snapshot, separators=(",", ":"))
    made.save()
    return made


@pytest.mark.parametrize("count", [1, 3])
def test_numbers_are_listed_with_one_count_of_queries(client, django_assert_num_queries, count):
    made = with_numbers(count)
    sign_in(client, person_with("officer"))
    client.get(f"/en/reports/{made.public_id}/numbers/")

    with django_assert_num_queries(NUMBER_QUERIES):
        page = client.get(f"/en/reports/{made.public_id}/numbers/").content.decode()

    assert page.count("key-") == count


def test_numbers_are_picked_by_their_key_and_given_as_files(client):
    made = with_numbers(3)
    sign_in(client, person_with("officer"))
    here = f"/en/reports/{made.public_id}/numbers/"

    assert "No key begins so" in client.get(f"{here}?key=none").content.decode()
    answer = client.get(f"{here}?key=key-1&as=csv")

    assert b"".join(answer).decode("utf-8-sig").splitlines()[1] == "key-1,4,count,,,"
    assert client.get(f"{here}?as=xlsx").status_code == 200


def test_a_report_that_cannot_be_built_leads_back_with_the_reason(client):
    made = run("draft")
    Run.objects.filter(pk=made.pk).update(
        kind="readiness", audience="country", scope={"country": ""}
    )
    sign_in(client, person_with("officer"))

    for part in ("preview/", "draft/en.pdf"):
        answer = client.get(f"/en/reports/{made.public_id}/{part}", follow=True)
        assert "Say for which country this edition is made." in answer.content.decode()
