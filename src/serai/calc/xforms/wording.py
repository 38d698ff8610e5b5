"""What people read: labels, hints, choices and messages, in the active language."""

from collections.abc import Iterator
from dataclasses import dataclass

from serai.calc.xforms.focus import CannotEvaluate, Code, Focus
from serai.calc.xforms.form import CHOICES, CompiledForm, Control, Itemset, Words, says_nothing
from serai.calc.xforms.frames import Cell, Frame
from serai.calc.xforms.functions.nodes import rows_by_column
from serai.calc.xforms.lexer import NotAnExpression
from serai.calc.xforms.parser import Expression, parse
from serai.calc.xforms.paths import FormCompiler
from serai.calc.xforms.tree import ELEMENT, TEXT, Node


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice as offered: what is stored, what is read, and whether it says nothing."""

    value: str
    label: str
    is_no_information: bool = False


class FormHost:
    """The surroundings of a form's expressions: its instances, translations and choices."""

    def __init__(self, form: CompiledForm) -> None:
        self.form = form

    def instance(self, name: str) -> Node | None:
        """Return a secondary instance."""
        return self.form.instances.get(name)

    def rows_by(self, name: str, column: str) -> dict[str, Node] | None:
        """Return the first row of a list for each text of a column; None without the list."""
        instance = self.instance(name)
        if instance is None:
            return None
        known = self.form.pulled.get((name, column))
        if known is None:
            known = self.form.pulled[name, column] = rows_by_column(instance, column)
        return known

    def texts(self, name: str, language: str) -> list[Node]:
        """Return the values of a text in a language, in the default one where it is unknown."""
        texts = self.form.texts
        known = texts.get(language) or texts.get(self.form.default_language) or {}
        return known.get(name, [])

    def choice_label(self, value: str, path: str, focus: Focus) -> str:
        """Return the label of a choice of the question at a path; "" where it is not offered."""
        cell = self.question(path.strip(), focus)
        if cell is None:
            return ""
        for choice in choices(cell, focus_on(focus, cell)):
            if choice.value == value:
                return choice.label
        return ""

    def question(self, path: str, focus: Focus) -> Cell | None:
        """Return the question of a path as seen from the focus, in its own entry."""
        current = focus.current
        here = current.spec.index if isinstance(current, Cell) else focus.scope.cells[0].spec.index
        try:
            place = FormCompiler(self.form, here).place(parse(path))
        except NotAnExpression:
            return None
        if place is None:
            return None
        spec, bound = place
        frame: Frame = focus.scope.above(bound)
        for repeat in self.form.chain(spec)[bound:]:
            if not frame.entries[repeat]:
                return None
            frame = frame.entries[repeat][0]
        return frame.cells[self.form.specs[spec].slot]


def focus_on(focus: Focus, cell: Cell) -> Focus:
    """Return a focus at another cell, in that cell's own entry."""
    other = focus.inner()
    other.node = other.current = cell
    other.scope = cell.frame
    return other


def form_of(focus: Focus) -> CompiledForm:
    """Return the form a focus belongs to."""
    host = focus.host
    if not isinstance(host, FormHost):
        raise TypeError("This focus stands in no form.")
    return host.form


def words_text(words: Words | None, spec: int, focus: Focus) -> str:
    """Return a label, hint or message with its outputs filled in.

    Args:
        words: what the form says; None gives "".
        spec: index of the field whose place the outputs are seen from.
        focus: at that field.
    """
    if words is None:
        return ""
    if words.text_id is not None:
        code = _code(form_of(focus), words.text_id, spec)
        return text_by_id(focus.rules.text(code(focus)), spec, focus)
    if words.expression is not None:
        return focus.rules.text(_code(form_of(focus), words.expression, spec)(focus))
    return "" if words.node is None else node_text(words.node, spec, focus)


def text_by_id(name: str, spec: int, focus: Focus) -> str:
    """Return a translated text in its plain form."""
    found = focus.host.texts(name, focus.env.language)
    plain = [one for one in found if not one.attribute("form")] or found
    return node_text(plain[0], spec, focus) if plain else ""


def other_forms(words: Words | None, spec: int, focus: Focus) -> dict[str, str]:
    """Return what accompanies a text: "image", "audio", "video", "guidance" … by kind."""
    if words is None or words.text_id is None:
        return {}
    name = focus.rules.text(_code(form_of(focus), words.text_id, spec)(focus))
    return {
        kind: node_text(one, spec, focus)
        for one in focus.host.texts(name, focus.env.language)
        if (kind := one.attribute("form"))
    }


