"""Pictures and sentences of forecasts: each number also stands as text."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from tests.factories.readiness import EVENT_AT
from tests.readiness.queries.test_verdicts import one

from serai.base.text import TranslatedText
from serai.calc.network.availability import Reach
from serai.calc.readiness.brier import Brier
from serai.calc.readiness.forecast import Colour, PlanB, chance
from serai.calc.readiness.ladder import Role
from serai.readiness.queries import Band, BetterHour, DelegationRow, HostCount, NoteRow
from serai.readiness.states import DelegationState, DeskNoteKind, Trouble
from serai.readiness.views import forecast_pictures as pictures

PLAN = SimpleNamespace(meeting=SimpleNamespace(zone="Asia/Manila", starts_at=EVENT_AT))


def row(**fields) -> DelegationRow:
    defaults = {
        "public_id": "d", "office": "Head office", "office_id": 1,
        "country": TranslatedText.of("Georgia"), "city": "Tbilisi", "zone": "Asia/Tbilisi",
        "room": "", "role": Role.SEAT, "seats": 1, "state": DelegationState.FORECAST,
        "forecast": one(), "ways": (PlanB.STATEMENT, PlanB.BETTER_HOUR), "forecast_at": None,
        "rehearsed_at": None, "outcome": "", "outcome_note": "", "sample": False,
    }  # fmt: skip
    return DelegationRow(**(defaults | fields))


def test_the_strip_has_a_symbol_for_each_as_far_as_they_fit():
    found = SimpleNamespace(counts=dict.fromkeys(Colour, 0) | {Colour.RED: 13}, unforecast=2)

    assert [(one.symbols, one.words) for one in pictures.strip_of(found)] == [
        ("!!!!!!!!!!!!…", "Red 13"), ("○○", "2 without a forecast")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("short", "runs", "word"),
    [(0, 4, "too few tests"), (0, 20, "holds"), (3, 14, "may fall short"), (5, 6, "falls short")],
)
def test_the_line_has_a_mark(short, runs, word):
    assert str(pictures.line_mark(one(chance=chance(short, runs)))) == word


def test_the_chart_has_a_mark_for_each_check_that_is_asked():
    chart = pictures.checks_chart([row(), row(forecast=None)])

    (cells,) = chart.table.rows
    assert [str(cell) if cell else cell for cell in cells] == [
        "Head office", "Red", "may fall short", "forbidden", "passes", "not known", "fails",
    ]  # fmt: skip
    assert pictures.checks_chart([row(forecast=None)]) is None


@pytest.mark.parametrize(
    ("better", "says"),
    [
        (None, []),
        (BetterHour(None, 1, 1, 1), [
            "As planned, the hours are outside 08:00-18:00 in 1 capital time zone.",
            "No start lies within 08:00-18:00 in every capital.",
        ]),
        (BetterHour(360, 1, 1, 0), [
            "No other start within 08:00-18:00 in every capital looks better.",
        ]),
        (BetterHour(420, 0.4, 1.2, 0), [
            "Best within working hours: start at 15:00 on the meeting's clock, 07:00 UTC.",
            "Delegations expected to fall short: 0.4 then, 1.2 as planned.",
        ]),
    ],
)  # fmt: skip
def test_the_better_hour_in_words(better, says):
    assert pictures.better_words(PLAN, better) == says


def test_a_host_s_count_in_words():
    assert pictures.host_words(None) == ""
    assert pictures.host_words(HostCount(4, None)).endswith(
        "too few for a count of their forecasts."
    )
    assert pictures.host_words(HostCount(9, 2)).endswith("Of them 2 do not look green.")


def test_reasons_and_checks_of_a_forecast():
    assert pictures.reasons_of(row(forecast=None)) == []
    assert pictures.checks_of(row(forecast=None)) == []
    assert pictures.reasons_of(row()) == [
        "The organisation forbids this platform for matters of this sensitivity.",
        "The security gate is not passed.",
    ]
    green = one(colour=Colour.GREEN, reasons=())
    assert pictures.reasons_of(row(forecast=green)) == [
        "Tests, platform, room, microphone and gates all look well."
    ]
    assert [title for title, _mark in pictures.checks_of(row())] == [
        "Line", "Platform", "Room", "Microphone", "Security gate"
    ]  # fmt: skip


def test_what_is_asked_of_the_line():
    found = one()
    udp = replace(found.asked, r=0.0, is_udp_needed=True)

    assert pictures.asked_words(row(forecast=None)) == []
    assert pictures.asked_words(row()) == [
        "The line has to carry 5.3 Mbit/s down and 3.3 Mbit/s up.",
        "A voice needs R of 70 or more.",
        "Lowest R of these tests: 81 at best, as loss and jitter were not measured.",
    ]
    assert pictures.asked_words(row(forecast=one(is_r_at_best=False)))[-1] == (
        "Lowest R of these tests: 81."
    )
    assert pictures.asked_words(row(forecast=one(asked=udp, r_lowest=None)))[-1] == (
        "The platform needs UDP."
    )


def test_the_chance_stands_between_the_ends_of_its_interval():
    chart = pictures.chance_chart(row())

    assert [tuple(cells)[:2] for cells in chart.table.rows] == [
        ("Low end", 8.2), ("Chance", 23.3), ("High end", 42.6)
    ]  # fmt: skip
    assert pictures.chance_chart(row(forecast=None)) is None


def test_ways_name_the_better_hour_on_the_office_s_clock():
    first, second = pictures.ways_of(row(), PLAN)

    assert (first.title, first.note) == ("Recorded statement", "")
    assert second.note == "07:00 UTC, 11:00 on the office's clock."
    none = one(better=BetterHour(None, 1, 1, 0))
    assert pictures.ways_of(row(forecast=none), PLAN)[1].note == ""


def test_an_outcome_and_a_note_of_the_desk_in_words():
    assert pictures.outcome_of(row()) is None
    mark, note = pictures.outcome_of(row(outcome="fell_short", outcome_note="Cable"))
    assert (str(mark), note) == ("Was interrupted", "Cable")
    said = NoteRow("", DeskNoteKind.LIVE, False, "planned", Trouble.SOUND, "", EVENT_AT, "")
    assert pictures.note_shown(said).said == "not connected; As planned; trouble: Sound"
    silent = NoteRow("", DeskNoteKind.REHEARSAL, None, "", None, "x", EVENT_AT, "")
    assert (pictures.note_shown(silent).kind, pictures.note_shown(silent).said) == (
        "Rehearsal", ""
    )  # fmt: skip


def test_past_forecasts_in_words_and_bars():
    assert pictures.record_words(None) == ""
    assert "were better" in pictures.record_words(Brier(0.11, 0.5, 0.25, 4))
    assert "no better" in pictures.record_words(Brier(0.25, 0.5, 0.25, 4))
    chart = pictures.bands_chart([Band(0, 0.15, 4, 1), Band(0.15, 0.5, 0, 0)])
    assert [tuple(cells) for cells in chart.table.rows] == [
        ("0–15 % forecast", 1, 4), ("15–50 % forecast", None, None)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("reach", "says"),
    [
        (None, ["How often the line fails is not known: the agency has not said it."]),
        (Reach(0.99, 0.99), [
            "By what the agency said of its outages, the line works 99.00 % of the time: "
            "it may be away for 1.2 of the 120 minutes of this event.",
        ]),
        (Reach(0.9999, 0.99999999), [
            "By what the agency said of its outages, the line works 99.99 % of the time: "
            "it may be away for 0.0 of the 120 minutes of this event.",
            "With a second line that fails as seldom as the first one: 99.99 %.",
        ]),
        (Reach(1.0, 1.0), [
            "By what the agency said of its outages, the line works 100.00 % of the time: "
            "it may be away for 0.0 of the 120 minutes of this event.",
        ]),
        (Reach(0.98, 0.9996), [
            "By what the agency said of its outages, the line works 98.00 % of the time: "
            "it may be away for 2.4 of the 120 minutes of this event.",
            "With a second line that fails as seldom as the first one: 99.96 %.",
        ]),
    ],
)  # fmt: skip
def test_availability_in_words(reach, says):
    plan = SimpleNamespace(starts_at=EVENT_AT, ends_at=EVENT_AT + timedelta(hours=2))

    assert pictures.reach_words(row(forecast=one(reach=reach)), plan) == says
    assert pictures.reach_words(row(forecast=None), plan) == []
