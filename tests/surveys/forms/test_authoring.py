"""Forms of authoring take clean input and say what is wrong with it."""

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories import forms as make

from serai.base.files import Checked
from serai.base.xlsform import read_xlsform, to_xlsx
from serai.surveys.forms import MovesForm, TranslatorForm, UploadForm
from serai.surveys.forms.authoring import LONGEST_MARKDOWN


def test_tables_written_are_kept_as_markdown():
    form = UploadForm({"text": "| survey |"})

    assert form.is_valid()
    assert form.checked == Checked(b"| survey |", "form.md", "text/markdown")


def test_a_workbook_is_kept_as_it_was_checked():
    content = to_xlsx(read_xlsform(make.markdown(), "form.md").sheets)
    form = UploadForm({}, {"file": SimpleUploadedFile("my form.xlsx", content)})

    assert form.is_valid()
    assert (form.checked.content, form.checked.name) == (content, "my form.xlsx")


def test_tables_of_half_a_million_signs_are_too_long():
    form = UploadForm({"text": "x" * (LONGEST_MARKDOWN + 1)})

    assert not form.is_valid()
    assert list(form.errors) == ["text"]


def test_a_refused_file_is_said_once_at_its_field():
    form = UploadForm({}, {"file": SimpleUploadedFile("form.pdf", b"%PDF-")})

    assert not form.is_valid()
    assert list(form.errors) == ["file"]


def test_each_new_question_may_be_one_that_is_gone_or_new():
    form = MovesForm(
        {"move_0": "/data/a"}, added={"/data/b": "B", "/data/c": ""}, removed={"/data/a": "A"}
    )

    assert [field.label for field in form.fields.values()] == ["B (/data/b)", "/data/c"]
    assert form.fields["move_0"].choices == [("", "It is new"), ("/data/a", "A (/data/a)")]
    assert form.is_valid()
    assert form.moves == {"/data/b": "/data/a", "/data/c": ""}


def test_what_is_not_gone_cannot_be_chosen():
    form = MovesForm({"move_0": "/data/z"}, added={"/data/b": "B"}, removed={"/data/a": "A"})

    assert not form.is_valid()


def test_a_translator_is_one_of_the_people_for_one_of_the_languages():
    people, languages = [("p1", "Aida")], [("ru", "Russian")]

    def form(**given: str) -> TranslatorForm:
        return TranslatorForm(given, people=people, languages=languages)

    assert form(person="p1", language="ru").is_valid()
    assert not form(person="p2", language="ru").is_valid()
    assert not form(person="", language="ru").is_valid()
    assert not form(person="p1", language="ky").is_valid()
