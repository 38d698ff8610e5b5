import pytest

from serai.calc.xforms.lexer import NotAnExpression
from serai.calc.xforms.parser import ANYWHERE, parse

NODE = ("type", "node", "")


def child(name, *predicates):
    return ("child", ("name", "", name), predicates)


@pytest.mark.parametrize(
    ("expression", "tree"),
    [
        ("1 + 2 * 3", ("bin", "+", ("num", 1.0), ("bin", "*", ("num", 2.0), ("num", 3.0)))),
        ("1 - 2 - 3", ("bin", "-", ("bin", "-", ("num", 1.0), ("num", 2.0)), ("num", 3.0))),
        ("1 or 2 or 3", ("bin", "or", ("num", 1.0), ("num", 2.0), ("num", 3.0))),
        (
            "1 = 2 or 3 and 4",
            (
                "bin",
                "or",
                ("bin", "=", ("num", 1.0), ("num", 2.0)),
                ("bin", "and", ("num", 3.0), ("num", 4.0)),
            ),
        ),
        ("(1 or 2) or 3", ("bin", "or", ("bin", "or", ("num", 1.0), ("num", 2.0)), ("num", 3.0))),
        ("--1", ("neg", ("neg", ("num", 1.0)))),
        ("/", ("path", "/", ())),
        ("/a/b[1]", ("path", "/", (child("a"), child("b", ("num", 1.0))))),
        ("//a", ("path", "/", (ANYWHERE, child("a")))),
        ("../@id", ("path", ".", (("parent", NODE, ()), ("attribute", ("name", "", "id"), ())))),
        (
            "f(.)[2]/a",
            (
                "path",
                ("filter", ("fn", "f", (("path", ".", (("self", NODE, ()),)),)), (("num", 2.0),)),
                (child("a"),),
            ),
        ),
        ("(a)//b", ("path", ("path", ".", (child("a"),)), (ANYWHERE, child("b")))),
        ("a | b", ("bin", "|", ("path", ".", (child("a"),)), ("path", ".", (child("b"),)))),
        (
            "self::processing-instruction('x')",
            ("path", ".", (("self", ("type", "processing-instruction", "x"), ()),)),
        ),
        ("div", ("path", ".", (child("div"),))),
    ],
)
def test_parse(expression, tree):
    assert parse(expression) == tree


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("", "the expression stops in the middle."),
        ("1 +", "the expression stops in the middle."),
        ("(1", "the expression stops in the middle."),
        ("(1]", "“)” is missing."),
        ("1 2", "“2” cannot stand here."),
        ("up::a", "“up” is not an axis."),
        ("a/[1]", "a name is missing before “[”."),
        ("$x", "variables are not supported."),
        ("(" * 200 + "1" + ")" * 200, "the expression is nested more than 100 deep."),
        ("-" * 200 + "1", "the expression is nested more than 100 deep."),
    ],
)
def test_parse_refuses(expression, reason):
    with pytest.raises(NotAnExpression) as caught:
        parse(expression)

    assert caught.value.reason == reason


def test_parse_takes_long_chains_of_or():
    assert len(parse(" or ".join(["a = 1"] * 2000))) == 2002
