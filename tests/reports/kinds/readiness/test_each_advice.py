"""Advice to each office, with its figures; else its gaps."""

from tests.factories import readiness_report as make


def test_advice_stands_with_the_figures_of_the_office(secretariat, tables):
    key = make.office_key(secretariat, 1)

    assert tables[f"advice-{key}"][0] == [
        "CAP-2",
        "Hold the provider to the contract of 100 Mbit/s down and 100 Mbit/s up: in busy hours 40 and "
        "30 arrive.",
        "To be decided on",
    ]


def test_an_empty_edition_says_that_there_is_none(editions):
    assert make.chapter(editions["empty"].document, "each-advice") == [
        "There is no advice that these readers may see."
    ]
