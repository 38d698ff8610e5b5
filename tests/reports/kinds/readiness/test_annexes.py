"""What is not known, training, before and after, where numbers come from."""

import pytest
from tests.factories import readiness_report as make

from serai.base.blocks import headings


def test_missing_facts_come_by_office_with_who_was_asked(secretariat, tables):
    key = make.office_key(secretariat, 2)

    assert [row[1:] for row in tables[f"unknown-{key}"]] == [
        ["1", "not asked back yet"], ["1", "by connection tests alone"],
    ]  # fmt: skip


def test_training_is_told_by_topic_and_by_office(tables):
    rows = {row[0]: row[1:] for row in tables["training-topics"]}

    assert rows["Training needed: running a meeting room"] == ["1", "1", "1"]
    assert rows["Training needed: joining and speaking"] == ["1", "1", "0"]
    assert [row[2] for row in tables["training-offices"]] == ["12", "not known", "not known"]


def test_deliveries_come_with_their_promises_and_the_line_before_and_after(tables):
    assert [row[1:] for row in tables["deliveries"]] == [
        ["Faster, dedicated line", "Installed", "22 February 2021", "2 of 3"]
    ]
    assert [row[1:] for row in tables["line-changes"]] == [
        ["Down, Mbit/s", "–", "–", "–", "too few tests"],
        ["Up, Mbit/s", "–", "–", "–", "too few tests"],
        ["Round trip, ms", "–", "–", "–", "too few tests"],
    ]


@pytest.mark.parametrize("name", ["members", "public", "nothing"])
def test_what_was_let_out_has_no_annex_that_these_readers_never_see(editions, name):
    document = editions[name].document

    keys = {one.key for one in headings(document, 1)}
    assert keys.isdisjoint({"each-advice", "unknown", "training", "changes"})
    assert ("heat" in keys, "budget" in keys) == (name == "members", name == "members")


def test_each_kind_of_figure_that_is_used_tells_its_formula(tables):
    kinds = [row[0] for row in tables["formulas"]]

    assert kinds[:3] == ["Counts", "Score", "Evidence"]
    assert {"Line", "Voice", "Tier", "Price", "Plan", "Frontier"} <= set(kinds)
