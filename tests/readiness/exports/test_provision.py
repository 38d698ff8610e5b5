"""Deliveries as tables."""

from datetime import date

from serai.base.text import TranslatedText
from serai.calc.network.change import Change, Side, Verdict
from serai.calc.readiness.conditions import Verdict as Held
from serai.calc.readiness.effects import EffectSeen
from serai.readiness.exports import provision as exports
from serai.readiness.queries import LineChange, ProvisionRow
from serai.readiness.states import ProvisionState

DAY = date(2021, 6, 30)


def plain(table):
    return [[str(cell) for cell in row] for row in table.rows]


def test_deliveries_name_the_office_or_all():
    line = TranslatedText.of("Faster line")
    rows = [
        ProvisionRow("abc", "LINK", line, place, TranslatedText.of("Georgia"),
                     ProvisionState.ORDERED, DAY, sample=False)
        for place in ("Head office", "")
    ]  # fmt: skip

    assert plain(exports.provisions_table(rows)) == [
        ["Faster line", "Georgia", "Head office", "Ordered", "2021-06-30"],
        ["Faster line", "Georgia", "all offices", "Ordered", "2021-06-30"],
    ]


def test_promises_say_what_is_seen():
    rows = [
        EffectSeen("link.jitter_ms", 30, 25, Held.PASSES),
        EffectSeen("link.rate", 20, None, Held.UNKNOWN),
        EffectSeen("kit.microphone", "gooseneck", "omni", Held.FAILS),
    ]

    assert plain(exports.promises_table(rows, {"link.jitter_ms": "ms"})) == [
        ["Jitter in busy hours", "30 ms", "25 ms", "shown"],
        ["link.rate", "20", "", "not tested since"],
        ["Microphones", "gooseneck", "for all round", "not shown"],
    ]


def test_changes_say_too_few_in_words():
    rows = [
        LineChange("down_tail_mbps",
                   Change(Verdict.IMPROVED, 16.0, 15.0, 17.25, Side(6, 6), Side(7, 3))),
        LineChange("rtt_ms", Change(Verdict.TOO_FEW, None, None, None, Side(0, 0), Side(1, 1))),
    ]  # fmt: skip

    assert plain(exports.changes_table(rows)) == [
        ["Download, Mbit/s", "improved", "16.0", "15.0 to 17.2", "6, on 6 days", "7, on 3 days"],
        ["Round trip, ms", "too few tests", "None",
         "too few tests: 5 on 2 days are needed on each side", "0, on 0 days", "1, on 1 days"],
    ]  # fmt: skip
