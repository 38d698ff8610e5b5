"""Conditions in words, and as they are written where there are none."""

import pytest
from tests.factories import forms as form
from tests.factories import surveys as make

from serai.surveys import queries

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def rows():
    return (
        form.row("integer", "n", "People", ru="Люди"),
        form.row("select_one yes_no", "c", "Line?", ru="Линия?"),
        form.row("select_multiple yes_no", "m", "Which?", ru="Какие?"),
    )


WORDS = {
    "${c} = 'yes'": "“Line?” is “Yes”",
    "${c} != 'yes'": "“Line?” is not “Yes”",
    "${n} > 3": "“People” is more than 3",
    "${n} >= -3": "“People” is -3 or more",
    "${n} < 1.5": "“People” is less than 1.5",
    "${n} <= 3": "“People” is 3 or less",
    "${n} = ''": "“People” is not answered",
    "${n} != ''": "“People” is answered",
    "selected(${m}, 'no')": "“No” is chosen at “Which?”",
    "not(selected(${m}, 'no'))": "not (“No” is chosen at “Which?”)",
    "${n} > 3 and (${c} = 'yes' or ${c} = 'no')":
        "“People” is more than 3 and (“Line?” is “Yes” or “Line?” is “No”)",
    "true()": "always",
    "false()": "never",
    "${n} < today()": "“People” is less than today",
}  # fmt: skip


@pytest.mark.parametrize("written", WORDS)
def test_a_condition_reads_as_words(rows, written):
    asked = form.row("text", "a", "Asked", ru="Вопрос", relevant=written)
    version = form.handed_in(make.survey(code="offices"), form.markdown(*rows, asked))

    (section,) = queries.preview(version, "en")

    condition = section.questions[-1].condition
    assert condition == WORDS[written]
    assert type(condition) is str


AS_WRITTEN = {
    "string-length(${c}) > 3": "string-length( /data/c ) > 3",
    "${n} + 1 = 4": "/data/n + 1 = 4",
    "count(${m}) > 0": "count( /data/m ) > 0",
    "${n} = if(1, 2, 3)": "/data/n = if(1, 2, 3)",
}


@pytest.mark.parametrize("written", AS_WRITTEN)
def test_what_has_no_words_is_shown_as_it_is_written(rows, written):
    asked = form.row("text", "a", "Asked", ru="Вопрос", relevant=written)
    version = form.handed_in(make.survey(code="offices"), form.markdown(*rows, asked))

    (section,) = queries.preview(version, "en")

    condition = section.questions[-1].condition
    assert condition == AS_WRITTEN[written]
    assert condition.is_code
