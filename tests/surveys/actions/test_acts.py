"""What every action shares: names for the audit, steps that follow, who acts."""

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.access import ANONYMOUS, Denied
from serai.base.models import AuditEntry
from serai.surveys.actions.acts import Refused, actor, label, note_audit, take_step
from serai.surveys.states import SurveyState, WaveState

pytestmark = pytest.mark.django_db


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
