"""Facts, needs and gaps in words."""

import pytest

from serai.readiness.exports import offices as exports
from serai.readiness.queries.results import GapShown


def gap(**fields):
    usual = {
        "fact": "continuity.ups_minutes", "label": "Battery", "need": 30.0, "need_words": "",
        "have": 20.0, "have_words": "", "unit": "min", "lever": "continuity", "gate": "none",
        "room": "", "is_missing": False, "is_decisive": False,
    }  # fmt: skip
    return GapShown(**(usual | fields))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Battery: 30 min asked, 20 min there"),
        ({"have": None, "is_missing": True}, "Battery: 30 min asked, not known"),
        ({"room": "Hall"}, "Battery (Hall): 30 min asked, 20 min there"),
        ({"fact": "security.gate"}, "Security gate: not passed"),
        ({"fact": "security.gate", "is_missing": True}, "Security gate: not known"),
        ({"unit": "months", "have": 999.0}, "Battery: 30 months asked, never there"),
        (
            {"fact": "kit.x", "label": "", "need": "cardioid", "need_words": "Directional",
             "have": "omni", "have_words": "Table"},
            "kit.x: Directional asked, Table there",
        ),
    ],
)  # fmt: skip
def test_a_gap_in_a_sentence(fields, words):
    assert exports.gap_words(gap(**fields)) == words


def test_a_contradiction_in_a_sentence():
    assert exports.clash_words(gap()) == "Battery: 30 min declared, 20 min measured"


@pytest.mark.parametrize(
    ("operator", "need", "said", "words"),
    [
        ("at_least", 4.0, "", "at least 4 Mbit/s"),
        ("at_most", 0.5, "", "at most 0.5 Mbit/s"),
        ("at_least", "omni", "Table", "Table or better"),
    ],
)
def test_what_is_asked(operator, need, said, words):
    assert exports.need_words(operator, need, said, "Mbit/s") == words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("answer:abc", "answers abc"), ("runs:a,b", "tests a, b"), ("computed", "worked out"),
        ("", None),
    ],
)  # fmt: skip
def test_where_a_fact_comes_from(source, words):
    assert exports.source_words(source) == words


def test_a_codebook_leaves_security_out():
    from tests.calc.readiness.cases import preset

    from serai.readiness.queries.codebook import codebook_rows

    table = exports.codebook_table(codebook_rows(preset()))

    assert len(table.rows) > 60
    assert not any(str(row[0]).startswith("security.") for row in table.rows)
