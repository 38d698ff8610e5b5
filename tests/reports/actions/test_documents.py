import json
from datetime import UTC, date, datetime

import pytest
from tests.factories.programme import initiative, milestone, programme
from tests.factories.reports import NOON, run

from serai.base.blocks import inline_text
from serai.reports.actions import documents
from serai.reports.models import Narrative
from serai.reports.states import FileFormat, RunState

pytestmark = pytest.mark.django_db
ISSUE_DAY = date(2021, 7, 2)


def test_the_day_is_the_programmes_own():
    programme()

    assert documents.programme_day(datetime(2021, 6, 30, 17, tzinfo=UTC)) == date(2021, 7, 1)


def test_a_snapshot_holds_facts_and_documents_in_every_language():
    milestone(initiative("a"), "22 June 2021")
    made = run(languages=["en", "ru"])

    frozen = documents.snapshot(made, dated=ISSUE_DAY)

    held = json.loads(frozen)
    assert (held["number"], held["as_of"], held["dated"], held["languages"]) == (
        1, "2021-06-30", "2021-07-02", ["en", "ru"],
    )  # fmt: skip
    assert held["facts"]["milestones"]["a/1"]["status"] == "overdue"
    assert {code: tree.date for code, tree in documents.documents_in(frozen).items()} == {
        "en": ISSUE_DAY, "ru": ISSUE_DAY,
    }  # fmt: skip


def test_an_issued_report_prints_the_audit_head():
    initiative("a")
    made = run()

    tree = documents.documents_in(documents.snapshot(made, dated=ISSUE_DAY))["en"]

    assert str(documents.audit.head()) in inline_text(tree.blocks[-1].children)


def test_canonical_json_has_one_form():
    assert documents.canonical({"b": 1, "a": "я"}) == '{"a":"я","b":1}'
    assert documents.canonical("e\u0301") == documents.canonical("\u00e9") == '"\u00e9"'


def test_a_correction_names_the_old_on_its_cover():
    initiative("a")
    first = run(RunState.ISSUED)

    assert documents.reference(first, "en") == "Report 1"
    assert documents.reference(run(corrects=first), "en") == "Report 2, correcting report 1"


def test_a_document_with_a_sample_text_is_sample():
    initiative("virtual-carec")
    made = run()
    Narrative.objects.create(
        run=made, block="virtual-carec/objective", written_on=NOON.date(), sample=True
    )

    assert documents.build(made, language="en", dated=ISSUE_DAY).document.sample is True


def test_the_parts_of_a_word_file_are_hashed_one_by_one():
    initiative("a")
    tree = documents.build(run(), language="en", dated=ISSUE_DAY).document

    first, second = (documents.render(tree, FileFormat.DOCX) for _time in range(2))

    assert documents.docx_parts(first) == documents.docx_parts(second)
    assert "word/document.xml" in documents.docx_parts(first)
