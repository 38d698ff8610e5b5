"""Reads the body of an XForm: questions, groups, choices, actions."""

from collections.abc import Iterator

from serai.calc.xforms.focus import CannotEvaluate, Code, Focus
from serai.calc.xforms.form import (
    JAVAROSA_URI,
    Action,
    CompiledForm,
    Control,
    FormFault,
    Item,
    Itemset,
    Words,
    says_nothing,
)
from serai.calc.xforms.lexer import NotAnExpression
from serai.calc.xforms.model import all_named, child
from serai.calc.xforms.parser import Expression, parse
from serai.calc.xforms.paths import FormCompiler
from serai.calc.xforms.tree import Node

QUESTIONS = {"input", "select", "select1", "rank", "upload", "range", "trigger", "secret"}
GROUPS = {"group", "repeat"}
ACTIONS = {"setvalue"}
UNSUPPORTED = {"submission", "setgeopoint", "recordaudio"}


class BodyReader:
    """Adds controls and actions to a form; faults are gathered, not raised."""

    def __init__(self, form: CompiledForm, faults: list[FormFault]) -> None:
        self.form = form
        self.faults = faults

    def fault(self, path: str, reason: str) -> None:
        self.faults.append(FormFault(path, reason))

    def problem(self, path: str, reason: str) -> None:
        self.form.problems.append(FormFault(path, reason))

    def read(self, model: Node | None, body: Node | None) -> None:
        for node in all_named(model, "setvalue") if model is not None else ():
            self.read_action(node, -1)
        if body is not None:
            self.form.body_classes = tuple((body.attribute("class") or "").split())
            self.form.controls = list(self.read_children(body, -1))

    def read_children(self, node: Node, within: int) -> Iterator[Control]:
        for one in node.elements():
            if one.name in QUESTIONS | GROUPS:
                yield self.read_control(one, within)
            elif one.name in ACTIONS:
                self.read_action(one, within)
            elif one.name in UNSUPPORTED:
                self.problem(self.path_of(within), f"“{one.name}” is not supported.")

    def path_of(self, spec: int) -> str:
        return self.form.specs[spec].path if spec >= 0 else ""

    def find(self, node: Node, within: int) -> int:
        """Return the field a control shows; -1 where it names none."""
        path = (node.attribute("ref") or node.attribute("nodeset") or "").strip()
        if not path:
            bind = node.attribute("bind")
            if bind:
                self.problem(self.path_of(within), f"“bind={bind}” is not supported: use ref.")
            return -1
        if path in self.form.by_path:
            return self.form.by_path[path]
        place = self.static(path, within)
        if place is None:
            self.problem(path, f"The {node.name}'s node is not in the instance.")
            return -1
        return place

    def static(self, path: str, within: int) -> int | None:
        try:
            place = FormCompiler(self.form, max(within, 0)).place(parse(path))
        except NotAnExpression:
            return None
        return None if place is None else place[0]

    def read_control(self, node: Node, within: int) -> Control:
        spec = self.find(node, within)
        here = spec if spec >= 0 else within
        label, hint = child(node, "label"), child(node, "hint")
        control = Control(
            node.name,
            spec,
            tuple((node.attribute("appearance") or "").split()),
            label=None if label is None else self.words(label, here),
            hint=None if hint is None else self.words(hint, here),
            attributes={one.qualified_name: one.text for one in node.attributes},
        )
        if node.name in QUESTIONS and spec >= 0:
            self.read_choices(node, control)
            self.form.specs[spec].control = self.form.specs[spec].control or control
        if node.name == "repeat" and spec >= 0:
            self.read_repeat(node, spec)
        control.children = list(self.read_children(node, here))
        return control

    def read_repeat(self, node: Node, spec: int) -> None:
        repeat = self.form.repeats[self.form.specs[spec].repeat]
        fixed = node.attribute("noAddRemove", JAVAROSA_URI)
        repeat.is_fixed = fixed is not None and fixed.strip() not in {"", "false()"}
        count = node.attribute("count", JAVAROSA_URI)
        if count:
            self.form.specs[spec].binds["jr:count"] = count.strip()
            repeat.has_count = True

    # ------------------------------------------------------------------ texts and choices

    def words(self, node: Node, context: int) -> Words:
        """Read a label or hint: `jr:itext('id')` in its ref, or text with outputs inside."""
        ref = node.attribute("ref")
        if not ref:
            return Words(None, node)
        tree = self.parsed(ref, context)
        if tree is not None and tree[0] == "fn" and tree[1] == "jr:itext" and len(tree[2]) == 1:
            return Words(tree[2][0], None)
        return Words(None, None, tree)

    def parsed(self, expression: str, context: int) -> Expression | None:
        try:
            return parse(expression)
        except NotAnExpression as fault:
            self.fault(self.path_of(context), str(fault))
            return None

    def read_choices(self, node: Node, control: Control) -> None:
        items = []
        for item in all_named(node, "item"):
            value, label = child(item, "value"), child(item, "label")
            words = Words(None, None) if label is None else self.words(label, control.spec)
            items.append(
                Item(
                    value.string().strip() if value else "",
                    words,
                    is_no_information=says_nothing(item.attribute("no_information") or ""),
                )
            )
        control.items = tuple(items)
        itemset = child(node, "itemset")
        if itemset is not None:
            control.itemset = self.read_itemset(itemset, control.spec)

    def read_itemset(self, node: Node, spec: int) -> Itemset | None:
        tree = self.parsed(node.attribute("nodeset") or "", spec)
        value, label = child(node, "value"), child(node, "label")
        value_tree = self.parsed((value.attribute("ref") if value else None) or "name", spec)
        if tree is None or value_tree is None:
            return None
        compiler = FormCompiler(self.form, spec)
        label_ref = (label.attribute("ref") if label else None) or ""
        label_tree = self.parsed(label_ref, spec) if label_ref else None
        return Itemset(
            compiler.nodes(tree),
            _text(compiler, value_tree),
            None if label_tree is None else _text(compiler, label_tree),
            label_ref,
            ("fn", "", tuple(one for one in (tree, value_tree, label_tree) if one is not None)),
        )

    # ------------------------------------------------------------------ actions

    def read_action(self, node: Node, source: int) -> None:
        ref = (node.attribute("ref") or "").strip()
        tree = self.parsed(ref, source)
        if tree is None:
            return
        context = max(source, 0)
        own = self.form.chain(source) if source >= 0 else ()
        targets, target = self.targets(tree, context, own)
        if target is None:
            self.problem(ref, "The setvalue's node is not in the instance.")
            return
        written = node.attribute("value")
        value = self.parsed(written, source) if written else None
        self.form.actions.append(
            Action(
                frozenset((node.attribute("event") or "").split()),
                source,
                target,
                targets,
                None if value is None else FormCompiler(self.form, target).text(value),
                "" if written is not None else node.string().strip(),
                value,
            )
        )

    def targets(
        self, tree: Expression, context: int, own: tuple[int, ...]
    ) -> tuple[Code, int | None]:
        """Return what finds the nodes to set, absent ones too, and the field they belong to."""
        compiler = FormCompiler(self.form, context, own)
        if tree[0] != "path":
            return compiler.any(tree)[1], None
        bare = tuple((axis, test, ()) for axis, test, _ in tree[2] if axis != "attribute")
        place = compiler.place(("path", tree[1], bare))
        if place is None:
            return compiler.path(tree), None
        cell = compiler.cell(tree)
        if cell is None:
            return compiler.path(tree), place[0]
        get = cell
        return (lambda focus: [get(focus)]), place[0]


def _text(compiler: FormCompiler, tree: Expression) -> Code:
    kind, run = compiler.below(tree)
    if kind == "s":
        return run

    def text(focus: Focus) -> str:
        try:
            return focus.rules.text(run(focus))
        except CannotEvaluate:
            return ""

    return text
