"""A preset's framework and tiers are put in use once; faults name file and row."""

import shutil

import pytest
from tests.factories import readiness as make

from serai.base.text import TranslatedText
from serai.readiness.models import Framework, TierTable
from serai.setup.editions import put_editions
from serai.setup.loading import PRESETS
from serai.setup.reading import InitiativeRow, PresetFault

pytestmark = pytest.mark.django_db
ROW = InitiativeRow(
    code=make.HOME,
    name=TranslatedText.of("Virtual"),
    framework="readiness.toml",
    tiers="tiers.toml",
)


@pytest.fixture
def folder(tmp_path):
    for name in ("readiness.toml", "tiers.toml"):
        shutil.copy(PRESETS / "carec" / name, tmp_path / name)
    return tmp_path


def put(folder, row=ROW):
    return put_editions(row, folder, make.home(), now=make.NOON)


def test_both_are_put_in_use_once(folder):
    assert put(folder) == {"frameworks": 1, "tables of tiers": 1}
    assert put(folder) == {}
    assert [one.state for one in (Framework.objects.get(), TierTable.objects.get())] == [
        "in_use", "in_use",
    ]  # fmt: skip


def test_an_initiative_without_them_is_given_none(folder):
    assert put(folder, InitiativeRow(code=make.HOME, name=TranslatedText.of("Virtual"))) == {}


def test_faults_name_their_file_and_row(folder):
    place = folder / "readiness.toml"
    place.write_text(place.read_text(encoding="utf-8").replace("weight = 30", "weight = 31", 1))

    with pytest.raises(PresetFault) as wrong:
        put(folder)

    assert wrong.value.faults == ("readiness.toml: dimensions: the weights make 101, not 100.",)


def test_a_file_that_is_no_toml_is_refused(folder):
    (folder / "tiers.toml").write_text("tiers = ")

    with pytest.raises(PresetFault, match=r"tiers.toml: Invalid value"):
        put(folder)
