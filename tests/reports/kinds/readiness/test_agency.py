"""A page for each office."""

import re
from types import SimpleNamespace

from tests.factories import readiness_report as make
from tests.factories.document_text import pdf_pages

from serai.base.blocks import Callout, blocks_of, inline_text
from serai.readiness.queries.agency_page import CardRow
from serai.reports.actions.documents import render
from serai.reports.kinds.readiness import agency
from serai.reports.kinds.readiness.pen import Pen
from serai.reports.states import FileFormat


def test_the_line_is_told_by_p5_p50_and_p95(secretariat, tables):
    key = make.office_key(secretariat, 0)

    assert tables[f"line-{key}"] == [
        ["Down, Mbit/s", "40.0", "40.0", "40.0", "4"],
        ["Up, Mbit/s", "30.0", "30.0", "30.0", "4"],
        ["Voice, R", "90", "90", "90", "4"],
    ]
    first, tiers = make.notes(secretariat, f"line-{key}")
    assert first == "With so few tests, p5 is the lowest of them."
    assert "Microsoft Teams best (audio, video meeting, screen)" in tiers


def test_an_office_without_tests_says_so(secretariat, tables):
    key = make.office_key(secretariat, 2)

    assert f"line-{key}" not in tables
    assert "The line was not tested: its figures are as declared, if at all." in make.chapter(
        secretariat, "agencies"
    )


def test_the_contingency_card_holds_what_the_next_event_asks(secretariat, tables):
    key = make.office_key(secretariat, 0)

    assert [(row[0], row[3]) for row in tables[f"card-{key}"]] == [
        ("Time since the plan for a failing line was rehearsed", "met"),
        ("Is there a second way to the internet?", "met"),
        ("Minutes that router and computers run on batteries", "met"),
        ("Time since the plan for a failing platform was rehearsed", "not known"),
    ]
    (evidence,) = make.notes(secretariat, f"card-{key}")
    assert re.fullmatch(
        r"Evidence\. Assessment \w+; 74% of the weight is known\. Security gate: matters of low "
        r"sensitivity: met; matters of medium sensitivity: not known; matters of high sensitivity: "
        r"not known\. Tests: 4, of which 4 in busy hours, on 4 days\. Answers: \w+\.",
        evidence,
    )


def test_the_index_lists_every_office(tables):
    assert [row[2:] for row in tables["offices"]] == [
        ["E5", "E1", "79", "confirmed"],
        ["E1", "none", "52", "confirmed"],
        ["none", "none", "39", "confirmed"],
    ]


def test_results_under_review_say_so(editions):
    found = [one for one in blocks_of(editions["review"].document.blocks)
             if isinstance(one, Callout)]  # fmt: skip

    assert [inline_text(one.blocks[0].children) for one in found] == [
        "Not confirmed: the agency still looks at these results."
    ]
    assert "Results that are not confirmed yet" in " ".join(
        make.chapter(editions["review"].document, "purpose")
    )


def test_each_office_takes_one_page_of_the_pdf(secretariat):
    every = pdf_pages(render(secretariat, FileFormat.PDF))

    pages = [page for page in every if "Contingency card" in page]
    assert len(pages) == 3
    assert all("Evidence." in page and "of the weight measured" in page for page in pages)


def test_a_long_card_names_below_what_is_met():
    rows = [
        CardRow(
            f"plan.{n}",
            f"Plan {n}",
            "at_most",
            12.0,
            "",
            5.0,
            "",
            "months",
            "",
            "declared",
            verdict,
        )
        for n, verdict in enumerate(["pass", "fail", "pass", "unknown", "pass"])
    ]
    page = SimpleNamespace(
        card=rows, office="o", target="E3", assessment="a", edition=1, known_share=1.0, gate={},
        line=None,
    )  # fmt: skip
    pen = Pen(None, SimpleNamespace(edition=1, agencies=[]))

    (table,) = agency.card(pen, page)

    assert [inline_text(row.cells[0].children) for row in table.rows] == ["Plan 1", "Plan 3"]
    assert inline_text(table.notes[0]) == "Met: Plan 0; Plan 2; Plan 4."
