"""The preset is sound; whatever is wrong with a definition is named by its row."""

import copy
import tomllib
from decimal import Decimal

import pytest
from tests.calc.readiness.cases import PRESET, READY, preset

from serai.calc.readiness.conditions import Condition, Operator
from serai.calc.readiness.definition import DefinitionFault, read_definition
from serai.calc.readiness.framework import Criterion, Lever
from serai.calc.readiness.ladder import EventType, Requirement, Role
from serai.calc.readiness.packages import Effect, Package

SOUND = {
    "version": "1",
    "facts": [
        {"key": "link.down", "unit": "Mbit/s", "link": True},
        {"key": "link.loss", "unit": "%", "less_is_better": True},
        {"key": "kit.mic", "choices": ["none", "omni", "gooseneck"], "scope": "room"},
    ],
    "dimensions": [{"code": "C", "weight": 100}],
    "criteria": [
        {
            "code": "C1", "dimension": "C", "fact": "link.loss", "thresholds": [5, 2, 1],
            "lever": "link", "also": [{"level": 3, "fact": "kit.mic", "at_least": "omni"}],
            "words": {"en": "poor / fair / good"},
        }
    ],
    "events": [
        {
            "code": "E1", "value": 2,
            "rows": [
                {"role": role, "fact": "link.down", "at_least": 4}
                for role in ("seat", "room", "speaker", "host")
            ],
        },
        {
            "code": "E2", "value": "4.5", "interpretation": True,
            "rows": [{"role": "host", "fact": "link.down", "at_least": 6}],
        },
    ],
    "security": [{"sensitivity": "medium", "fact": "kit.mic", "at_least": "omni", "gate": "security"}],
    "packages": [
        {
            "code": "MIC", "lever": "kit", "shared": True, "lead_weeks": 3,
            "effects": [{"fact": "kit.mic", "value": "gooseneck"}],
        }
    ],
}  # fmt: skip


def changed(path, value):
    """The sound definition with one field changed; None takes it away."""
    fields = copy.deepcopy(SOUND)
    place = fields
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return fields


