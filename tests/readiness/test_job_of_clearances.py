"""Cleared answers reach the room by the job that the preset names."""

import pytest
from tests.factories import assessing as make

from serai.base.jobs import run_ready
from serai.readiness.models import Office
from serai.surveys.actions.acts import tell_rooms
from serai.surveys.states import SurveyEvent

pytestmark = pytest.mark.django_db


def run_all():
    while run_ready(now=make.NOON):
        pass


def test_a_clearance_makes_the_office():
    make.framework()
    response = make.answered()

    tell_rooms(response, SurveyEvent.CLEARED)
    run_all()

    assert Office.objects.get().organisation_id == response.invitation.organisation_id


def test_without_a_framework_the_job_gives_up_and_says_what_to_do():
    response = make.answered()

    tell_rooms(response, SurveyEvent.CLEARED)
    run_all()

    assert Office.objects.count() == 0
