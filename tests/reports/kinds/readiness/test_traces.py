"""Every number resolves; one that is planted fails."""

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.factories import readiness_report as make

from serai.base import blocks as b
from serai.base.charts import Chart
from serai.base.tables import Table
from serai.reports.access import audience_viewer
from serai.reports.kinds.kind import Ask
from serai.reports.kinds.readiness import report
from serai.reports.kinds.readiness.formulas import FORMULAS
from serai.reports.kinds.readiness.traces import Book, Trace, UntracedNumber, check, untraced

COUNT = Trace("count")


def document(*blocks: b.Block, **fields) -> b.Document:
    defaults = {
        "title": "Report", "subtitle": "", "language": "en", "date": make.DAY, "audience": "",
    }  # fmt: skip
    return b.Document(blocks=blocks, **(defaults | fields))


def planted(*blocks: b.Block, book: Book | None = None, **fields) -> list[str]:
    return [text for _where, text in untraced(document(*blocks, **fields), book or Book())]


def test_a_number_with_its_key_stands_and_one_without_does_not():
    book = Book()
    known = book.number("offices", 3, COUNT)

    assert planted(b.Paragraph((known,)), book=book) == []
    assert planted(b.Paragraph((b.Number(Decimal(3)),)), book=book) == ["3"]
    changed = replace(known, value=Decimal(4))
    assert planted(b.Paragraph((changed,)), book=book) == ["4"]


@pytest.mark.parametrize(
    "block",
    [
        b.paragraph("We met 42 people."),
        b.Heading(1, b.words("Chapter 42")),
        b.Table(b.words("T 42"), (b.Column(b.words("A")),), ()),
        b.Table(b.words("T"), (b.Column(b.words("A 42")),), ()),
        b.Table(b.words("T"), (b.Column(b.words("A")),), (b.Row((b.cell("42"),)),)),
        b.Table(b.words("T"), (b.Column(b.words("A")),), (), notes=(b.words("n 42"),)),
        b.Callout("42", ()),
        b.Callout("", (b.paragraph("42"),)),
        b.Quote((), "42"),
        b.Provision("k", "42", ()),
        b.List((b.ListItem((b.paragraph("42"),)),)),
        b.KeyFigures((b.KeyFigure(b.Text("42"), "label"),)),
        b.KeyFigures((b.KeyFigure(b.Text("x"), "label 42"),)),
        b.Figure("<svg>42</svg>", b.words("F"), "x"),
        b.Figure("<svg/>", b.words("F"), "42"),
        b.Figure("<svg/>", b.words("F"), "x", b.Table(b.words("42"), (), ())),
        b.Paragraph((b.Footnote(b.words("42")),)),
        b.paragraph("٤٢"),
        b.paragraph("Half: ½"),
        b.paragraph("Chapter Ⅳ"),
        b.Heading(1, b.words("Chapter"), number="42a"),
        b.Heading(1, b.words("Chapter"), number="Annex 42"),
        b.Table(
            b.words("T"),
            (b.Column(b.words("A"), weight=2),),
            (b.Row((b.Cell((b.Strong(b.words("42")),)),)),),
        ),
    ],
)
def test_a_planted_number_fails_wherever_it_stands(block):
    with pytest.raises(UntracedNumber) as refusal:
        check(document(block), Book())

    assert "comes from nowhere" in str(refusal.value)


def test_a_planted_number_fails_on_the_cover():
    assert planted(title="Report 42") == ["Report 42"]
    assert planted(reference="Report 42") == ["Report 42"]
    book = Book()
    named = book.name("Report 42")
    whole = book.whole("cover", "Report 42\nwords", COUNT)
    assert planted(title=named, subtitle=whole, reference=named, book=book) == []
    assert planted(subtitle=f"{named}\nwords", book=book) == ["Report 42\nwords"]


def test_words_days_and_figures_told_to_the_book_stand():
    book = Book()
    drawn = Chart(
        svg="<svg>4</svg>", narrow="<svg>5</svg>", table=Table("t", (), ()), summary="From 4."
    )
    drawn = book.figure("figure/f", drawn, COUNT)
    shown = b.Figure(drawn.svg, (), drawn.summary, narrow_svg=drawn.narrow)

    text = b.paragraph(book.day(make.DAY))
    assert planted(text, b.paragraph(book.name("E3")), shown, book=book) == []
    assert planted(replace(shown, chart_svg="<svg>6</svg>"), book=book) == ["<svg>6</svg>"]


def test_words_told_to_the_book_stand_only_where_the_book_gave_them():
    book = Book()
    known = book.name("3")
    other = Book().name("4")

    assert planted(b.paragraph(known), book=book) == []
    assert planted(b.paragraph("3"), b.paragraph(f"{known}"), book=book) == ["3", "3"]
    assert planted(b.paragraph(other), book=book) == ["4"]


