from xml.etree import ElementTree

import pytest

from serai.base.charts import ink, with_attributes
from serai.base.contrast import tokens
from serai.base.views import examples


def test_classes_become_attributes():
    svg = '<svg class="broad" viewBox="0 0 10 20"><path class="x" d="M0 0"/></svg>'

    assert with_attributes(svg) == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 20" width="10" height="20" '
        f'font-family="{ink.FONT}" font-size="13"><path fill="none" stroke="#dde4e1" d="M0 0"/></svg>'
    )


def test_later_classes_win():
    svg = '<text class="c h" x="1" y="2">A</text>'

    assert with_attributes(svg) == '<text fill="#ffffff" text-anchor="middle" x="1" y="2">A</text>'


@pytest.mark.parametrize("number", range(8))
def test_no_class_is_left(number: int):
    svg = with_attributes(examples.all_charts()[number][1].svg)

    ElementTree.fromstring(svg)
    assert "class=" not in svg


def test_ink_is_the_light_theme():
    light = tokens("light")
    pairs = {
        "ink": ink.INK, "muted": ink.MUTED, "line": ink.LINE, "accent": ink.ACCENT,
        "attention": ink.ATTENTION, "good": ink.GOOD, "wrong": ink.WRONG, "info": ink.INFO,
        **{f"step-{n}": colour for n, colour in enumerate(ink.STEPS, 1)},
    }  # fmt: skip

    assert {name: light[name] for name in pairs} == pairs
