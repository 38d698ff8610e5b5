"""The ink of charts outside pages: classes become colour attributes for PDF and Word."""

import re
from functools import lru_cache

INK, MUTED, LINE, PAPER = "#16211f", "#566461", "#dde4e1", "#ffffff"
ACCENT, ATTENTION, GOOD, WRONG, INFO = "#0f5f56", "#8a5200", "#1d6b3a", "#a6262b", "#1f5a96"
STEPS = ("#e4f1ee", "#b9dad4", "#86bfb5", "#2f7f73", "#0f5f56")

TEXT = {
    "": {"fill": INK},
    "m": {"fill": MUTED},
    "b": {"font-weight": "600"},
    "e": {"text-anchor": "end"},
    "c": {"text-anchor": "middle"},
    "s": {"font-size": "12"},
    "h": {"fill": PAPER},
    "k0": {"fill": INK},
    "g": {"fill": GOOD},
    "u": {"fill": INFO},
    "a": {"fill": ATTENTION},
    "v": {"fill": WRONG},
    "halo": {"stroke": PAPER, "stroke-width": "4", "paint-order": "stroke"},
}
NO_FILL = {"fill": "none"}
PATH = {
    "x": NO_FILL | {"stroke": LINE},
    "y": NO_FILL | {"stroke": MUTED, "stroke-width": "2"},
    "t": NO_FILL | {"stroke": INK, "stroke-dasharray": "4 3"},
    "k": NO_FILL | {"stroke": MUTED, "stroke-width": "2", "stroke-opacity": "0.45"},
    "o": NO_FILL | {"stroke": ACCENT, "stroke-width": "12", "stroke-linecap": "round"},
    "d": {"fill": ATTENTION},
    "q": {"fill": INFO},
    "i": {"fill": WRONG},
    "r": NO_FILL | {"stroke": INK, "stroke-width": "2"},
    "l": NO_FILL | {"stroke-width": "2"},
    "l1": {"stroke": ACCENT},
    "l2": {"stroke": ATTENTION},
    "l3": {"stroke": INFO},
    "l4": {"stroke": WRONG},
    "n": {"fill": ACCENT, "fill-opacity": "0.15"},
    "w": {"fill": LINE},
    "f": {"fill": ACCENT},
    "fg": {"fill": GOOD, "stroke": GOOD},
    "fa": {"fill": ATTENTION, "stroke": ATTENTION},
    "fv": {"fill": WRONG, "stroke": WRONG},
    "fu": {"fill": INFO, "stroke": INFO},
    "fo": {"fill": PAPER, "stroke": MUTED, "stroke-width": "2"},
    "p": {"fill-opacity": "0.35"},
    "z": NO_FILL | {"stroke": MUTED},
    **{f"s{n}": {"fill": colour} for n, colour in enumerate(STEPS, 1)},
    "s1": {"fill": STEPS[0], "stroke": STEPS[1]},
}
FONT = "Noto Sans, Noto Sans Georgian, Noto Naskh Arabic, Noto Sans CJK SC, sans-serif"
_CLASSED = re.compile(r'<(text|path)(?: class="([^"]*)")?')
_ROOT = re.compile(r'<svg class="[a-z]+" viewBox="0 0 (\d+) (\d+)"')


def with_attributes(svg: str) -> str:
    """Turn a chart's classes into attributes, so that the drawing stands alone in a file."""
    root = _ROOT.sub(
        rf'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \1 \2" width="\1" height="\2" '
        rf'font-family="{FONT}" font-size="13"',
        svg,
        count=1,
    )
    return _CLASSED.sub(lambda found: f"<{found[1]}{_attributes(found[1], found[2] or '')}", root)


@lru_cache(maxsize=256)
def _attributes(tag: str, classes: str) -> str:
    known = TEXT if tag == "text" else PATH
    merged: dict[str, str] = dict(TEXT[""]) if tag == "text" else {}
    for name in classes.split():
        merged |= known[name]
    return "".join(f' {name}="{value}"' for name, value in merged.items())
