"""Who reads results and figures."""

import pytest
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.programme import initiative

from serai.base.access import ANONYMOUS
from serai.surveys import access
from serai.surveys.models import Figure
from serai.surveys.queries import WaveQuestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return make.wave(make.version(make.survey(initiative=initiative())))


@pytest.mark.parametrize(
    ("role", "scope", "expected"),
    [
        ("officer", None, True),
        ("coordinator", None, True),
        ("officer", "elsewhere", False),
        ("expert", "elsewhere:GEO", False),
        ("focal_point", "GEO", False),
        ("lead", None, False),
        ("administrator", None, False),
        (None, None, False),
    ],
)
def test_results_are_the_secretariats_and_experts(wave, role, scope, expected):
    viewer = people.viewer_with(role, scope) if role else ANONYMOUS

    assert access.may_see_results(viewer, wave) is expected
    assert access.may_see_question(viewer, WaveQuestion(wave, "/a")) is expected


def test_an_expert_of_the_initiative_reads_results(wave):
    expert = people.viewer_with("expert", f"{wave.survey.initiative.code}:GEO")

    assert access.may_see_results(expert, wave) is True


@pytest.mark.parametrize(
    ("audience", "sample", "visitor", "member", "officer"),
    [
        ("secretariat", False, False, False, True),
        ("members", False, False, True, True),
        ("public", False, True, True, True),
        ("public", True, False, True, True),
    ],
)
def test_a_figure_is_its_audiences(wave, audience, sample, visitor, member, officer):
    figure = Figure(wave=wave, audience=audience, sample=sample)
    viewers = (ANONYMOUS, people.viewer_with("committee", "MNG"), people.viewer_with("officer"))

    found = tuple(access.may_see_figure(one, figure) for one in viewers)

    assert found == (visitor, member, officer)
