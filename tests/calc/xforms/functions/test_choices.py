import pytest
from tests.calc.xforms.functions.cases import got

from serai.calc.xforms.functions.choices import chosen


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("selected('a b', 'b')", True),
        ("selected('ab', 'b')", False),
        ("selected('', '')", True),
        ("selected-at('a b', 1)", "b"),
        ("selected-at('a b', 0 div 0)", ""),
        ("count-selected(' a  b ')", 2.0),
        ("coalesce('', 'b')", "b"),
        ("checklist(-1, -1)", True),
        ("checklist(2, 3, //n, //e)", True),
        ("weighted-checklist(5, 5, //w, //w)", True),
        ("weighted-checklist(4, -1, //e, 9, true(), 3)", False),
    ],
)
def test_choice(expression, expected):
    assert got(expression) is expected or got(expression) == expected


def test_chosen():
    assert [chosen("a  b"), chosen(" ")] == [["a", "b"], [""]]
