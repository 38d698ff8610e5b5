from dataclasses import replace

from lxml import html
from tests.factories.documents import rich, table

from serai.base import blocks as b
from serai.base.html import SECTION_BYTES, sections
from serai.base.html.sections import with_keys


def test_a_document_is_cut_at_its_first_headings():
    found = sections(rich(), address=lambda key: f"/read/{key}/")

    assert [(part.key, part.title) for part in found] == [
        ("part-1", "Progress report on the digital initiatives"),
        ("virtual", "1 Virtual CAREC"),
        ("h-3", "Annex A Timeline"),
        ("languages", "Annex B Languages of the programme"),
    ]
    assert 'href="/read/languages/#languages"' in found[0].html


def test_a_heavy_part_is_cut_into_light_ones():
    rows = tuple(replace(row, is_total=False) for row in table().rows) * 300
    heavy = replace(rich(), blocks=(b.Heading(1, b.words("Annex")), replace(table(), rows=rows)))

    found = sections(heavy)

    assert len(found) > 2
    assert max(part.byte_count for part in found) <= SECTION_BYTES
    assert sum(part.html.count("<tr><td") for part in found) == len(rows)
    assert all("<thead>" in part.html for part in found)


def test_pieces_of_one_table_keep_its_number():
    rows = table().rows[:3] * 300
    heavy = replace(rich(), blocks=(replace(table(), rows=rows), table(key="next")))

    labels = [
        label
        for part in sections(heavy)
        for label in html.fromstring(f"<div>{part.html}</div>").xpath("//caption/span/text()")
    ]

    assert set(labels) == {"Table 1.", "Table 2."}
    assert labels[-1] == "Table 2."


def test_notes_stand_in_the_part_that_calls_them():
    found = {part.key: part.html for part in sections(rich())}

    assert 'id="note-1"' in found["virtual"]
    assert 'id="note-2"' in found["h-3"]
    assert "doc-notes" not in found["languages"]


def test_pages_show_the_phone_drawing_too():
    figure = b.Figure(
        "<svg><g></g></svg>", b.words("F"), "f", narrow_svg='<svg class="narrow"></svg>'
    )

    (part,) = sections(replace(rich(), blocks=(figure,)))

    assert '<svg><g></g></svg><svg class="narrow"></svg>' in part.html


def test_every_heading_gets_a_key_of_its_own():
    document = replace(
        rich(), blocks=(b.Heading(1, b.words("a")), b.Heading(1, b.words("b"), key="h-1"))
    )

    assert [heading.key for heading in b.headings(with_keys(document))] == ["h-2", "h-1"]