def node_text(node: Node, spec: int, focus: Focus) -> str:
    """Return a node's text, each `output` inside replaced by its value."""
    parts: list[str] = []
    for child in node.children:
        if child.kind == TEXT:
            parts.append(child.text)
        elif child.kind == ELEMENT and child.name == "output":
            written = child.attribute("value") or child.attribute("ref") or ""
            parts.append(output_text(written, spec, focus))
        elif child.kind == ELEMENT:
            parts.append(node_text(child, spec, focus))
    return "".join(parts)


def output_text(written: str, spec: int, focus: Focus) -> str:
    """Return the value of an output; what cannot be evaluated is empty, and refused by `lint`."""
    try:
        return focus.rules.text(_code(form_of(focus), parse(written), spec)(focus))
    except (NotAnExpression, CannotEvaluate):
        return ""


def _code(form: CompiledForm, tree: Expression, spec: int) -> Code:
    """Compile an expression once for each field it is seen from."""
    key = (tree, spec)
    code = form.outputs.get(key)
    if code is None:
        code = form.outputs[key] = FormCompiler(form, max(spec, 0)).any(tree)[1]
    return code


def message_text(written: str, spec: int, focus: Focus) -> str:
    """Return a constraint or required message, which may name a translated text."""
    name = text_id(written)
    return written if name is None else words_text(Words(name, None), spec, focus)


def text_id(written: str) -> Expression | None:
    """Return what names the text in `jr:itext(…)`; None for any other words."""
    if not written.startswith("jr:itext("):
        return None
    try:
        tree = parse(written)
    except NotAnExpression:
        return None
    return tree[2][0] if tree[0] == "fn" and len(tree[2]) == 1 else None


def choices(cell: Cell, focus: Focus) -> list[Choice]:
    """Return what a question offers.

    Args:
        cell: the question.
        focus: at the question.
    Returns:
        Its choices in order; empty where it has none.
    """
    control = cell.spec.control
    if control is None:
        return []
    found = [
        Choice(item.value, words_text(item.label, cell.spec.index, focus), item.is_no_information)
        for item in control.items
    ]
    if control.itemset is not None:
        found.extend(_drawn(cell.spec.index, control.itemset, focus))
    return found


def _drawn(spec: int, itemset: Itemset, focus: Focus) -> list[Choice]:
    return [
        Choice(itemset.value(inner), _label(spec, itemset, inner), _says_nothing(inner.node))
        for inner in _items(itemset, focus)
    ]


def _items(itemset: Itemset, focus: Focus) -> Iterator[Focus]:
    """Yield a focus at each node that choices are drawn from; none where the list is missing."""
    try:
        nodes = itemset.nodes(focus)
    except CannotEvaluate:
        return
    inner = focus.inner()
    inner.size = len(nodes)
    for place, node in enumerate(nodes, 1):
        inner.node, inner.position = node, place
        yield inner


def _label(spec: int, itemset: Itemset, focus: Focus) -> str:
    if itemset.label is None:
        return ""
    name = text_id(itemset.label_path)
    columns = [one for one in focus.node.elements() if name == _child(one.name)]
    if columns:
        return text_by_id(columns[0].string(), spec, focus)
    text: str = itemset.label(focus)
    return text


def _child(name: str) -> Expression:
    return ("path", ".", (("child", ("name", "", name), ()),))


def _says_nothing(node: Node) -> bool:
    marks = [one.string() for one in node.elements() if one.name == "no_information"]
    return any(map(says_nothing, marks))


def offered_values(cell: Cell, focus: Focus) -> list[str]:
    """Return the values a question offers, without reading labels."""
    control = cell.spec.control
    if control is None:
        return []
    rule = cell.spec.rules.get(CHOICES)
    if rule is None or rule.reads or rule.is_volatile:
        return _values(control, focus)
    # Nothing in the response changes these, so one reading serves every response.
    known = form_of(focus).constant_choices
    if cell.spec.index not in known:
        known[cell.spec.index] = _values(control, focus)
    return known[cell.spec.index]


def _values(control: Control, focus: Focus) -> list[str]:
    values = [item.value for item in control.items]
    if control.itemset is not None:
        values.extend(control.itemset.value(inner) for inner in _items(control.itemset, focus))
    return values


def in_offered_order(text: str, offered: list[str]) -> str:
    """Sort the values of a many-choice answer as they are offered, unknown ones at the end."""
    places = {value: place for place, value in enumerate(offered)}
    values = dict.fromkeys(text.split())
    return " ".join(sorted(values, key=lambda value: places.get(value, len(places))))


def ranked(asked: str, offered: list[str]) -> str:
    """Keep a person's order among the values still offered; new ones follow as offered."""
    known = [value for value in dict.fromkeys(asked.split()) if value in set(offered)]
    return " ".join([*known, *(value for value in offered if value not in set(known))])
