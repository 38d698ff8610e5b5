from dataclasses import replace

import pytest
from fontTools.ttLib import TTFont
from tests.factories.documents import DAY, SCRIPTS, persian, rich

from serai.base import blocks as b
from serai.base.fonts import FOLDER, characters_of, font_files, installed_fonts_hash, missing_glyphs

MEGABYTE = 1_000_000


def of(text: str) -> b.Document:
    return b.Document("T", "", "en", DAY, "", (b.paragraph(text),))


@pytest.mark.parametrize("language", sorted(SCRIPTS))
def test_no_sample_misses_a_glyph(language):
    assert missing_glyphs(of(SCRIPTS[language])) == ()


def test_whole_documents_miss_nothing():
    assert missing_glyphs(rich()) == ()
    assert missing_glyphs(persian()) == ()


def test_a_character_no_font_has_is_named_with_its_place():
    (second, first) = missing_glyphs(of("The sign 龘 in the annex, ⴰ and 龘 again"))

    assert (first.code, first.character) == ("U+9F98", "龘")
    assert first.where == "The sign 龘 in the annex, ⴰ and 龘 again"
    assert second.code == "U+2D30"


def test_footnotes_cells_and_covers_are_looked_at():
    note = b.Footnote(b.words("龘"))
    cell = b.Table((), (b.Column(()),), (b.Row((b.cell("ⴰ"),)),))
    document = replace(of(""), title="ቀ", blocks=(b.Paragraph((note,)), cell))

    assert [found.code for found in missing_glyphs(document)] == ["U+1240", "U+2D30", "U+9F98"]


def test_the_tables_of_fonts_are_read_as_fonttools_reads_them():
    for path in font_files():
        assert characters_of(path) == frozenset(TTFont(path).getBestCmap()), path.name


def test_an_added_folder_widens_the_fonts_and_changes_the_hash(tmp_path):
    (tmp_path / "Added.ttf").write_bytes((FOLDER / "NotoSans-Regular.ttf").read_bytes())

    assert installed_fonts_hash((tmp_path,)) != installed_fonts_hash()
    assert font_files((tmp_path,))[-1].name == "Added.ttf"


def test_fonts_are_light_and_carry_their_licence():
    families = {path.name.partition("-")[0] for path in font_files()}

    assert sum(path.stat().st_size for path in font_files()) < 10 * MEGABYTE
    for family in families:
        text = (FOLDER / "licences" / f"{family}.txt").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE" in text
        assert "PERMISSION & CONDITIONS" in text
        assert "DISCLAIMER" in text
