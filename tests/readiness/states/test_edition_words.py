"""Every kind and state of an edition has its word, and a mark that needs no colour."""

import pytest

from serai.base.shown import SYMBOLS
from serai.calc.network.platforms import Known, names
from serai.calc.network.tiers import Level
from serai.calc.readiness.attainment import Status
from serai.calc.readiness.framework import Lever
from serai.calc.readiness.ladder import Gate, Role, Sensitivity
from serai.readiness.states import EditionState, PolicyWord
from serai.readiness.states import edition_words as words


@pytest.mark.parametrize(
    ("told", "kinds"),
    [
        (words.EDITIONS, EditionState), (words.LEVERS, Lever), (words.ROLES, Role),
        (words.GATES, Gate), (words.LEVELS, Level), (words.KNOWN, Known),
        (words.POLICIES, PolicyWord), (words.SENSITIVITIES, Sensitivity), (words.STATUSES, Status),
        (words.PROPERTIES, names()),
    ],
)  # fmt: skip
def test_every_kind_has_a_word_of_its_own(told, kinds):
    assert set(told) == set(kinds)
    assert len({str(one) for one in told.values()}) == len(told)


def test_marks_need_no_colour():
    marks = [words.edition_mark(one) for one in EditionState]
    marks += [words.known_mark(one) for one in Known]

    assert all(mark.word and mark.tone in SYMBOLS for mark in marks)


def test_choices_are_offered_as_words():
    assert [code for code, _name in words.choices(words.LEVERS)] == [one.value for one in Lever]
