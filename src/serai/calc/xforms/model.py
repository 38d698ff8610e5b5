"""Reads the head of an XForm: primary instance, binds, secondary instances, translations."""

import csv
import io
from collections.abc import Mapping

from serai.calc.xforms.form import (
    JAVAROSA_URI,
    SERAI_URI,
    CompiledForm,
    FormFault,
    Repeat,
    Seed,
    Spec,
)
from serai.calc.xforms.tree import (
    ELEMENT,
    TEXT,
    BadXml,
    Node,
    descendants,
    in_scope,
    number_nodes,
    parse_xml,
)

TYPES = {
    "string", "int", "decimal", "boolean", "date", "time", "dateTime", "geopoint", "geotrace",
    "geoshape", "binary", "barcode", "intent",
}  # fmt: skip


def child(node: Node | None, name: str) -> Node | None:
    """Return the first child element of a local name."""
    if node is None:
        return None
    return next((one for one in node.elements() if one.name == name), None)


def all_named(node: Node, name: str) -> list[Node]:
    """Return the child elements of a local name."""
    return [one for one in node.elements() if one.name == name]


def repeat_paths(body: Node | None) -> dict[str, Node]:
    """Return the body's repeat elements by the path of their nodes."""
    found: dict[str, Node] = {}
    for node in descendants(body) if body is not None else ():
        if node.kind == ELEMENT and node.name == "repeat":
            path = node.attribute("nodeset") or node.attribute("ref") or ""
            found.setdefault(path.strip(), node)
    return found


