"""A preset is read whole or refused with file, line and remedy."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from serai.base.text import TranslatedText
from serai.setup.reading import HeadingRow, PresetFault, read_preset

PRESETS = Path(__file__).parents[2] / "src/serai/setup/presets"
SHARED = Path(__file__).parents[3] / "shared/carec"


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(PRESETS / "carec", tmp_path / "carec")
    return tmp_path / "carec"


def change(folder, name, old, new):
    place = folder / name
    words = place.read_text(encoding="utf-8")
    assert old in words
    place.write_text(words.replace(old, new, 1), encoding="utf-8")


def line_of(folder, name, words):
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def headings(rows):
    return sum(1 + headings(row.below) for row in rows)


def test_carec_holds_the_facts_of_the_report():
    preset = read_preset(PRESETS / "carec")

    assert [row.iso3 for row in preset.members] == [
        "AFG", "AZE", "CHN", "GEO", "KAZ", "KGZ", "MNG", "PAK", "TJK", "TKM", "UZB",
    ]  # fmt: skip
    assert [(row.code, len(row.milestones)) for row in preset.initiatives] == [
        ("virtual-carec", 10),
        ("digital-strategy-2030", 16),
        ("startup-hub", 0),
    ]
    assert [
        [number for number, m in enumerate(row.milestones, 1) if m.completed_source]
        for row in preset.initiatives
    ] == [[2, 3, 4], [1, 2, 3, 7], []]
    assert [(row.code, headings(row.headings)) for row in preset.outlines] == [
        ("virtual_assessment_report", 15),
        ("digital_strategy_2030", 54),
    ]
    assert preset.known_from == date(2021, 6, 30)
    assert preset.initiatives[2].national_studies == ("GEO", "UZB")


def test_carec_says_everything_in_english_and_russian():
    preset = read_preset(PRESETS / "carec")

    texts = [preset.programme.name, preset.programme.short_name, preset.programme.assistance_title]
    texts += [row.name for row in (*preset.members, *preset.organisations, *preset.initiatives)]
    texts += [row.purpose for row in preset.initiatives]
    texts += [row.title for row in (*preset.meetings, *preset.outlines)]
    for initiative in preset.initiatives:
        texts += [row.text for row in initiative.requests]
        texts += [text for row in initiative.milestones for text in (row.name, row.words)]
    assert [str(t) for t in texts if {c for c, w, _ in t.texts if w} != {"en", "ru"}] == []


def listed(name: str):
    """A list of the programme's facts that stands beside a checkout."""
    yaml = pytest.importorskip("yaml")
    if not SHARED.exists():
        pytest.skip("the programme's list of facts is not beside this clone")
    return yaml.safe_load((SHARED / name).read_text(encoding="utf-8"))


def english(text: TranslatedText) -> str:
    return text.pick("en")[0]


def test_carec_agrees_with_the_programmes_list_of_facts():
    facts = listed("programme.yaml")
    preset = read_preset(PRESETS / "carec")

    assert [(english(m.name), m.iso3, list(m.languages), m.time_zone) for m in preset.members] == [
        (m["name"], m["iso3"], m["languages"], m["time_zone"]) for m in facts["members"]
    ]
    for row, fact in zip(preset.initiatives, facts["initiatives"], strict=True):
        assert (row.code, english(row.name)) == (fact["code"], fact["name"])
        assert english(row.purpose) == fact["purpose"][0].upper() + fact["purpose"][1:]
        assert list(row.national_studies) == fact.get("national_studies", [])
        assert [
            (english(m.name), m.planned, m.planned_start, m.ongoing) for m in row.milestones
        ] == [
            (m["name"], m["planned"], m.get("planned_start"), m.get("ongoing", False))
            for m in fact["milestones"]
        ]


def test_carec_has_the_programmes_partners_and_technical_assistance():
    fact = listed("programme.yaml")["programme"]
    preset = read_preset(PRESETS / "carec")

    home = preset.programme
    assert (home.code, english(home.name), english(home.short_name), home.time_zone) == (
        fact["code"], fact["name"], fact["short_name"], fact["secretariat"]["time_zone"],
    )  # fmt: skip
    assert (home.assistance_reference, english(home.assistance_title)) == (
        fact["technical_assistance"]["reference"], fact["technical_assistance"]["title"],
    )  # fmt: skip
    secretariat = [one for one in preset.organisations if one.kind == "secretariat"]
    assert [(one.code, english(one.name)) for one in secretariat] == [
        (home.secretariat, fact["secretariat"]["organisation"])
    ]
    partners = [one for one in preset.organisations if one.kind != "secretariat"]
    assert [english(one.short_name) for one in partners] == fact["partners"]


