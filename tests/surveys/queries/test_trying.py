"""A form on trial: what its page carries on, and how long its link is good."""

import json
from datetime import timedelta

import pytest
from tests.factories import surveys as make

from serai.base.access import NotFound
from serai.calc.xforms import Ref
from serai.surveys import queries
from serai.surveys.models import Response
from serai.surveys.queries import Trial
from serai.surveys.queries.filling import KEPT

pytestmark = pytest.mark.django_db
NAME, HAS, SPEED = Ref("/data/office/name"), Ref("/data/link/has"), Ref("/data/link/mbps")


def test_a_link_opens_its_version_for_thirty_days():
    version = make.version()
    token = queries.try_token(version, make.NOON)
    end = make.NOON + timedelta(days=30)

    assert queries.version_to_try(token, end - timedelta(seconds=1)) == version
    for wrong, moment in ((token, end), (token[:-1], make.NOON), ("", make.NOON)):
        with pytest.raises(NotFound):
            queries.version_to_try(wrong, moment)


def test_what_is_carried_opens_the_same_again():
    version = make.version()
    first = Trial(version, "", make.NOON)
    first.take([(NAME, "Ring ", ""), (HAS, "yes", ""), (SPEED, "12,5", "")])
    key = first.add(Ref("/data/room"))
    first.take([(Ref("/data/room/seats", key), "8", "")])

    again = Trial(version, first.kept(), make.NOON)

    assert again.kept() == first.kept()
    answers = again.filling.state.answers()
    assert [answers[ref] for ref in (NAME, HAS, SPEED)] == ["Ring", "yes", "12.5"]
    assert answers[Ref("/data/link/is_fast")] == "yes"
    assert [one.name for one in again.pages("link")] == ["office", "link", "", f"room@{key}"]


def test_a_reason_is_carried_and_ends_with_an_answer():
    version = make.version()
    trial = Trial(version, "", make.NOON)
    trial.take([(NAME, "", "not_known"), (HAS, "no", "")])
    reasoned = Trial(version, trial.kept(), make.NOON)
    missing = reasoned.missing()
    reasoned.take([(NAME, "Ring", "")])

    assert missing == []
    assert json.loads(reasoned.kept())[0].count(["/data/office/name", "", "", "not_known"]) == 0


def test_what_is_missing_is_told_with_its_page():
    trial = Trial(make.version(), "", make.NOON)

    assert [(name, one.question) for name, one in trial.missing()] == [
        ("office", "Name of the office"), ("link", "Is there a leased line?"),
    ]  # fmt: skip


def test_what_cannot_be_answered_is_left_out():
    trial = Trial(make.version(), "", make.NOON)

    trial.take([(Ref("/data/link/is_fast"), "x", ""), (Ref("/nowhere"), "x", "")])
    trial.remove("nobody")

    assert trial.filling.state.answers().get(Ref("/data/link/is_fast")) != "x"
    assert trial.add(Ref("/data/office")) == ""


def test_too_much_is_not_carried():
    rows = [["/data/office/name", "", "x", ""]] * 5_001

    trial = Trial(make.version(), json.dumps([rows, []]), make.NOON)

    assert NAME not in trial.filling.state.answers()


def test_a_page_leaves_nothing_behind():
    version = make.version()
    trial = Trial(version, "", make.NOON)
    before = list(KEPT.rows)
    trial.page("office")
    trial.missing()

    assert list(KEPT.rows) == before
    assert Response.objects.count() == 0
    assert trial.page("nowhere") is None
