import hashlib

import pytest
from lxml import html
from tests.factories.document_text import expected, html_text
from tests.factories.documents import DAY, persian, rich

from serai.base import blocks as b
from serai.base.html import html_file


def page(document: b.Document) -> html.HtmlElement:
    return html.fromstring(html_file(document).decode())


@pytest.mark.parametrize("document", [rich(), persian()], ids=["en", "fa"])
def test_the_words_come_in_one_sequence(document):
    assert html_text(html_file(document)) == expected(document)


def test_the_same_tree_gives_the_same_bytes():
    first, second = (hashlib.sha256(html_file(rich())).hexdigest() for _ in range(2))

    assert first == second


def test_the_file_needs_nothing_else():
    content = html_file(rich()).decode()

    assert "<script" not in content
    assert page(rich()).xpath("//link | //img | //iframe | //@style") == []
    assert len(page(rich()).xpath("//main//svg")) == 1


def test_language_and_direction_are_said():
    root = page(persian())

    assert (root.get("lang"), root.get("dir")) == ("fa", "rtl")
    assert root.xpath("//span[@lang='en']/@dir") == ["ltr"]


def test_a_sample_wears_its_band():
    assert page(rich()).xpath("string(//p[@class='doc-band'])") == "Sample"
    assert page(rich(sample=False)).xpath("//p[@class='doc-band']") == []


def test_every_inner_link_leads_somewhere():
    root = page(rich())
    places = set(root.xpath("//@id"))

    targets = {link[1:] for link in root.xpath("//a/@href") if link.startswith("#")}

    assert targets <= places
    assert len(root.xpath("//@id")) == len(places)


def test_tables_have_captions_and_heads():
    root = page(rich())

    assert [c.text_content() for c in root.xpath("//caption")] == [
        "Table 1. Milestones of the initiative",
        "Table 2. Milestones of the initiative",
    ]
    assert len(root.xpath("//thead//th[@scope='col']")) == 12


@pytest.mark.parametrize(
    "text", ["<b>x</b>", "<script>alert(1)</script>", '"><img src=x>', "&amp; {{ x }}"]
)
def test_words_are_never_markup(text):
    document = b.Document(
        text,
        text,
        "en",
        DAY,
        text,
        (
            b.Heading(1, b.words(text), key='"x', number=text),
            b.paragraph(text),
            b.Callout(text, ()),
            b.KeyFigures((b.KeyFigure(b.Text(text), text, text),)),
            b.Table(b.words(text), (b.Column(b.words(text)),), (b.Row((b.cell(text),)),)),
            b.Provision('"><i>', text, ()),
            b.Paragraph((b.Link(b.words(text), 'https://a.org/"><b>'),)),
        ),
    )

    root = page(document)

    assert root.xpath("//b | //img | //script | //i") == []
    assert html_text(html_file(document)) == expected(document)
