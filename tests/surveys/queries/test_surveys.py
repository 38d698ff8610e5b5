"""Surveys as a list shows them: to whom, with which counts, in one query."""

import pytest
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.programme import initiative

from serai.base.access import ANONYMOUS, NotFound, Viewer
from serai.surveys import queries
from serai.surveys.models import Response, Translator
from serai.surveys.states import InvitationState, SurveyState

pytestmark = pytest.mark.django_db


def asked(wave, state="sent", answer=""):
    row = make.invitation(wave, state=state)
    if answer:
        Response.objects.create(wave=wave, invitation=row, version=wave.version, state=answer)
    return row


def test_a_row_counts_bodies_and_answers_of_all_waves():
    survey = make.survey(code="readiness")
    version = make.version(survey)
    first, second = make.wave(version), make.wave(version)
    for state, answer in (("sent", ""), ("opened", "filling"), ("done", "signed")):
        asked(first, state, answer)
    asked(second, "done", "accepted")
    asked(second, InvitationState.CANCELLED.value)
    asked(second, InvitationState.DRAFTED.value)

    (row,) = queries.surveys(people.viewer_with("officer"))

    assert (row.wave_count, row.asked_count, row.answered_count) == (2, 4, 2)
    assert (row.answered_percent, str(row.title), row.due_on) == (50, "Offices", first.due_on)


def test_nobody_asked_has_no_share():
    make.version(make.survey())

    (row,) = queries.surveys(people.viewer_with("officer"))

    assert (row.asked_count, row.answered_percent) == (0, None)


def test_sample_bodies_are_never_counted_with_real_ones():
    version = make.version()
    wave, sample = make.wave(version), make.wave(version, sample=True)
    made_up = asked(sample, "done", "signed")
    Response.objects.filter(invitation=made_up).update(sample=True)
    officer = people.viewer_with("officer")

    (alone,) = queries.surveys(officer)
    asked(wave)
    (beside,) = queries.surveys(officer)

    assert (alone.asked_count, alone.answered_count, alone.sample) == (1, 1, True)
    assert (beside.asked_count, beside.answered_count, beside.sample) == (1, 0, False)


def test_open_surveys_come_first_and_states_are_chosen():
    for code, state in (("a", "closed"), ("b", "draft"), ("c", "open")):
        make.survey(code=code, state=state)
    officer = people.viewer_with("officer")

    everything = [row.code for row in queries.surveys(officer)]
    closed = [row.code for row in queries.surveys(officer, state=SurveyState.CLOSED.value)]

    assert (everything, closed) == (["c", "b", "a"], ["a"])


def test_each_sees_their_own():
    home = initiative("home")
    make.survey(code="whole")
    make.survey(code="mine", initiative=home)
    translated = make.survey(code="translated")
    translator = people.viewer_with()
    Translator.objects.create(survey=translated, person_id=translator.person_id, language="ru")

    found = [
        [row.code for row in queries.surveys(viewer)]
        for viewer in (
            people.viewer_with("officer"), people.viewer_with("coordinator", "home"), translator,
            people.viewer_with("lead"), people.viewer_with("administrator"), ANONYMOUS,
        )
    ]  # fmt: skip

    assert found == [["mine", "translated", "whole"], ["mine"], ["translated"], [], [], []]


@pytest.mark.parametrize("count", [1, 3])
def test_one_query_however_many(count, django_assert_num_queries):
    for _n in range(count):
        asked(make.wave(), "done", "signed")
    officer = people.viewer_with("officer")

    with django_assert_num_queries(1):
        rows = queries.surveys(officer)

    assert len(rows) == count


def test_one_survey_is_found_by_those_who_look_after_it():
    survey = make.survey()

    assert queries.survey(people.viewer_with("officer"), survey.public_id) == survey
    for viewer in (people.viewer_with("lead"), ANONYMOUS):
        with pytest.raises(NotFound):
            queries.survey(viewer, survey.public_id)


def test_surveys_are_shown_by_role_or_by_an_invitation(django_assert_num_queries):
    invited = people.person()
    make.invitation(lead=people.person(), signer=invited)

    shown = {
        role: queries.has_surveys(people.viewer_with(role))
        for role in ("officer", "focal_point", "contributor", "committee", "administrator")
    }
    with django_assert_num_queries(0):
        assert queries.has_surveys(ANONYMOUS) is False
    with django_assert_num_queries(1):
        assert queries.has_surveys(Viewer(person_id=invited.pk)) is True

    assert shown == {
        "officer": True, "focal_point": True, "contributor": True, "committee": False,
        "administrator": False,
    }  # fmt: skip
    assert queries.has_surveys(people.viewer_with()) is False
