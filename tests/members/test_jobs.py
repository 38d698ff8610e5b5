"""The room's jobs: each asks one action, and its letters are written."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.factories import members as make

from serai.base.jobs import enqueue, run_ready
from serai.base.models import Job, Message
from serai.base.pages import Todo
from serai.members import actions, queries
from serai.members.models import Grant
from serai.members.queries import PLUGS
from serai.members.states import DataRequestKind

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY = datetime(2021, 6, 28, 8, tzinfo=UTC)


def kinds() -> list[str]:
    return sorted(key.partition(":")[0] for key in Message.objects.values_list("key", flat=True))


def test_end_grants_ends_and_warns():
    make.grant("officer", until_on=make.NOON.date() - timedelta(days=1))
    make.grant("officer", until_on=make.NOON.date() + timedelta(days=14))
    enqueue("members.end_grants", key="end")

    ran = run_ready(now=make.NOON)

    assert ran == ["members.end_grants"]
    assert Job.objects.get().state == "done"
    assert kinds() == ["members.grant_ended", "members.grant_ending"]
    assert Grant.objects.filter(state="ended").count() == 1


def test_digest_writes_what_waits(monkeypatch):
    person = make.person(digest="weekly", time_zone="UTC")
    monkeypatch.setattr(
        PLUGS, "todos", [lambda viewer, now: [Todo("the questionnaire", "Answer", "/en/x/")]]
    )
    enqueue("members.digest", key="digest")

    run_ready(now=MONDAY)

    row = Message.objects.get()
    assert (row.key, row.person, row.topic) == (
        f"members.digest:{person.pk}:2021-06-28", person, "digest",
    )  # fmt: skip
    assert "the questionnaire" in row.text


def test_data_copy_is_gathered_and_told():
    person = make.person()
    actions.ask_about_data(
        kind=DataRequestKind.COPY,
        note="",
        by=queries.viewer_of(person, make.NOON),
        now=make.NOON,
    )

    ran = run_ready(now=make.NOON)

    assert ran[0] == "members.data_copy"
    assert kinds() == ["members.data_copy_ready"]
    assert person.data_requests.get().copy != ""


def test_health_is_looked_at_and_told(settings, tmp_path):
    settings.DATA_DIR = settings.BACKUP_DIR = tmp_path
    make.person_with("administrator")
    enqueue("members.watch_health", key="health")

    ran = run_ready(now=make.NOON)

    assert (ran[0], Job.objects.get(key="health").error) == ("members.watch_health", "")
    assert kinds() == ["members.health_alarm"]
    assert "No worker was seen for a minute." in Message.objects.get().text
