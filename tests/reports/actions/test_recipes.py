import pytest
from tests.factories.programme import initiative
from tests.factories.reports import NOON, run

from serai import __version__
from serai.reports.actions.documents import snapshot
from serai.reports.actions.recipes import differences, recipe_of

pytestmark = pytest.mark.django_db


def test_the_recipe_names_every_part():
    initiative("a")
    frozen = snapshot(run(languages=["en", "ru"]), dated=NOON.date())

    found = recipe_of(frozen, ())

    assert set(found) == {"serai", "templates", "fonts", "wording", "engines"}
    assert found["serai"] == __version__
    assert set(found["wording"]) == {"en", "ru"}
    assert {"typst", "python-docx", "lxml"} <= set(found["engines"])
    assert recipe_of(frozen, ()) == found


def test_a_changed_part_is_named():
    before = {"fonts": "1", "engines": {"typst": "0.15", "lxml": "6"}, "wording": {"ru": "a"}}
    after = {"fonts": "2", "engines": {"typst": "0.16", "lxml": "6"}, "wording": {}}

    assert differences(before, after) == ["engines typst", "fonts", "wording ru"]
    assert differences(before, before) == []
