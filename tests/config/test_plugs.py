"""What the higher floors plug in answers in the shapes the lower floors ask for."""

import os
import subprocess
import sys

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from tests.factories import members as make
from tests.factories import programme as plan
from tests.factories.signed_in import sign_in

from serai.base import frame
from serai.config import plugs
from serai.members.models import Person
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


def test_a_process_that_answers_no_request_is_plugged_too():
    words = (
        "import django; django.setup()\n"
        "from serai.base import search; from serai.members.queries import PLUGS\n"
        "print(len(PLUGS.todos), len(search.HOOKS.rooms))"
    )

    done = subprocess.run(
        [sys.executable, "-c", words], check=True, capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip

    assert done.stdout.strip() == "3 3"


def test_initiatives_are_offered_by_code_and_name(plugged):
    plan.initiative("virtual-carec", audience="public")

    choices = PLUGS.initiatives(make.viewer_with("administrator"))

    assert [(type(one), one.code) for one in choices] == [(Choice, "virtual-carec")]


def test_a_persons_own_display_is_used(plugged, rf):
    request = rf.get("/")
    request.user = make.person(theme="dark", text_size="large")

    shown = plugs.display_of(request)

    assert (shown.theme, shown.text_size) == ("dark", "large")


def test_a_visitor_has_no_display_of_an_account(plugged, rf):
    request = rf.get("/")
    request.user = AnonymousUser()

    assert plugs.display_of(request) is None
    assert plugs.keep_display(request, frame.Display("dark"), "en") is False


def test_choices_go_to_the_account_and_from_there_to_the_next_device(plugged, client):
    sign_in(client, make.person(time_zone="Asia/Baku"))
    posted = {"theme": "dark", "text_size": "larger", "time_zone": "", "language": "ru"}

    answer = client.post("/en/display/", posted)

    kept = Person.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, "/ru/display/?kept=1")
    assert (kept.theme, kept.text_size, kept.time_zone, kept.language) == (
        "dark", "larger", "Asia/Baku", "ru",
    )  # fmt: skip
    other = Client()
    other.cookies["serai_display"] = "light!normal!Asia/Tokyo"
    sign_in(other, kept)
    page = other.get("/ru/members/me/").content.decode()
    assert ('data-theme="dark"' in page, 'data-text="larger"' in page) == (True, True)
