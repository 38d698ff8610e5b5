"""Submitted answers: from an instance's XML into answers and entries, and back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from serai.calc.xforms.flow import EntryAt, Ref
from serai.calc.xforms.form import JAVAROSA_URI, CompiledForm, Spec
from serai.calc.xforms.state import FormState
from serai.calc.xforms.tree import Node, parse_xml, root_element, write_xml


class NotThisForm(ValueError):
    """The instance belongs to another form."""


@dataclass(slots=True)
class Instance:
    """What an instance's XML holds.

    Attributes:
        form_id, version: as its root element says.
        instance_id, deprecated_id: from its meta block, "" where missing.
        answers: texts by path and entry; entries are named "1", "2" … in document order.
        entries: the entries there are, outer ones first.
        unknown: texts at paths the form does not have.
    """

    form_id: str
    version: str
    instance_id: str = ""
    deprecated_id: str = ""
    answers: dict[Ref, str] = field(default_factory=dict)
    entries: list[EntryAt] = field(default_factory=list)
    unknown: dict[Ref, str] = field(default_factory=dict)


def read_instance(form: CompiledForm, xml: str | bytes) -> Instance:
    """Read a submitted instance.

    Args:
        form: the form it should belong to; another version of it will do.
        xml: the instance's XML.
    Returns:
        Its answers; what the form has no place for stands apart, so that nothing is lost.
    Raises:
        BadXml: it cannot be read.
        NotThisForm: its root element has another name.
    """
    root = root_element(parse_xml(xml.strip() if isinstance(xml, str) else xml))
    top = form.specs[0]
    if root.name != top.name:
        raise NotThisForm(f"The instance begins with {root.name}, the form with {top.name}.")
    found = Instance(root.attribute("id") or root.uri, root.attribute("version") or "")
    _Walk(form, found).read(root, top, "")
    for node in (one for one in root.elements() if one.name == "meta"):
        for one in node.elements():
            if one.name == "instanceID":
                found.instance_id = one.string().strip()
            elif one.name == "deprecatedID":
                found.deprecated_id = one.string().strip()
                # It comes with a corrected instance; forms do not hold it.
                found.unknown.pop(Ref(f"{top.path}/meta/deprecatedID"), None)
    return found


class _Walk:
    """Walks an instance's elements along the form's fields."""

    def __init__(self, form: CompiledForm, found: Instance) -> None:
        self.form = form
        self.found = found

    def read(self, node: Node, spec: Spec, entry: str) -> None:
        if not spec.children:
            ref = Ref(spec.path, entry)
            if ref in self.found.answers:
                # Given twice: the first counts, the other is kept where strangers are.
                self.stranger(node, spec.path.rpartition("/")[0], entry)
                return
            self.found.answers[ref] = node.string()
            for one in node.elements():
                self.stranger(one, spec.path, entry)
            return
        below = {self.form.specs[one].name: self.form.specs[one] for one in spec.children}
        for one in node.elements():
            known = below.get(one.name)
            if known is None:
                self.stranger(one, spec.path, entry)
            elif known.repeat == spec.repeat:
                self.read(one, known, entry)
            elif one.attribute("template", JAVAROSA_URI) is None:
                key = str(len(self.found.entries) + 1)
                self.found.entries.append(EntryAt(known.path, entry, key))
                self.read(one, known, key)

    def stranger(self, node: Node, above: str, entry: str) -> None:
        """Keep the texts of an element that the form does not know."""
        path = f"{above}/{node.name}"
        if not node.elements():
            ref = Ref(path, entry)
            before = self.found.unknown.get(ref)
            text = node.string()
            self.found.unknown[ref] = text if before is None else f"{before}\n{text}"
        for one in node.elements():
            self.stranger(one, path, entry)


def write_instance(state: FormState, texts: Mapping[Ref, str] | None = None) -> str:
    """Write a response as an instance's XML; fields that are not relevant are left out.

    Args:
        state: the response.
        texts: what is written instead of the state's own text at these places; the state itself
            stays as it is.
    """
    cells = [(state.cell(ref), text) for ref, text in (texts or {}).items()]
    own = [cell.text for cell, _text in cells]
    for cell, text in cells:
        cell.write(text)
    try:
        return _written(state)
    finally:
        for (cell, _text), text in zip(cells, own, strict=True):
            cell.write(text)


def _written(state: FormState) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>{write_xml(state.flow.document)}'
