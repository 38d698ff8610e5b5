"""What every action shares: names and lines for the audit, steps that follow, who acts."""

from datetime import datetime, timedelta, timezone

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.access import ANONYMOUS, Denied
from serai.base.audit import request_number
from serai.base.models import AuditEntry
from serai.surveys.actions.acts import Refused, actor, day_of, label, note_audit, take_step
from serai.surveys.models import Response
from serai.surveys.states import SurveyState, WaveState

pytestmark = pytest.mark.django_db
MIDNIGHT = make.NOON.replace(hour=0)


def test_a_thing_is_named_by_its_model_and_number():
    survey = make.survey()

    assert label(survey) == f"surveys.survey:{survey.pk}"


def test_a_step_that_follows_is_taken_with_its_fields():
    survey = make.survey()
    stale = type(survey).objects.get(pk=survey.pk)

    moved = take_step(survey, SurveyState.CLOSED, code="other")

    survey.refresh_from_db()
    assert (moved.state, survey.state, survey.code) == ("closed", "closed", "other")
    assert stale.state == "open"


def test_a_step_is_judged_by_what_is_stored_not_by_what_was_read():
    survey = make.survey(state=SurveyState.CLOSED.value)
    stale = type(survey).objects.get(pk=survey.pk)
    take_step(survey, SurveyState.ARCHIVED)

    with pytest.raises(Refused, match="cannot follow. Reload the page"):
        take_step(stale, SurveyState.OPEN)

    survey.refresh_from_db()
    assert survey.state == "archived"


def test_a_refused_step_says_both_states_and_changes_nothing():
    wave = make.wave(state=WaveState.CLOSED.value)

    with pytest.raises(Refused) as refused:
        take_step(wave, WaveState.PLANNED, title={})

    wave.refresh_from_db()
    assert str(refused.value) == (
        "It is now “Closed”; “Planned” cannot follow. Reload the page to see it."
    )
    assert (wave.state, str(wave.title.pick("en")[0])) == ("closed", "First round")


def test_the_audit_names_who_and_what():
    survey, viewer = make.survey(), people.viewer_with("officer")

    note_audit("try", survey, by=viewer, now=make.NOON, before={"a": 1}, after={"a": 2})
    note_audit("tick", survey, by=None, now=make.NOON)

    mine, house = AuditEntry.objects.order_by("-pk")[1], AuditEntry.objects.latest("pk")
    assert (mine.by, mine.verb, mine.thing) == (viewer.person_id, "try", label(survey))
    assert (mine.before, mine.after, mine.at) == ({"a": 1}, {"a": 2}, make.NOON)
    assert (house.by, house.verb) == (None, "tick")


def test_a_visitor_acts_on_nothing():
    viewer = people.viewer_with("officer")

    assert actor(viewer) == viewer.person_id
    with pytest.raises(Denied):
        actor(ANONYMOUS)


@pytest.mark.parametrize("is_anonymous", [True, False])
def test_a_line_on_answers_without_a_name_says_neither_who_nor_when(is_anonymous):
    survey = make.survey(has_signature=False, has_clearance=False, is_anonymous=is_anonymous)
    wave = make.wave(make.version(survey))
    response = Response.objects.create(wave=wave, version=wave.version)
    by = people.viewer_with("officer")
    token = request_number.set("r1")

    note_audit("answer", response, by=by, now=make.NOON)
    note_audit("close_wave", wave, by=by, now=make.NOON)
    request_number.reset(token)

    lines = list(AuditEntry.objects.order_by("id").values_list("by", "at", "request_id"))
    named = (by.person_id, make.NOON, "r1")
    assert lines == [(None, MIDNIGHT, "") if is_anonymous else named, named]


def test_a_day_begins_at_midnight_at_greenwich():
    east = datetime(2021, 3, 2, 3, 30, 15, tzinfo=timezone(timedelta(hours=5)))

    assert day_of(east) == MIDNIGHT
