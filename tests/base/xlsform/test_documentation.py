"""The page "Writing a questionnaire" says what is so."""

import re
from pathlib import Path

import serai
from serai.base.xlsform import read_xlsform
from serai.base.xlsform.columns import KNOWN, OWN_PREFIX
from serai.base.xlsform.types import KNOWN as TYPES
from serai.calc.xforms import compile_form, lint

PAGE = (Path(serai.__file__).parents[2] / "docs" / "xlsform.md").read_text()
CODE = re.compile(r"`([^`]+)`")


def section(title: str) -> str:
    return PAGE.split(f"## {title}\n")[1].split("\n## ")[0]


def test_the_example_is_a_form_without_fault():
    read = read_xlsform(section("A small one").split("```")[1])

    assert read.warnings == ()
    assert lint(compile_form(read.xform), [one.name for one in read.languages]) == []


def test_it_lists_every_column():
    rows = dict(re.findall(r"\| (survey|choices|settings) \| (.*) \|", section("Columns")))

    for sheet, columns in KNOWN.items():
        named = {one for one in CODE.findall(rows[sheet]) if "…" not in one}
        own = {one for one in columns if one.startswith(OWN_PREFIX)}
        assert named - {"choice_filter", "namespaces"} == set(columns) - own - {
            "choice_filter", "namespaces",
        }  # fmt: skip
        assert own <= set(CODE.findall(section("Our own columns")))


def test_it_lists_every_type():
    assert {one.split()[0] for one in CODE.findall(section("Types"))} == set(TYPES)
