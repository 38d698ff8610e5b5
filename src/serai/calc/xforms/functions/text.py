"""Functions over text and truth."""

import base64
import binascii
import hashlib
import math
import re
from functools import lru_cache

from serai.calc.xforms.focus import CannotEvaluate, Focus, Function
from serai.calc.xforms.values import Value

_DIGESTS = {
    "md5": "md5",
    "sha-1": "sha1",
    "sha-256": "sha256",
    "sha-384": "sha384",
    "sha-512": "sha512",
}
_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SPACE = " \t\r\n"
# Python's re has no \p{…}; these are the classes met in forms.
_CLASSES = {"L": "[^\\W\\d_]", "N": "\\d", "Nd": "\\d", "P": "[^\\w\\s]"}
_REGEX_PART = re.compile(r"\\p\{(\w+)\}|\\.|\(\?<(?=[A-Za-z])|\[|\]|\$", re.DOTALL)


def texts_of(focus: Focus, values: tuple[Value, ...]) -> list[str]:
    """Turn arguments into texts, each node of a node-set one."""
    found: list[str] = []
    for value in values:
        if isinstance(value, list):
            found.extend(node.string() for node in value)
        else:
            found.append(focus.rules.text(value))
    return found


def _string(focus: Focus, text: str | None = None) -> Value:
    return focus.node.string() if text is None else text


def _concat(focus: Focus, *values: Value) -> Value:
    return "".join(texts_of(focus, values))


def _join(focus: Focus, between: str, *values: Value) -> Value:
    return between.join(texts_of(focus, values))


def _starts_with(_focus: Focus, text: str, part: str) -> Value:
    return text.startswith(part)


def _ends_with(_focus: Focus, text: str, part: str) -> Value:
    return text.endswith(part)


def _contains(_focus: Focus, text: str, part: str) -> Value:
    return part in text


def _substring_before(_focus: Focus, text: str, part: str) -> Value:
    before, found, _ = text.partition(part) if part else ("", "", "")
    return before if found else ""


def _substring_after(_focus: Focus, text: str, part: str) -> Value:
    return text.partition(part)[2] if part else text


def _substring(_focus: Focus, text: str, start: float, length: float | None = None) -> Value:
    first = math.floor(start + 0.5) if math.isfinite(start) else start
    if length is None:
        end = math.inf
    else:
        end = first + (math.floor(length + 0.5) if math.isfinite(length) else length)
    return "".join(letter for place, letter in enumerate(text, 1) if first <= place < end)


def _substr(_focus: Focus, text: str, start: float, end: float | None = None) -> Value:
    return text[_index(text, start) : len(text) if end is None else _index(text, end)]


def _index(text: str, place: float) -> int:
    """Turn a place that may be beyond the text, or no number, into one that slices it."""
    return 0 if math.isnan(place) else int(max(-len(text), min(place, len(text))))


def _string_length(focus: Focus, text: str | None = None) -> Value:
    return float(len(focus.node.string() if text is None else text))


def _normalize_space(focus: Focus, text: str | None = None) -> Value:
    words = (focus.node.string() if text is None else text).strip(_SPACE)
    return re.sub(f"[{_SPACE}]+", " ", words)


def _translate(_focus: Focus, text: str, old: str, new: str) -> Value:
    table: dict[str, str] = {}
    for place, letter in enumerate(old):
        table.setdefault(letter, new[place] if place < len(new) else "")
    return "".join(table.get(letter, letter) for letter in text)


def _boolean(_focus: Focus, truth: bool) -> Value:
    return truth


def _not(_focus: Focus, truth: bool) -> Value:
    return not truth


def _true(_focus: Focus) -> Value:
    return True


def _false(_focus: Focus) -> Value:
    return False


def _boolean_from_string(focus: Focus, value: Value) -> Value:
    return focus.rules.text(value) in {"1", "true"}


def _regex(_focus: Focus, text: str, pattern: str) -> Value:
    return bool(pattern_of(pattern).search(text))


@lru_cache(maxsize=1024)
def pattern_of(pattern: str) -> re.Pattern[str]:
    r"""Compile a regular expression as ODK's clients read it: ASCII classes, `$` only at the end.

    Raises:
        CannotEvaluate: the expression is not one.
    """
    inside = False

    def translated(part: re.Match[str]) -> str:
        nonlocal inside
        text = part[0]
        if part[1]:
            return _class(pattern, part[1], inside)
        if text == "[" and not inside:
            inside = True
        elif text == "[":
            return "\\["
        elif text == "]":
            inside = False
        elif text == "(?<":
            return "(?P<"
        elif text == "$" and not inside:
            return "\\Z"
        return text

    try:
        return re.compile(
            _REGEX_PART.sub(translated, pattern), 0 if "\\p{" in pattern else re.ASCII
        )
    except re.error as fault:
        raise CannotEvaluate(f"“{pattern}” is not a regular expression: {fault}.") from None


def _class(pattern: str, name: str, inside: bool) -> str:
    if name not in _CLASSES or inside and _CLASSES[name].startswith("["):
        raise CannotEvaluate(f"“{pattern}”: the class {name} cannot be used here.")
    return _CLASSES[name]


def _uuid(focus: Focus, length: float | None = None) -> Value:
    if length is None:
        return focus.env.new_uuid()
    if not 0 <= length <= 10_000:
        return ""
    return "".join(_LETTERS[int(focus.env.random() * len(_LETTERS))] for _ in range(int(length)))


def _digest(_focus: Focus, text: str, method: str, encoding: str = "base64") -> Value:
    name = _DIGESTS.get(method.lower())
    if name is None:
        raise CannotEvaluate(f"“{method}” is not a digest: use {', '.join(_DIGESTS).upper()}.")
    if encoding not in {"hex", "base64"}:
        raise CannotEvaluate(f"“{encoding}” is not an encoding: use hex or base64.")
    digest = hashlib.new(name, text.encode(), usedforsecurity=False).digest()
    return digest.hex() if encoding == "hex" else base64.b64encode(digest).decode()


def _base64_decode(_focus: Focus, text: str) -> Value:
    try:
        return base64.b64decode(text, validate=True).decode(errors="replace")
    except (binascii.Error, ValueError):
        return ""


def _property(focus: Focus, name: str) -> Value:
    return focus.env.user.get(name, "")


FUNCTIONS = {
    "string": Function("s?", "s", _string, core=True),
    "concat": Function("v*", "s", _concat, core=True),
    "starts-with": Function("ss", "b", _starts_with, core=True),
    "contains": Function("ss", "b", _contains, core=True),
    "substring-before": Function("ss", "s", _substring_before, core=True),
    "substring-after": Function("ss", "s", _substring_after, core=True),
    "substring": Function("snn?", "s", _substring, core=True),
    "string-length": Function("s?", "n", _string_length, core=True),
    "normalize-space": Function("s?", "s", _normalize_space, core=True),
    "translate": Function("sss", "s", _translate, core=True),
    "boolean": Function("b", "b", _boolean, core=True),
    "not": Function("b", "b", _not, core=True),
    "true": Function("", "b", _true, core=True),
    "false": Function("", "b", _false, core=True),
    "join": Function("sv*", "s", _join),
    "ends-with": Function("ss", "b", _ends_with),
    "substr": Function("snn?", "s", _substr),
    "boolean-from-string": Function("v", "b", _boolean_from_string),
    "regex": Function("ss", "b", _regex),
    "uuid": Function("n?", "s", _uuid, volatile=True),
    "property": Function("s", "s", _property),
    "digest": Function("sss?", "s", _digest),
    "base64-decode": Function("s", "s", _base64_decode),
}
