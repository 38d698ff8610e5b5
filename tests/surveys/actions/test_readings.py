"""A row for each reader, response, day and way, written once, and never for own people."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.programme import programme

from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.models import Reading
from serai.surveys.queries.responses import fresh_response
from serai.surveys.states import ReadingWay

pytestmark = pytest.mark.django_db
# The programme's calendar is Manila's: its next day begins at 16:00 at Greenwich.
BEFORE, AFTER = (datetime(2021, 6, 30, hour, 30, tzinfo=UTC) for hour in (15, 16))


@pytest.fixture(autouse=True)
def house():
    programme()


def cleared(wave=None, **fields):
    found = make.cleared(wave or make.wave(), {"/data/link/has": "yes"}, **fields)
    return fresh_response(found.pk)


def note(viewer, *responses, way=ReadingWay.PAGE, now=BEFORE):
    actions.note_readings(responses=responses, way=way, by=viewer, now=now)


def rows():
    return list(Reading.objects.values_list("day", "way", "role", "first_at"))


def test_a_reading_is_noted_once_a_day_of_the_programme_and_way():
    found, officer = cleared(), people.viewer_with("officer")

    note(officer, found)
    note(officer, found, now=BEFORE.replace(minute=45))
    note(officer, found, way=ReadingWay.API)
    note(officer, found, now=AFTER)

    assert rows() == [
        (date(2021, 6, 30), "page", "officer", BEFORE),
        (date(2021, 6, 30), "api", "officer", BEFORE),
        (date(2021, 7, 1), "page", "officer", AFTER),
    ]


def test_two_readers_are_two_rows():
    found = cleared()

    note(people.viewer_with("officer"), found)
    note(people.viewer_with("focal_point", "GEO"), found)

    assert [row[2] for row in rows()] == ["officer", "focal_point"]


def test_own_people_are_not_noted_and_cost_nothing():
    found = cleared()
    lead = viewer_of(found.invitation.lead, make.NOON)

    with CaptureQueriesContext(connection) as asked:
        note(lead, found)

    assert (rows(), len(asked)) == ([], 0)


def writes(viewer, *responses):
    with CaptureQueriesContext(connection) as asked:
        note(viewer, *responses, way=ReadingWay.EXPORT)
    texts = [query["sql"] for query in asked.captured_queries]
    return [text for text in texts if text.startswith("INSERT")], len(texts)


@pytest.mark.parametrize("count", [1, 3])
def test_many_responses_take_one_write_and_none_when_noted(count):
    wave, officer = make.wave(), people.viewer_with("officer")
    found = [cleared(wave) for _number in range(count)]

    first, asked = writes(officer, *found)
    again, _asked = writes(officer, *found)

    assert (len(first), len(again), asked) == (1, 0, 3)
    assert Reading.objects.count() == count


def test_what_is_noted_of_samples_goes_with_them():
    real, sample = cleared(), cleared(make.wave(sample=True))
    actor = people.viewer_with("officer", sample=True)

    note(people.viewer_with("officer"), real, sample)
    note(actor, real)

    assert list(Reading.objects.values_list("response_id", "sample")) == [
        (real.pk, False), (sample.pk, True), (real.pk, True),
    ]  # fmt: skip


def test_two_pages_opened_at_once_note_it_once(monkeypatch):
    found, officer = cleared(), people.viewer_with("officer")
    note(officer, found)
    # The other page had not written yet when this one looked.
    monkeypatch.setattr(Reading.objects, "filter", lambda **_facts: Reading.objects.none())

    note(officer, found)

    assert len(rows()) == 1
