"""A section's logic for the browser: trees as JSON, without texts."""

from typing import Any

from serai.calc.xforms.expressions import Said, expressions, parts
from serai.calc.xforms.flow import Ref
from serai.calc.xforms.form import CompiledForm, Spec
from serai.calc.xforms.frames import inside
from serai.calc.xforms.functions import FUNCTIONS
from serai.calc.xforms.reads import Reader
from serai.calc.xforms.state import FormState

# What the browser leaves to the server; its results come with the answer to an autosave.
SERVER_ONLY = frozenset(
    {"area", "distance", "geofence", "intersects", "property", "digest", "base64-decode", "id", "lang", "randomize",
     "pulldata", "jr:itext", "jr:choice-name", "instance"}
)  # fmt: skip
_LOGIC = {"relevant", "required", "readonly", "constraint", "calculate", "jr:count"}


def wire(form: CompiledForm, section: str) -> dict[str, Any]:
    """Return what the browser needs to know of a section's logic.

    Args:
        form: the compiled form.
        section: path of the group or repeat on the page.
    Returns:
        JSON-ready: `fields` by path with type, repeat and expressions as nested lists; `order`,
        the calculated properties in the order they run; `outside`, the paths that expressions
        read beyond the section; `server`, the properties left to the server. No label, hint or
        message is in it.
    Raises:
        KeyError: there is no such section.
    """
    form.spec(section)
    here = {spec.index for spec in form.specs if _is_within(spec, section)}
    fields = {form.specs[one].path: _field(form, form.specs[one]) for one in sorted(here)}
    outside: set[str] = set()
    server: list[list[str]] = []
    for said in expressions(form):
        if said.spec not in here or said.property not in _LOGIC:
            continue
        path = form.specs[said.spec].path
        if {part[1] for part in parts(said.tree) if part[0] == "fn"} & SERVER_ONLY:
            server.append([path, said.property])
            continue
        fields[path][said.property] = _json(said.tree)
        outside |= {form.specs[one].path for one in _read(form, said) - here}
    order = [
        [form.specs[rule.spec].path, rule.property]
        for rule in form.ordered
        if rule.spec in here and rule.property != "choices"
    ]
    return {
        "section": section,
        "fields": fields,
        "order": order,
        "outside": sorted(outside),
        "server": server,
    }


def outside_values(state: FormState, section: str) -> dict[str, list[list[str]]]:
    """Return the values that a section reads beyond itself.

    Returns:
        For each path of `outside` a [entry key, text] pair per relevant field, in order.
    """
    found: dict[str, list[list[str]]] = {}
    for path in wire(state.form, section)["outside"]:
        spec = state.form.spec(path)
        cells = [
            frame.cells[spec.slot]
            for frame in inside(state.flow.root, state.form.chain(spec.index))
        ]
        found[path] = [
            [cell.frame.key, "" if spec.is_group else cell.text] for cell in cells if cell.relevant
        ]
    return found


def section_values(state: FormState, section: str) -> dict[Ref, str]:
    """Return the answers inside a section, empty ones too, absent ones as they are kept."""
    return {
        Ref(cell.spec.path, cell.frame.key): cell.text
        for cell in state.cells()
        if _is_within(cell.spec, section) and not cell.spec.is_group
    }


def _is_within(spec: Spec, section: str) -> bool:
    return spec.path == section or spec.path.startswith(f"{section}/")


def _field(form: CompiledForm, spec: Spec) -> dict[str, Any]:
    found: dict[str, Any] = {"type": spec.type, "group": spec.is_group}
    if spec.repeat >= 0:
        found["repeat"] = form.specs[form.repeats[spec.repeat].spec].path
    if spec.control is not None:
        found["kind"] = spec.control.kind
    return found


def _read(form: CompiledForm, said: Said) -> set[int]:
    reader = Reader(form, said.spec, form.chain(said.spec))
    return set(reader.read(said.tree).specs)


def _json(tree: Any) -> Any:
    return [_json(part) for part in tree] if isinstance(tree, tuple) else tree


def known_functions() -> list[str]:
    """Return the functions the browser has to know, in alphabetical order."""
    names = {*FUNCTIONS, "if", "once", "indexed-repeat"}
    return sorted(names - SERVER_ONLY)
