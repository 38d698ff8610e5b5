"""The ladder as rows: what each event asks itself and what it takes over."""

from tests.factories import readiness as make

from serai.readiness.queries.ladders import Held, events_of, ladder


def test_a_row_is_taken_over_until_it_is_said_anew():
    (row,) = [
        one for one in ladder(make.document()) if (one.role, one.fact) == ("host", "link.down_p5")
    ]

    assert (row.operator, row.unit) == ("at_least", "Mbit/s")
    assert [(e, held.threshold, held.is_own) for e, held in row.cells.items()] == [
        ("E1", 4, True), ("E2", 6, True), ("E3", 15, True), ("E4", 25, True), ("E5", 25, False),
    ]  # fmt: skip


def test_what_begins_higher_is_not_asked_below():
    (row,) = [one for one in ladder(make.document()) if one.fact == "continuity.ups_minutes"]

    assert list(row.cells) == ["E2", "E3", "E4", "E5"]
    assert row.cells["E2"] == Held(30, "continuity", "contingency", "", is_own=True)


def test_events_stand_from_the_simplest_up():
    assert events_of(make.document()) == ["E1", "E2", "E3", "E4", "E5"]


def test_an_event_without_rows_takes_all_over():
    document = {"events": [
        {"code": "E1", "rows": [{"role": "host", "fact": "link.rtt_ms", "at_most": 300}]},
        {"code": "E2", "rows": "none"},
    ]}  # fmt: skip

    (row,) = ladder(document)

    assert [held.is_own for held in row.cells.values()] == [True, False]
    assert row.operator == "at_most"
