"""The heat map: a picture, and the same in numbers."""

from tests.factories import readiness_report as make

from serai.base.blocks import Figure, blocks_of


def test_the_table_beside_the_picture_holds_scores_or_intervals(secretariat, tables):
    (figure,) = [
        one for one in blocks_of(secretariat.blocks)
        if isinstance(one, Figure) and one.key == "heat-1"
    ]  # fmt: skip

    assert figure.alt
    assert [row[1:] for row in tables["heat-table-1"]] == [
        ["100", "67", "42–75", "75"], ["83", "33", "17", "58"], ["17–83", "33", "17", "58"],
    ]  # fmt: skip


def test_without_scores_there_is_no_map(editions):
    assert make.chapter(editions["empty"].document, "heat") == ["No office is scored yet."]
