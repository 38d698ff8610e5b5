"""Texts edited in place, forty a page; another's edit is shown; tables go out and in."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook
from tests.factories import forms as form
from tests.factories import members as members_make
from tests.factories import surveys as make

from serai.members.queries import viewer_of
from serai.surveys.models import Translator
from serai.surveys.queries.phrases import seen_mark, source_hash

pytestmark = pytest.mark.django_db
QUERIES = 10
A = form.row("text", "a", "Name", ru="Имя")
B = form.row("text", "b", "City", ru="")
NAME, CITY = source_hash("Name"), source_hash("City")


@pytest.fixture
def by(people):
    return viewer_of(people["officer"], make.NOON)


@pytest.fixture
def officer(people, signed_in):
    return signed_in(people["officer"])


@pytest.fixture
def survey(by):
    survey = make.survey(state="draft", code="offices", languages=["en", "ru"])
    form.handed_in(survey, form.markdown(A, B, choices=""), by)
    return survey


def page(survey, name: str = "translate", language: str = "ru") -> str:
    return reverse(f"surveys:{name}", args=[survey.public_id, language])


def text(answer) -> str:
    return answer.content.decode()


def kept(survey) -> dict[str, tuple[str, str]]:
    return {row.source: (row.text, row.state) for row in survey.phrases.filter(language="ru")}


def sent(survey, **texts: str) -> dict[str, str]:
    """What the page's form sends of these texts."""
    found = {}
    for source, written in texts.items():
        row = survey.phrases.get(source=source, language="ru")
        name = source_hash(source)
        found |= {f"text-{name}": written, f"seen-{name}": seen_mark(row.text, row.state)}
    return found


# ---------------------------------------------------------------- in place


def test_each_text_stands_beside_its_translation_with_its_state(officer, survey):
    said = text(officer.get(page(survey)))

    assert f'<textarea id="text-{NAME}" name="text-{NAME}" rows="2" lang="ru" dir="ltr"' in said
    assert "Имя</textarea>" in said
    assert '<bdi class="long" lang="en" dir="auto">City</bdi>' in said


def test_texts_may_be_looked_at_by_state(officer, survey):
    said = text(officer.get(page(survey), {"state": "missing"}))

    assert (f"text-{CITY}" in said, f"text-{NAME}" in said) == (True, False)
    assert "No text is in this state." in text(officer.get(page(survey), {"state": "memory"}))


def test_what_is_written_is_saved_and_leads_back_to_the_same_page(officer, survey):
    given = sent(survey, Name="Имя", City="Город") | {f"checked-{CITY}": "on"}

    answer = officer.post(f"{page(survey)}?state=missing", given)

    assert answer["Location"] == f"{page(survey)}?state=missing"
    assert kept(survey) == {"Name": ("Имя", "draft"), "City": ("Город", "checked")}


def test_all_of_a_page_may_be_called_checked_at_once(officer, survey):
    officer.post(page(survey), sent(survey, Name="Имя", City="") | {"all": "1"})

    assert kept(survey) == {"Name": ("Имя", "checked"), "City": ("", "missing")}


def test_hidden_signs_and_blanks_at_the_ends_are_left_out(officer, survey):
    officer.post(page(survey), sent(survey, City="  Го\u202eрод\r\n"))

    assert kept(survey)["City"] == ("Город", "draft")


def test_anothers_edit_stands_beside_what_was_typed(officer, survey):
    given = sent(survey, City="Населённый пункт")
    survey.phrases.filter(source="City").update(text="Город", state="draft")

    answer = officer.post(page(survey), given)

    assert answer.status_code == 409
    said = text(answer)
    assert "Saved meanwhile by somebody else:" in said
    assert ("Город</p>" in said, "Населённый пункт</textarea>" in said) == (True, True)
    again = seen_mark("Город", "draft")
    assert f'name="seen-{CITY}" value="{again}"' in said
    assert kept(survey)["City"] == ("Город", "draft")
    officer.post(page(survey), sent(survey, City="Населённый пункт"))
    assert kept(survey)["City"] == ("Населённый пункт", "draft")


