"""The one letter a day: at which hour, for whom, with what."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import get_language
from tests.factories import members as make

from serai.base.pages import Todo
from serai.members import actions, queries
from serai.members.queries import PLUGS
from serai.members.queries.digests import DigestFound

pytestmark = pytest.mark.django_db
MONDAY = datetime(2021, 6, 28, 8, tzinfo=UTC)
LIST, DUE = Todo("the list", "Read", "/en/"), Todo("a reminder", "Do", "/en/due/")


@pytest.fixture(autouse=True)
def plugs(monkeypatch):
    """A list that waits for everybody, and reminders for those a test names."""
    reminded = []
    monkeypatch.setattr(PLUGS, "todos", [lambda viewer, now: [LIST]])
    monkeypatch.setattr(
        PLUGS, "reminders", [lambda day, now: {one.pk: [DUE] for one in reminded}] * 2
    )
    return reminded


@pytest.mark.parametrize(
    ("moment", "rhythm", "is_due"),
    [
        (datetime(2021, 6, 28, 4, tzinfo=UTC), "weekly", True),  # Monday, 8 in Tbilisi
        (datetime(2021, 6, 28, 3, 59, tzinfo=UTC), "weekly", False),
        (datetime(2021, 6, 29, 8, tzinfo=UTC), "weekly", False),
        (datetime(2021, 6, 29, 8, tzinfo=UTC), "daily", True),
        (datetime(2021, 7, 3, 8, tzinfo=UTC), "daily", False),  # Saturday
        (datetime(2021, 6, 28, 8, tzinfo=UTC), "never", False),
    ],
)
def test_the_list_comes_in_the_morning_of_the_own_zone(moment, rhythm, is_due):
    make.person(digest=rhythm, time_zone="Asia/Tbilisi")

    first = actions.send_digests(now=moment)
    again = actions.send_digests(now=moment)

    assert (first, again) == (int(is_due), 0)


@pytest.mark.parametrize(
    ("state", "rhythm", "moment", "waiting"),
    [
        ("active", "weekly", MONDAY, (LIST,)),
        ("active", "weekly", MONDAY + timedelta(days=1), ()),
        ("active", "daily", MONDAY + timedelta(days=5), ()),  # Saturday
        ("active", "never", MONDAY, ()),
        ("invited", "weekly", MONDAY, ()),
    ],
)
def test_reminders_come_on_their_day_whatever_the_rhythm(plugs, state, rhythm, moment, waiting):
    person = make.person(state=state, digest=rhythm, time_zone="UTC")
    plugs.append(person)

    assert queries.digests_due(moment) == [
        DigestFound(person, moment.date(), waiting, (DUE, DUE)),
    ]


@pytest.mark.parametrize("state", ["paused", "closed"])
def test_who_rests_or_has_left_is_written_nothing(plugs, state):
    plugs.append(make.person(state=state, time_zone="UTC"))

    assert queries.digests_due(MONDAY) == []


def test_a_day_is_looked_after_once_and_the_next_comes_again():
    person = make.person(digest="never", time_zone="Asia/Tbilisi")
    late = datetime(2021, 6, 28, 19, tzinfo=UTC)  # 23 in Tbilisi, the worker had stood still
    actions.send_digests(now=late)

    days = [
        [found.day for found in queries.digests_due(late + timedelta(hours=hours))]
        for hours in (0.5, 8, 9)
    ]

    assert days == [[], [], [date(2021, 6, 29)]]
    person.refresh_from_db()
    assert person.digest_sent_at == late


@pytest.mark.parametrize(("language", "spoken"), [("ru", "ru"), ("de", "en")])
def test_what_waits_is_worded_in_the_readers_language(monkeypatch, language, spoken):
    person = make.person(language=language, time_zone="UTC")

    def said(*_asked):
        return Todo(get_language(), "Read", "/")

    monkeypatch.setattr(PLUGS, "todos", [lambda viewer, now: [said()]])
    monkeypatch.setattr(PLUGS, "reminders", [lambda day, now: {person.pk: [said()]}])

    (found,) = queries.digests_due(MONDAY)

    assert [todo.title for todo in (*found.waiting, *found.reminders)] == [spoken, spoken]


@pytest.mark.parametrize("count", [1, 3])
def test_reminders_are_asked_for_once_a_day_and_language(monkeypatch, count):
    asked = []
    monkeypatch.setattr(PLUGS, "reminders", [lambda day, now: asked.append(day) or {}])
    for _n in range(count):
        make.person(digest="never", time_zone="UTC")

    assert len(queries.digests_due(MONDAY)) == count
    assert asked == [date(2021, 6, 28)]