class ModelReader:
    """Builds a form's fields from its model; faults are gathered, not raised."""

    def __init__(
        self,
        document: Node,
        files: Mapping[str, str],
        faults: list[FormFault],
        problems: list[FormFault],
    ) -> None:
        self.faults = faults
        self.problems = problems
        self.files = files
        self.specs: list[Spec] = []
        self.repeats: list[Repeat] = []
        self.layout: list[int] = []
        self.inner: list[int] = []
        self.by_path: dict[str, int] = {}
        html = document.elements()[0]
        self.head, self.body = child(html, "head"), child(html, "body")
        self.model = child(self.head, "model")
        self.repeat_nodes = repeat_paths(self.body)

    def fault(self, path: str, reason: str) -> None:
        self.faults.append(FormFault(path, reason))

    def problem(self, path: str, reason: str) -> None:
        self.problems.append(FormFault(path, reason))

    def read(self) -> CompiledForm | None:
        """Return the form without its rules and controls; None where there is no instance."""
        if self.model is None:
            self.fault("", "The form has no model.")
            return None
        for node in all_named(self.model, "submission"):
            if node.attribute("base64RsaPublicKey"):
                self.problem("", "Encrypted submissions are not supported.")
        instances = all_named(self.model, "instance")
        root = instances[0].elements()[0] if instances and instances[0].elements() else None
        if root is None:
            self.fault("", "The model has no primary instance.")
            return None
        seed = Seed()
        self.read_element(root, "", -1, -1, seed)
        for path in self.repeat_nodes.keys() - {self.specs[r.spec].path for r in self.repeats}:
            self.problem(path, "The repeat's node is not in the instance.")
        texts, default = self.read_texts()
        title = child(self.head, "title")
        form = CompiledForm(
            title=title.string() if title else "",
            form_id=root.attribute("id") or root.uri,
            version=root.attribute("version") or "",
            namespaces={prefix: uri for prefix, uri in in_scope(self.model).items() if prefix},
            specs=self.specs, repeats=self.repeats, layout=self.layout, inner=self.inner,
            seed=seed, by_path=self.by_path,
            instances=self.read_instances(instances[1:]), texts=texts, default_language=default,
        )  # fmt: skip
        self.read_binds(form)
        return form

    # ------------------------------------------------------------------ primary instance

    def read_element(self, node: Node, above: str, parent: int, repeat: int, seed: Seed) -> int:
        """Add one element and all below it; return its index."""
        path = f"{above}/{node.name}"
        if path in self.repeat_nodes:
            repeat = self.new_repeat(repeat)
        layout = self.repeats[repeat].layout if repeat >= 0 else self.layout
        attributes = tuple(
            (one.name, one.prefix, one.uri, one.text)
            for one in node.attributes
            if not (one.name == "template" and one.uri == JAVAROSA_URI)
        )
        spec = Spec(
            len(self.specs), path, node.name, node.prefix, node.uri, parent, repeat, len(layout),
            attributes, node.namespaces,
        )  # fmt: skip
        self.specs.append(spec)
        layout.append(spec.index)
        self.by_path.setdefault(path, spec.index)
        if path in self.repeat_nodes:
            self.repeats[repeat].spec = spec.index
        self.read_children(node, spec, seed)
        return spec.index

    def new_repeat(self, outer: int) -> int:
        repeat = Repeat(len(self.repeats), -1, outer)
        self.repeats.append(repeat)
        (self.repeats[outer].inner if outer >= 0 else self.inner).append(repeat.index)
        return repeat.index

    def read_children(self, node: Node, spec: Spec, seed: Seed) -> None:
        seen: dict[str, int] = {}
        for one in node.elements():
            path = f"{spec.path}/{one.name}"
            known = seen.get(one.qualified_name)
            if path in self.repeat_nodes:
                if known is None:
                    known = self.read_repeat(node, one, spec, seed)
                    seen[one.qualified_name] = known
                    spec.children.append(known)
                continue
            index = self.read_element(one, spec.path, spec.index, spec.repeat, seed)
            spec.children.append(index)
            if known is not None:
                self.specs[known].is_unique = self.specs[index].is_unique = False
            seen[one.qualified_name] = index
        if not node.elements():
            text = node.string()
            if text:
                seed.texts[spec.index] = text if text.strip() else ""

    def read_repeat(self, node: Node, first: Node, spec: Spec, seed: Seed) -> int:
        """Add a repeat: its fields from the first of its elements, then a seed for each entry."""
        same = [one for one in node.elements() if one.qualified_name == first.qualified_name]
        templates = [one for one in same if one.attribute("template", JAVAROSA_URI) is not None]
        entries = [one for one in same if one.attribute("template", JAVAROSA_URI) is None]
        own = Seed()
        index = self.read_element(
            templates[0] if templates else first, spec.path, spec.index, spec.repeat, own
        )
        repeat = self.repeats[self.specs[index].repeat]
        repeat.template = own
        seeds = seed.entries.setdefault(repeat.index, [])
        seeds.extend(self.seed_of(one, index) for one in entries)
        return index

    def seed_of(self, node: Node, index: int) -> Seed:
        """Read what an entry starts with, along fields that are known already."""
        seed = Seed()
        self.fill_seed(node, self.specs[index], seed)
        return seed

    def fill_seed(self, node: Node, spec: Spec, seed: Seed) -> None:
        if not spec.children:
            seed.texts[spec.index] = node.string() if node.string().strip() else ""
        by_name = {self.specs[one].name: self.specs[one] for one in spec.children}
        for one in node.elements():
            below = by_name.get(one.name)
            if below is None:
                self.problem(f"{spec.path}/{one.name}", "Only some entries of the repeat have it.")
            elif below.repeat != spec.repeat:
                if one.attribute("template", JAVAROSA_URI) is None:
                    entry = self.seed_of(one, below.index)
                    seed.entries.setdefault(below.repeat, []).append(entry)
            else:
                self.fill_seed(one, below, seed)

    # ------------------------------------------------------------------ binds

    def read_binds(self, form: CompiledForm) -> None:
        for bind in all_named(self.model, "bind") if self.model else ():
            path = (bind.attribute("nodeset") or bind.attribute("ref") or "").strip()
            spec = self.bound(form, path)
            if spec is None:
                continue
            for attribute in bind.attributes:
                jr = attribute.uri == JAVAROSA_URI
                serai = attribute.uri == SERAI_URI
                prefix = "jr:" if jr else "serai:" if serai else ""
                spec.binds[prefix + attribute.name] = attribute.text.strip()
            self.apply_bind(spec)

    def bound(self, form: CompiledForm, path: str) -> Spec | None:
        index = form.by_path.get(path)
        if index is None and path.startswith("/"):
            # ODK writes names of another namespace with their prefix: /data/orx:meta.
            plain = "/".join(part.rpartition(":")[2] for part in path.split("/"))
            index = form.by_path.get(plain)
        if index is None:
            self.problem(path, "The bind's node is not in the instance.")
            return None
        return form.specs[index]

    def apply_bind(self, spec: Spec) -> None:
        written = spec.binds.get("type", "string")
        local = written.rpartition(":")[2]
        spec.type = local if local in TYPES else "string"
        for name, key in (("jr:constraintMsg", "constraint"), ("jr:requiredMsg", "required")):
            if name in spec.binds:
                spec.messages[key] = spec.binds[name]
        weight = spec.binds.get("serai:weight")
        if weight is not None:
            try:
                spec.weight = float(weight)
            except ValueError:
                self.problem(spec.path, f"The weight “{weight}” is not a number.")

    # ------------------------------------------------------------------ instances and texts

    def read_instances(self, nodes: list[Node]) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for node in nodes:
            name, source = node.attribute("id") or "", node.attribute("src")
            if name in found:
                self.problem("", f"Two instances are called “{name}”.")
            elif source and not node.elements():
                found[name] = self.read_file(name, source.rpartition("/")[2])
            else:
                found[name] = node
        return found

    def read_file(self, name: str, file: str) -> Node:
        holder = Node(ELEMENT, "instance")
        text = self.files.get(file)
        if text is None:
            self.problem("", f"The file {file} of the list “{name}” is missing.")
            return holder
        if file.endswith(".csv"):
            holder.append(_rows(text))
        else:
            try:
                holder.append(parse_xml(text).elements()[0])
            except BadXml as fault:
                self.problem("", f"The file {file} of the list “{name}”: {fault}")
        number_nodes(holder)
        return holder

    def read_texts(self) -> tuple[dict[str, dict[str, list[Node]]], str]:
        """Return for each language the values of each text, and the default language."""
        found: dict[str, dict[str, list[Node]]] = {}
        default = ""
        itext = child(self.model, "itext")
        for translation in all_named(itext, "translation") if itext else ():
            language = translation.attribute("lang") or ""
            found[language] = {
                text.attribute("id") or "": all_named(text, "value")
                for text in all_named(translation, "text")
            }
            if translation.attribute("default") is not None or not default:
                default = language if translation.attribute("default") is not None else default
        return found, default or next(iter(found), "")


def _rows(text: str) -> Node:
    """Turn a CSV table into root/item/column."""
    root = Node(ELEMENT, "root")
    for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))):
        item = root.append(Node(ELEMENT, "item"))
        for column, value in row.items():
            if isinstance(value, str):
                cell = item.append(Node(ELEMENT, column.strip()))
                if value:
                    cell.append(Node(TEXT, text=value))
    return root
