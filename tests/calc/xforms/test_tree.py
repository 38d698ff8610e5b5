import pytest

from serai.calc.xforms.tree import (
    COMMENT,
    DOCTYPE,
    ELEMENT,
    INSTRUCTION,
    NAMESPACE,
    TEXT,
    BadXml,
    Node,
    descendants,
    in_order,
    in_scope,
    namespace_nodes,
    number_nodes,
    parse_xml,
    root_element,
    top,
    write_xml,
)

EVERY_KIND = "<!DOCTYPE a><a x='1'>t<!--c--><?p q?><![CDATA[<&]]><b xmlns:n='urn:n' n:y='2'/></a>"


def test_parse_xml_keeps_every_kind_of_node():
    document = parse_xml(EVERY_KIND)
    a = root_element(document)

    assert [child.kind for child in document.children] == [DOCTYPE, ELEMENT]
    kinds = [TEXT, COMMENT, INSTRUCTION, TEXT, ELEMENT]
    assert [child.kind for child in a.children] == kinds
    assert a.string() == "t<&"
    assert a.attribute("x") == "1"
    assert a.attribute("none") is None
    assert a.elements()[0].attribute("y", "urn:n") == "2"


def test_parse_xml_reads_bytes_in_their_own_encoding():
    source = "<?xml version='1.0' encoding='iso-8859-1'?><a>é</a>".encode("iso-8859-1")

    assert parse_xml(source).string() == "é"
    assert parse_xml("<?xml version='1.0' encoding='iso-8859-1'?><a>é</a>").string() == "é"


def test_parse_xml_keeps_long_text_in_one_node():
    a = root_element(parse_xml(f"<a>{'x' * 100_000}</a>"))

    assert [len(child.text) for child in a.children] == [100_000]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<a><b></a>", "mismatched tag."),
        ("<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", "The DOCTYPE has an internal subset"),
        ("<a>&e;</a>", "undefined entity."),
        ("<!DOCTYPE a SYSTEM 'x.dtd'><a>&e;</a>", "The entity &e; is not defined."),
        ("<a>" * 101 + "</a>" * 101, "Elements stand more than 100 deep."),
        (f"<a>{'<b/>' * 200_000}</a>", "More than 200,000 nodes."),
        ("", "no element found."),
    ],
)
def test_parse_xml_refuses(source, reason):
    with pytest.raises(BadXml) as caught:
        parse_xml(source)

    assert caught.value.reason.startswith(reason)


def test_bad_xml_names_the_place():
    with pytest.raises(BadXml) as caught:
        parse_xml("<a>\n <b></a>")

    assert str(caught.value) == "Line 2, column 6: mismatched tag."


def test_namespace_nodes_hold_what_is_in_scope():
    document = parse_xml("<a xmlns='urn:d' xmlns:n='urn:n'><b xmlns=''/></a>")
    b = root_element(document).elements()[0]

    assert in_scope(b) == {"n": "urn:n", "xml": "http://www.w3.org/XML/1998/namespace"}
    found = namespace_nodes(root_element(document))
    assert [(node.kind, node.name) for node in found] == [
        (NAMESPACE, ""), (NAMESPACE, "n"), (NAMESPACE, "xml"),
    ]  # fmt: skip
    assert all(b.order > node.order > root_element(document).order for node in found)


def test_order_follows_the_document():
    document = parse_xml("<a x='1'><b/><c><d/></c></a>")
    a = root_element(document)
    b, c = a.elements()

    assert in_order([c, b, a.attributes[0], a, b]) == [a, a.attributes[0], b, c]
    assert top(c.elements()[0]) is document


def test_number_nodes_counts_what_was_added():
    document = parse_xml("<a><b/></a>")
    a = root_element(document)
    first = Node(ELEMENT, "first")
    first.parent = a
    a.children.insert(0, first)

    number_nodes(document)

    assert in_order([a.children[1], first]) == [first, a.children[1]]


def test_absent_nodes_are_not_read_or_written():
    document = parse_xml("<a>x<b>y<c/></b><d/></a>")
    a = root_element(document)
    a.elements()[0].relevant = False

    assert [node.name for node in descendants(a) if node.kind == ELEMENT] == ["d"]
    assert a.string() == "x"
    assert write_xml(document) == "<a>x<d/></a>"


@pytest.mark.parametrize(
    "source",
    [
        "<a/>",
        '<a x="&quot;&#10;&lt;">&amp;&lt;&gt;</a>',
        '<a xmlns="urn:d" xmlns:n="urn:n"><n:b n:y="1"/><c xmlns=""/></a>',
        "<!DOCTYPE a><a><!--c--><?p q?></a>",
        "<a>1&#13;2</a>",
    ],
)
def test_write_xml_gives_back_what_was_read(source):
    written = write_xml(parse_xml(source))

    assert written == source.replace('x="&quot;&#10;&lt;"', "x='\"&#10;&lt;'")
    assert write_xml(parse_xml(written)) == written


def test_write_xml_declares_namespaces_that_nobody_declared():
    node = Node(ELEMENT, "b", prefix="n", uri="urn:n")
    node.set_attribute("y", "1", prefix="m", uri="urn:m")
    node.set_attribute("y", "2", prefix="m", uri="urn:m")

    assert write_xml(node) == '<n:b xmlns:n="urn:n" xmlns:m="urn:m" m:y="2"/>'
