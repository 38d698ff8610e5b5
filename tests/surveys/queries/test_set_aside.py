"""Answers set aside are listed with their version, the earliest first, at one price."""

import pytest
from tests.factories import forms as form
from tests.factories import surveys as make

from serai.surveys import queries
from serai.surveys.models import Answer
from serai.surveys.queries.set_aside import ASIDE, CARRIED, MOVED, SetAsideRow
from serai.surveys.states import Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def response():
    return form.response(make.version())


def row(response, path: str, value: str, client_id: str) -> None:
    Answer.objects.create(
        response=response, path=path, value=value, form_version=response.version,
        source=Source.WEB, client_id=client_id, at=make.NOON,
    )  # fmt: skip


def test_an_answer_before_the_mark_is_listed(response):
    row(response, "/data/a", "first", "1")
    row(response, "/data/a", "second", "2")
    row(response, "/data/a", "", f"{ASIDE}:9:x")
    row(response, "/data/a", "third", "3")

    assert queries.set_aside(response) == [
        SetAsideRow(
            "/data/a", "", "second", "", make.NOON, response.version.version, response.version_id
        )
    ]


def test_what_moved_or_was_carried_or_is_erased_is_not(response):
    for path, value, mark in (("/a", "x", MOVED), ("/b", "x", CARRIED), ("/c", "", ASIDE)):
        row(response, path, value, f"given {path}")
        row(response, path, "", f"{mark}:9:{path}")

    assert queries.set_aside(response) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_two_queries(response, count, django_assert_num_queries):
    for number in range(count):
        row(response, f"/data/q{number}", "x", f"given {number}")
        row(response, f"/data/q{number}", "", f"{ASIDE}:9:{number}")

    with django_assert_num_queries(2):
        found = queries.set_aside(response)

    assert [one.path for one in found] == [f"/data/q{number}" for number in range(count)]


def test_the_lead_reads_them_in_words(response):
    row(response, "/data/link/has", "yes", "1")
    row(response, "/data/link/has", "", f"{ASIDE}:9:x")
    row(response, "/data/office/staff", "7", "2")
    row(response, "/data/office/staff", "", f"{ASIDE}:9:y")

    found = queries.set_aside_shown(response, "ru")

    assert [(one.question, one.answer) for one in found] == [
        ("Есть ли выделенная линия?", "Yes"), ("Кто проводит мероприятия", "7"),
    ]  # fmt: skip


def test_a_reason_set_aside_is_said_in_words(response):
    Answer.objects.create(
        response=response, path="/data/room/seats", entry="r1", reason="not_known",
        form_version=response.version, source=Source.WEB, client_id="1", at=make.NOON,
    )  # fmt: skip
    Answer.objects.create(
        response=response, path="/data/room/seats", entry="r1", form_version=response.version,
        source=Source.MIGRATION, client_id=f"{ASIDE}:9:x", at=make.NOON,
    )  # fmt: skip

    (found,) = queries.set_aside_shown(response, "en")

    assert (found.question, found.answer) == ("Seats", "Not known")
