"""The assessment report: its parts, its editions, its languages, its files."""

from dataclasses import replace

import pytest
from tests.factories import readiness_report as make
from tests.factories.document_text import html_text, pdf_text, squeezed, word_members, word_text
from tests.factories.readiness import office

from serai.base.blocks import PageBreak, from_json, heading_text, headings, to_json
from serai.readiness.states import Edition
from serai.reports.access import audience_viewer
from serai.reports.actions.documents import render
from serai.reports.kinds import KINDS
from serai.reports.kinds.kind import CannotBuild
from serai.reports.kinds.readiness.report import whose_results
from serai.reports.states import FileFormat


def offices(editions, name):
    return len(make.tables(editions[name].document).get("offices", []))


def test_the_parts_are_those_of_the_programmes_outline(secretariat):
    found = [heading_text(one) for one in headings(secretariat, 1)]
    assert found == [
        "1 Objective and purpose",
        "2 Evaluation framework",
        "3 Recommendations",
        "4 Data security and risks",
        "5 Conclusion, questions and summary",
        "Annex 1 A page for each office",
        "Annex 2 Advice to each office",
        "Annex 3 Heat map",
        "Annex 4 Best use of a budget",
        "Annex 5 What is not known, and who was asked",
        "Annex 6 Training needs",
        "Annex 7 Before and after",
        "Annex 8 Where the numbers come from",
        "About this report",
    ]
    groups = [heading_text(one) for one in headings(secretariat, 2) if one.number.startswith("3.")]
    assert groups == [
        "3.1 Capacity evaluation and adjustment",
        "3.2 Ideal equipment by event type",
        "3.3 Optimising event space",
        "3.4 Effective collaboration",
        "3.5 Contingency and plan B",
        "3.6 On-demand scalable infrastructure",
    ]
    dimensions = [one.key for one in headings(secretariat, 2) if one.key.startswith("dimension-")]
    assert dimensions == ["dimension-C", "dimension-I", "dimension-D", "dimension-L"]


def test_each_edition_shows_its_own_offices(editions):
    assert {name: offices(editions, name) for name in editions} == {
        "nothing": 0, "empty": 0, "secretariat": 3, "ru": 3, "agency": 1, "country": 1,
        "members": 1, "public": 1, "shares": 1, "review": 4,
    }  # fmt: skip
    assert editions["agency"].document.subtitle.startswith("Agency ")
    assert editions["country"].document.subtitle == "Uzbekistan\nAs of 1 March 2021"


def test_what_was_let_out_holds_no_answers_tests_or_plan(editions):
    document = editions["members"].document
    written = to_json(document)

    assert make.chapter(document, "budget") == ["No plan was solved that these readers may see."]
    assert not any(key.startswith("line-") for key in make.tables(document))
    assert "Tests:" not in written
    assert "Answers:" not in written
    sources = [one["sources"] for one in editions["members"].facts["numbers"].values()]
    kinds = {source.partition(":")[0] for found in sources for source in found}
    assert kinds.isdisjoint({"run", "answer", "file", "plan"})


def test_an_empty_edition_says_what_to_do(editions):
    assert "choose a later day" in make.chapter(editions["nothing"].document, "purpose")[-1]


def test_every_office_starts_on_paper_of_its_own(secretariat):
    assert sum(isinstance(block, PageBreak) for block in secretariat.blocks) == 5


@pytest.mark.parametrize("name", ["secretariat", "ru"])
def test_the_tree_comes_back_from_its_snapshot(editions, name):
    document = editions[name].document

    assert from_json(to_json(document)) == document


def test_russian_has_no_sentence_left_in_english(editions):
    document = editions["ru"].document

    assert document.title == "Отчёт об оценке виртуальных возможностей: CAREC"
    titles = [heading_text(one) for one in headings(document, 1)]
    assert [one for one in titles if one.isascii()] == []


@pytest.mark.parametrize("format_", list(FileFormat))
def test_all_formats_say_the_same_of_an_office(secretariat, format_):
    read = {
        FileFormat.HTML: html_text,
        FileFormat.DOCX: word_text,
        FileFormat.PDF: lambda content: pdf_text(content, secretariat),
    }

    text = squeezed(read[format_](render(secretariat, format_)))

    for part in ("A page for each office", "40.0", "Tiers sustained.", "Contingency card"):
        assert squeezed(part) in text


def test_right_to_left_is_written_the_other_way_round(secretariat):
    turned = replace(secretariat, language="fa")

    assert 'dir="rtl"' in render(turned, FileFormat.HTML).decode()
    assert b"<w:bidi/>" in word_members(render(turned, FileFormat.DOCX))["word/document.xml"]
    assert render(turned, FileFormat.PDF).startswith(b"%PDF")


def test_an_edition_must_say_whose_it_is():
    assert whose_results("secretariat", {}).edition is Edition.SECRETARIAT
    assert whose_results("organisation", {"organisation": "7"}).organisation_id == 7
    assert whose_results("country", {"country": "GEO"}).iso3 == "GEO"
    for audience in ("organisation", "country"):
        with pytest.raises(CannotBuild):
            whose_results(audience, {})


@pytest.mark.django_db
def test_offers_name_the_blocks_and_editions_the_places():
    place = office()
    kind = KINDS["readiness"]
    viewer = audience_viewer("secretariat")
    assert [one.block for one in kind.offers(viewer, make.DAY, "en")] == [
        "objective", "framework", "recommendations", "security", "conclusion",
    ]  # fmt: skip
    assert [code for code, _name in kind.editions(viewer, "en")] == [
        "country:GEO", f"organisation:{place.organisation_id}:GEO",
    ]  # fmt: skip