def test_a_sound_definition_is_read_whole():
    found = read_definition(SOUND)

    at_least, at_most = Operator.AT_LEAST, Operator.AT_MOST
    assert found.framework.criteria == (
        Criterion(
            "C1", "C", 1.0, "link.loss",
            (
                (Condition("link.loss", at_most, 5.0, 5.0),),
                (Condition("link.loss", at_most, 2.0, 2.0),),
                (
                    Condition("link.loss", at_most, 1.0, 1.0),
                    Condition("kit.mic", at_least, "omni", 1.0),
                ),
            ),
            Lever.LINK, words={"en": ("poor", "fair", "good")},
        ),
    )  # fmt: skip
    second = found.ladder.events[1]
    host = Requirement(Role.HOST, Condition("link.down", at_least, 6.0, 6.0), Lever.LINK)
    seat = Requirement(Role.SEAT, Condition("link.down", at_least, 4.0, 4.0), Lever.LINK)
    assert isinstance(second, EventType)
    assert (second.value, second.has_interpretation) == (Decimal("4.5"), True)
    assert (second.rows(Role.HOST), second.rows(Role.SEAT)) == ((host,), (seat,))
    assert found.packages == (
        Package("MIC", Lever.KIT, (Effect("kit.mic", "gooseneck"),), True, 3),
    )


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (["version"], None, "readiness: version must be text."),
        (["tiers"], [], "readiness: 'tiers' is not known here."),
        (["facts"], "all", "facts: must be a list of rows."),
        (["facts", 1, "key"], "link.down", "facts row 2 (link.down): the key is there twice."),
        (
            ["facts", 2, "choices"], ["a", "a"],
            "facts row 3 (kit.mic): a choice is there twice.",
        ),
        (
            ["facts", 2, "less_is_better"], True,
            "facts row 3 (kit.mic): choices are written from worst to best; less_is_better is "
            "for numbers.",
        ),
        (["facts", 0, "colour"], "red", "facts row 1 (link.down): 'colour' is not known here."),
        (["dimensions", 0, "weight"], 90, "dimensions: the weights make 90, not 100."),
        (
            ["criteria", 0, "fact"], "link.los",
            "criteria row 1 (C1): unknown fact key 'link.los'",
        ),
        (
            ["criteria", 0, "thresholds"], [5, 2],
            "criteria row 1 (C1): thresholds must be three, for the levels 1, 2 and 3.",
        ),
        (
            ["criteria", 0, "thresholds"], [1, 2, 5],
            "criterion C1: threshold 2.0 does not ask more than 1.0 before it.",
        ),
        (
            ["criteria", 0, "words"],
            {"en": "poor / good"},
            "criteria row 1 (C1): words in 'en' must be three, parted by ' / '.",
        ),
        (
            ["criteria", 0, "also", 0, "level"], 4,
            "criteria row 1 (C1), also row 1 (kit.mic): level 4 is not 1, 2 or 3.",
        ),
        (
            ["criteria", 0, "also", 0, "at_least"], "lapel",
            "criteria row 1 (C1), also row 1 (kit.mic): kit.mic: 'lapel' is not one of none, "
            "omni, gooseneck.",
        ),
        (
            ["events", 1, "rows", 0, "at_least"], None,
            "events row 2 (E2), rows row 1 (link.down): needs either at_least or at_most.",
        ),
        (
            ["events", 1, "rows", 0, "at_least"], True,
            "events row 2 (E2), rows row 1 (link.down): at_least must be a number or a code.",
        ),
        (
            ["events", 1, "rows", 0, "at_least"], 3,
            "event E2, host, link.down: 3.0 asks less than 4.0 of E1.",
        ),
        (
            ["security", 0, "sensitivity"], "secret",
            "security row 1 (kit.mic): sensitivity 'secret' is not one of low, medium, high.",
        ),
        (
            ["security", 0, "fact"], "kit.sofa",
            "security row 1 (kit.sofa): unknown fact key 'kit.sofa'",
        ),
        (
            ["packages", 0, "effects", 0, "value"], "lapel",
            "package MIC: kit.mic: 'lapel' is not one of none, omni, gooseneck.",
        ),
        (
            ["packages", 0, "effects", 0, "value"], None,
            "packages row 1 (MIC), effects row 1 (kit.mic): value must be a number or a code.",
        ),
    ],
)  # fmt: skip
def test_a_fault_names_its_row(path, value, fault):
    with pytest.raises(DefinitionFault) as refused:
        read_definition(changed(path, value))

    assert refused.value.faults[0] == fault


def test_all_faults_are_told_at_once():
    fields = changed(["dimensions", 0, "weight"], "heavy")
    fields["events"][0]["value"] = 1.5

    with pytest.raises(DefinitionFault) as refused:
        read_definition(fields)

    assert refused.value.faults == (
        "dimensions row 1 (C): weight must be a number.",
        "events row 1 (E1): value must be a whole number, or an exact one in quotes.",
    )
    assert str(refused.value) == "\n".join(refused.value.faults)


def test_the_preset_is_whole():
    found = read_definition(tomllib.loads(PRESET.read_text(encoding="utf-8")))

    assert [one.code for one in found.framework.criteria] == [
        *(f"C{n}" for n in range(1, 7)), *(f"I{n}" for n in range(1, 7)),
        *(f"D{n}" for n in range(1, 5)), *(f"L{n}" for n in range(1, 6)),
    ]  # fmt: skip
    assert set(READY) == set(found.keys)
    named = [
        *found.framework.dimensions, *found.framework.criteria, *found.ladder.events,
        *found.packages,
    ]  # fmt: skip
    assert all(set(one.name) == {"en", "ru"} for one in named)


def test_every_fact_of_the_preset_comes_from_somewhere():
    lost = [
        key.key
        for key in preset().keys.values()
        if not key.questions and not key.run_figure and key.reading.value != "computed"
    ]

    assert lost == []
