"""Canonical JSON of a document: the same tree always gives the same bytes.

NFC, keys sorted, no spaces, decimals as strings, ISO dates, UTF-8 unescaped.
"""

import dataclasses
import json
import typing
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import UnionType

from serai.base.blocks import tree

type_of_node = {
    found.__name__: found
    for found in vars(tree).values()
    if isinstance(found, type) and issubclass(found, tree.Node)
}
_ABSTRACT = {tree.Node, tree.Inline, tree.Block}


class NotADocument(ValueError):
    """The JSON does not describe a document; the sentence says where."""


def to_json(document: tree.Document) -> str:
    """Write the tree as canonical JSON."""
    return json.dumps(
        _plain(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def from_json(text: str) -> tree.Document:
    """Read what `to_json` wrote.

    Raises:
        NotADocument: for anything else; unknown kinds and fields are named.
    """
    try:
        found = json.loads(text)
    except ValueError as error:
        raise NotADocument(f"This is not JSON: {error}.") from error
    document = _node(found, "document")
    if not isinstance(document, tree.Document):
        raise NotADocument("The outermost node is not a Document.")
    return document


def _plain(value: object) -> object:
    if isinstance(value, tree.Node):
        fields = {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return {"node": type(value).__name__, **fields}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError(f"The time {value} has no time zone.")
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return value


def _node(found: object, where: str) -> tree.Node:
    if not isinstance(found, dict):
        raise NotADocument(f"{where}: expected a node, found {type(found).__name__}.")
    kind = type_of_node.get(str(found.get("node")))
    if kind is None or kind in _ABSTRACT:
        raise NotADocument(f"{where}: unknown kind of node {found.get('node')!r}.")
    hints = typing.get_type_hints(kind)
    fields = dataclasses.fields(kind)
    known, given = {field.name for field in fields}, set(found) - {"node"}
    # A field with a default may have come after this was written: what is kept stays readable.
    needed = {field.name for field in fields if field.default is dataclasses.MISSING}
    if odd := sorted((needed - given) | (given - known)):
        names = ", ".join(odd)
        raise NotADocument(f"{where}: {kind.__name__} has missing or unknown fields: {names}.")
    values = {n: _value(found[n], hints[n], f"{where}.{n}") for n in given}
    try:
        return kind(**values)
    except ValueError as error:
        raise NotADocument(f"{where}: {error}") from error


def _value(found: object, hint: object, where: str) -> object:
    if isinstance(hint, UnionType):
        kinds = [kind for kind in hint.__args__ if kind is not type(None)]
        return None if found is None else _value(found, kinds[0], where)
    if typing.get_origin(hint) is tuple:
        if not isinstance(found, list):
            raise NotADocument(f"{where}: expected a list.")
        inner = typing.get_args(hint)[0]
        return tuple(_value(item, inner, f"{where}[{i}]") for i, item in enumerate(found))
    if isinstance(hint, type) and issubclass(hint, tree.Node):
        node = _node(found, where)
        if not isinstance(node, hint):
            raise NotADocument(f"{where}: {type(node).__name__} where {hint.__name__} belongs.")
        return node
    return _scalar(found, hint, where)


def _scalar(found: object, hint: object, where: str) -> object:
    read = _READERS.get(hint)
    if read is not None or (isinstance(hint, type) and issubclass(hint, StrEnum)):
        if not isinstance(found, str):
            raise NotADocument(f"{where}: expected a text.")
        try:
            return (read or typing.cast(Callable[[str], object], hint))(found)
        except (ValueError, InvalidOperation) as error:
            raise NotADocument(f"{where}: {found!r} is not understood.") from error
    if type(found) is not hint:
        raise NotADocument(f"{where}: {found!r} is not understood.")
    return found


_READERS: dict[object, Callable[[str], object]] = {
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    Decimal: Decimal,
}
