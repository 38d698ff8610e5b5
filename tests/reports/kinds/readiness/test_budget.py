"""The plan: whole for the secretariat, own lines for others."""

from tests.factories import readiness_report as make


def test_the_secretariat_sees_plan_events_and_frontier(secretariat, tables):
    assert [row[1:] for row in tables["plan-lines"]] == [
        ["Faster, dedicated line", "6\u00a0300\u00a0USD", "50%"],
        ["National kit on loan", "2\u00a0700\u00a0USD", "100%"],
    ]
    assert [row[1:] for row in tables["plan-events"]] == [
        ["none", "E3"], ["none", "E1"], ["none", "E1"],
    ]  # fmt: skip
    assert tables["frontier-table"][1] == [
        "5\u00a0000\u00a0USD",
        "8.0",
        "4\u00a0800\u00a0USD",
        "1.00",
    ]
    said = make.chapter(secretariat, "budget")
    assert said[0].startswith(
        "For a budget of 10\u00a0000\u00a0USD over 3 years the best plan found costs"
    )
    assert said[-1] == "Without a price, so not offered: RENT."


def test_an_agency_sees_its_own_lines_and_no_budget(editions):
    document = editions["agency"].document
    found = make.tables(document)

    assert [row[1:] for row in found["plan-lines"]] == [
        ["Faster, dedicated line", "6\u00a0300\u00a0USD"]
    ]
    assert "frontier-table" not in found
    assert make.chapter(document, "budget") == [
        "Told here is what a plan would buy for the offices of this report."
    ]
