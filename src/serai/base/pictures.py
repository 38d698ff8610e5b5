"""Figures that leave the page: a file has no style sheet, and a set page has an edge."""

import re
from xml.sax.saxutils import quoteattr

from serai.base.charts.ink import with_attributes
from serai.base.fonts.families import SANS

TALL_SHARE = 1.15
"""Taller than this share of its width, a picture would outgrow the page."""
_OUR_CHART = re.compile(r'\s*<svg class="')
_ROOT = re.compile(r"<svg\b([^>]*)>")
_VIEW_BOX = re.compile(r'viewBox\s*=\s*"\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)')


def self_contained(svg: str) -> str:
    """A picture with its colours in it, set in our fonts if it names none."""
    if _OUR_CHART.match(svg):
        svg = with_attributes(svg)
    root = _ROOT.search(svg)
    if root is None or "font-family" in root[1]:
        return svg
    return f"{svg[: root.start()]}<svg font-family={quoteattr(SANS)}{root[1]}>{svg[root.end() :]}"


def is_tall(svg: str) -> bool:
    """Whether a picture would outgrow the page at full width."""
    box = _VIEW_BOX.search(svg)
    return box is not None and float(box[2]) > TALL_SHARE * float(box[1])
