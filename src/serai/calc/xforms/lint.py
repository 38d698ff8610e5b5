"""What must be put right, or known, before a form is published."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from serai.calc.xforms.expressions import (
    Said,
    controls,
    expressions,
    output_texts,
    parts,
    text_nodes,
)
from serai.calc.xforms.form import CompiledForm, Control, Words
from serai.calc.xforms.functions import FUNCTIONS
from serai.calc.xforms.lexer import NotAnExpression
from serai.calc.xforms.parser import Expression, parse
from serai.calc.xforms.reads import Reader
from serai.calc.xforms.tree import TEXT, Node
from serai.calc.xforms.wording import text_id

ENTITIES_URI = "http://www.opendatakit.org/xforms/entities"
SPECIAL = {"if": (3, 3), "once": (1, 1), "indexed-repeat": (3, 99)}
_TRUTHS = {"relevant", "required", "readonly", "constraint"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to put right or to acknowledge.

    Attributes:
        path: the field it is about; "" for the form as a whole.
        name: which rule, for example "unknown-path"; warnings are acknowledged by it.
        reason: what is wrong and what to do.
        is_refused: whether the form cannot be published with it.
    """

    path: str
    name: str
    reason: str
    is_refused: bool


def lint(form: CompiledForm, languages: Iterable[str] = ()) -> list[Finding]:
    """Find what keeps a form from being published, and what clients understand differently.

    Args:
        form: the compiled form; circles were refused when it was compiled.
        languages: languages the survey offers.
    Returns:
        Refusals first, then warnings, each in the order of the form.
    """
    found = [Finding(one.path, "problem", one.reason, True) for one in form.problems]
    found.extend(_names(form))
    found.extend(_unsupported(form))
    for said in expressions(form):
        found.extend(_functions(form, said))
        found.extend(_paths(form, said))
        found.extend(_warnings(form, said))
    found.extend(_outputs(form))
    found.extend(_choices(form))
    for language in languages:
        found.extend(_untranslated(form, language))
    return sorted(dict.fromkeys(found), key=lambda one: not one.is_refused)


def _names(form: CompiledForm) -> Iterator[Finding]:
    for spec in form.specs:
        if not spec.is_unique and form.by_path[spec.path] == spec.index:
            reason = f"Two fields are called {spec.name} here. Rename one."
            yield Finding(spec.path, "duplicate-name", reason, True)


def _unsupported(form: CompiledForm) -> Iterator[Finding]:
    for spec in form.specs:
        if spec.uri.startswith(ENTITIES_URI) or spec.name == "entity":
            yield Finding(spec.path, "unsupported", "Entities are not supported.", True)
        if spec.binds.get("type") == "intent":
            yield Finding(spec.path, "unsupported", "Other programs cannot be called.", True)
    for control in controls(form):
        if "intent" in control.attributes or any(
            one.startswith("ex:") for one in control.appearances
        ):
            path = form.specs[control.spec].path if control.spec >= 0 else ""
            yield Finding(path, "unsupported", "Other programs cannot be called.", True)


def _functions(form: CompiledForm, said: Said) -> Iterator[Finding]:
    path = form.specs[said.spec].path if said.spec >= 0 else ""
    for part in parts(said.tree):
        if part[0] != "fn":
            continue
        name, count = part[1], len(part[2])
        if name not in FUNCTIONS and name not in SPECIAL:
            close = get_close_matches(name, [*FUNCTIONS, *SPECIAL], 1)
            hint = f"; did you mean {close[0]}()?" if close else "."
            reason = f"{said.property}: there is no function {name}(){hint}"
            yield Finding(path, "unknown-function", reason, True)
        elif not _takes(name, count):
            reason = f"{said.property}: {name}() does not take {count} arguments."
            yield Finding(path, "arguments", reason, True)
        elif name in {"instance", "pulldata"} and part[2][0][0] == "str":
            source = part[2][0][1]
            if source not in form.instances:
                reason = f"{said.property}: there is no list “{source}”."
                yield Finding(path, "unknown-list", reason, True)


def _takes(name: str, count: int) -> bool:
    if name in SPECIAL:
        least, most = SPECIAL[name]
        return least <= count <= most and (name != "indexed-repeat" or count % 2 == 1)
    return FUNCTIONS[name].kinds(count) is not None


def _paths(form: CompiledForm, said: Said) -> Iterator[Finding]:
    context = max(said.spec, 0)
    reading = Reader(form, context, form.chain(context)).read(said.tree)
    for unknown in dict.fromkeys(reading.unknown):
        names = {spec.name for spec in form.specs}
        last = unknown.rpartition("/")[2]
        close = get_close_matches(last, names, 1)
        hint = f"; did you mean {close[0]}?" if close else "."
        reason = f"{said.property}: {unknown} does not exist{hint}"
        yield Finding(form.specs[context].path, "unknown-path", reason, True)


# ---------------------------------------------------------------------- warnings


