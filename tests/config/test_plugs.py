"""What the higher floors plug in answers in the shapes the lower floors ask for."""

import pytest
from tests.factories import members as make
from tests.factories import programme as plan

from serai.config import plugs
from serai.members.queries import PLUGS, Choice, digests_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def plugged(monkeypatch):
    for name in ("initiatives", "audience_things", "todos"):
        monkeypatch.setattr(PLUGS, name, getattr(PLUGS, name))
    plugs.plug()


def test_every_source_of_todos_answers_a_digest(plugged):
    make.person_with("officer", digest="daily")

    due = digests_due(make.NOON)

    assert [[todo.verb for todo in todos] for _person, todos in due] == [["Set up"]]


def test_initiatives_are_offered_by_code_and_name(plugged):
    plan.initiative("virtual-carec", audience="public")

    choices = PLUGS.initiatives(make.viewer_with("administrator"))

    assert [(type(one), one.code) for one in choices] == [(Choice, "virtual-carec")]


def test_a_persons_own_display_is_used(plugged, rf):
    request = rf.get("/")
    request.user = make.person(theme="dark", text_size="large")

    shown = plugs.display_of(request)

    assert (shown.theme, shown.text_size) == ("dark", "large")
