import pytest
from tests.calc.xforms.functions.cases import got

from serai.calc.xforms.focus import CannotEvaluate
from serai.calc.xforms.functions.text import pattern_of


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("concat('a', 1, //n)", "a112x"),
        ("join('-', //n, 'z')", "1-2-x-z"),
        ("substring('12345', 1.5, 2.6)", "234"),
        ("substring('12345', 0 div 0, 3)", ""),
        ("substring('12345', -42, 1 div 0)", "12345"),
        ("substring('12345', -1 div 0, 1 div 0)", ""),
        ("substr('hello', -3, -1)", "ll"),
        ("substr('hello', 0 div 0)", "hello"),
        ("substr('hello', 1, -1 div 0)", ""),
        ("substr('hello', 1, 1 div 0)", "ello"),
        ("substr('hello', 0, 0 div 0)", ""),
        ("substring-before('a=b', '=')", "a"),
        ("substring-after('a=b', '=')", "b"),
        ("substring-after('ab', '')", "ab"),
        ("translate('bar', 'abc', 'AB')", "BAr"),
        ("normalize-space('\u00a0 a  b ')", "\u00a0 a b"),
        ("string-length('აბგ')", 3.0),
        ("regex('ab', '^a$')", False),
        ("digest('a', 'SHA-1', 'hex')", "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"),
        ("base64-decode('!')", ""),
        ("uuid(-1)", ""),
        ("boolean-from-string(1)", True),
        ("property('username')", ""),
        ("not('')", True),
        ("string()", "12x0 0;0 1;1 1;1 0;0 023"),
    ],
)
def test_text(expression, expected):
    assert got(expression) == expected


@pytest.mark.parametrize(
    ("pattern", "text", "is_found"),
    [
        (r"^\d+$", "12\n", False),
        (r"^\d+$", "١٢", False),
        (r"(?<year>\d{4})", "in 2026", True),
        (r"^[$]\$$", "$$", True),
        (r"^[[]$", "[", True),
        (r"^\p{L}+$", "აბგ", True),
        (r"^[\p{N}]$", "5", True),
        (r"\]", "]", True),
    ],
)
def test_pattern_of(pattern, text, is_found):
    assert bool(pattern_of(pattern).search(text)) is is_found


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("regex('a', '(')", "“(” is not a regular expression: "),
        (r"regex('a', '\p{Zz}')", r"“\p{Zz}”: the class Zz cannot be used here."),
        ("digest('a', 'CRC')", "“CRC” is not a digest: use MD5, SHA-1, SHA-256, SHA-384, SHA-512."),
        ("digest('a', 'MD5', 'x')", "“x” is not an encoding: use hex or base64."),
    ],
)
def test_text_cannot(expression, reason):
    with pytest.raises(CannotEvaluate) as caught:
        got(expression)

    assert str(caught.value).startswith(reason)
