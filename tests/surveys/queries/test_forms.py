"""A form is compiled once while it is the same, and anew once its files or texts are others."""

import io

import pytest
from tests.factories import forms as form
from tests.factories import surveys as make

from serai.base.files import check_file
from serai.surveys import actions, queries
from serai.surveys.queries.forms import language_of, parts_of, tag_of

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


def test_sections_are_groups_repeats_and_loose_questions_first():
    version = form.handed_in(
        make.survey(code="offices"),
        form.markdown(form.OFFICE, form.ROOMS, form.row("text", "late", "Late", ru="Позже")),
    )

    found = parts_of(queries.compiled(version))

    assert [(one.slug, one.path, one.repeat_path) for one in found] == [
        ("questions", "", ""),
        ("office", "/data/office", ""),
        ("room", "/data/room", "/data/room"),
    ]


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
