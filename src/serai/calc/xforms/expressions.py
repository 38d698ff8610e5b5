"""Every expression a form holds, with the field it is seen from."""

from collections.abc import Iterator
from typing import NamedTuple

from serai.calc.xforms.form import CompiledForm, Control, Words
from serai.calc.xforms.lexer import NotAnExpression
from serai.calc.xforms.parser import Expression, parse
from serai.calc.xforms.tree import ELEMENT, Node, descendants

BINDS = ("relevant", "required", "readonly", "constraint", "calculate", "jr:count")


class Said(NamedTuple):
    """One expression: the field, the property, and the tree."""

    spec: int
    property: str
    tree: Expression


def expressions(form: CompiledForm) -> Iterator[Said]:
    """Yield the expressions of binds, counts, choices, actions and outputs."""
    for spec in form.specs:
        for name in BINDS:
            if name in spec.binds:
                yield Said(spec.index, name, parse(spec.binds[name]))
    for control in controls(form):
        if control.itemset is not None:
            yield Said(control.spec, "choices", control.itemset.tree[2][0])
        for name, words in (("label", control.label), ("hint", control.hint)):
            yield from _outputs(form, control.spec, name, words)
        for item in control.items:
            yield from _outputs(form, control.spec, "choice", item.label)
    for action in form.actions:
        if action.tree is not None:
            yield Said(action.target, "setvalue", action.tree)


def controls(form: CompiledForm) -> Iterator[Control]:
    """Yield all controls, each before those inside it."""
    waiting = list(reversed(form.controls))
    while waiting:
        control = waiting.pop()
        yield control
        waiting.extend(reversed(control.children))


def parts(tree: Expression) -> Iterator[Expression]:
    """Yield an expression and all expressions inside it."""
    yield tree
    sort = tree[0]
    if sort == "fn":
        inner = tree[2]
    elif sort == "path":
        start = (tree[1],) if isinstance(tree[1], tuple) else ()
        inner = (*start, *(predicate for step in tree[2] for predicate in step[2]))
    elif sort == "filter":
        inner = (tree[1], *tree[2])
    elif sort == "bin":
        inner = tree[2:]
    else:
        inner = tree[1:] if sort == "neg" else ()
    for one in inner:
        yield from parts(one)


def _outputs(form: CompiledForm, spec: int, name: str, words: Words | None) -> Iterator[Said]:
    if words is not None and words.expression is not None:
        yield Said(spec, name, words.expression)
    for node in text_nodes(form, words):
        for written in output_texts(node):
            try:
                yield Said(spec, name, parse(written))
            except NotAnExpression:
                # lint names it by itself: there is no tree to look into.
                continue


def text_nodes(form: CompiledForm, words: Words | None) -> list[Node]:
    """Return the nodes that hold a label or hint, in every language and form of it."""
    if words is None:
        return []
    if words.text_id is None:
        return [] if words.node is None else [words.node]
    if words.text_id[0] != "str":
        return []
    name = words.text_id[1]
    return [node for texts in form.texts.values() for node in texts.get(name, [])]


def output_texts(node: Node) -> list[str]:
    """Return the expressions of the outputs in a text, as written."""
    return [
        one.attribute("value") or one.attribute("ref") or ""
        for one in descendants(node)
        if one.kind == ELEMENT and one.name == "output"
    ]
