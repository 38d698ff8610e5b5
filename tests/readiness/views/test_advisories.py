"""Answers for all: read, searched, written, made from a request without its names."""

import pytest
from django.urls import reverse
from tests.factories import members as people
from tests.factories import readiness as make

from serai.readiness.models import Advisory

pytestmark = pytest.mark.django_db
LIST, NEW = reverse("readiness:advisories"), reverse("readiness:add_advisory")


def at(name, thing):
    return reverse(f"readiness:{name}", args=[thing.public_id])


@pytest.fixture
def officer(signed_in):
    return signed_in(people.person_with("officer"))


def test_empty_lists_say_what_comes(client, signed_in):
    signed_in(people.person_with("officer"))
    assert "Write one, or make one" in client.get(LIST).content.decode()
    signed_in(people.person_with("focal_point", "GEO"))
    assert "often asked appears here" in client.get(LIST).content.decode()
    assert "No answer holds these words" in client.get(f"{LIST}?words=x").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_of_one_as_of_three(officer, count, django_assert_num_queries):
    for _ in range(count):
        make.advisory()
    officer.get(LIST)

    with django_assert_num_queries(6):
        page = officer.get(LIST)

    assert len(page.context["rows"]) == count


def test_an_answer_is_written_and_changed(officer):
    assert officer.get(NEW).status_code == 200
    assert officer.post(NEW, {"question_en": "No sound?"}).status_code == 422
    officer.post(NEW, {"question_en": "No sound?", "answer_en": "Check."})
    made = Advisory.objects.get()
    assert "Not shown yet." in officer.get(LIST).content.decode()

    page = officer.get(at("edit_advisory", made)).content.decode()
    assert "No sound?" in page
    officer.post(
        at("edit_advisory", made),
        {"question_en": "No sound?", "answer_en": "Check both.", "is_shown": "on"},
    )

    made.refresh_from_db()
    assert made.is_shown
    assert "Check both." in officer.get(LIST).content.decode()


def test_one_made_from_a_request_begins_with_its_words_and_refuses_its_names(officer):
    asked = make.help_request(make.office(name="Head office"), subject="No sound in head office")
    asked.messages.create(text="Plug it in.", at=make.NOON, by=people.person(full_name="Timur T."))
    address = at("advisory_from", asked)

    form = officer.get(address).context["form"]
    assert (form.initial["question_en"], form.initial["answer_en"]) == (
        "No sound in head office", "Plug it in.",
    )  # fmt: skip
    refused = officer.post(
        address, {"question_en": "No sound in head office", "answer_en": "Plug it in."}
    )
    assert refused.status_code == 422
    assert "Take these names out first: Head office" in refused.content.decode()
    officer.post(address, {"question_en": "No sound", "answer_en": "Plug it in."})

    assert Advisory.objects.get().made_from is None


def test_a_technician_reads_answers_and_writes_none(signed_in):
    found = make.advisory()
    client = signed_in(make.technician())

    assert "Check the cable." in client.get(LIST).content.decode()
    assert client.get(at("edit_advisory", found)).status_code == 404
    assert client.get(NEW).status_code == 404
