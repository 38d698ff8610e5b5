"""PDF, and pictures for Word, by Typst. The one place that starts a program."""

import atexit
import functools
from pathlib import Path

from serai.base.blocks import Document
from serai.base.blocks.wording import wording_of
from serai.base.fonts.shelf import FOLDER as FONT_FOLDER
from serai.base.pictures import self_contained
from serai.base.typst.compiler import Compiler, Job, TypesetFailed
from serai.base.typst.data import Writer, timestamp

__all__ = ["TEMPLATES", "TypesetFailed", "heading_pages", "pdf", "pngs"]

TEMPLATES = Path(__file__).resolve().parent
TEMPLATE_FILES = ("document.typ", "parts.typ", "runs.typ")
PNG_PER_INCH = 180


@functools.cache
def compiler(fonts: tuple[Path, ...]) -> Compiler:
    """The kept process for a set of font folders."""
    kept = Compiler((FONT_FOLDER, *fonts))
    atexit.register(kept.stop)
    return kept


def pdf(document: Document, *, template: Path | None = None, fonts: tuple[Path, ...] = ()) -> bytes:
    """Set a document as PDF/A-2a and PDF/UA-1.

    Args:
        document: what to set; a kind's own template may be given, it can `#import` from
            "document.typ".
        template: the file to start from, ours if none is given.
        fonts: folders of fonts an administrator added.

    Raises:
        TypesetFailed: with the cause in words.
    """
    files = document_files(document, template)
    (whole,) = compiler(fonts).set(Job("pdf", files, {"timestamp": timestamp(document)}))
    return whole


def heading_pages(document: Document, *, fonts: tuple[Path, ...] = ()) -> tuple[int, ...]:
    """The page of the PDF each heading stands on, in reading order.

    Raises:
        TypesetFailed: with the cause in words.
    """
    return compiler(fonts).pages(Job("pages", document_files(document, None), {}))


def document_files(document: Document, template: Path | None) -> dict[str, bytes]:
    """Everything the folder of a document holds."""
    writer = Writer(document, wording_of(document))
    files = {name: (TEMPLATES / name).read_bytes() for name in TEMPLATE_FILES}
    files["main.typ"] = (template or TEMPLATES / "main.typ").read_bytes()
    files["document.json"] = writer.json()
    for number, svg in enumerate(writer.figures, 1):
        files[f"figure-{number}.svg"] = svg.encode()
    return files


def pngs(
    svgs: tuple[str, ...], *, per_inch: int = PNG_PER_INCH, fonts: tuple[Path, ...] = ()
) -> tuple[bytes, ...]:
    """Turn pictures into PNG files, all in one request.

    Raises:
        TypesetFailed: with the cause in words.
    """
    if not svgs:
        return ()
    files = {"main.typ": (TEMPLATES / "pictures.typ").read_bytes()}
    files["count.json"] = str(len(svgs)).encode()
    for number, svg in enumerate(svgs, 1):
        files[f"figure-{number}.svg"] = self_contained(svg).encode()
    return compiler(fonts).set(Job("png", files, {"ppi": per_inch}))
