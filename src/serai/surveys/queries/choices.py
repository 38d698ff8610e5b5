"""What a question may ever offer, with labels, whatever its filter leaves."""

from serai.calc.xforms import CompiledForm, FormState, Ref, Spec
from serai.calc.xforms.form import says_nothing
from serai.calc.xforms.lint import rows
from serai.calc.xforms.parser import Expression
from serai.calc.xforms.tree import Node
from serai.calc.xforms.wording import text_by_id, text_id


def every_choice(state: FormState, ref: Ref) -> tuple[tuple[str, str], ...]:
    """Return (value, label) of each choice in the active language."""
    offered = tuple((one.value, one.label) for one in state.choices(ref))
    control = state.form.spec(ref.path).control
    if offered or control is None or control.itemset is None:
        return offered
    value, label = control.itemset.tree[2][1], control.itemset.label_path
    column = _column(value)
    return tuple(
        (_cell(row, column), _label(state, ref, row, label)) for row in rows(state.form, control)
    )


def choice_values(form: CompiledForm, spec: Spec) -> frozenset[str]:
    """Return the values of the choices that a question may ever offer."""
    control = spec.control
    if control is None:
        return frozenset()
    found = {one.value for one in control.items}
    if control.itemset is not None:
        column = _column(control.itemset.tree[2][1])
        found |= {_cell(row, column) for row in rows(form, control)}
    return frozenset(found)


def asks_consent(form: CompiledForm) -> bool:
    """Tell whether a form asks everybody for consent: `consent`, required, yes or no.

    Outside repeats and conditions, so that nobody is interviewed without having been asked.
    """
    return any(_is_consent(form, one) for one in form.specs if one.name == "consent")


def _is_consent(form: CompiledForm, spec: Spec) -> bool:
    control, above = spec.control, spec
    if control is None or control.kind != "select1" or spec.repeat >= 0:
        return False
    while above.parent >= 0 and "relevant" not in above.rules:
        above = form.specs[above.parent]
    is_asked = "relevant" not in above.rules and "readonly" not in spec.rules
    is_required = spec.binds.get("required", "").strip() == "true()"
    return is_asked and is_required and choice_values(form, spec) == {"yes", "no"}


def silent_choices(form: CompiledForm, spec: Spec) -> frozenset[str]:
    """Return the values of the choices that say nothing, such as "not known"."""
    control = spec.control
    if control is None:
        return frozenset()
    found = {one.value for one in control.items if one.is_no_information}
    if control.itemset is not None:
        column = _column(control.itemset.tree[2][1])
        found |= {
            _cell(row, column)
            for row in rows(form, control)
            if says_nothing(_cell(row, "no_information"))
        }
    return frozenset(found)


def _column(tree: Expression | None) -> str:
    """Return the column that a path of one step names."""
    return str(tree[2][0][1][2]) if tree and tree[0] == "path" and tree[2] else ""


def _label(state: FormState, ref: Ref, row: Node, written: str) -> str:
    name = text_id(written)
    if name is None:
        return _cell(row, written.strip())
    cell = state.cell(ref)
    return text_by_id(_cell(row, _column(name)), cell.spec.index, state.focus(cell))


def _cell(row: Node, name: str) -> str:
    return next((one.string() for one in row.elements() if one.name == name), "")
