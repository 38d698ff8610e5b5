"""Functions over node-sets: XPath 1.0, section 4.1, and ODK's own."""

import hashlib

from serai.calc.xforms.focus import CannotEvaluate, Focus, Function
from serai.calc.xforms.tree import ATTRIBUTE, ELEMENT, INSTRUCTION, XML_URI, Node, descendants, top
from serai.calc.xforms.values import Value


def position_of(node: Node) -> int:
    """Count a node's place among its siblings of the same name, from 1.

    Absent siblings count, or an entry's relevance could not depend on its own position.
    """
    if node.parent is None:
        return 1
    place = 0
    for sibling in node.parent.children:
        if sibling.kind == ELEMENT and sibling.name == node.name and sibling.uri == node.uri:
            place += 1
        if sibling is node:
            return place
    return 1


def _last(focus: Focus) -> Value:
    return float(focus.size)


def _position(focus: Focus, nodes: list[Node] | None = None) -> Value:
    if nodes is None:
        return float(focus.position)
    return float(position_of(nodes[0])) if nodes else float("nan")


def _count(_focus: Focus, nodes: list[Node]) -> Value:
    return float(len(nodes))


def _count_non_empty(_focus: Focus, nodes: list[Node]) -> Value:
    return float(sum(1 for node in nodes if node.string()))


def _id(focus: Focus, value: Value) -> Value:
    texts = (
        [node.string() for node in value] if isinstance(value, list) else [focus.rules.text(value)]
    )
    wanted = {word for text in texts for word in text.split()}
    return [
        node
        for node in descendants(top(focus.node))
        if node.kind == ELEMENT and node.attribute("id") in wanted
    ]


def _first(focus: Focus, nodes: list[Node] | None) -> Node | None:
    if nodes is None:
        return focus.node
    return nodes[0] if nodes else None


def _local_name(focus: Focus, nodes: list[Node] | None = None) -> Value:
    node = _first(focus, nodes)
    return node.name if node else ""


def _namespace_uri(focus: Focus, nodes: list[Node] | None = None) -> Value:
    node = _first(focus, nodes)
    return node.uri if node else ""


def _name(focus: Focus, nodes: list[Node] | None = None) -> Value:
    node = _first(focus, nodes)
    if node is None:
        return ""
    return node.qualified_name if node.kind in {ELEMENT, ATTRIBUTE, INSTRUCTION} else node.name


def _lang(focus: Focus, wanted: str) -> Value:
    here: Node | None = focus.node
    while here is not None:
        said = here.attribute("lang", XML_URI)
        if said is not None:
            said, wanted = said.lower(), wanted.lower()
            return said == wanted or said.startswith(f"{wanted}-")
        here = here.parent
    return False


def _current(focus: Focus) -> Value:
    return [focus.current]


def _instance(focus: Focus, name: str) -> Value:
    found = focus.host.instance(name)
    if found is None:
        raise CannotEvaluate(f"There is no instance “{name}”.")
    return [found]


def _itext(focus: Focus, name: str) -> Value:
    return list(focus.host.texts(name, focus.env.language))


def _pulldata(focus: Focus, source: str, column: str, key_column: str, key: str) -> Value:
    rows = focus.host.rows_by(source, key_column)
    if rows is None:
        raise CannotEvaluate(f"There is no list “{source}” to pull from.")
    found = rows.get(key)
    return (column_text(found, column) or "") if found is not None else ""


def column_text(row: Node, name: str) -> str | None:
    """Return what a row holds under a name, "@name" for an attribute; None without it."""
    if name.startswith("@"):
        return row.attribute(name[1:])
    return next((cell.string() for cell in row.elements() if cell.name == name), None)


def rows_by_column(instance: Node, column: str) -> dict[str, Node]:
    """Return the first row of a list for each text of a column."""
    found: dict[str, Node] = {}
    for root in instance.elements():
        for row in root.elements():
            text = column_text(row, column)
            if text is not None:
                found.setdefault(text, row)
    return found


def _randomize(focus: Focus, nodes: list[Node], seed: Value | None = None) -> Value:
    shuffled = list(nodes)
    draw = focus.env.random if seed is None else ParkMiller(_seed(focus, seed))
    for last in range(len(shuffled) - 1, 0, -1):
        other = int(draw() * (last + 1))
        shuffled[last], shuffled[other] = shuffled[other], shuffled[last]
    return shuffled


def _seed(focus: Focus, seed: Value) -> int:
    number = focus.rules.number(seed)
    if number == number and abs(number) != float("inf"):
        return int(number)
    # A seed that is no number still has to shuffle the same way each time, on every client.
    digest = hashlib.sha256(focus.rules.text(seed).encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


class ParkMiller:
    """Numbers from 0 to below 1, the same for the same seed.

    Source: Park and Miller (1988), multiplier 16,807, modulus 2^31 - 1.
    """

    __slots__ = ("state",)

    def __init__(self, seed: int) -> None:
        # The remainder has the sign of the seed, as in Java and JavaScript.
        self.state = abs(seed) % 2147483647 * (-1 if seed < 0 else 1)
        if self.state <= 0:
            self.state += 2147483646

    def __call__(self) -> float:
        self.state = self.state * 16807 % 2147483647
        return (self.state - 1) / 2147483646


FUNCTIONS = {
    "last": Function("", "n", _last, core=True),
    "position": Function("x?", "n", _position, core=True),
    "count": Function("x", "n", _count, core=True),
    "id": Function("v", "x", _id, core=True),
    "local-name": Function("x?", "s", _local_name, core=True),
    "namespace-uri": Function("x?", "s", _namespace_uri, core=True),
    "name": Function("x?", "s", _name, core=True),
    "lang": Function("s", "b", _lang, core=True),
    "current": Function("", "x", _current, core=True),
    "count-non-empty": Function("x", "n", _count_non_empty),
    "instance": Function("s", "x", _instance),
    "jr:itext": Function("s", "x", _itext),
    "pulldata": Function("ssss", "s", _pulldata),
    "randomize": Function("xv?", "x", _randomize, volatile=True),
}
