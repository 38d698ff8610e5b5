"""Released answers as a table."""

from datetime import date

from serai.members.states import Audience
from serai.surveys.exports.released import released_table
from serai.surveys.queries.released import ReleasedRow


def row(entry):
    return ReleasedRow(
        key="a", country="Georgia", iso3="GEO", place="Roads", path="/data/x", question="Seats",
        entry=entry, value="12", words="12", as_of=date(2021, 3, 1), audience=Audience.MEMBERS,
        sample=True,
    )  # fmt: skip


def test_a_row_says_whose_what_and_as_of_when():
    table = released_table([row(0), row(2)], sample=True)

    assert [column.title for column in table.columns] == [
        "Country", "Organisation", "Question", "Answer", "As of",
    ]  # fmt: skip
    assert list(table.rows) == [
        ("Georgia", "Roads", "Seats", "12", date(2021, 3, 1)),
        ("Georgia", "Roads", "Seats (2)", "12", date(2021, 3, 1)),
    ]
    assert table.file_name("released", "csv") == "sample-released.csv"
