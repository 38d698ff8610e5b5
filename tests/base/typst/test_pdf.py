import hashlib
import io
import re
from collections import Counter
from dataclasses import replace
from difflib import SequenceMatcher

import pypdf
import pytest
from tests.factories.document_text import expected, pdf_pages, pdf_text, squeezed
from tests.factories.documents import CHART, DAY, SCRIPTS, persian, rich, table

from serai.base import blocks as b
from serai.base import typst
from serai.base.charts.bars import Bar, bars


def reader(document: b.Document) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(typst.pdf(document)))


def small(*blocks: b.Block, language: str = "en") -> b.Document:
    return b.Document("T", "", language, DAY, "", blocks)


def left_to_right() -> b.Document:
    """The rich document without its annex of scripts."""
    annex = next(
        n for n, block in enumerate(rich().blocks) if getattr(block, "key", "") == "languages"
    )
    return replace(rich(), blocks=rich().blocks[:annex])


def test_pdf_is_tagged_archival_and_accessible():
    root = reader(rich()).trailer["/Root"]
    packet = root["/Metadata"].get_object().get_data().decode()

    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en"
    assert "<pdfaid:part>2</pdfaid:part>" in packet
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in packet
    assert "<pdfuaid:part>1</pdfuaid:part>" in packet


def test_pdf_carries_title_publisher_and_the_issue_day():
    found = reader(rich()).metadata

    assert (found.title, found.author) == (rich().title, "CAREC Secretariat")
    assert found.creation_date.date() == DAY


@pytest.mark.parametrize("document", [rich(), persian()], ids=["en", "fa"])
def test_the_same_tree_gives_the_same_bytes(document):
    first = hashlib.sha256(typst.pdf(document)).hexdigest()
    typst.compiler(()).stop()

    assert hashlib.sha256(typst.pdf(document)).hexdigest() == first


def test_the_words_come_in_one_sequence():
    document = left_to_right()
    want, found = expected(document), pdf_text(typst.pdf(document), document)

    steps = SequenceMatcher(None, want, found, autojunk=False).get_opcodes()

    assert {step[0] for step in steps} == {"equal", "insert"}
    assert [found[s[3] : s[4]] for s in steps if s[0] == "insert"] == [
        *("1", "1.", "2.", "•", "3."),
        "Georgia3of3Uzbekistan1of50100",
        *("1Conceptnote,page4.", "2", "2RemarkbyN.Beridze:Whichdata?"),
    ]


def test_a_right_to_left_document_has_the_same_words():
    document = persian()
    found = Counter(re.findall(r"\w", "".join(pdf_pages(typst.pdf(document)))))

    missing = Counter(re.findall(r"\w", expected(document))) - found

    assert missing == Counter()


def test_tables_of_a_right_to_left_document_run_from_the_right():
    places: dict[str, float] = {}

    def visit(text, cm, _tm, _font, _size) -> None:
        for word in ("شماره", "روز"):
            if word in text:
                places.setdefault(word, cm[4])

    reader(persian()).pages[2].extract_text(visitor_text=visit)

    assert places["شماره"] > 400
    assert places["روز"] < 200


def test_contents_give_page_numbers():
    page = next(p for p in pdf_pages(typst.pdf(rich())) if p.strip().startswith("Contents"))

    lines = [line.replace(".", "").split() for line in page.splitlines() if line.strip()]

    assert lines[1][:3] == ["1", "Virtual", "CAREC"]
    assert lines[1][-1] == "3"


def test_pages_of_headings_are_those_of_the_pdf():
    pages = [squeezed(page) for page in pdf_pages(typst.pdf(rich()))]

    found = typst.heading_pages(rich())

    for heading, number in zip(b.headings(rich()), found, strict=True):
        assert squeezed(b.heading_text(heading)) in pages[number - 1]


def test_a_wide_table_turns_the_page_with_its_heading():
    pages = reader(rich()).pages
    turned = [page for page in pages if page.mediabox.width > page.mediabox.height]

    assert len(turned) == 1
    assert "Annex A Timeline" in turned[0].extract_text()


def test_a_sample_is_marked_on_every_page():
    marked = [page.extract_text().count("Sample") for page in reader(rich()).pages]
    clean = [page.extract_text().count("Sample") for page in reader(rich(sample=False)).pages]

    assert min(marked) >= 1
    assert max(clean) == 0


