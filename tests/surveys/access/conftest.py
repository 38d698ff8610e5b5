"""A response of the secretariat's initiative, begun by an agency of Georgia."""

import pytest
from tests.factories import members as people
from tests.factories import programme as plan
from tests.factories import surveys as make

from serai.surveys.models import Response


@pytest.fixture
def response():
    survey = make.survey(initiative=plan.initiative("virtual-carec"))
    place = people.organisation()
    asked = make.invitation(
        make.wave(make.version(survey)), organisation=place, signer=people.person(),
        lead=people.person(),
    )  # fmt: skip
    return Response.objects.create(
        wave=asked.wave, invitation=asked, version=asked.wave.version, started_at=make.NOON
    )
