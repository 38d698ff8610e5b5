"""The keys of an issued report's numbers."""

import json

import pytest
from tests.factories import reports as make
from tests.factories.programme import initiative

from serai.base.access import NotFound
from serai.reports import queries
from serai.reports.models import Run

pytestmark = pytest.mark.django_db
NUMBER = {"value": "40.0", "formula": "line", "version": "framework 1", "facts": ["link.down_p5"]}
FACTS = {
    "offices": {
        "o1": {"assessment": "a1", "answers": "r1", "tests": ["t1", "t2"], "files": ["f1"]},
        "o2": {"assessment": "a2", "answers": "", "tests": [], "files": []},
    },
    "numbers": {
        "o1/line": {**NUMBER, "sources": ["assessment:a1", "run:t2"]},
        "o2/line": {**NUMBER, "sources": ["assessment:a2"]},
        "all/offices": {**NUMBER, "sources": ["assessment:a1", "assessment:a2"]},
    },
}


def issued(facts=FACTS) -> Run:
    initiative("virtual-carec")
    made = make.run("issued")
    made.snapshot = json.dumps({"facts": facts, "documents": {}}, separators=(",", ":"))
    made.save()
    return made


def test_an_assessment_is_followed_by_the_answers_tests_and_files_it_rests_on():
    made = issued()

    found = queries.run_numbers(make.officer(), made.public_id)

    assert queries.has_numbers(made)
    assert {row.key: row.sources for row in queries.number_rows(found)} == {
        "all/offices": ("assessment:a1", "assessment:a2"),
        "o1/line": ("assessment:a1", "answer:r1", "run:t1", "file:f1", "run:t2"),
        "o2/line": ("assessment:a2",),
    }
    assert [row.key for row in queries.number_rows(found, key="o2")] == ["o2/line"]


def test_a_report_without_keys_or_not_issued_has_none():
    made = issued({})
    draft = make.run("draft")

    assert not queries.has_numbers(made)
    for run in (made, draft):
        with pytest.raises(NotFound):
            queries.run_numbers(make.officer(), run.public_id)
