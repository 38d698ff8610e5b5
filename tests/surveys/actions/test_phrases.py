"""Translations are remembered, never written over another's, and taken back whole."""

import pytest
from tests.factories import forms as form
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.access import Denied
from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.actions import OtherQuotes, OthersText, PhraseWritten, Refused
from serai.surveys.models import Phrase, Translator
from serai.surveys.queries.phrases import seen_mark, source_hash

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


def kept(survey) -> dict[str, tuple[str, str]]:
    return {row.source: (row.text, row.state) for row in survey.phrases.filter(language="ru")}


def seen(survey, source: str) -> str:
    row = survey.phrases.get(source=source, language="ru")
    return seen_mark(row.text, row.state)


def write(survey, by, text: str, *, source="City", is_checked=False, saw=None) -> int:
    saw = seen(survey, source) if saw is None else saw
    return actions.write_phrases(
        survey=survey, language="ru", by=by, now=make.NOON,
        written={source_hash(source): PhraseWritten(text, is_checked, saw)},
    )  # fmt: skip


def test_a_new_forms_texts_are_drafts_or_missing(survey):
    assert kept(survey) == {"Name": ("Имя", "draft"), "City": ("", "missing")}


def test_a_text_is_written_as_draft_or_checked(survey, by):
    assert write(survey, by, "Город") == 1
    assert kept(survey)["City"] == ("Город", "draft")

    assert write(survey, by, "Город", is_checked=True) == 1
    assert kept(survey)["City"] == ("Город", "checked")


def test_writing_the_same_again_changes_nothing(survey, by):
    write(survey, by, "Город")

    assert write(survey, by, "Город") == 0


def test_an_emptied_text_is_missing_again(survey, by):
    write(survey, by, "", source="Name", is_checked=True)

    assert kept(survey)["Name"] == ("", "missing")


def test_anothers_text_is_never_written_over(survey, by):
    before = seen(survey, "City")
    write(survey, by, "Город")

    with pytest.raises(OthersText) as others:
        write(survey, by, "Населённый пункт", saw=before)

    assert others.value.theirs == {source_hash("City"): "Город"}
    assert kept(survey)["City"] == ("Город", "draft")


def test_two_who_write_the_same_do_not_quarrel(survey, by):
    before = seen(survey, "City")
    write(survey, by, "Город")

    assert write(survey, by, "Город", saw=before) == 0


def test_a_translation_quotes_the_same_answers(by):
    survey = make.survey(state="draft", code="other", languages=["en", "ru"])
    quoting = form.row("text", "b", "Where is ${a}?", ru="")
    form.handed_in(survey, form.markdown(A, quoting, form_id="other", choices=""), by)

    for bad in ("Где?", "Где ${b}?", "Где ${a} и ${a}?"):
        with pytest.raises(OtherQuotes):
            write(survey, by, bad, source="Where is ${a}?")

    assert write(survey, by, "Где ${ a }?", source="Where is ${a}?") == 1


def test_the_next_version_keeps_what_is_known(survey, by):
    write(survey, by, "Город", is_checked=True)
    write(survey, by, "Имя", source="Name", is_checked=True)
    rows = (form.row("text", "a", "Name", ru="Имя"), form.row("text", "b", "City", ru=""),
            form.row("text", "c", "Street", ru="Улица"))  # fmt: skip

    form.handed_in(survey, form.markdown(*rows, version="2", choices=""), by)

    assert kept(survey) == {
        "Name": ("Имя", "checked"), "City": ("Город", "memory"), "Street": ("Улица", "draft"),
    }  # fmt: skip


def test_what_the_sheets_say_counts_over_the_memory(survey, by):
    write(survey, by, "Город", is_checked=True)

    form.handed_in(
        survey, form.markdown(A, form.row("text", "b", "City", ru="Пункт"), version="2"), by
    )

    assert kept(survey)["City"] == ("Пункт", "draft")


def test_a_proposed_text_stays_proposed_until_it_is_checked(survey, by):
    write(survey, by, "Город")
    form.handed_in(survey, form.markdown(A, B, version="2", choices=""), by)
    assert kept(survey)["City"] == ("Город", "memory")

    assert write(survey, by, "Город") == 0
    assert write(survey, by, "Город", is_checked=True) == 1

    assert kept(survey)["City"] == ("Город", "checked")


def test_translators_write_their_own_language_alone(survey, by):
    someone = people.person()
    Translator.objects.create(survey=survey, person=someone, language="ky")
    stranger = viewer_of(someone, make.NOON)

    with pytest.raises(Denied):
        write(survey, stranger, "Город")

    Translator.objects.create(survey=survey, person=someone, language="ru")
    assert write(survey, stranger, "Город") == 1


# ---------------------------------------------------------------- tables


def bring(survey, by, texts: dict[str, str]) -> dict[str, tuple[str, str]]:
    return actions.import_phrases(
        survey=survey, language="ru", by=by, now=make.NOON,
        texts={source_hash(one): text for one, text in texts.items()},
        seen={source_hash(one): seen(survey, one) for one in texts},
    )  # fmt: skip


def undo(survey, by, before, texts: dict[str, str]) -> int:
    return actions.undo_import(
        survey=survey, language="ru", before=before, by=by, now=make.NOON,
        texts={source_hash(one): text for one, text in texts.items()},
    )  # fmt: skip


def test_a_table_is_written_whole_and_taken_back_whole(survey, by):
    texts = {"Name": "Название", "City": "Город"}

    before = bring(survey, by, texts)

    assert kept(survey) == {"Name": ("Название", "draft"), "City": ("Город", "draft")}
    assert undo(survey, by, before, texts) == 2
    assert kept(survey) == {"Name": ("Имя", "draft"), "City": ("", "missing")}


def test_a_table_is_written_whole_or_not_at_all(survey, by):
    stale = {source_hash(one): seen(survey, one) for one in ("Name", "City")}
    write(survey, by, "Населённый пункт")
    texts = {source_hash("Name"): "Название", source_hash("City"): "Город"}

    with pytest.raises(OthersText):
        actions.import_phrases(
            survey=survey, language="ru", texts=texts, seen=stale, by=by, now=make.NOON
        )

    assert kept(survey)["Name"] == ("Имя", "draft")


def test_undoing_stops_where_a_text_was_changed_since(survey, by):
    texts = {"Name": "Название", "City": "Город"}
    before = bring(survey, by, texts)
    write(survey, by, "Населённый пункт")

    with pytest.raises(Refused, match="nothing is undone"):
        undo(survey, by, before, texts)

    assert kept(survey)["Name"] == ("Название", "draft")


def test_removing_a_survey_removes_its_memory(survey):
    survey.delete()

    assert Phrase.objects.count() == 0
