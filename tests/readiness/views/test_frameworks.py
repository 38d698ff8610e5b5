"""The editions' pages: listed, read, copied, uploaded, published, deleted."""

import io
import tomllib

import pytest
from django.urls import reverse
from tests.factories import readiness as make
from tests.factories.members import person_with

from serai.calc.readiness.editing import to_toml
from serai.readiness.models import Framework

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(signed_in):
    make.home()
    return signed_in(person_with("officer", make.HOME))


def address(page: str, found) -> str:
    return reverse(f"readiness:{page}", args=[found.public_id])


def test_an_empty_list_says_what_to_do_next(officer):
    page = officer.get(reverse("readiness:frameworks")).content.decode()

    assert "No framework is in use yet." in page
    assert "No table of tiers is in use yet." in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_a_fixed_number_of_queries(officer, django_assert_num_queries, count):
    make.framework()
    for _ in range(count - 1):
        make.framework(state="retired")
    officer.get(reverse("readiness:frameworks"))

    with django_assert_num_queries(8):
        page = officer.get(reverse("readiness:frameworks"))

    assert page.content.decode().count("Edition ") == count


def test_an_edition_shows_weights_criteria_ladder_and_unpriced_packages(officer):
    found = make.framework()
    make.price("LINK")

    page = officer.get(address("framework", found)).content.decode()

    assert "Connectivity and bandwidth" in page
    assert "C5 Ports for sound and picture" in page
    assert "Microphones ≥" in page
    assert "15 packages lack a price" in page
    assert ">1000 USD<" in page


def test_a_reader_sees_neither_prices_nor_buttons(signed_in):
    found = make.framework()
    make.price("LINK")
    reader = signed_in(person_with("contributor"))

    page = reader.get(address("framework", found)).content.decode()

    assert "1000.00 USD" not in page
    assert "Make a draft of this edition" not in page


def test_a_draft_is_hidden_from_others(signed_in):
    found = make.framework(state="draft")

    assert signed_in(person_with("lead")).get(address("framework", found)).status_code == 404


def test_the_file_holds_the_document(officer):
    found = make.framework()

    answer = officer.get(address("framework_file", found))

    assert tomllib.loads(b"".join(answer.streaming_content).decode()) == make.document()


def test_a_copy_is_a_draft(officer):
    found = make.framework()

    answer = officer.post(address("copy_framework", found))

    draft = Framework.objects.get(number=2)
    assert answer.url == address("framework", draft)
    assert (draft.state, draft.document) == ("draft", found.document)


def test_an_uploaded_file_with_faults_is_refused_row_by_row(officer):
    found = make.framework()
    document = make.document()
    document["criteria"][0]["fact"] = "link.nothing"
    file = io.BytesIO(to_toml(document).encode())
    file.name = "readiness.toml"

    answer = officer.post(address("upload_framework", found), {"file": file})

    assert answer.status_code == 422
    assert "C1" in answer.content.decode()
    assert Framework.objects.count() == 1


def test_an_uploaded_file_makes_a_draft(officer):
    found = make.framework()
    document = make.document()
    document["version"] = "2027-01"
    file = io.BytesIO(to_toml(document).encode())
    file.name = "readiness.toml"

    officer.post(address("upload_framework", found), {"file": file})

    assert Framework.objects.get(number=2).document == document


def test_publishing_shows_what_would_change_and_then_does_it(officer):
    old = make.framework()
    make.assessment(facts={"link.down_p5": 5, "link.up_p5": 9})
    document = make.document()
    document["criteria"][0]["thresholds"] = [6, 7, 15]
    draft = make.framework(state="draft", document=document)

    page = officer.get(address("publish_framework", draft)).content.decode()
    answer = officer.post(address("publish_framework", draft), {"change_note": "C1 asks more"})

    assert "<bdi>1</bdi> of <bdi>1</bdi> evaluated offices would see a change" in page
    assert "level 0" in page
    assert answer.url == address("framework", draft)
    old.refresh_from_db()
    draft.refresh_from_db()
    assert (old.state, draft.state, draft.change_note) == ("retired", "in_use", "C1 asks more")


def test_a_faulty_draft_cannot_be_published(officer):
    make.framework()
    document = make.document()
    document["dimensions"][0]["weight"] = 29
    draft = make.framework(state="draft", document=document)

    page = officer.get(address("publish_framework", draft)).content.decode()
    answer = officer.post(address("publish_framework", draft), {"change_note": "x"})

    assert "the weights make 99, not 100." in page
    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_publishing_asks_what_is_different(officer):
    make.framework()
    draft = make.framework(state="draft")

    answer = officer.post(address("publish_framework", draft), {"change_note": " "})

    assert answer.status_code == 422


def test_a_draft_is_deleted_and_an_edition_in_use_is_not(officer):
    old = make.framework()
    draft = make.framework(state="draft")

    officer.post(address("delete_framework", draft))

    assert officer.post(address("delete_framework", old)).status_code == 404
    assert list(Framework.objects.all()) == [old]
