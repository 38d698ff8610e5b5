"""Cuts an XPath expression into tokens."""

import re
from typing import NamedTuple


class NotAnExpression(ValueError):
    """The text is not an XPath expression.

    Attributes:
        expression: the text.
        at: index of the character where reading stopped.
        reason: what is wrong there.
    """

    def __init__(self, expression: str, at: int, reason: str) -> None:
        self.expression, self.at, self.reason = expression, at, reason
        super().__init__(f"Character {at + 1} of “{expression}”: {reason}")


class Token(NamedTuple):
    """A piece of an expression; `kind` is number, string, name, operator, mark or end."""

    kind: str
    text: str
    at: int


_START = "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
_NAME = f"[{_START}][-.0-9{_START}\u00b7\u0300-\u036f\u203f-\u2040]*"
_TOKEN = re.compile(
    rf"""(?P<space>[ \t\r\n]+)
    |(?P<number>\d+(?:\.\d*)?|\.\d+)
    |(?P<string>"[^"]*"|'[^']*')
    |(?P<name>{_NAME}(?::(?:{_NAME}|\*))?)
    |(?P<operator>!=|<=|>=|//|[/|+\-=<>*])
    |(?P<mark>::|\.\.|[()\[\].@,$])""",
    re.VERBOSE,
)
# Where an operand has just ended, a name can only be an operator: `1and1`, `2div1`, `a mod2`.
_WORD = re.compile(r"(and|or|div|mod)")
_BEFORE_OPERAND = {"@", "::", "(", "[", ",", "$"}


def tokens(expression: str) -> list[Token]:
    """Cut an expression into tokens, the last of kind "end".

    Raises:
        NotAnExpression: a character that cannot stand there.
    Source: XPath 1.0, section 3.7; the loose spacing of `1and1` is ODK's.
    """
    found: list[Token] = []
    at = 0
    while at < len(expression):
        word = _WORD.match(expression, at) if _ends_operand(found) else None
        match = word or _TOKEN.match(expression, at)
        if match is None:
            raise NotAnExpression(expression, at, _unknown(expression, at))
        if word:
            found.append(Token("operator", word[0], at))
        elif match.lastgroup != "space":
            found.append(_token(match, found))
        at = match.end()
    return [*found, Token("end", "", len(expression))]


def _token(match: re.Match[str], before: list[Token]) -> Token:
    kind, text = str(match.lastgroup), match[0]
    if text == "*" and not _ends_operand(before):
        kind = "name"
    return Token(kind, text, match.start())


def _ends_operand(before: list[Token]) -> bool:
    if not before:
        return False
    kind, text, _ = before[-1]
    return kind != "operator" and text not in _BEFORE_OPERAND


def _unknown(expression: str, at: int) -> str:
    letter = expression[at]
    if letter in "\"'":
        return f"the text opened with {letter} is not closed."
    return f"“{letter}” cannot stand here."
