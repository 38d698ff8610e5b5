"""Who makes, keeps and translates surveys: every role, allowed and refused."""

import pytest
from tests.factories import members as members_make
from tests.factories import programme as plan
from tests.factories import surveys as make

from serai.base.access import Viewer
from serai.members.queries import viewer_of
from serai.surveys import access
from serai.surveys.models import Translator
from serai.surveys.queries.phrases import LanguageOf

pytestmark = pytest.mark.django_db
STAFF = {"officer", "coordinator"}
RULES = {
    access.may_see_survey: STAFF,
    access.may_keep_survey: STAFF,
    access.may_translate: STAFF,
    access.may_coordinate: {"coordinator"},
}  # fmt: skip


@pytest.fixture
def survey():
    return make.survey(languages=["en", "ru", "ky"])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_each_rule_admits_its_roles_alone(people, survey, rule):
    admitted = {
        role for role, person in people.items() if rule(viewer_of(person, make.NOON), survey)
    }

    assert admitted == RULES[rule]
    assert not rule(Viewer(), survey)


@pytest.mark.parametrize("role", ["officer", "coordinator"])
def test_staff_of_one_initiative_keep_its_surveys_and_no_others(survey, role):
    initiative = plan.initiative("virtual-carec")
    own = make.survey(initiative=initiative)
    viewer = viewer_of(members_make.person_with(role, "virtual-carec"), make.NOON)

    assert [access.may_keep_survey(viewer, one) for one in (own, survey)] == [True, False]
    assert access.may_make_survey(viewer)


def test_versions_waves_and_invitations_are_kept_like_their_survey(people):
    asked = make.invitation()
    officer = viewer_of(people["officer"], make.NOON)
    lead = viewer_of(people["lead"], make.NOON)

    for thing in (asked, asked.wave, asked.wave.version, asked.wave.survey):
        assert (access.may_keep_survey(officer, thing), access.may_keep_survey(lead, thing)) == (
            True, False,
        )  # fmt: skip


def test_a_translator_sees_the_survey_and_writes_one_language(survey):
    someone = members_make.person()
    Translator.objects.create(survey=survey, person=someone, language="ru")
    viewer = viewer_of(someone, make.NOON)

    assert access.may_see_survey(viewer, survey)
    assert not access.may_keep_survey(viewer, survey)
    assert not access.may_see_survey(viewer, make.survey())
    may = {
        code: access.may_translate_into(viewer, LanguageOf(survey, code))
        for code in survey.languages
    }
    assert may == {"en": False, "ru": True, "ky": False}


def test_only_the_signed_in_see_a_list_of_surveys(people):
    assert access.may_see_surveys(viewer_of(people["nobody"], make.NOON))
    assert not access.may_see_surveys(Viewer())
    assert not access.may_make_survey(viewer_of(people["lead"], make.NOON))
