"""Chapter 5: conclusion, questions asked before, summary by country."""

from tests.factories import readiness_report as make


def test_conclusion_questions_and_answers(editions, secretariat):
    assert make.chapter(secretariat, "closing") == [
        "Lines are good, rooms are not.",
        "How many microphones does a room need?",
        "One for two speakers.",
        "A room of 12 seats takes 6.",
    ]
    assert make.chapter(editions["review"].document, "closing")[0] == (
        "Of 4 offices 2 can attend a virtual event, 1 can host one, and 0 can host a regional one."
    )


def test_the_summary_has_a_row_for_each_country_and_one_for_all(editions, tables):
    assert tables["summary-table"] == [
        ["Georgia", "2", "2", "1", "0", "65"],
        ["Uzbekistan", "1", "0", "0", "0", "39"],
        ["All", "3", "2", "1", "0", "52"],
    ]
    one = make.tables(editions["country"].document)["summary-table"]
    assert one == [["Uzbekistan", "1", "0", "0", "0", "39"]]


def test_an_empty_report_has_nothing_to_sum_up(editions):
    assert make.chapter(editions["nothing"].document, "closing")[-1] == (
        "There is nothing to sum up yet."
    )
