import pytest
from tests.calc.xforms.xpath_vectors import env

from serai.calc.xforms.documents import DocumentHost
from serai.calc.xforms.focus import ENGLISH_NAMES, Focus, Function
from serai.calc.xforms.tree import parse_xml
from serai.calc.xforms.values import Profile, Rules


@pytest.mark.parametrize(
    ("takes", "count", "kinds"),
    [
        ("", 0, ""),
        ("", 1, None),
        ("s?", 0, ""),
        ("s?", 1, "s"),
        ("snn?", 1, None),
        ("snn?", 2, "sn"),
        ("snn?", 4, None),
        ("nnv*", 2, "nn"),
        ("nnv*", 4, "nnvv"),
        ("nnv*", 1, None),
        ("v*", 0, ""),
    ],
)
def test_function_kinds_of_arguments(takes, count, kinds):
    assert Function(takes, "s", str).kinds(count) == kinds


def test_inner_focus_keeps_current_and_counts_anew():
    document = parse_xml("<d/>")
    world = env()
    rules = Rules(Profile.FORM, world.zone)
    focus = Focus(document, root=document, rules=rules, env=world, host=DocumentHost(document))
    focus.position = focus.size = 7

    inner = focus.inner()

    assert (inner.position, inner.size) == (1, 1)
    assert inner.current is document
    assert inner.host is focus.host


def test_english_names_are_whole():
    assert (len(ENGLISH_NAMES.months), len(ENGLISH_NAMES.weekdays)) == (12, 7)
