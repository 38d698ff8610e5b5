from dataclasses import replace

from tests.factories.documents import persian, rich

from serai.base.recipe import recipe


def test_the_recipe_is_the_same_twice():
    assert recipe(rich()) == recipe(rich())
    assert len(recipe(rich()).sha256) == 64


def test_the_language_of_our_words_joins_the_recipe():
    assert recipe(rich()).differences(recipe(persian())) == ("wording",)
    assert recipe(rich()).sha256 != recipe(persian()).sha256


def test_a_kinds_template_and_added_fonts_join_the_recipe(tmp_path):
    template = tmp_path / "template.typ"
    template.write_text("= Title")
    (tmp_path / "Added.ttf").write_bytes(b"font")

    changed = recipe(rich(), templates=(template,), fonts=(tmp_path,))

    assert recipe(rich()).differences(changed) == ("templates", "fonts")


def test_a_newer_engine_is_named():
    old = recipe(rich())
    new = replace(old, engines={**old.engines, "typst": "9.9"})

    assert old.differences(new) == (f"typst {old.engines['typst']} → 9.9",)
    assert old.sha256 != new.sha256
