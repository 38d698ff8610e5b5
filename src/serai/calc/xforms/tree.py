"""XML as a light tree: every kind of node XPath can see, in slots, with an order."""

from collections.abc import Iterable, Iterator
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

DOCUMENT, ELEMENT, ATTRIBUTE, TEXT, COMMENT, INSTRUCTION, NAMESPACE, DOCTYPE = range(8)

MAX_DEPTH = 100
MAX_NODES = 200_000
XML_URI = "http://www.w3.org/XML/1998/namespace"


class BadXml(ValueError):
    """The text is not XML that we take.

    Attributes:
        reason: what is wrong.
        line: where, from 1.
        column: where, from 0.
    """

    def __init__(self, reason: str, line: int = 0, column: int = 0) -> None:
        self.reason, self.line, self.column = reason, line, column
        super().__init__(f"Line {line}, column {column}: {reason}")


class Node:
    """One node. `order` rises in document order; a node with `relevant` false reads as absent."""

    __slots__ = (
        "attributes",
        "children",
        "kind",
        "name",
        "namespaces",
        "order",
        "parent",
        "prefix",
        "relevant",
        "text",
        "uri",
    )

    def __init__(
        self, kind: int, name: str = "", text: str = "", *, prefix: str = "", uri: str = ""
    ) -> None:
        self.kind = kind
        self.name = name
        self.prefix = prefix
        self.uri = uri
        self.text = text
        self.parent: Node | None = None
        self.children: list[Node] = []
        self.attributes: list[Node] = []
        self.namespaces: dict[str, str] | None = None
        self.order: float = 0
        self.relevant = True

    @property
    def qualified_name(self) -> str:
        """The name as written, with its prefix."""
        return f"{self.prefix}:{self.name}" if self.prefix else self.name

    def append(self, child: "Node") -> "Node":
        """Add a child at the end and return it."""
        child.parent = self
        self.children.append(child)
        return child

    def set_attribute(self, name: str, text: str, *, prefix: str = "", uri: str = "") -> "Node":
        """Add an attribute, or change the one that is there, and return it."""
        for attribute in self.attributes:
            if attribute.name == name and attribute.uri == uri:
                attribute.text = text
                return attribute
        attribute = Node(ATTRIBUTE, name, text, prefix=prefix, uri=uri)
        attribute.parent = self
        self.attributes.append(attribute)
        return attribute

    def attribute(self, name: str, uri: str = "") -> str | None:
        """Return an attribute's text, or None where it is not written."""
        for attribute in self.attributes:
            if attribute.name == name and attribute.uri == uri:
                return attribute.text
        return None

    def elements(self) -> "list[Node]":
        """Return the children that are elements."""
        return [child for child in self.children if child.kind == ELEMENT]

    def string(self) -> str:
        """Return the string-value of XPath 1.0, section 5."""
        if self.kind > ELEMENT:
            return self.text
        children = self.children
        if not children:
            return ""
        if len(children) == 1 and children[0].kind == TEXT:
            return children[0].text
        return "".join(node.text for node in descendants(self) if node.kind == TEXT)