def test_what_a_person_wrote_stands_and_nothing_that_reads_the_same():
    book = Book()
    written = (
        b.paragraph("In 2020 we met."), b.List((b.ListItem((b.paragraph("7"),)),)),
        b.Callout("By 2030", ()),
    )  # fmt: skip

    told = book.blocks(written, "written/objective", Trace("written"))

    assert told == written
    assert planted(*told, book=book) == []
    assert planted(*told, *written, book=book) == ["In 2020 we met.", "7", "By 2030"]


def test_two_long_texts_with_one_beginning_have_a_key_each():
    book = Book()
    begins = "1 " + "x" * 70

    book.blocks((b.paragraph(f"{begins}a"), b.paragraph(f"{begins}b")), "w", Trace("written"))

    assert sorted(book.values.values()) == [f"{begins}a", f"{begins}b"]


def test_a_text_of_the_book_holds_no_control_character():
    assert Book().name("E\x003") == "E3"


def test_one_key_never_names_two_numbers():
    book = Book()
    book.number("offices", 3, COUNT)

    with pytest.raises(ValueError, match="one key for two numbers"):
        book.number("offices", 4, COUNT)


def test_every_number_of_every_edition_resolves(editions):
    for built in editions.values():
        numbers = built.facts["numbers"]
        traced = {
            one.trace
            for block in b.blocks_of(built.document.blocks)
            for children in _runs(block)
            for one in b.inlines_of(children)
            if isinstance(one, b.Number)
        }
        assert traced <= set(numbers)
        assert {one["formula"] for one in numbers.values()} <= set(FORMULAS)
        offices = {one["assessment"] for one in built.facts["offices"].values()}
        named = {
            source.partition(":")[2]
            for one in numbers.values()
            for source in one["sources"]
            if source.startswith("assessment:")
        }
        assert named <= offices


def _runs(block):
    if isinstance(block, b.Paragraph | b.Heading):
        yield block.children
    if isinstance(block, b.Table):
        yield from (cell.children for row in block.rows for cell in row.cells)
    if isinstance(block, b.KeyFigures):
        yield from ((item.value,) for item in block.items)


def test_a_number_planted_into_a_built_report_is_found(editions):
    built = editions["secretariat"]
    more = (*built.document.blocks, b.paragraph("And 42 besides."))

    found = list(untraced(replace(built.document, blocks=more), Book()))

    assert found[-1] == ("About this report", "And 42 besides.")


PLANT = b.Number(Decimal(3))


def cell(block):
    return next(
        (replace(block, rows=(replace(row, cells=(b.Cell((PLANT,)), *row.cells[1:])), *block.rows[1:]))
         for row in block.rows[:1]), None,
    )  # fmt: skip


PLANTS = {
    "paragraph": (b.Paragraph, lambda one: replace(one, children=(*one.children, b.Text("3")))),
    "heading": (b.Heading, lambda one: replace(one, children=b.words("3"))),
    "caption": (b.Table, lambda one: replace(one, caption=b.words("Table of E1"))),
    "head of a column": (
        b.Table, lambda one: replace(one, columns=(b.Column(b.words("p5")), *one.columns[1:])),
    ),
    "cell": (b.Table, cell),
    "note": (b.Table, lambda one: replace(one, notes=(*one.notes, b.words("3")))),
    "key figure": (b.KeyFigures, lambda one: b.KeyFigures((b.KeyFigure(PLANT, "x"),))),
    "label": (b.KeyFigures, lambda one: b.KeyFigures((replace(one.items[0], label="of 3"),))),
    "note of a figure": (b.KeyFigures, lambda one: b.KeyFigures((replace(one.items[0], note="0–100"),))),
    "picture": (b.Figure, lambda one: replace(one, chart_svg=f"{one.chart_svg} ")),
    "words for a picture": (b.Figure, lambda one: replace(one, alt=f"{one.alt} 3")),
}  # fmt: skip


@pytest.mark.parametrize("place", PLANTS)
@pytest.mark.parametrize("edition", ["secretariat", "members"])
def test_nothing_planted_anywhere_in_an_edition_passes_because_it_reads_like_something(
    books, edition, place
):
    document, book = books[edition]
    kind, plant = PLANTS[place]
    assert list(untraced(document, book)) == []

    changed = 0
    for number, block in enumerate(document.blocks):
        other = plant(block) if isinstance(block, kind) else None
        if other is None:
            continue
        blocks = (*document.blocks[:number], other, *document.blocks[number + 1 :])
        assert len(list(untraced(replace(document, blocks=blocks), book))) == 1, block
        changed += 1
        if changed == 12:
            break
    assert changed > 0


@pytest.mark.django_db
def test_a_number_planted_by_a_chapter_fails_the_build(monkeypatch):
    monkeypatch.setattr(report, "purpose", lambda _pen: [b.paragraph("We met 42 people.")])
    ask = Ask(
        viewer=audience_viewer("public"), as_of=make.DAY, dated=make.DAY, language="en",
        audience="public", narratives={},
    )  # fmt: skip

    with pytest.raises(UntracedNumber, match="We met 42 people"):
        report.build(ask)
