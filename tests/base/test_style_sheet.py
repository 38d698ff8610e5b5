"""The style sheet and the vendored script keep their weight and their promises."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest

from serai.base import contrast
from serai.base.charts import ink

STATIC = Path(contrast.STYLE_SHEET).parent
CSS = contrast.STYLE_SHEET.read_text(encoding="utf-8")
RULES = re.sub(r"/\*.*?\*/", "", CSS, flags=re.S)


def test_style_sheet_weighs_at_most_7_kb():
    assert len(gzip.compress(CSS.encode(), 9)) <= 7_000


def test_htmx_is_the_released_file():
    written, name = (STATIC / "htmx.min.js.sha256").read_text(encoding="ascii").split()
    found = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()

    assert (name, found) == ("htmx.min.js", written)


def test_htmx_says_its_version_and_licence():
    assert 'version="4.0.1"' in (STATIC / "htmx.min.js").read_text(encoding="utf-8")
    licence = (STATIC / "htmx.LICENSE.txt").read_text(encoding="utf-8")
    assert licence.startswith("Zero-Clause BSD")


def test_htmx_weighs_at_most_14_kb():
    assert len(gzip.compress((STATIC / "htmx.min.js").read_bytes(), 9)) <= 14_000


@pytest.mark.parametrize(
    "refused",
    ["light-dark(", "color-mix(", "@import", "url(", "!important;}"],
)
def test_style_sheet_avoids_what_old_browsers_lack(refused: str):
    assert refused not in RULES


def test_style_sheet_does_not_nest_selectors():
    depth_of_rules = []
    stack: list[str] = []
    for sign in re.findall(r"[^{}]*[{}]", RULES):
        if sign.endswith("{"):
            stack.append(sign[:-1].rsplit(";", 1)[-1].strip())
            plain = [head for head in stack if not head.startswith("@")]
            depth_of_rules.append(len(plain))
        else:
            stack.pop()

    assert max(depth_of_rules) == 1


def test_style_sheet_knows_start_and_end_only():
    sides = re.findall(
        r"(?:margin|padding|border|inset)-(?:left|right)|(?<![-\w])(?:left|right)\s*:"
        r"|text-align:\s*(?:left|right)|float:\s*(?:left|right)",
        RULES,
    )

    assert sides == []


@pytest.mark.parametrize("name", sorted({*ink.TEXT, *ink.PATH} - {""}))
def test_every_class_of_the_ink_has_its_style(name: str):
    assert re.search(rf"\.chart \.{name}\b", CSS)
