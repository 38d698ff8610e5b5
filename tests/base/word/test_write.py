import hashlib
import io
import shutil
import subprocess
import zipfile
from dataclasses import replace

import docx as python_docx
import pypdf
import pytest
from lxml import etree
from tests.factories.document_text import W, expected, word_members, word_text
from tests.factories.documents import DAY, persian, rich, table

from serai.base import blocks as b
from serai.base.word import docx
from serai.base.word.body import bookmarks
from serai.base.word.page import TEXT_WIDTH
from serai.base.word.runs import stretches
from serai.base.word.tables import column_widths

NAMES = {"w": W.strip("{}"), "v": "urn:schemas-microsoft-com:vml"}


def part(document: b.Document, name: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(word_members(docx(document))[name])


def values(root: etree._Element, path: str) -> list[str]:
    return [str(found) for found in root.xpath(path, namespaces=NAMES)]


def small(*blocks: b.Block, language: str = "en") -> b.Document:
    return b.Document("T", "", language, DAY, "", blocks)


@pytest.mark.parametrize("document", [rich(), persian()], ids=["en", "fa"])
def test_the_words_come_in_one_sequence(document):
    assert word_text(docx(document)) == expected(document)


def test_the_same_tree_gives_the_same_members():
    first, second = (
        {
            name: hashlib.sha256(member).hexdigest()
            for name, member in word_members(docx(rich())).items()
        }
        for _ in range(2)
    )

    assert first == second


def test_members_stand_in_order_and_wear_no_clock():
    with zipfile.ZipFile(io.BytesIO(docx(rich()))) as archive:
        members = archive.infolist()

    names = [member.filename for member in members]
    assert names[0] == "[Content_Types].xml"
    assert names[1:] == sorted(names[1:])
    assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}


def test_properties_come_from_the_document():
    found = python_docx.Document(io.BytesIO(docx(rich()))).core_properties

    assert (found.title, found.author) == (rich().title, "CAREC Secretariat")
    assert found.created == found.modified
    assert found.created.date() == DAY


def test_headings_are_real_and_bookmarked():
    word = python_docx.Document(io.BytesIO(docx(rich())))

    found = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith("Heading")]

    assert found[:3] == [
        ("Heading 1", "1 Virtual CAREC"),
        ("Heading 2", "1.1 Objective"),
        ("Heading 2", "1.2 Current status"),
    ]
    names = values(part(rich()), "//w:bookmarkStart/@w:name")
    assert {"k_virtual", "k_objective", "k_languages", "_Toc00000001"} <= set(names)
    assert len(names) == len(set(names))


def test_contents_read_right_before_word_renews_them():
    root = part(rich())
    lines = [
        "".join(values(line, ".//w:t/text()"))
        for line in root.xpath("//w:p[starts-with(w:pPr/w:pStyle/@w:val, 'TOC')]", namespaces=NAMES)
    ]

    assert lines[:3] == ["Contents", "1 Virtual CAREC3", "1.1 Objective3"]
    assert r' TOC \o "1-2" \h \z \u ' in values(root, "//w:instrText/text()")
    assert set(values(root, "//w:p/w:hyperlink/@w:anchor")) <= set(
        values(root, "//w:bookmarkStart/@w:name")
    )


def test_fields_open_and_close():
    for name in ("word/document.xml", "word/footer.xml"):
        kinds = values(part(rich(), name), "//w:fldChar/@w:fldCharType")
        assert kinds.count("begin") == kinds.count("end") == kinds.count("separate") > 0


def test_footnotes_are_real():
    assert values(part(rich()), "//w:footnoteReference/@w:id") == ["1"]
    notes = part(rich(), "word/footnotes.xml")
    assert "".join(values(notes, "//w:footnote[@w:id='1']//w:t/text()")) == " Concept note, page 4."


def test_changes_are_tracked_and_remarks_kept():
    root, comments = part(rich()), part(rich(), "word/comments.xml")

    assert values(root, "//w:ins/@w:author") == ["A. Saidov"]
    assert values(root, "//w:del//w:delText/text()") == ["shall"]
    assert values(root, "//w:ins/@w:date") == ["2021-06-30T09:00:00Z"]
    assert values(root, "//w:commentRangeStart/@w:id") == ["0"]
    assert values(comments, "//w:comment/@w:author") == ["N. Beridze"]
    assert values(comments, "//w:comment//w:t/text()") == ["Which data?"]


def test_tables_repeat_their_heads_and_wide_ones_lie():
    root = part(rich())

    assert len(root.xpath("//w:tblHeader", namespaces=NAMES)) == 3
    assert values(root, "//w:pgSz/@w:orient") == ["landscape"]


def test_figures_have_words_for_those_who_cannot_see():
    root = part(rich())

    found = root.xpath("//*[local-name()='docPr']")

    assert [(f.get("id"), f.get("descr")) for f in found] == [("1", "Bars of replies by member.")]
    assert any(name.endswith(".png") for name in word_members(docx(rich())))