def test_other_quotes_are_said_at_the_text(officer, survey):
    given = sent(survey, City="Город ${nowhere}")

    answer = officer.post(page(survey), given)

    assert answer.status_code == 422
    assert "A translation must quote the same answers as the original" in text(answer)
    assert "Город ${nowhere}</textarea>" in text(answer)
    assert kept(survey)["City"] == ("", "missing")


def test_what_was_typed_comes_back_after_a_sign_in(client, people, survey):
    asked = client.post(page(survey), sent(survey, City="Город"))
    client.force_login(people["officer"], backend="serai.config.accounts.SignIn")

    said = text(client.get(page(survey)))

    assert asked.status_code == 302
    assert "Город</textarea>" in said
    assert "It is not saved yet." in said
    assert kept(survey)["City"] == ("", "missing")


def test_forty_texts_stand_on_a_page(officer, by):
    rows = [form.row("text", f"q{n}", f"Question {n}", ru="") for n in range(60)]
    survey = make.survey(state="draft", code="many", languages=["en", "ru"])
    form.handed_in(survey, form.markdown(*rows, form_id="many", choices=""), by)

    assert text(officer.get(page(survey))).count("<textarea") == 40
    assert text(officer.get(page(survey), {"page": 2})).count("<textarea") == 20


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_text_and_three(
    officer, by, count, django_assert_num_queries
):
    rows = [form.row("text", f"q{n}", f"Question {n}", ru="В") for n in range(count)]
    survey = make.survey(state="draft", code="many", languages=["en", "ru"])
    form.handed_in(survey, form.markdown(*rows, form_id="many", choices=""), by)
    officer.get(page(survey))

    with django_assert_num_queries(QUERIES):
        answer = officer.get(page(survey))

    assert text(answer).count("<textarea") == count


# ---------------------------------------------------------------- as a table


def table(officer, survey) -> list[list[object]]:
    answer = officer.get(page(survey, "phrases_table"))
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


def csv(rows: list[list[object]]) -> SimpleUploadedFile:
    lines = "\n".join(",".join(f'"{cell or ""}"' for cell in row) for row in rows)
    return SimpleUploadedFile("table.csv", lines.encode())


def bring(officer, survey, rows):
    return officer.post(page(survey, "import_phrases"), {"table": csv(rows)})


def packed(answer) -> str:
    return text(answer).partition('name="packed" value="')[2].partition('"')[0]


def test_the_texts_go_out_as_a_table(officer, survey):
    survey.phrases.filter(source="City").update(text="Город", state="draft")

    assert table(officer, survey) == [
        ["key", "English (en)", "Русский (ru)"],
        ["/data/a label", "Name", "Имя"],
        ["/data/b label", "City", "Город"],
    ]


def test_a_table_brought_back_unchanged_changes_nothing(officer, survey):
    answer = bring(officer, survey, table(officer, survey))

    assert answer.status_code == 200
    assert "Texts that change: <bdi>0</bdi>. Texts that stay: <bdi>1</bdi>." in text(answer)
    assert "Save all of them" not in text(answer)


def test_a_table_is_previewed_saved_whole_and_undone_whole(officer, survey):
    rows = table(officer, survey)
    rows[1][2], rows[2][2] = "Название", "Город"

    shown = bring(officer, survey, rows)
    assert "Texts that change: <bdi>2</bdi>" in text(shown)
    assert kept(survey)["City"] == ("", "missing")
    done = officer.post(page(survey, "check_phrases"), {"packed": packed(shown)})
    assert kept(survey) == {"Name": ("Название", "draft"), "City": ("Город", "draft")}
    officer.post(page(survey, "undo_phrases"), {"packed": packed(done)})

    assert kept(survey) == {"Name": ("Имя", "draft"), "City": ("", "missing")}


