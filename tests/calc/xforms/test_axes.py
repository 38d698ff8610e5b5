import pytest

from serai.calc.xforms.axes import AXES, node_test
from serai.calc.xforms.parser import AXES as KNOWN
from serai.calc.xforms.tree import parse_xml, root_element
from serai.calc.xforms.values import Profile

ROOT = root_element(parse_xml("<r><a/><b x='1' xmlns:n='urn:n'>t<c/><n:d/></b><e><f/></e></r>"))
A, B, E = ROOT.elements()


def test_every_axis_of_xpath_is_here():
    assert set(AXES) == KNOWN


@pytest.mark.parametrize(
    ("axis", "names"),
    [
        ("ancestor", ["r", ""]),
        ("ancestor-or-self", ["b", "r", ""]),
        ("attribute", ["x"]),
        ("child", ["", "c", "d"]),
        ("descendant", ["", "c", "d"]),
        ("descendant-or-self", ["b", "", "c", "d"]),
        ("following", ["e", "f"]),
        ("following-sibling", ["e"]),
        ("namespace", ["n", "xml"]),
        ("parent", ["r"]),
        ("preceding", ["a"]),
        ("preceding-sibling", ["a"]),
        ("self", ["b"]),
    ],
)
def test_axis_from_an_element(axis, names):
    assert [node.name for node in AXES[axis](B)] == names


def test_axes_from_an_attribute():
    attribute = B.attributes[0]

    assert list(AXES["parent"](attribute)) == [B]
    assert list(AXES["following-sibling"](attribute)) == []
    assert [node.name for node in AXES["following"](attribute)] == ["", "c", "d", "e", "f"]
    assert [node.name for node in AXES["preceding"](attribute)] == ["a"]
    assert list(AXES["namespace"](attribute)) == []


def test_absent_nodes_are_on_no_axis():
    tree = root_element(parse_xml("<r><a/><b><c/></b><d/></r>"))
    a, b, d = tree.elements()
    b.relevant = False

    assert list(AXES["child"](tree)) == [a, d]
    assert list(AXES["following"](a)) == [d]
    assert list(AXES["self"](b)) == []
    assert list(AXES["descendant-or-self"](b)) == []


@pytest.mark.parametrize(
    ("test", "uri", "names"),
    [
        (("name", "", "c"), None, ["c"]),
        (("name", "", "*"), None, ["c", "d"]),
        (("name", "n", "*"), "urn:n", ["d"]),
        (("name", "n", "d"), "urn:n", ["d"]),
        (("name", "", "d"), None, []),
        (("type", "text", ""), None, [""]),
        (("type", "processing-instruction", "p"), None, []),
    ],
)
@pytest.mark.parametrize("profile", list(Profile))
def test_node_test(test, uri, names, profile):
    check = node_test("child", test, uri, profile)

    assert [node.name for node in B.children if check(node)] == names


def test_node_type_needs_no_test():
    assert node_test("child", ("type", "node", ""), None, Profile.FORM) is None