def _warnings(form: CompiledForm, said: Said) -> Iterator[Finding]:
    path = form.specs[said.spec].path if said.spec >= 0 else ""
    if said.property in _TRUTHS and said.tree[0] == "path":
        reason = f"{said.property}: true as soon as the field exists, even empty. Compare it."
        yield Finding(path, "nodeset-truth", reason, False)
    functions = {part[1] for part in parts(said.tree) if part[0] == "fn"}
    volatile = sorted(name for name in functions if name in FUNCTIONS and FUNCTIONS[name].volatile)
    if said.property == "calculate" and volatile and said.tree[:2] != ("fn", "once"):
        reason = f"calculate: {volatile[0]}() gives another result each time. Wrap it in once()."
        yield Finding(path, "volatile", reason, False)
    for part in parts(said.tree):
        if part[:2] == ("fn", "regex") and len(part[2]) == 2 and not _is_anchored(part[2][1]):
            reason = f"{said.property}: Collect matches the whole text, others search. Use ^…$."
            yield Finding(path, "regex-search", reason, False)
        if part[0] == "path" and said.spec >= 0 and _enters_own_entry(form, said.spec, part):
            reason = f"{said.property}: means the same entry here; other clients take all entries."
            yield Finding(path, "own-entry", reason, False)


def _outputs(form: CompiledForm) -> Iterator[Finding]:
    for path, words in _all_words(form):
        for node in text_nodes(form, words):
            for written in output_texts(node):
                try:
                    parse(written)
                except NotAnExpression as fault:
                    yield Finding(path, "output", f"output: {fault}", True)


def _is_anchored(tree: Expression) -> bool:
    return tree[0] == "str" and str(tree[1]).startswith("^") and str(tree[1]).endswith("$")


def _enters_own_entry(form: CompiledForm, context: int, tree: Expression) -> bool:
    """Tell whether an absolute path goes through a repeat that the field stands in itself."""
    if tree[1] != "/" or not tree[2]:
        return False
    path = ""
    own = {form.specs[form.repeats[one].spec].path for one in form.chain(context)}
    for axis, test, predicates in tree[2][:-1]:
        path += f"/{test[2]}"
        if axis != "child" or predicates:
            return False
        if path in own:
            return True
    return False


# ---------------------------------------------------------------------- choices and languages


def choice_values(form: CompiledForm, control: Control) -> list[str]:
    """Return all values a question may ever offer, whatever its filter leaves."""
    values = [item.value for item in control.items]
    column = _column(control)
    for row in rows(form, control):
        values.extend(cell.string() for cell in row.elements() if cell.name == column)
    return values


def rows(form: CompiledForm, control: Control) -> list[Node]:
    """Return the rows of the secondary list that a question's choices are drawn from."""
    if control.itemset is None:
        return []
    for part in parts(control.itemset.tree[2][0]):
        if part[:2] == ("fn", "instance") and part[2][0][0] == "str":
            instance = form.instances.get(part[2][0][1])
            roots = instance.elements() if instance is not None else []
            return [row for root in roots for row in root.elements()]
    return []


def _column(control: Control) -> str:
    if control.itemset is None:
        return ""
    tree = control.itemset.tree[2][1]
    is_name = tree[0] == "path" and tree[1] == "." and len(tree[2]) == 1
    return str(tree[2][0][1][2]) if is_name else ""


def _choices(form: CompiledForm) -> Iterator[Finding]:
    for control in controls(form):
        if control.kind not in {"select", "rank", "select1"} or control.spec < 0:
            continue
        path = form.specs[control.spec].path
        values = choice_values(form, control)
        for value in dict.fromkeys(values):
            if len(value.split()) != 1:
                reason = f"The choice “{value}” must be one word without spaces."
                yield Finding(path, "choice-value", reason, True)


def _untranslated(form: CompiledForm, language: str) -> Iterator[Finding]:
    texts = form.texts.get(language)
    if texts is None and form.texts:
        yield Finding("", "language", f"The form has no texts in “{language}”.", True)
        return
    for path, words in _all_words(form):
        if words.text_id is None or words.text_id[0] != "str":
            if form.texts and words.node is not None and words.node.string().strip():
                reason = f"A text is not translated into “{language}”: {words.node.string()}"
                yield Finding(path, "language", reason, True)
            continue
        name = words.text_id[1]
        found = (texts or {}).get(name, [])
        if not any(one.string().strip() or output_texts(one) for one in found):
            reason = f"The text “{name}” is missing in “{language}”."
            yield Finding(path, "language", reason, True)


def _all_words(form: CompiledForm) -> Iterator[tuple[str, Words]]:
    """Yield labels, hints, choices and messages with the field they belong to."""
    for control in controls(form):
        path = form.specs[control.spec].path if control.spec >= 0 else ""
        for words in (control.label, control.hint, *(item.label for item in control.items)):
            if words is not None and (words.text_id is not None or words.node is not None):
                yield path, words
        yield from ((path, words) for words in _drawn_words(form, control))
    for spec in form.specs:
        for message in spec.messages.values():
            yield spec.path, _message_words(message)


def _drawn_words(form: CompiledForm, control: Control) -> Iterator[Words]:
    """Yield the translated labels of a list: `jr:itext(column)` names the column of their ids."""
    tree = text_id(control.itemset.label_path) if control.itemset is not None else None
    if tree is None or tree[0] != "path" or len(tree[2]) != 1:
        return
    column = tree[2][0][1][2]
    for row in rows(form, control):
        for cell in row.elements():
            if cell.name == column:
                yield Words(("str", cell.string()), None)


def _message_words(message: str) -> Words:
    name = text_id(message)
    return Words(None, Node(TEXT, text=message)) if name is None else Words(name, None)
