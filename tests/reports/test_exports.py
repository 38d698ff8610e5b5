"""Where numbers come from, as a table."""

from serai.reports.exports import numbers_table
from serai.reports.queries import NumberRow


def test_a_row_tells_key_value_formula_version_facts_and_sources():
    row = NumberRow("o/line", "40.0", "line", "framework 1", ("a", "b"), ("run:1", "run:2"))

    table = numbers_table([row, NumberRow("n", "3", "count", "", (), ())], sample=True)

    assert [list(one) for one in table.rows] == [
        ["o/line", "40.0", "line", "framework 1", "a, b", "run:1, run:2"],
        ["n", "3", "count", None, None, None],
    ]
    assert table.sample
