"""Pictures in Word: PNG from the same SVG, with the words that stand for them."""

import io
from typing import cast

from docx.document import Document as WordFile

from serai.base.blocks import tree
from serai.base.word.xml import Element, make

EMU_A_TWIP = 635
TALLEST = 9_000_000
PNG_WIDTH, PNG_HEIGHT = slice(16, 20), slice(20, 24)


def picture(word: WordFile, png: bytes, figure: tree.Figure, number: int, width: int) -> Element:
    """A picture as wide as the text, or as tall as a page allows."""
    wide = int.from_bytes(png[PNG_WIDTH], "big")
    tall = int.from_bytes(png[PNG_HEIGHT], "big")
    emu_wide = width * EMU_A_TWIP
    emu_tall = emu_wide * tall // max(1, wide)
    if emu_tall > TALLEST:
        emu_wide, emu_tall = emu_wide * TALLEST // emu_tall, TALLEST
    inline = word.part.new_pic_inline(io.BytesIO(png), emu_wide, emu_tall)
    properties = cast(Element, inline.docPr)
    properties.set("id", str(number))
    properties.set("name", f"Figure {number}")
    properties.set("descr", figure.alt or tree.inline_text(figure.caption))
    inner = cast(Element, inline.graphic.graphicData.pic.nvPicPr.cNvPr)
    inner.set("id", str(number))
    inner.set("name", f"figure-{number}.png")
    return make("w:r", make("w:drawing", inline))
