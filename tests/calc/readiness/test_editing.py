"""Rows of a definition's document are changed one by one, and written as readiness.toml."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serai.calc.readiness.conditions import Operator
from serai.calc.readiness.definition import read_definition
from serai.calc.readiness.editing import (
    CriterionEdit,
    NoSuchRow,
    PackageEdit,
    RowEdit,
    row_of,
    rows_of,
    to_toml,
    with_criterion,
    with_event_row,
    with_package,
    with_weights,
)
from serai.calc.readiness.ladder import Role

PRESET = Path(__file__).parents[3] / "src/serai/setup/presets/carec/readiness.toml"


@pytest.fixture
def document():
    return tomllib.loads(PRESET.read_text(encoding="utf-8"))


EDIT = CriterionEdit(
    2.0,
    (5.0, 7.5, 20.0),
    "kit",
    "Test",
    {"en": "Down"},
    {"en": ("a", "b", "c"), "ru": ("", "", "")},
)


def test_a_criterion_is_changed_and_the_document_before_is_not(document):
    before = to_toml(document)

    new = with_criterion(document, "C1", EDIT)

    assert row_of(new, "criteria", "C1") == {
        "code": "C1", "dimension": "C", "fact": "link.down_p5", "weight": 2,
        "thresholds": [5, 7.5, 20], "lever": "kit", "source": "Test", "name": {"en": "Down"},
        "words": {"en": "a / b / c"},
    }  # fmt: skip
    assert to_toml(document) == before


def test_what_is_empty_is_taken_away(document):
    edit = CriterionEdit(1.0, ("3", "4", "5"), "people", "", {}, {})

    new = with_criterion(document, "L4", edit)

    assert row_of(new, "criteria", "L4") == {
        "code": "L4", "dimension": "L", "fact": "collaboration.outcome_effect",
        "thresholds": ["3", "4", "5"], "lever": "people", "weight": 1,
    }  # fmt: skip


def test_weights_are_changed(document):
    new = with_weights(document, {"C": 25.0, "D": 20.0})

    assert [one["weight"] for one in rows_of(new, "dimensions")] == [25, 30, 20, 25]


def test_an_events_own_row_is_changed_in_its_place(document):
    edit = RowEdit("host", "link.down_p5", Operator.AT_LEAST, 8.0, "link", source="Test")

    new = with_event_row(document, "E2", edit)

    row = row_of(new, "events", "E2")["rows"][2]
    assert row == {
        "role": "host", "fact": "link.down_p5", "at_least": 8, "lever": "link", "source": "Test",
    }  # fmt: skip


def test_a_row_taken_over_is_added(document):
    edit = RowEdit(
        "host", "kit.microphone", Operator.AT_LEAST, "gooseneck", "kit", gate="contingency"
    )

    new = with_event_row(document, "E3", edit)

    rows = row_of(new, "events", "E3")["rows"]
    assert len(rows) == len(row_of(document, "events", "E3")["rows"]) + 1
    assert rows[-1]["gate"] == "contingency"
    assert read_definition(new).ladder.event("E5").rows(Role.HOST)


def test_an_event_without_rows_is_given_its_first(document):
    document["events"].append({"code": "E6", "value": 20})

    new = with_event_row(
        document, "E6", RowEdit("host", "kit.cameras", Operator.AT_LEAST, 3.0, "kit")
    )

    assert len(row_of(new, "events", "E6")["rows"]) == 1


def test_an_event_whose_rows_are_no_list_is_refused(document):
    document["events"][0]["rows"] = "none"

    with pytest.raises(NoSuchRow):
        with_event_row(
            document, "E1", RowEdit("host", "kit.cameras", Operator.AT_LEAST, 3.0, "kit")
        )


def test_a_package_is_changed(document):
    edit = PackageEdit((("link.down_p5", 50.0),), "link", True, 6, 3, {"en": "Line"})

    new = with_package(document, "LINK", edit)

    assert row_of(new, "packages", "LINK") == {
        "code": "LINK", "lever": "link", "name": {"en": "Line"}, "shared": True,
        "effects": [{"fact": "link.down_p5", "value": 50}], "lead_weeks": 6, "life_years": 3,
    }  # fmt: skip


@pytest.mark.parametrize(
    "act",
    [
        lambda d: with_criterion(d, "X", EDIT),
        lambda d: with_weights(d, {"X": 1.0}),
        lambda d: with_event_row(d, "X", RowEdit("host", "a", Operator.AT_MOST, 1.0, "kit")),
        lambda d: with_package(d, "X", PackageEdit((), "kit", False, 0, 0, {})),
    ],
)
def test_a_row_that_is_not_there_is_refused(act, document):
    with pytest.raises(NoSuchRow, match="no row 'X'"):
        act(document)


def test_rows_of_what_is_no_table_are_none():
    assert rows_of({"criteria": "none"}, "criteria") == []
    assert rows_of({}, "criteria") == []


def test_the_file_gives_the_same_document(document):
    assert tomllib.loads(to_toml(document)) == document


@given(
    st.dictionaries(
        st.sampled_from(["en", "ru", "tg"]), st.text(' "\\\n\t\r\x00\x1f\x7f\u2028éЖ{}=#\U0001f600')
    ),
    st.lists(st.one_of(st.integers(-(2**53), 2**53), st.floats(allow_nan=False), st.booleans())),
)
def test_any_words_and_numbers_survive_the_file(words, values):
    document = {"version": "1", "criteria": [{"code": "C", "name": words, "thresholds": values}]}

    assert tomllib.loads(to_toml(document)) == document
