"""What one rule found stands together, what refuses first, each with words."""

import ast
import inspect

from serai.calc.xforms import Finding as EngineFinding
from serai.calc.xforms import lint
from serai.surveys.queries.findings import RULES, gather, of_engine, of_room


def engine_names() -> set[str]:
    """The names that the engine's rules give their findings, read from its source."""
    tree = ast.parse(inspect.getsource(inspect.getmodule(lint)))
    return {
        call.args[1].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Finding"
    }


def test_every_rule_of_the_engine_has_words_here():
    assert engine_names() <= set(RULES)
    assert len(engine_names()) > 10


def test_what_one_rule_found_stands_together_and_refusals_first():
    warned = EngineFinding("/data/a", "volatile", "now()", False)
    refused = [EngineFinding(f"/data/{n}", "unknown-path", "x", True) for n in ("b", "c")]

    found = gather([of_engine(warned, 3), *(of_engine(one, 4) for one in refused)])

    assert [(one.name, one.is_refused, len(one.places)) for one in found] == [
        ("unknown-path", True, 2), ("volatile", False, 1),
    ]  # fmt: skip
    assert found[0].places[0].text == "/data/b: x"


def test_the_surveys_own_rules_name_languages_and_files():
    assert of_room("language", "ky", is_refused=True).places[0].text == "Kyrgyz"
    assert of_room("unchecked", "ru", count=1).places[0].text == "Russian: 1 text"
    assert of_room("unchecked", "ru", count=2).places[0].text == "Russian: 2 texts"
    assert of_room("missing-file", "map.png").places[0].text == "map.png"
