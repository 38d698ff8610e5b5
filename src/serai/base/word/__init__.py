"""Documents as Word files."""

from pathlib import Path

from serai.base.blocks import tree


def docx(document: tree.Document, *, fonts: tuple[Path, ...] = ()) -> bytes:
    """Write a document as a Word file; the same tree gives the same members.

    Raises:
        TypesetFailed: if a figure or the contents cannot be set.
    """
    # The library is read when the first file is written: only workers write any.
    from serai.base.word.write import docx as write  # noqa: PLC0415

    return write(document, fonts=fonts)


__all__ = ["docx"]
