"""Evaluates one expression for the tests of functions."""

from tests.calc.xforms.xpath_vectors import env

from serai.calc.xforms.documents import evaluate
from serai.calc.xforms.tree import parse_xml
from serai.calc.xforms.values import Profile

DOCUMENT = parse_xml(
    "<d><n>1</n><n>2</n><n>x</n><e/><g>0 0;0 1;1 1;1 0;0 0</g><w>2</w><w>3</w></d>"
)


def got(expression, *, native=False):
    """Return an expression's own value, unconverted."""
    profile = Profile.NATIVE if native else Profile.FORM
    found = evaluate(expression, DOCUMENT, env=env(), profile=profile)
    return [node.string() for node in found] if isinstance(found, list) else found
