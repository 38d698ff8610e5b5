"""Chapters 3 and 4: six groups, the security gate, risks."""

from tests.factories import readiness_report as make

from serai.base.blocks import to_json


def test_each_rule_says_how_many_offices_it_was_put_before(tables):
    assert tables["advice-table-equipment"] == [
        ["EQP-2", "Add USB headsets: … % of the seats have one, 90 % should.", "3", "0",
         "USB headsets"],
    ]  # fmt: skip
    assert [row[0] for row in tables["advice-table-collaboration"]] == ["COL-1", "COL-2"]


def test_a_group_without_advice_says_so(secretariat):
    said = make.chapter(secretariat, "recommendations")

    assert "Nothing is advised to these offices in this group." in said


def test_of_security_only_the_gate_is_told(secretariat, tables):
    assert tables["gate-table"] == [
        ["matters of low sensitivity", "3", "0", "0"],
        ["matters of medium sensitivity", "0", "2", "1"],
        ["matters of high sensitivity", "0", "2", "1"],
    ]
    assert "SEC-1" not in to_json(secretariat)


def test_risks_are_counted_and_those_of_lines_only_for_their_readers(editions, tables):
    counts = {row[0]: row[1] for row in tables["risks-table"]}

    assert counts["The line was not tested, or too little to rely on"] == "1"
    assert counts["Too little battery time for the next event"] == "0"
    out = make.tables(editions["members"].document)["risks-table"]
    assert "The line was not tested, or too little to rely on" not in {row[0] for row in out}