def descendants(node: Node) -> Iterator[Node]:
    """Yield what stands below a node, in document order, without attributes and absent nodes."""
    waiting = [iter(node.children)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.relevant:
            yield child
            if child.children:
                waiting.append(iter(child.children))


def top(node: Node) -> Node:
    """Return the uppermost node above a node, usually the document."""
    while node.parent is not None:
        node = node.parent
    return node


def root_element(document: Node) -> Node:
    """Return the one element a document holds."""
    return document.elements()[0]


def in_scope(node: Node) -> dict[str, str]:
    """Return the namespaces known at an element, by prefix; "" is the default one."""
    found: dict[str, str] = {}
    here: Node | None = node
    while here is not None:
        for prefix, uri in (here.namespaces or {}).items():
            found.setdefault(prefix, uri)
        here = here.parent
    found["xml"] = XML_URI
    return {prefix: uri for prefix, uri in found.items() if uri}


def namespace_nodes(element: Node) -> list[Node]:
    """Return the namespace nodes of an element, the default namespace first."""
    found = []
    for rank, (prefix, uri) in enumerate(sorted(in_scope(element).items())):
        node = Node(NAMESPACE, prefix, uri)
        node.parent = element
        node.order = element.order + (rank + 1) / 1000  # before the attributes, which are whole
        found.append(node)
    return found


def number_nodes(node: Node) -> None:
    """Give a tree's nodes their document order; every element keeps a number for one text."""
    order = 0
    waiting = [node]
    while waiting:
        here = waiting.pop()
        order += 1
        here.order = order
        for attribute in here.attributes:
            order += 1
            attribute.order = order
        order += 1
        waiting.extend(reversed(here.children))


def settle_order(node: Node) -> None:
    """Number the tree of a node where that is due: its top has the order 0 after a change."""
    whole = top(node)
    if not whole.order:
        number_nodes(whole)


def in_order(nodes: Iterable[Node]) -> list[Node]:
    """Return nodes once each, in document order."""
    unique = {id(node): node for node in nodes}
    for node in unique.values():
        settle_order(node)
        break
    return sorted(unique.values(), key=lambda node: node.order)


def parse_xml(source: str | bytes) -> Node:
    """Read XML into a tree.

    Args:
        source: text, or bytes in the encoding they name themselves.
    Returns:
        The document node. CDATA sections stay texts of their own, a DOCTYPE is a node.
    Raises:
        BadXml: not well-formed, internal subset or unknown entity, deeper than 100 elements,
            more than 200,000 nodes.
    """
    builder = _Builder("utf-8" if isinstance(source, str) else None)
    return builder.read(source.encode() if isinstance(source, str) else source)


class _Builder:
    """Builds the tree while expat reads."""

    def __init__(self, encoding: str | None) -> None:
        self.document = Node(DOCUMENT)
        self.here = self.document
        self.depth = self.count = 0
        self.texts: list[str] = []
        self.declared: dict[str, str] = {}
        self.parser = parser = expat.ParserCreate(encoding, " ")
        parser.namespace_prefixes = True
        parser.ordered_attributes = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.texts.append
        parser.CommentHandler = self.comment
        parser.ProcessingInstructionHandler = self.instruction
        parser.StartNamespaceDeclHandler = self.declare
        parser.StartDoctypeDeclHandler = self.doctype
        parser.StartCdataSectionHandler = self.flush
        parser.EndCdataSectionHandler = self.flush
        parser.SkippedEntityHandler = self.skipped

    def read(self, source: bytes) -> Node:
        try:
            self.parser.Parse(source, True)
        except expat.ExpatError as fault:
            reason = expat.ErrorString(fault.code)
            raise BadXml(f"{reason}.", fault.lineno, fault.offset) from None
        except BadXml:
            raise
        except (LookupError, ValueError):
            # Python's own reader of encodings is asked for those that expat does not know.
            raise self.refuse("The encoding it names cannot be read.") from None
        number_nodes(self.document)
        return self.document

    def refuse(self, reason: str) -> BadXml:
        return BadXml(reason, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber)

    def add(self, node: Node) -> Node:
        self.count += 1
        if self.count > MAX_NODES:
            raise self.refuse(f"More than {MAX_NODES:,} nodes.")
        return self.here.append(node)

    def flush(self) -> None:
        if self.texts:
            text = "".join(self.texts)
            self.texts.clear()
            self.add(Node(TEXT, text=text))

    def start(self, name: str, attributes: list[str]) -> None:
        self.flush()
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.refuse(f"Elements stand more than {MAX_DEPTH} deep.")
        local, prefix, uri = _split(name)
        node = self.add(Node(ELEMENT, local, prefix=prefix, uri=uri))
        if self.declared:
            node.namespaces, self.declared = self.declared, {}
        for key, text in zip(attributes[::2], attributes[1::2], strict=True):
            local, prefix, uri = _split(key)
            attribute = Node(ATTRIBUTE, local, text, prefix=prefix, uri=uri)
            attribute.parent = node
            node.attributes.append(attribute)
        self.count += len(node.attributes)
        self.here = node

    def end(self, _name: str) -> None:
        self.flush()
        self.depth -= 1
        self.here = self.here.parent or self.document

    def comment(self, text: str) -> None:
        self.flush()
        self.add(Node(COMMENT, text=text))

    def instruction(self, target: str, text: str) -> None:
        self.flush()
        self.add(Node(INSTRUCTION, target, text))

    def declare(self, prefix: str | None, uri: str | None) -> None:
        self.declared[prefix or ""] = uri or ""

    def doctype(self, name: str, _system: str | None, _public: str | None, subset: int) -> None:
        if subset:
            raise self.refuse("The DOCTYPE has an internal subset, which we do not take.")
        self.add(Node(DOCTYPE, name))

    def skipped(self, name: str, _parameter: bool) -> None:
        raise self.refuse(f"The entity &{name}; is not defined.")


def _split(name: str) -> tuple[str, str, str]:
    """Cut expat's "uri local prefix" into local name, prefix and namespace."""
    parts = name.split(" ")
    if len(parts) == 1:
        return parts[0], "", ""
    return parts[1], parts[2] if len(parts) > 2 else "", parts[0]


def write_xml(node: Node) -> str:
    """Write a tree as XML text, declaring each namespace where it is first used.

    Args:
        node: a document or an element.
    Returns:
        XML without a declaration; absent (non-relevant) nodes are left out.
    """
    written: list[str] = []
    _write(node, {"xml": XML_URI}, written)
    return "".join(written)


def _write(node: Node, known: dict[str, str], written: list[str]) -> None:
    if node.kind == TEXT:
        written.append(escape(node.text, {"\r": "&#13;"}))
    elif node.kind == COMMENT:
        written.append(f"<!--{node.text}-->")
    elif node.kind == INSTRUCTION:
        written.append(f"<?{node.name} {node.text}?>")
    elif node.kind == DOCTYPE:
        written.append(f"<!DOCTYPE {node.name}>")
    elif node.kind == DOCUMENT:
        for child in node.children:
            _write(child, known, written)
    elif node.relevant:
        _write_element(node, known, written)


def _write_element(node: Node, known: dict[str, str], written: list[str]) -> None:
    fresh = dict(node.namespaces or {})
    for one in (node, *node.attributes):
        bound = {**known, **fresh}.get(one.prefix, "")
        if bound != one.uri and (one.prefix or one.kind == ELEMENT):
            fresh[one.prefix] = one.uri
    written.append(f"<{node.qualified_name}")
    written.extend(
        f" xmlns{':' + prefix if prefix else ''}={_quoted(uri)}"
        for prefix, uri in fresh.items()
        if known.get(prefix, "") != uri
    )
    written.extend(f" {one.qualified_name}={_quoted(one.text)}" for one in node.attributes)
    if not node.children:
        written.append("/>")
        return
    written.append(">")
    for child in node.children:
        _write(child, {**known, **fresh}, written)
    written.append(f"</{node.qualified_name}>")


def _quoted(text: str) -> str:
    return quoteattr(text, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
