from dataclasses import replace
from datetime import date

import pytest
from tests.factories.programme import STAFF, programme

from serai.base import blocks as b
from serai.programme.queries import initiative_report
from serai.reports.kinds.kind import Ask
from serai.reports.kinds.progress.about import about

pytestmark = pytest.mark.django_db
D = date(2021, 6, 30)
ASK = Ask(
    viewer=STAFF, as_of=D, dated=D, language="en", audience="members", narratives={},
    languages=("en", "ru"),
)  # fmt: skip
BUILT = (
    "Its facts are those the programme knew at the end of 30 June 2021 (Manila). It is built "
    "with its readers' rights: for members. What they may not see is left out. Made in: English, "
    "Русский."
)


def said(ask: Ask) -> list[str]:
    programme()
    heading, *rest = about(ask, initiative_report(STAFF, D))
    assert b.heading_text(heading) == "About this report"
    return [b.inline_text(block.children) for block in rest]


def test_before_issue_it_names_day_readers_and_languages():
    assert said(ASK) == [BUILT]


def test_an_issued_report_prints_the_audit_head():
    assert said(replace(ASK, audit_head="12:abc")) == [
        BUILT,
        "A copy can be verified in the library of reports, which tells whether a single sign was "
        "changed.",
        "The seal of the programme's log of changes when this report was issued is 12:abc. With it "
        "one can show later that no earlier entry of the log was altered.",
    ]
