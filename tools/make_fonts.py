#!/usr/bin/env python3
"""Cut the fonts of `src/serai/base/fonts` from the Noto fonts of the operating system.

    python tools/make_fonts.py [--source /usr/share/fonts]

Needs fontTools and the Noto packages (core and CJK). The same sources give the same bytes:
no clock is written, tables keep a fixed order. Run it only to take newer fonts; a change of
any font changes the recipe of every report made afterwards.
"""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "src" / "serai" / "base" / "fonts"
LICENCE = (ROOT / "tools" / "ofl.txt").read_text(encoding="utf-8")
CJK_FAMILY = "Noto Sans CJK SC"

WHOLE = {
    "NotoSans-Regular": "NotoSans",
    "NotoSans-Bold": "NotoSans",
    "NotoSans-Italic": "NotoSans",
    "NotoSans-BoldItalic": "NotoSans",
    "NotoSansGeorgian-Regular": "NotoSansGeorgian",
    "NotoSansGeorgian-Bold": "NotoSansGeorgian",
    "NotoNaskhArabic-Regular": "NotoNaskhArabic",
    "NotoNaskhArabic-Bold": "NotoNaskhArabic",
    "NotoNastaliqUrdu-Regular": "NotoNastaliqUrdu",
    "NotoNastaliqUrdu-Bold": "NotoNastaliqUrdu",
}
SYMBOLS = {
    "NotoSansMath-Regular": "←↑→↓↔⇒⇔∂∆∏∑−∓√∞∩∪∫≈≠≡≤≥≪≫⊂⊃∈∉∅∀∃⋅",
    "NotoSansSymbols2-Regular": "●◐◑◒◓◔◕○◌■□▪▫▲△▶▷▼▽◀◁◆◇★☆☐☑☒✓✔✗✘⚠⬤⯃",
}
COPYRIGHT_RECORD = 0
BOLD = 700


def gb2312() -> frozenset[int]:
    """List the code points of GB 2312, with ASCII and the full-width forms it names."""
    points = set(range(0x20, 0x7F))
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                points.update(map(ord, bytes((high, low)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return frozenset(points)


def cut(font: TTFont, points: Iterable[int]) -> TTFont:
    """Keep only these code points, drop hints, leave the shaping rules."""
    options = subset.Options()
    options.hinting = False
    options.desubroutinize = False
    options.layout_features = ["*"]
    options.name_IDs = ["*"]
    options.name_languages = [0x409]
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.canonical_order = True
    options.drop_tables += ["DSIG", "vhea", "vmtx", "VORG", "BASE"]
    worker = subset.Subsetter(options)
    worker.populate(unicodes=sorted(points))
    worker.subset(font)
    return font


def save(font: TTFont, name: str, family: str) -> None:
    """Write the font and the licence that goes with it."""
    if name.endswith("-Bold"):
        font["OS/2"].usWeightClass = BOLD  # the Nastaliq says 400
    suffix = ".otf" if "CFF " in font else ".ttf"
    path = TARGET / f"{name}{suffix}"
    font.recalcTimestamp = False
    font.save(path, reorderTables=True)
    notice = font["name"].getDebugName(COPYRIGHT_RECORD)
    licence = TARGET / "licences" / f"{family}.txt"
    licence.write_text(f"{notice}\n\n{LICENCE}", encoding="utf-8")
    sys.stdout.write(f"{path.name:32} {path.stat().st_size / 1024:8.0f} KiB\n")


def main() -> None:
    """Make every file anew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, default=Path("/usr/share/fonts"))
    source = parser.parse_args().source
    noto, cjk = source / "truetype" / "noto", source / "opentype" / "noto"
    (TARGET / "licences").mkdir(parents=True, exist_ok=True)
    for name, family in WHOLE.items():
        font = TTFont(noto / f"{name}.ttf", recalcTimestamp=False)
        save(cut(font, font.getBestCmap()), name, family)
    for name, signs in SYMBOLS.items():
        font = TTFont(noto / f"{name}.ttf", recalcTimestamp=False)
        save(cut(font, map(ord, signs)), name, name.partition("-")[0])
    for weight in ("Regular", "Bold"):
        collection = TTCollection(cjk / f"NotoSansCJK-{weight}.ttc", recalcTimestamp=False)
        font = next(f for f in collection.fonts if f["name"].getDebugName(1) == CJK_FAMILY)
        save(cut(font, gb2312()), f"NotoSansCJKsc-{weight}", "NotoSansCJKsc")


if __name__ == "__main__":
    main()
