"""The style sheet keeps the contrasts the design promises, light and dark."""

import pytest

from serai.base.contrast import PAIRS, STYLE_SHEET, Pair, contrast, tokens


def test_contrast_of_black_on_white():
    assert contrast("#000000", "#fff") == 21.0


def test_contrast_is_the_same_both_ways():
    assert contrast("#0f5f56", "#ffffff") == contrast("#ffffff", "#0f5f56")


def test_contrast_of_a_known_pair():
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.role)
def test_every_pair_reaches_its_least(pair: Pair, theme: str):
    colours = tokens(theme)

    assert round(contrast(colours[pair.front], colours[pair.back]), 1) >= pair.least


def test_the_dark_tokens_are_written_twice_alike():
    text = STYLE_SHEET.read_text(encoding="utf-8")
    media = text.index(":root:not([data-theme=light]) {")
    chosen = text.index(":root[data-theme=dark] {")

    def body(start: int) -> list[str]:
        return text[text.index("{", start) + 1 : text.index("}", start)].split()

    assert body(media) == body(chosen)
