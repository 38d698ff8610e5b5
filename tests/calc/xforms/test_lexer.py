import pytest

from serai.calc.xforms.lexer import NotAnExpression, tokens


def kinds(expression):
    return [(token.kind, token.text) for token in tokens(expression)][:-1]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("1and1", [("number", "1"), ("operator", "and"), ("number", "1")]),
        ("a mod2", [("name", "a"), ("operator", "mod"), ("number", "2")]),
        ("and", [("name", "and")]),
        ("* * *", [("name", "*"), ("operator", "*"), ("name", "*")]),
        ("jr:itext", [("name", "jr:itext")]),
        ("x:*", [("name", "x:*")]),
        ("self::a", [("name", "self"), ("mark", "::"), ("name", "a")]),
        (".5", [("number", ".5")]),
        ("1.", [("number", "1.")]),
        ("a-b -c", [("name", "a-b"), ("operator", "-"), ("name", "c")]),
        ("'it' = \"a'b\"", [("string", "'it'"), ("operator", "="), ("string", '"a\'b"')]),
        ("'('*2", [("string", "'('"), ("operator", "*"), ("number", "2")]),
        ("../სახელი", [("mark", ".."), ("operator", "/"), ("name", "სახელი")]),
        ("", []),
    ],
)
def test_tokens(expression, expected):
    assert kinds(expression) == expected


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("a # b", "Character 3 of “a # b”: “#” cannot stand here."),
        ("'open", "Character 1 of “'open”: the text opened with ' is not closed."),
    ],
)
def test_tokens_refuse(expression, said):
    with pytest.raises(NotAnExpression) as caught:
        tokens(expression)

    assert str(caught.value) == said
