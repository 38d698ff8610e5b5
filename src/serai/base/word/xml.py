"""Small pieces of WordprocessingML, built as elements, never as text."""

from lxml import etree

Element = etree._Element

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML = "http://www.w3.org/XML/1998/namespace"
NAMES = {"w": WORD, "r": RELATIONS}
PREFIXES = {"w": WORD, "r": RELATIONS, "xml": XML}


def qualified(name: str) -> str:
    """Write "w:p" as lxml wants it."""
    prefix, _, local = name.partition(":")
    return f"{{{PREFIXES[prefix]}}}{local}"


def make(name: str, /, *children: Element, **attributes: str | int) -> Element:
    """An element; attributes take the word-processing namespace, `r_id` the relations'."""
    element = etree.Element(qualified(name), nsmap=NAMES)
    for key, value in attributes.items():
        prefix, _, local = key.rpartition("_")
        element.set(qualified(f"{prefix or 'w'}:{local}"), str(value))
    element.extend(children)
    return element


def value(name: str, given: str | int) -> Element:
    """An element that says one thing: <w:name w:val="…"/>."""
    return make(name, val=given)


def text(words: str, name: str = "w:t") -> Element:
    """Words, with their spaces kept."""
    element = make(name)
    element.text = words
    element.set(qualified("xml:space"), "preserve")
    return element


def field(code: str, shown: str, properties: Element | None = None) -> list[Element]:
    """A field Word works out, with what it reads until then."""
    return [
        make("w:r", *_copies(properties), make("w:fldChar", fldCharType="begin")),
        make("w:r", *_copies(properties), text(f" {code} ", "w:instrText")),
        make("w:r", *_copies(properties), make("w:fldChar", fldCharType="separate")),
        make("w:r", *_copies(properties), text(shown)),
        make("w:r", *_copies(properties), make("w:fldChar", fldCharType="end")),
    ]


def _copies(properties: Element | None) -> list[Element]:
    if properties is None:
        return []
    return [etree.fromstring(etree.tostring(properties))]
