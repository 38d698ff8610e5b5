"""A form is compiled once while it is the same, and anew once its files or texts are others."""

import io

import pytest
from tests.factories import forms as form
from tests.factories import surveys as make

from serai.base.files import check_file
from serai.surveys import actions, queries
from serai.surveys.queries.forms import heading, language_of, part_of, parts_of, tag_of
from serai.surveys.queries.reading import opened

pytestmark = pytest.mark.django_db


def a_list(text: bytes):
    return check_file(io.BytesIO(text), "cities.csv", kinds=("csv",))


def test_a_published_form_is_compiled_once(django_assert_num_queries):
    version = make.version()
    first = queries.compiled(version)

    with django_assert_num_queries(0):
        again = queries.compiled(version)

    assert again is first


def test_a_checked_form_is_compiled_anew_when_a_file_is_another():
    by = form.officer()
    row = form.row("select_one_from_file cities.csv", "city", "City", ru="Город")
    version = form.handed_in(make.survey(code="offices"), form.markdown(row, choices=""), by)
    before = queries.compiled(version)
    assert queries.compiled(version) is before

    actions.add_file(version=version, checked=a_list(b"name,label\na,A\n"), by=by, now=make.NOON)
    with_file = queries.compiled(version)
    actions.add_file(version=version, checked=a_list(b"name,label\nb,B\n"), by=by, now=make.NOON)

    assert with_file is not before
    assert queries.compiled(version) is not with_file


def loose(name: str):
    return form.row("text", name, name.title(), ru=name.upper())


def test_pages_stand_in_the_order_of_the_form():
    version = form.handed_in(
        make.survey(code="offices"),
        form.markdown(loose("early"), form.OFFICE, form.ROOMS, loose("late"), loose("last")),
    )
    written = queries.compiled(version)

    found = parts_of(written)

    assert [(one.slug, one.path, one.repeat_path) for one in found] == [
        ("questions", "", ""),
        ("office", "/data/office", ""),
        ("room", "/data/room", "/data/room"),
        ("after-room", "", ""),
    ]
    pages = {path: part_of(written, path) for path in ("/data/late", "/data/last", "/data/none")}
    assert {path: part and part.slug for path, part in pages.items()} == {
        "/data/late": "after-room", "/data/last": "after-room", "/data/none": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([loose("early")], ["Questions"]),
        ([loose("early"), form.OFFICE], ["First questions", "The office"]),
        ([form.OFFICE, loose("late")], ["The office", "Questions after “The office”"]),
    ],
)
def test_loose_questions_are_headed_by_where_they_stand(rows, words):
    version = form.handed_in(make.survey(code="offices"), form.markdown(*rows))
    written = queries.compiled(version)
    state = opened(version, written, "en")

    assert [heading(state, one) for one in parts_of(written)] == words


def test_a_group_keeps_its_name_from_the_loose_questions():
    questions = form.OFFICE.replace("| office |", "| questions |")
    version = form.handed_in(make.survey(code="offices"), form.markdown(loose("early"), questions))

    found = parts_of(queries.compiled(version))

    assert [(one.slug, one.path) for one in found] == [
        ("questions-", ""), ("questions", "/data/questions"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "name"),
    [("ru", "Русский (ru)"), ("ru-KZ", "Русский (ru)"), ("ky", "English (en)")],
)
def test_a_form_is_read_in_the_nearest_of_its_languages(code, name):
    version = form.handed_in(make.survey(code="offices"), form.markdown())

    assert language_of(queries.compiled(version), code) == name


@pytest.mark.parametrize(
    ("name", "tag"), [("Русский (ru)", "ru"), ("English", "english"), ("فارسی (fa-AF)", "fa-af")]
)
def test_a_language_is_known_by_the_tag_in_its_name(name, tag):
    assert tag_of(name) == tag
