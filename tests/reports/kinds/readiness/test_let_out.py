"""Offices in editions for others."""

from tests.factories import readiness_report as make

from serai.base.blocks import headings, to_json


def test_the_public_reads_how_each_office_stands_with_each_event(editions):
    document = editions["public"].document
    found = make.tables(document)

    (index,) = found["offices"]
    assert index[0] == "Georgia"
    assert index[2:] == ["E1", "none", "1 March 2021"]
    assert found["events-attend"][0][1:] == ["yes", "no", "no", "no", "no"]
    assert found["events-host"][0][1:] == ["no", "no", "no", "no", "no"]
    assert [one.key for one in headings(document) if one.key.startswith("office-")] == []


def test_the_public_reads_no_score_gap_advice_or_cost(editions):
    document, facts = editions["public"].document, editions["public"].facts

    assert {one["formula"] for one in facts["numbers"].values()} <= {
        "advice", "count", "event", "formula", "framework", "share", "written",
    }  # fmt: skip
    assert [key for key in make.tables(document) if key.startswith(("gate", "risks", "heat"))] == []
    assert make.tables(document)["summary-table"] == [["Georgia", "1", "1", "0", "0"]]
    assert "Security gate:" not in to_json(document)


def test_members_read_a_page_with_scores_events_and_what_is_asked(editions):
    document = editions["members"].document
    key, found = make.office_key(document, 0), make.tables(document)

    assert [row[0][:3] for row in found[f"events-{key}"]] == ["E1.", "E2.", "E3.", "E4.", "E5."]
    assert [row[1:] for row in found[f"events-{key}"]][0] == ["attained, measured", "not attained"]
    asked = found[f"not-met-{key}"]
    assert {row[0] for row in asked} == {"E1", "E2"}
    assert {row[4] for row in asked} <= {"not met", "not known"}
    assert {len(row) for row in asked} == {5}


def test_members_read_nothing_of_facts_advice_or_security(editions):
    document = editions["members"].document
    kept = ("line-", "packages-", "card-", "advice-office", "gate-table")

    assert [key for key in make.tables(document) if key.startswith(kept)] == []
    assert len(make.tables(document)["criteria-C"][0]) == 2
    assert all(len(row) == 3 for row in make.tables(document)["advice-table-capacity"])
    written = to_json(document)
    assert "Evidence." not in written
    assert "Taken up" not in written
