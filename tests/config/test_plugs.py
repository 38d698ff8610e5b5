"""What the higher floors plug in answers in the shapes the lower floors ask for."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from tests.factories import members as make
from tests.factories import programme as plan
from tests.factories.signed_in import sign_in

from serai.base import frame
from serai.base.mail import Message, send, writing
from serai.base.mail.topics import ALWAYS, TOPICS
from serai.base.mail.wording import Worded
from serai.base.models import Message as Letter
from serai.config import plugs
from serai.members import actions
from serai.members.models import Person
from serai.members.queries import PLUGS, Choice, digests_due
from serai.members.states.words import TOPICS as OFFERED
from serai.programme.actions import Due

pytestmark = pytest.mark.django_db
SRC = Path(__file__).resolve().parents[2] / "src" / "serai"


@pytest.fixture
def plugged(monkeypatch):
    for name in ("initiatives", "audience_things", "todos", "reminders"):
        monkeypatch.setattr(PLUGS, name, getattr(PLUGS, name))
    plugs.plug()


def test_every_source_of_todos_answers_a_digest(plugged):
    make.person_with("officer", digest="daily")

    due = digests_due(make.NOON)

    assert [[todo.verb for todo in one.waiting] for one in due] == [["Set up"]]


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

    assert done.stdout.strip() == "4 4"


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


def test_a_zone_chosen_here_goes_back_to_the_accounts(plugged, client):
    person = make.person(time_zone="Asia/Baku")
    sign_in(client, person)
    posted = {"theme": "auto", "text_size": "normal", "language": "en"}

    zones = []
    for zone in ("Asia/Tbilisi", ""):
        client.post("/en/display/", posted | {"time_zone": zone})
        page = client.get("/en/display/")
        zones.append((page.context["frame"].time_zone, page.context["form"].initial["time_zone"]))

    person.refresh_from_db()
    assert zones == [("Asia/Tbilisi", "Asia/Tbilisi"), ("Asia/Baku", "")]
    assert person.time_zone == "Asia/Baku"


# ---------------------------------------------------------------- letters and their topics
KINDS = {
    "requests": {
        "programme/email/request_opened", "programme/email/request_reminder",
        "reports/email/report_for_remarks", "surveys/email/reminder_before",
        "surveys/email/reminder_due", "surveys/email/reminder_overdue",
        "surveys/email/due_extended", "surveys/email/closed", "surveys/email/more_time",
        "surveys/email/sign_please",
        "surveys/email/signed_receipt",
        "surveys/email/clear_please",
        "surveys/email/returned_to_agency",
        "surveys/email/delegation_offered",
        "surveys/email/delegation_answered",
        "surveys/email/delegation_returned",
        "surveys/email/delegation_revoked",
        "surveys/email/delegation_due",
        "surveys/email/delegation_expired",
        "surveys/email/request_reminder",
        "surveys/email/suggestions",
        "surveys/email/requests_asked",
        "surveys/email/submission_flagged",
        "surveys/email/entered_on_your_behalf",
        "surveys/email/withdrawn",
        "surveys/email/form_changed",
    },
    "meetings": {
        "programme/email/meeting_called", "programme/email/meeting_changed",
        "programme/email/papers_out", "programme/email/minutes_for_agreement",
    },
    "reports": {"reports/email/report_issued"},
    "work": {
        "programme/email/action_assigned", "programme/email/plan_proposed",
        "programme/email/plan_decided", "programme/email/flag_ended", "members/email/reminders",
        "surveys/email/bounced",
    },
    "changes": {"members/email/audience_changed"},
}  # fmt: skip


def test_every_letter_of_every_room_has_a_topic_the_page_offers_or_always_comes():
    written = {
        str(path).partition("/templates/")[2].removesuffix(".subject.txt")
        for path in SRC.glob("*/templates/*/email/*.subject.txt")
    }

    assert written == TOPICS.kinds.keys()
    assert {*TOPICS.kinds.values()} == {ALWAYS, "digest", *(topic for topic, _name in OFFERED)}


@pytest.mark.parametrize("topic", sorted(KINDS))
def test_a_topic_of_the_page_turns_off_exactly_its_letters(settings, monkeypatch, topic):
    settings.MODE = "production"
    monkeypatch.setattr(writing, "word", lambda *words, **more: Worded("Subject", "Text", ""))
    reader = make.person("reader@agency.test", muted_topics=[topic])

    rows = {
        kind: send(Message(key=kind, template=kind, person_id=reader.pk)) for kind in TOPICS.kinds
    }

    assert {kind for kind, row in rows.items() if row.state == "inbox_only"} == KINDS[topic]
    assert {row.state for kind, row in rows.items() if kind not in KINDS[topic]} == {"queued"}


# ---------------------------------------------------------------- one letter a day
MONDAY = datetime(2021, 7, 5, 9, tzinfo=UTC)


@pytest.fixture
def kept(plugged):
    """An initiative with two pressing milestones, two risks to review and an action due tomorrow."""
    keeper = make.person_with("officer", "home", time_zone="UTC")
    home = plan.initiative("home", keeper=keeper)
    things = [
        *(plan.milestone(home, words) for words in ("22 June 2021", "10 July 2021")),
        *(plan.risk(home, text=text, review_on=date(2021, 7, 1)) for text in ("One", "Two")),
        plan.action_item(initiative=home, person_id=keeper.pk, due=Due(date(2021, 7, 6))),
    ]
    return keeper, [thing.public_id for thing in things]


@pytest.mark.parametrize(
    ("rhythm", "muted", "kind", "state"),
    [
        ("weekly", [], "digest", "held"),
        ("daily", [], "digest", "held"),
        ("never", [], "reminders", "held"),
        ("never", ["work"], "reminders", "inbox_only"),
    ],
)
def test_a_monday_brings_one_letter_with_each_thing_once(kept, rhythm, muted, kind, state):
    keeper, things = kept
    Person.objects.filter(pk=keeper.pk).update(digest=rhythm, muted_topics=muted)

    written = [actions.send_digests(now=MONDAY + timedelta(hours=hours)) for hours in range(12)]

    assert written == [1] + [0] * 11
    (letter,) = Letter.objects.exclude(key__startswith="programme.action_assigned:")
    assert (letter.key, letter.state) == (f"members.{kind}:{keeper.pk}:2021-07-05", state)
    assert [letter.text.count(f"/{number}/") for number in things] == [1] * 5


def test_a_week_without_lists_brings_what_falls_due_and_no_second_letter(kept):
    keeper, things = kept
    make.person("idle@agency.test", time_zone="UTC")
    week = [MONDAY + timedelta(days=days, hours=hours) for days in range(1, 7) for hours in (0, 6)]
    plan.action_item(person_id=keeper.pk, due=Due(date(2021, 7, 9)))
    plan.action_item(person_id=keeper.pk, due=Due(date(2021, 7, 9)))

    written = [actions.send_digests(now=moment) for moment in week]

    thursday = week.index(datetime(2021, 7, 8, 9, tzinfo=UTC))
    assert [n for n, count in enumerate(written) if count] == [thursday]
    (letter,) = Letter.objects.exclude(key__startswith="programme.action_assigned:")
    assert (letter.key, letter.subject) == (
        f"members.reminders:{keeper.pk}:2021-07-08", "2 reminders",
    )  # fmt: skip
