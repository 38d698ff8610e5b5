"""The thirteen axes and the node tests of XPath 1.0, sections 2.2 and 2.3."""

from collections.abc import Callable, Iterator

from serai.calc.xforms.tree import (
    ATTRIBUTE,
    COMMENT,
    ELEMENT,
    INSTRUCTION,
    NAMESPACE,
    TEXT,
    Node,
    descendants,
    namespace_nodes,
    settle_order,
)
from serai.calc.xforms.values import Profile

Axis = Callable[[Node], "Iterator[Node] | list[Node]"]
Test = Callable[[Node], bool]

_TYPES = {"text": TEXT, "comment": COMMENT, "processing-instruction": INSTRUCTION}
_INNER = {ATTRIBUTE, NAMESPACE}


def _child(node: Node) -> list[Node]:
    return [child for child in node.children if child.relevant]


def _self(node: Node) -> list[Node]:
    return [node] if node.relevant else []


def _parent(node: Node) -> list[Node]:
    return [] if node.parent is None else [node.parent]


def _ancestor(node: Node) -> Iterator[Node]:
    here = node.parent
    while here is not None:
        yield here
        here = here.parent


def _ancestor_or_self(node: Node) -> Iterator[Node]:
    yield node
    yield from _ancestor(node)


def _descendant_or_self(node: Node) -> Iterator[Node]:
    if node.relevant:
        yield node
        yield from descendants(node)


def _attribute(node: Node) -> list[Node]:
    return node.attributes


def _namespace(node: Node) -> list[Node]:
    return namespace_nodes(node) if node.kind == ELEMENT else []


def _siblings(node: Node) -> list[Node]:
    return [] if node.parent is None or node.kind in _INNER else _child(node.parent)


def _following_sibling(node: Node) -> list[Node]:
    settle_order(node)
    return [sibling for sibling in _siblings(node) if sibling.order > node.order]


def _preceding_sibling(node: Node) -> list[Node]:
    settle_order(node)
    return [sibling for sibling in reversed(_siblings(node)) if sibling.order < node.order]


def _following(node: Node) -> Iterator[Node]:
    if node.kind in _INNER and node.parent is not None:
        node = node.parent
        yield from descendants(node)
    for here in _ancestor_or_self(node):
        for sibling in _following_sibling(here):
            yield from _descendant_or_self(sibling)


def _preceding(node: Node) -> Iterator[Node]:
    if node.kind in _INNER and node.parent is not None:
        node = node.parent
    for here in _ancestor_or_self(node):
        for sibling in _preceding_sibling(here):
            yield from reversed(list(_descendant_or_self(sibling)))


AXES: dict[str, Axis] = {
    "ancestor": _ancestor,
    "ancestor-or-self": _ancestor_or_self,
    "attribute": _attribute,
    "child": _child,
    "descendant": descendants,
    "descendant-or-self": _descendant_or_self,
    "following": _following,
    "following-sibling": _following_sibling,
    "namespace": _namespace,
    "parent": _parent,
    "preceding": _preceding,
    "preceding-sibling": _preceding_sibling,
    "self": _self,
}
# Steps on these axes from nodes in document order, none inside another, need no sorting.
FLAT = {"child", "attribute", "self"}


def node_test(
    axis: str, test: tuple[str, str, str], uri: str | None, profile: Profile
) -> Test | None:
    """Return the check that a step makes of each node, None where it takes all.

    Args:
        axis: the step's axis, for its principal kind of node.
        test: ("name", prefix, local) or ("type", type, target).
        uri: the prefix's namespace; None without a prefix.
        profile: FORM also finds unprefixed names in the default namespace.
    """
    sort, first, name = test
    if sort == "type":
        return _type_test(first, name)
    kind = {"attribute": ATTRIBUTE, "namespace": NAMESPACE}.get(axis, ELEMENT)
    if uri is None and name == "*":
        return lambda node: node.kind == kind
    if name == "*":
        return lambda node: node.kind == kind and node.uri == uri
    if uri is not None:
        return lambda node: node.name == name and node.kind == kind and node.uri == uri
    if profile == Profile.NATIVE:
        return lambda node: node.name == name and node.kind == kind and not node.uri
    return lambda node: node.name == name and node.kind == kind and not (node.uri and node.prefix)


def _type_test(name: str, target: str) -> Test | None:
    if name == "node":
        return None
    kind = _TYPES[name]
    if target:
        return lambda node: node.kind == kind and node.name == target
    return lambda node: node.kind == kind