def test_every_fault_is_named_by_row_and_column_and_nothing_is_saved(officer, survey):
    rows = table(officer, survey)
    rows[1][2] = "Имя ${nowhere}"
    rows.append(["/data/gone label", "Gone", "Нет"])

    answer = bring(officer, survey, rows)

    assert answer.status_code == 422
    said = text(answer)
    assert "2 things need a change in the table" in said
    assert "Row 2, Русский (ru): It must quote the same answers as the original" in said
    assert "Row 4, key: The form has no such text. Download the table again." in said
    assert "Save all of them" not in said


def test_one_text_translated_in_two_ways_is_a_fault(officer, by):
    survey = make.survey(state="draft", code="two", languages=["en", "ru"])
    rows = (form.row("text", "a", "No", ru=""), form.row("text", "b", "No", ru=""))
    form.handed_in(survey, form.markdown(*rows, form_id="two", choices=""), by)
    sheet = table(officer, survey)
    sheet[1][2], sheet[2][2] = "Нет", "Номер"

    answer = bring(officer, survey, sheet)

    assert "Row 2 translates the same text otherwise." in text(answer)


def test_what_is_no_such_table_is_refused(officer, survey):
    for rows in ([["a", "b"]], [["x", "y", "z"], ["1", "2", "3"]]):
        answer = bring(officer, survey, rows)
        assert answer.status_code == 422
        assert "This is no table of translations." in text(answer)
    file = SimpleUploadedFile("table.xlsx", b"MZ")
    assert officer.post(page(survey, "import_phrases"), {"table": file}).status_code == 422
    assert officer.post(page(survey, "import_phrases"), {}).status_code == 422


def test_a_text_changed_since_the_preview_stops_the_whole_table(officer, survey):
    rows = table(officer, survey)
    rows[1][2], rows[2][2] = "Название", "Город"
    shown = bring(officer, survey, rows)
    survey.phrases.filter(source="City").update(text="Пункт", state="draft")

    answer = officer.post(page(survey, "check_phrases"), {"packed": packed(shown)})

    assert answer["Location"] == page(survey, "import_phrases")
    assert kept(survey) == {"Name": ("Имя", "draft"), "City": ("Пункт", "draft")}


def test_undoing_what_was_changed_since_is_refused(officer, survey):
    rows = table(officer, survey)
    rows[2][2] = "Город"
    done = officer.post(
        page(survey, "check_phrases"), {"packed": packed(bring(officer, survey, rows))}
    )
    survey.phrases.filter(source="City").update(text="Пункт", state="draft")

    officer.post(page(survey, "undo_phrases"), {"packed": packed(done)})

    assert kept(survey)["City"] == ("Пункт", "draft")


@pytest.mark.parametrize("name", ["check_phrases", "undo_phrases"])
def test_a_forged_or_old_preview_changes_nothing(officer, survey, name):
    answer = officer.post(page(survey, name), {"packed": "forged"})

    assert answer.status_code == 303
    assert kept(survey)["City"] == ("", "missing")


# ---------------------------------------------------------------- who may


def test_a_translator_edits_their_own_language_alone(survey, signed_in):
    survey.languages = ["en", "ru", "ky"]
    survey.save()
    someone = members_make.person()
    Translator.objects.create(survey=survey, person=someone, language="ru")
    client = signed_in(someone)

    assert client.post(page(survey), sent(survey, City="Город")).status_code == 303
    assert kept(survey)["City"] == ("Город", "draft")
    for name in ("translate", "phrases_table", "import_phrases"):
        assert client.get(page(survey, name, "ky")).status_code == 404


def test_strangers_and_languages_not_on_offer_are_not_found(people, signed_in, survey):
    assert signed_in(people["lead"]).get(page(survey)).status_code == 404
    assert signed_in(people["officer"]).get(page(survey, language="fr")).status_code == 404


def test_without_a_form_the_page_says_so(officer):
    survey = make.survey(state="draft", code="none", languages=["en", "ru"])

    assert "There is no form to translate yet." in text(officer.get(page(survey)))
    assert officer.get(page(survey, "phrases_table")).status_code == 303
