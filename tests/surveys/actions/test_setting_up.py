"""A preset's survey: entered with what its kind begins with, its form published, its sample round."""

from datetime import date

import pytest
from tests.factories import forms as form
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.models import Message
from serai.base.text import TranslatedText
from serai.surveys import actions
from serai.surveys.actions import FormNotRead, SampleWave
from serai.surveys.models import FormVersion, Invitation

pytestmark = pytest.mark.django_db


def put(kind="questionnaire"):
    return actions.put_survey(
        code="offices", kind=kind, title=TranslatedText.of("Offices"), initiative=None,
        languages=("en", "ru"), now=make.NOON,
    )  # fmt: skip


def put_form(survey, text):
    return actions.put_form(
        survey=survey, content=text.encode(), name="offices.md", by=form.officer(), now=make.NOON
    )


KINDS = {
    "questionnaire": (True, True, False), "application": (False, False, False),
    "judging": (False, False, False), "feedback": (False, False, True),
    "interview": (False, False, False),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_sets_what_a_survey_begins_with(kind):
    survey = put(kind)

    found = (survey.has_signature, survey.has_clearance, survey.is_anonymous)
    assert found == KINDS[kind]
    assert (survey.state, survey.languages) == ("draft", ["en", "ru"])


def test_its_form_is_published_with_every_warning_known():
    version = put_form(put(), form.markdown())

    assert (version.state, version.number, version.form_id) == ("published", 1, "offices")
    assert version.sections.count() == 3
    assert version.languages == ["en", "ru"]


def test_a_form_with_faults_is_refused_with_all_of_them():
    wrong = form.markdown(
        form.row("text", "a", "A", ru="А", relevant="${nowhere} = 1"),
        form.row("text", "b", "B", ru="Б", relevant="${neither} = 1"),
    )

    with pytest.raises(FormNotRead) as refused:
        put_form(put(), wrong)

    said = " ".join(refused.value.problems)
    assert "nowhere" in said
    assert "neither" in said
    assert not FormVersion.objects.exists()


def test_a_sample_round_is_open_asks_and_writes_no_letter():
    survey = put()
    put_form(survey, form.markdown())
    place, empty = people.organisation("Roads"), people.organisation("Rails")
    lead = people.person_with("lead", place, language="ru")
    before = Message.objects.count()
    facts = SampleWave(
        TranslatedText.of("Sample"), date(2021, 3, 1), date(2021, 4, 1),
        [(place.pk, place.member_id), (empty.pk, None)],
    )  # fmt: skip

    asked = actions.put_sample_wave(survey=survey, facts=facts, now=make.NOON)

    wave = survey.waves.get()
    assert (wave.state, wave.sample, wave.version.number) == ("open", True, 1)
    assert [(one.lead, one.language, one.state) for one in asked] == [
        (lead, "ru", "sent"), (None, "en", "drafted"),
    ]  # fmt: skip
    assert Invitation.objects.filter(sample=True).count() == 2
    assert Message.objects.count() == before
