"""Requests for help as a table."""

from tests.factories.members import NOON

from serai.base.text import TranslatedText
from serai.readiness.exports.helping import help_table
from serai.readiness.queries.help import HelpRow
from serai.readiness.states import HelpState


def test_a_row_says_what_where_how_urgent_and_for_how_long():
    rows = [
        HelpRow("a", "No sound", "Head office", TranslatedText.of("Georgia"), "consultancy", "now",
                HelpState.WAITING, technician, NOON, 4, sample=False)
        for technician in ("", "T. T.")
    ]  # fmt: skip

    cells = [
        [None if one is None else str(one) for one in row][:8] for row in help_table(rows).rows
    ]

    assert cells == [
        ["No sound", "Head office", "Georgia", "Advice is wanted", "an event is running",
         "Waits for the agency", "3 to 5 days", technician]
        for technician in ("nobody yet", "T. T.")
    ]  # fmt: skip