@pytest.mark.parametrize("language", sorted(SCRIPTS))
def test_every_language_is_set(language):
    document = small(
        b.Heading(1, b.words(SCRIPTS[language])), b.paragraph(SCRIPTS[language]), language=language
    )

    fonts = {
        font.get_object()["/BaseFont"].partition("+")[2]
        for page in reader(document).pages
        for font in page["/Resources"].get("/Font", {}).values()
    }

    assert fonts
    assert all(font.startswith("Noto") for font in fonts)


@pytest.mark.parametrize(
    "text",
    [
        '#import "/etc/passwd"',
        "#panic()",
        "$x^2$ *a* _b_ `c` <d> @e // f /* g */ \\ ~ --- ... \" ' [x] {y}",
        "<b>&amp;</b>",
        "=title",
        "a\x00b\u202ec\ud800d",
    ],
)
def test_words_are_never_markup(text):
    document = small(b.Heading(1, b.words(text)), b.paragraph(text), b.Callout(text, ()))

    found = squeezed("".join(pdf_pages(typst.pdf(document))))

    assert found.count(squeezed(b.Text(text).text)) == 3


def test_skipped_levels_of_headings_are_closed_up():
    document = small(b.Heading(1, b.words("One")), b.Heading(4, b.words("Four")))

    assert "Four" in pdf_pages(typst.pdf(document))[1]


def test_doubled_and_unknown_keys_do_no_harm():
    document = small(
        b.Heading(1, b.words("One"), key="a"),
        b.Heading(1, b.words("Two"), key="a"),
        b.Paragraph((b.Link(b.words("gone"), "#nowhere"), b.Link(b.words("odd"), "javascript:x"))),
    )

    assert "goneodd" in squeezed(pdf_pages(typst.pdf(document))[1])


def test_empty_things_are_set():
    document = small(
        b.Paragraph(()),
        b.List(()),
        b.Table((), (b.Column(b.words("a")),), ()),
        b.KeyFigures(()),
        b.Contents(),
        b.Callout("", ()),
        b.Quote(()),
        b.Provision("", "1", ()),
    )

    assert len(reader(document).pages) == 3


def test_our_charts_are_set_in_colour():
    chart = bars((Bar("Georgia", 3), Bar("Uzbekistan", 1)), title="Replies")
    document = small(b.Figure(chart.svg, b.words("Replies"), chart.summary))

    assert "Georgia" in reader(document).pages[1].extract_text()


def test_long_tables_repeat_their_heads():
    long = replace(table(), rows=table().rows[:3] * 30)
    pages = [page.extract_text() for page in reader(small(long)).pages]

    assert sum("Date in words" in page for page in pages) == len(pages) - 1 > 2


def test_pngs_are_made_in_one_request():
    first, second = typst.pngs((CHART, CHART.replace("Georgia", "Mongolia")))

    assert first[:8] == second[:8] == b"\x89PNG\r\n\x1a\n"
    assert first != second
    assert typst.pngs((CHART,))[0] == first
    assert typst.pngs(()) == ()


def test_a_broken_picture_is_refused_in_words():
    with pytest.raises(typst.TypesetFailed, match="failed to parse SVG"):
        typst.pngs(("<svg",))


def test_long_heads_of_figures_leave_room_for_the_words_beside_them():
    heads = ("Выполнено", "Просрочено", "Срок наступил", "Срок в течение 30 дней", "Выполняется",
             "Запланировано")  # fmt: skip
    wide = b.Table(
        caption=b.words("Вехи"),
        columns=(
            b.Column(b.words("Инициатива"), weight=2),
            *(b.Column(b.words(head), b.ColumnKind.NUMBER) for head in heads),
        ),
        rows=(b.Row((b.cell("Цифровая стратегия до 2030 года"), *(b.cell("3") for _ in heads))),),
    )
    found = {}
    page = reader(small(wide, language="ru")).pages[-1]
    page.extract_text(
        visitor_text=lambda text, cm, tm, _f, _s: found.update({text.strip(): cm[4] + tm[4]})
    )

    assert found["Выполнено"] - found["Инициатива"] > 55
