"""Remembered texts go into the form: in place while it is checked, else as a new version."""

import pytest
from tests.factories import forms as form
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.access import Denied, Viewer
from serai.base.jobs import run_ready
from serai.base.models import Job
from serai.surveys import actions, queries
from serai.surveys.actions import FormMoved, PhraseWritten, Refused
from serai.surveys.models import FormVersion, Survey, Translator
from serai.surveys.queries.phrases import seen_mark, source_hash
from serai.surveys.queries.sheets import sheets_of
from serai.surveys.states import SurveyState, VersionState

pytestmark = pytest.mark.django_db
A = form.row("text", "a", "Name", ru="Имя")
B = form.row("text", "b", "City", ru="")


@pytest.fixture
def by():
    return form.officer()


@pytest.fixture
def survey(by):
    survey = make.survey(state="draft", code="offices", languages=["en", "ru"])
    form.handed_in(survey, form.markdown(A, B, choices=""), by)
    return survey


def write(survey, by, text: str = "Город", source: str = "City", language: str = "ru") -> None:
    row = survey.phrases.get(source=source, language=language)
    actions.write_phrases(
        survey=survey, language=language, by=by, now=make.NOON,
        written={source_hash(source): PhraseWritten(text, True, seen_mark(row.text, row.state))},
    )  # fmt: skip


def put(survey, by) -> None:
    actions.ask_to_put(survey=survey, by=by, now=make.NOON)
    run_ready(now=make.NOON)


def labels(version: FormVersion, language: str) -> list[str]:
    return [q.label for one in queries.preview(version, language) for q in one.questions]


def test_texts_go_into_the_checked_version_in_place(survey, by):
    version = survey.versions.get()
    before = version.sha256
    write(survey, by)

    put(survey, by)

    version.refresh_from_db()
    assert (version.version, version.state, version.sha256 != before) == (
        "1", VersionState.CHECKED, True,
    )  # fmt: skip
    assert labels(version, "ru") == ["Имя", "Город"]
    assert [one.percent for one in queries.language_rows(version, queries.compiled(version))] == [
        100, 100,
    ]  # fmt: skip


def test_of_a_published_form_a_new_version_is_made(survey, by):
    write(survey, by)
    put(survey, by)
    first = form.acknowledged(survey.versions.get(), by)
    actions.publish(version=first, by=by, now=make.NOON)
    write(survey, by, "Населённый пункт")

    put(survey, by)

    second = survey.versions.get(number=2)
    assert (second.version, second.state, second.change_note) == (
        "2", VersionState.CHECKED, "Translations",
    )  # fmt: skip
    assert queries.compiled(second).version == "2"
    assert labels(second, "ru") == ["Имя", "Населённый пункт"]
    assert labels(FormVersion.objects.get(pk=first.pk), "ru") == ["Имя", "Город"]


def test_a_language_the_sheets_lack_gets_columns_of_its_own(by):
    survey = make.survey(state="draft", code="offices", languages=["en", "ru", "ky"])
    form.handed_in(survey, form.markdown(A, choices=""), by)
    write(survey, by, "Аты", "Name", "ky")

    put(survey, by)

    version = survey.versions.get()
    assert "label::Kyrgyz (ky)" in sheets_of(version).survey.columns
    assert labels(version, "ky") == ["Аты"]


def test_sheets_that_say_one_text_in_two_ways_keep_both(by):
    survey = make.survey(state="draft", code="offices", languages=["en", "ru"])
    rows = (
        form.row("text", "a", "No", ru="Номер"), form.row("text", "b", "No", ru="Нет"),
        form.row("text", "c", "No", ru=""),
    )  # fmt: skip
    form.handed_in(survey, form.markdown(*rows, choices=""), by)

    put(survey, by)

    assert labels(survey.versions.get(), "ru") == ["Номер", "Нет", "Номер"]


def test_choices_and_messages_are_translated_too(by):
    survey = make.survey(state="draft", code="offices", languages=["en", "ru"])
    asked = form.row("integer", "n", "N", ru="Н", constraint=". > 0", message="Above 0.")
    chosen = form.row("select_one yes_no", "c", "C", ru="В")
    text = form.markdown(asked, chosen, choices=form.CHOICES.replace("Нет", ""))
    form.handed_in(survey, text, by)
    write(survey, by, "Больше нуля.", "Above 0.")
    write(survey, by, "Нет", "No")

    put(survey, by)

    version = survey.versions.get()
    first, second = (q for one in queries.preview(version, "ru") for q in one.questions)
    assert first.message == "Больше нуля."
    assert second.choices == (("yes", "Да"), ("no", "Нет"))


@pytest.mark.parametrize("how", ["no form", "nothing new", "archived"])
def test_where_nothing_can_be_put_it_is_said(by, how):
    survey = make.survey(state="draft", code="offices", languages=["en", "ru"])
    if how != "no form":
        form.handed_in(survey, form.markdown(A, choices=""), by)
    if how == "archived":
        Survey.objects.filter(pk=survey.pk).update(state=SurveyState.ARCHIVED)
        survey.refresh_from_db()

    with pytest.raises(Refused):
        actions.ask_to_put(survey=survey, by=by, now=make.NOON)

    assert Job.objects.filter(name="surveys.put_phrases").count() == 0


def test_a_form_changed_meanwhile_is_not_written_over(survey, by):
    write(survey, by)
    remade = actions.remake(survey=survey)
    form.handed_in(survey, form.markdown(A, B, version="2", choices=""), by)

    with pytest.raises(FormMoved):
        actions.keep_remade(survey=survey, remade=remade, by=by, now=make.NOON)


def test_a_repeat_of_the_job_finds_nothing_to_do(survey, by):
    write(survey, by)
    put(survey, by)

    assert actions.remake(survey=survey) is None


# ---------------------------------------------------------------- translators


def test_a_translator_is_added_once_and_removed(survey, by):
    someone = people.person()

    def add() -> Translator:
        return actions.add_translator(
            survey=survey, person_id=someone.pk, language="ru", by=by, now=make.NOON
        )

    row = add()
    with pytest.raises(Refused) as refused:
        add()
    assert refused.value.field == "person"

    actions.remove_translator(translator=row, by=by, now=make.NOON)
    assert Translator.objects.count() == 0


def test_only_a_language_on_offer_is_translated(survey, by):
    with pytest.raises(Refused) as refused:
        actions.add_translator(
            survey=survey, person_id=people.person().pk, language="ky", by=by, now=make.NOON
        )

    assert refused.value.field == "language"


def test_only_officers_name_translators_and_put_texts(survey, by):
    someone = people.person()
    row = Translator.objects.create(survey=survey, person=someone, language="ru")

    for act in (
        lambda: actions.add_translator(
            survey=survey, person_id=someone.pk, language="en", by=Viewer(), now=make.NOON
        ),
        lambda: actions.remove_translator(translator=row, by=Viewer(), now=make.NOON),
        lambda: actions.ask_to_put(survey=survey, by=Viewer(), now=make.NOON),
    ):
        with pytest.raises(Denied):
            act()