def test_a_sample_is_marked_in_the_head():
    assert "Sample" in "".join(values(part(rich(), "word/header.xml"), "//w:t/text()"))
    clean = "".join(values(part(rich(sample=False), "word/header.xml"), "//w:t/text()"))
    assert clean == "Progress report on the digital initiativesCAREC Secretariat"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Sample"),
        ({"draft": True}, "Draft · Sample"),
        ({"draft": True, "sample": False}, "Draft"),
    ],
)
def test_a_mark_lies_behind_every_page_the_cover_too(fields, said):
    document = replace(rich(), **fields)

    for head in ("header", "headerturned", "headerfirst"):
        assert values(part(document, f"word/{head}.xml"), "//v:textpath/@string") == [said]
    clean = replace(rich(sample=False), draft=False)
    assert values(part(clean, "word/headerfirst.xml"), "//v:textpath/@string") == []


def test_a_right_to_left_document_is_so_throughout():
    root = part(persian())
    with_words = root.xpath("//w:p[.//w:t]", namespaces=NAMES)

    assert all(p.xpath("w:pPr/w:bidi", namespaces=NAMES) for p in with_words)
    assert len(root.xpath("//w:tblPr/w:bidiVisual", namespaces=NAMES)) == 1
    assert len(root.xpath("//w:sectPr/w:bidi", namespaces=NAMES)) == 2
    latin = root.xpath("//w:r[w:t[contains(., 'Virtual CAREC')]]", namespaces=NAMES)
    assert [run.xpath("w:rPr/w:rtl", namespaces=NAMES) for run in latin] == [[]]
    assert values(latin[0], "w:rPr/w:lang/@w:val") == ["en-GB"]


@pytest.mark.parametrize(
    ("line", "is_rtl", "cut"),
    [
        ("plain", False, [("plain", False)]),
        ("see گزارش ها now", False, [("see ", False), ("گزارش ها", True), (" now", False)]),
        ("گزارش CAREC 2021 را", True, [("گزارش ", True), ("CAREC 2021", False), (" را", True)]),
        ("", True, []),
    ],
)
def test_stretches_of_two_directions(line, is_rtl, cut):
    assert list(stretches(line, is_rtl=is_rtl)) == cut


def test_numbered_lists_start_their_own_count():
    items = (b.ListItem((b.paragraph("a"),)),)
    document = small(b.List(items, is_ordered=True), b.List(items, is_ordered=True, start=5))

    assert values(part(document), "//w:numId/@w:val") == ["2", "3"]
    starts = values(
        part(document, "word/numbering.xml"), "//w:num/w:lvlOverride[@w:ilvl='0']/*/@w:val"
    )
    assert starts == ["1", "5"]


def test_columns_fill_the_width():
    widths = column_widths(table(), 9000)

    assert 8990 <= sum(widths) <= 9000
    assert widths[1] > widths[2] > widths[0]


def test_no_word_of_a_long_head_is_torn():
    heads = ("Выполнено", "Просрочено", "Срок наступил", "В работе", "Срок в течение 30 дней",
             "Запланировано")  # fmt: skip
    columns = (
        b.Column(b.words("Инициатива"), weight=2),
        *(b.Column(b.words(head), b.ColumnKind.NUMBER) for head in heads),
    )
    rows = (b.Row((b.cell("Виртуальная"), *(b.cell("3") for _ in heads))),)

    widths = column_widths(b.Table(b.words("Вехи"), columns, rows), TEXT_WIDTH)

    # Measured in the report's own bold letters, with the margins of a cell: 20 twips a point.
    assert widths[0] >= 60 * 20 + 180
    assert widths[2] >= 54 * 20 + 180
    assert widths[6] >= 75 * 20 + 180


def test_long_and_odd_keys_become_lawful_bookmarks():
    document = small(
        *(b.Heading(1, b.words("x"), key=key) for key in ("a" * 60, "a" * 61, "ключ 1"))
    )

    names = list(bookmarks(document).values())

    assert len(set(names)) == 3
    assert all(len(name) <= 40 and name.isascii() and name.isidentifier() for name in names)


@pytest.mark.parametrize("text", ["<w:b/>", "a\x00b\u202ec\ud800", "]]>&lt;", "{ TOC }"])
def test_words_are_never_markup(text):
    document = small(b.Heading(1, b.words(text), key=text), b.paragraph(text), b.Callout(text, ()))

    assert word_text(docx(document)) == expected(document)


def test_empty_things_are_written():
    document = small(
        *(b.Paragraph(()), b.List(()), b.Callout("", ()), b.Quote(()), b.Contents()),
        *(b.Provision("", "1", ()), b.KeyFigures(()), b.PageBreak()),
    )

    assert part(document).xpath("//w:tr[not(w:tc)]", namespaces=NAMES) == []
    assert word_text(docx(document)) == expected(document)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_file(tmp_path):
    path = tmp_path / "report.docx"
    path.write_bytes(docx(replace(rich(), blocks=rich().blocks[:12])))

    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip

    text = "".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "report.pdf").pages)
    for words in ("1.1 Objective", "Georgia has replied in full", "84%", "Page 2 of"):
        assert words in text
