"""Expressions over a whole XML document, outside of any form that is being filled."""

from collections.abc import Mapping

from serai.calc.xforms.evaluate import Compiler
from serai.calc.xforms.focus import Env, Focus
from serai.calc.xforms.functions.nodes import rows_by_column
from serai.calc.xforms.parser import parse
from serai.calc.xforms.tree import ELEMENT, Node, descendants, top
from serai.calc.xforms.values import Profile, Rules, Value


class DocumentHost:
    """Finds instances and translations in the XForm that a document holds."""

    def __init__(self, document: Node) -> None:
        self.instances: dict[str, Node] = {}
        self.translations: list[Node] = []
        for node in descendants(document):
            if node.kind == ELEMENT and node.name == "instance":
                self.instances.setdefault(node.attribute("id") or "", node)
            elif node.kind == ELEMENT and node.name == "translation":
                self.translations.append(node)

    def instance(self, name: str) -> Node | None:
        """Return the `instance` element of that id."""
        return self.instances.get(name)

    def rows_by(self, name: str, column: str) -> dict[str, Node] | None:
        """Return the first row of an instance for each text of a column; None without it."""
        instance = self.instance(name)
        return None if instance is None else rows_by_column(instance, column)

    def texts(self, name: str, language: str) -> list[Node]:
        """Return the plain `value` elements of a text in a language, "" for the default one."""
        translation = self._translation(language)
        if translation is None:
            return []
        return [
            value
            for text in translation.elements()
            if text.attribute("id") == name
            for value in text.elements()
            if value.name == "value"
        ]

    def _translation(self, language: str) -> Node | None:
        named = [one for one in self.translations if one.attribute("lang") == language]
        marked = [one for one in self.translations if one.attribute("default") is not None]
        return next(iter([*named, *marked, *self.translations]), None)

    def choice_label(self, value: str, path: str, focus: Focus) -> str:
        """A document has no questions, so a choice's value stands for itself."""
        del path, focus
        return value


def evaluate(
    expression: str,
    context: Node,
    *,
    env: Env,
    profile: Profile = Profile.FORM,
    namespaces: Mapping[str, str] | None = None,
    root: Node | None = None,
    gives: str = "v",
) -> Value:
    """Evaluate an expression over a document.

    Args:
        expression: XPath text.
        context: the node it starts from.
        env: the outside world.
        profile: NATIVE for XPath 1.0, FORM for ODK's rules.
        namespaces: namespace by prefix.
        root: what "/" means; the document by default.
        gives: the kind wanted: n number, s text, b truth, x node-set, v whatever it is.
    Returns:
        The value.
    Raises:
        NotAnExpression: the text cannot be read.
        CannotEvaluate: it reached a function, prefix or instance that does not exist.
    """
    compiler = Compiler(profile, namespaces or {})
    whole = top(context)
    focus = Focus(
        context,
        root=whole if root is None else root,
        rules=Rules(profile, env.zone),
        env=env,
        host=DocumentHost(whole),
    )
    tree = parse(expression)
    compiled = {
        "n": compiler.number,
        "s": compiler.text,
        "b": compiler.truth,
        "x": compiler.nodes,
    }.get(gives)
    found: Value = compiled(tree)(focus) if compiled else compiler.any(tree)[1](focus)
    return found
