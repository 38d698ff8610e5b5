"""One HTML file that needs nothing else: style, figures and words in it."""

from pathlib import Path

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from serai.base.blocks import tree
from serai.base.blocks.wording import wording_of
from serai.base.html.runs import Runs
from serai.base.html.sections import with_keys
from serai.base.html.writer import Writer
from serai.base.pictures import self_contained

STYLE = Path(__file__).with_name("file.css")


def html_file(document: tree.Document) -> bytes:
    """The whole document as one file; the same tree gives the same bytes."""
    wording = wording_of(document)
    keyed = with_keys(document)
    targets = {
        block.key: f"#{block.key}"
        for block in tree.blocks_of(keyed.blocks)
        if isinstance(block, tree.Heading | tree.Provision | tree.Table | tree.Figure) and block.key
    }
    writer = Writer(wording, Runs(wording, targets), with_picture=file_picture)
    writer.contents = tree.headings(keyed)
    body = writer.write(keyed.blocks)
    context = {
        "document": document,
        "cover": wording.cover_lines(document),
        "mark": wording.mark(document),
        "style": mark_safe(STYLE.read_text(encoding="utf-8")),  # noqa: S308 - our own file
        "body": body,
        "notes": writer.take_notes(),
    }
    return render_to_string("serai/blocks/file.html", context).encode()


def file_picture(figure: tree.Figure) -> str:
    """The one drawing a file shows, its colours in it."""
    return self_contained(figure.chart_svg)
