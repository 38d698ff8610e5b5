"""Turns an XForm into a form ready to be filled, or says all that is wrong with it."""

import hashlib
from collections.abc import Mapping

from serai.calc.xforms.body import BodyReader
from serai.calc.xforms.focus import Code
from serai.calc.xforms.form import (
    CALCULATE,
    CHOICES,
    COUNT,
    READONLY,
    RELEVANT,
    REQUIRED,
    CompiledForm,
    FormFault,
    FormFaults,
    Rule,
    Spec,
)
from serai.calc.xforms.graph import arrange
from serai.calc.xforms.lexer import NotAnExpression
from serai.calc.xforms.model import ModelReader
from serai.calc.xforms.parser import Expression, parse
from serai.calc.xforms.paths import FormCompiler
from serai.calc.xforms.reads import Reader, Reading, calls_volatile
from serai.calc.xforms.tree import BadXml, parse_xml

_PROPERTIES = (RELEVANT, READONLY, REQUIRED, CALCULATE)


def compile_form(xform: str | bytes, files: Mapping[str, str] | None = None) -> CompiledForm:
    """Compile an XForm.

    Args:
        xform: the form's XML.
        files: texts of its lists (.csv, .xml) by file name.
    Returns:
        The form. What can be filled but not published stands in its `problems`: see lint.
    Raises:
        FormFaults: everything that is wrong, each with its path.
    """
    faults: list[FormFault] = []
    try:
        document = parse_xml(xform.strip() if isinstance(xform, str) else xform)
    except BadXml as fault:
        raise FormFaults([FormFault("", str(fault))]) from None
    problems: list[FormFault] = []
    reader = ModelReader(document, files or {}, faults, problems)
    form = reader.read()
    if form is None:
        raise FormFaults(faults)
    form.problems = problems
    source = xform.encode() if isinstance(xform, str) else xform
    form.digest = hashlib.sha256(source).hexdigest()
    BodyReader(form, faults).read(reader.model, reader.body)
    for spec in form.specs:
        add_rules(form, spec, faults)
    faults.extend(arrange(form))
    if faults:
        raise FormFaults(faults)
    return form


def add_rules(form: CompiledForm, spec: Spec, faults: list[FormFault]) -> None:
    """Compile what a field's bind, repeat and choices say."""
    for name in _PROPERTIES:
        if name in spec.binds:
            _add(form, spec, name, spec.binds[name], faults)
    if "jr:count" in spec.binds:
        _add(form, spec, COUNT, spec.binds["jr:count"], faults)
    if "constraint" in spec.binds:
        tree = _parsed(spec, "constraint", spec.binds["constraint"], faults)
        if tree is not None:
            spec.constraint = FormCompiler(form, spec.index).truth(tree)
    if spec.control is not None and spec.control.itemset is not None:
        _new(form, spec, CHOICES, spec.control.itemset.tree, form.chain(spec.index))


def _add(form: CompiledForm, spec: Spec, name: str, written: str, faults: list[FormFault]) -> None:
    tree = _parsed(spec, name, written, faults)
    if tree is None:
        return
    chain = form.chain(spec.index)
    _new(form, spec, name, tree, chain[:-1] if name == COUNT else chain)


def _new(
    form: CompiledForm, spec: Spec, name: str, tree: Expression, chain: tuple[int, ...]
) -> None:
    reading = _read(form, spec, name, tree, chain)
    rule = Rule(
        len(form.rules), spec.index, name, tree, _code(form, spec, name, tree, chain),
        reading.specs, chain,
        spans=reading.spans,
        orders=reading.orders,
        uses_texts=bool(reading.functions & {"jr:itext", "jr:choice-name"}),
        is_volatile=calls_volatile(reading.functions),
    )  # fmt: skip
    form.rules.append(rule)
    spec.rules[name] = rule


def _code(
    form: CompiledForm, spec: Spec, name: str, tree: Expression, chain: tuple[int, ...]
) -> Code:
    compiler = FormCompiler(form, spec.index, chain)
    if name == CHOICES and spec.control is not None and spec.control.itemset is not None:
        return spec.control.itemset.nodes
    if name == CALCULATE:
        return compiler.any(tree)[1]
    return compiler.number(tree) if name == COUNT else compiler.truth(tree)


def _read(
    form: CompiledForm, spec: Spec, name: str, tree: Expression, chain: tuple[int, ...]
) -> Reading:
    reader = Reader(form, spec.index, chain)
    if name != CHOICES:
        return reader.read(tree, as_value=name in {CALCULATE, COUNT})
    nodes, *relative = tree[2]
    places = reader.visit(nodes, reader.here())
    for one in relative:
        reader.visit(one, places)
    return reader.found


def _parsed(spec: Spec, name: str, written: str, faults: list[FormFault]) -> Expression | None:
    try:
        return parse(written)
    except NotAnExpression as fault:
        faults.append(FormFault(spec.path, f"{name}: {fault}"))
        return None
