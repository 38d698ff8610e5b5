"""Chapters 1 and 2: counts, dimensions, events; narratives."""

from tests.factories import readiness_report as make

from serai.base.blocks import KeyFigures, blocks_of, inline_text


def test_the_purpose_counts_offices_agencies_and_countries(secretariat):
    (first, *_others) = [
        one for one in blocks_of(secretariat.blocks) if isinstance(one, KeyFigures)
    ]

    assert [(inline_text((one.value,)), one.label) for one in first.items] == [
        ("3", "offices evaluated"), ("3", "agencies"), ("2", "countries"),
        ("3", "results confirmed"),
    ]  # fmt: skip


def test_a_narrative_stands_where_it_was_written_and_its_figures_are_told(editions):
    built = editions["secretariat"]

    assert make.chapter(built.document, "purpose")[0] == (
        "Why we looked: meetings moved online in 2020."
    )
    assert [one.partition(" ")[0] for one in built.warnings] == ["objective"]
    assert "typed by hand" in built.warnings[0]
    assert editions["review"].warnings == ()


def test_each_criterion_says_how_many_offices_stand_at_each_level(tables):
    rows = {row[0].partition(" ")[0]: row[1:] for row in tables["criteria-C"]}

    assert rows["C1"] == ["5.0%", "0", "0", "0", "2", "1"]
    assert tables["criteria-I"][1][0] == (
        "I2 Microphones: Speakerphone / directional, one for two / gooseneck for each, echo cancelled"
    )


def test_the_middle_is_told_from_three_offices_on(secretariat):
    said = [text for text in make.chapter(secretariat, "framework") if text.startswith("Of ")]

    assert said == [
        "Of 3 offices of which enough is known the middle one scores 33, the lowest 33, the highest "
        "67.",
        "Of 3 offices of which enough is known the middle one scores 58, the lowest 58, the highest "
        "75.",
    ]


def test_events_count_who_attends_and_who_hosts(tables):
    assert tables["events-table"][:2] == [
        ["E1 Simple web meeting, up to 10 seats", "2", "1", "0", "1", "0", "2"],
        ["E2 Meeting in a room, with interpretation", "1", "0", "2", "0", "1", "2"],
    ]
