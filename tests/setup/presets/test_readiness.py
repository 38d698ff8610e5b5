"""The preset's readiness.toml reads what its questionnaire asks."""

import tomllib

import pytest
from tests.factories.questionnaires import FORMS, compiled, opened

from serai.calc.readiness.definition import read_definition
from serai.calc.readiness.facts import Kind, Reading, Scope
from serai.calc.xforms.flow import ref_of

PRESET = read_definition(
    tomllib.loads((FORMS.parent / "readiness.toml").read_text(encoding="utf-8"))
)
SPECS = {one.path: one for one in compiled("readiness_office").specs}


def choices_of(path):
    """A question's choices that say something, in the form's order."""
    state = opened("readiness_office")
    cell = next(one for one in state.cells() if one.spec.path == path)
    return [one.value for one in state.choices(ref_of(cell)) if not one.is_no_information]


def test_every_question_of_a_fact_stands_in_the_questionnaire():
    asked = {path for key in PRESET.keys.values() for path in key.questions}

    assert sorted(asked - set(SPECS)) == []


def test_facts_of_rooms_are_asked_of_rooms():
    wrong = [
        key.key
        for key in PRESET.keys.values()
        if key.reading is not Reading.COMPUTED
        and any(path.startswith("/data/room/") != (key.scope is Scope.ROOM) for path in key.questions)
    ]  # fmt: skip

    assert wrong == []


DIRECT = [
    key
    for key in PRESET.keys.values()
    if key.kind is Kind.CHOICE and key.questions and key.reading in {Reading.AS_ANSWERED, Reading.MOST}
]  # fmt: skip


@pytest.mark.parametrize("key", DIRECT, ids=lambda one: one.key)
def test_a_facts_choices_are_its_questions_choices(key):
    for path in key.questions:
        assert sorted(choices_of(path)) == sorted(key.choices)


def test_numbers_are_read_from_numbers():
    wrong = [
        (key.key, path)
        for key in PRESET.keys.values()
        if key.kind is Kind.NUMBER and key.reading in {Reading.AS_ANSWERED, Reading.LEAST, Reading.SUM}
        for path in key.questions
        if SPECS[path].type not in {"int", "decimal"}
    ]  # fmt: skip

    assert wrong == []