def as_tree(headings: list[object]) -> list[tuple[str, list]]:
    """A listed outline: a heading alone is a word, one with others below it a mapping."""
    found = []
    for heading in headings:
        ((title, below),) = heading.items() if isinstance(heading, dict) else ((heading, []),)
        found.append((title, as_tree(below)))
    return found


def tree(headings: tuple[HeadingRow, ...]) -> list[tuple[str, list]]:
    return [(english(one.title), tree(one.below)) for one in headings]


def test_carec_has_the_outlines_that_the_source_annexes():
    facts = listed("outlines.yaml")
    preset = read_preset(PRESETS / "carec")

    assert {one.code: tree(one.headings) for one in preset.outlines} == {
        name: as_tree(facts[name])
        for name in ("virtual_assessment_report", "digital_strategy_2030")
    }


def test_blank_is_an_empty_programme():
    preset = read_preset(PRESETS / "blank")

    assert (preset.members, preset.initiatives, preset.outlines) == ((), (), ())


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        ("members.toml", 'iso3 = "AZE"', 'iso3 = "AFG"', "AFG has the same code as AFG."),
        ("members.toml", "tile = [2, 2]", "tile = [4, 4]", "AZE has the same tile as AFG."),
        ("members.toml", 'iso3 = "AZE"', 'iso3 = "az"', "'az' is not three capital letters."),
        ("members.toml", "Asia/Baku", "Asia/Bakuu", "'Asia/Bakuu' is no time zone."),
        ("members.toml", "languages = ", "langauges = ", "'langauges' is not known here."),
        ("initiatives.toml", '["GEO", "UZB"]', '["GEO", "XYZ"]', "There is no member 'XYZ'."),
        ("initiatives.toml", '"unescap", ', '"unescape", ', "There is no organisation 'unescape'."),
        ("programme.toml", "known_from = 2021-06-30", 'known_from = "June"', "must be a day"),
        ("initiatives.toml", 'audience = "public"', 'audience = "all"', "'all' is no audience."),
        ("initiatives.toml", 'kind = "event"', 'kind = "feast"', "'feast' is no kind."),
        ("programme.toml", 'audience = "public"', 'audience = "us"', "'us' is no audience."),
        ("initiatives.toml", 'kind = "event"', 'kind = "event"\nowner = "oecd"',
         "There is no organisation 'oecd'."),
        ("initiatives.toml", 'kind = "event"', 'kind = "event"\ncountry = "XYZ"',
         "There is no member 'XYZ'."),
        ("initiatives.toml", 'kind = "event"', 'kind = "event"\naudience = "country"',
         "but it has none. Add 'country'."),
        ("initiatives.toml", 'kind = "event"', 'kind = "event"\naudience = "organisation"',
         "but it has none. Add 'owner'."),
        ("outlines.toml", 'initiative = "virtual-carec"', 'initiative = "v"', "no initiative 'v'."),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_file_and_line(copy, name, old, new, sentence):
    change(copy, name, old, new)

    with pytest.raises(PresetFault) as refused:
        read_preset(copy)

    fault = next(f for f in refused.value.faults if sentence in f)
    assert fault.startswith(f"{name}, line ")


def test_all_faults_come_at_once(copy):
    change(copy, "members.toml", "Asia/Baku", "Asia/Bakuu")
    change(copy, "initiatives.toml", '["GEO", "UZB"]', '["GEO", "XYZ"]')

    with pytest.raises(PresetFault) as refused:
        read_preset(copy)

    assert len(refused.value.faults) == 2


def test_broken_toml_is_named(copy):
    change(copy, "members.toml", '"Afghanistan"', '"Afghanistan')

    with pytest.raises(PresetFault) as refused:
        read_preset(copy)

    assert refused.value.faults[0].startswith("members.toml: ")
    assert f"line {line_of(copy, 'members.toml', 'Afghanistan')}" in refused.value.faults[0]


def test_a_missing_file_is_named(copy):
    (copy / "outlines.toml").unlink()

    with pytest.raises(PresetFault) as refused:
        read_preset(copy)

    assert refused.value.faults == (
        "outlines.toml: the file is missing. A blank preset shows its form.",
    )


def test_a_missing_field_is_named(copy):
    change(copy, "members.toml", 'iso3 = "AZE"\n', "")

    with pytest.raises(PresetFault) as refused:
        read_preset(copy)

    assert [f for f in refused.value.faults if "'iso3' is missing" in f] != []
