"""Every kind, state and figure has a word, and figures read as the design says."""

from datetime import date

import pytest
from django.utils import translation

from serai.base.shown import Mark
from serai.calc.schedule import Slip, Standing, Status, parse_window, slip, standing
from serai.programme import states
from serai.programme.states import words

D = date(2021, 6, 30)
KINDS = {
    "milestone_kind": states.MilestoneKind,
    "status": Status,
    "part": states.NotePart,
    "meeting_kind": states.MeetingKind,
    "mode": states.MeetingMode,
    "purpose": states.ItemPurpose,
    "attendance_role": states.AttendanceRole,
    "answer": states.AttendanceAnswer,
    "risk_kind": states.RiskKind,
    "response": states.RiskResponse,
    "flag": states.FlagLevel,
    "reason": states.ChangeReason,
}
MACHINES = {
    "initiative": states.InitiativeState,
    "plan": states.PlanState,
    "note": states.NoteState,
    "meeting": states.MeetingState,
    "decision": states.DecisionState,
    "action": states.ActionState,
    "request": states.RequestState,
    "addressee": states.AddresseeState,
    "risk": states.RiskState,
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_word_of_its_own(kind):
    said = [words.word(kind, one.value) for one in KINDS[kind]]

    assert len(set(said)) == len(KINDS[kind])
    assert not {one.value for one in KINDS[kind]} & set(said)


def test_links_have_words():
    assert words.choices("link") == [
        ("FS", "after its end"),
        ("SS", "begins with it"),
        ("FF", "ends with it"),
        ("SF", "ends as it begins"),
    ]


def test_choices_are_said_in_the_language_of_whoever_reads_them():
    made_early = words.choices("mode")

    with translation.override("ru"):
        said = [str(word) for _value, word in made_early]

    assert said == ["Виртуально", "Очно", "Очно и виртуально"]


def test_nothing_is_said_of_nothing_and_an_unknown_word_stays_itself():
    assert words.word("reason", "") == ""
    assert words.word("reason", "weather") == "weather"


@pytest.mark.parametrize("kind", MACHINES)
def test_every_state_has_a_mark_of_its_own(kind):
    said = [words.state_mark(kind, one.value).word for one in MACHINES[kind]]

    assert len(set(said)) == len(MACHINES[kind])
    assert set(words.STATES[kind]) == set(MACHINES[kind])


def test_an_unknown_state_is_marked_open():
    assert words.state_mark("plan", "lost") == Mark("open", "lost")


@pytest.mark.parametrize(
    ("found", "mark", "sentence"),
    [
        (Standing(Status.OVERDUE, 8), Mark("wrong", "Overdue by 8 days"),
         "8 days past the latest date; no completion recorded."),
        (Standing(Status.OVERDUE, 1), Mark("wrong", "Overdue by 1 day"),
         "1 day past the latest date; no completion recorded."),
        (Standing(Status.DUE_SOON, 30), Mark("part", "Due in 30 days"),
         "30 days to the latest date."),
        (Standing(Status.DUE_SOON, 1), Mark("part", "Due in 1 day"),
         "1 day to the latest date."),
        (Standing(Status.DUE), Mark("attention", "Due now"), "Due now"),
        (Standing(Status.DONE), Mark("done", "Done"), "Done"),
        (Standing(Status.RUNNING), Mark("part", "Running"), "Running"),
        (Standing(Status.PLANNED), Mark("planned", "Planned"), "Planned"),
        (Standing(Status.NO_DATE), Mark("open", "No date"), "No date"),
    ],
)  # fmt: skip
def test_standing_in_words(found, mark, sentence):
    assert words.mark(found) == mark
    assert words.standing_sentence(found) == sentence


def test_the_vector_of_the_design_reads_8_days_past():
    found = standing(parse_window("22 June 2021", "en"), None, D)

    assert words.standing_sentence(found) == "8 days past the latest date; no completion recorded."


@pytest.mark.parametrize(
    ("plan", "baseline", "said"),
    [
        ("mid-July 2021", "22 June 2021", "about 28 days later (19 to 28)"),
        ("23 June 2021", "22 June 2021", "1 day later"),
        ("12 June 2021", "22 June 2021", "10 days earlier"),
        ("22 June 2021", "22 June 2021", "no change"),
        ("June 2021", "June 2021", "no change"),
    ],
)
def test_slip_in_words(plan, baseline, said):
    assert words.slip(slip(parse_window(plan, "en"), parse_window(baseline, "en"))) == said


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (None, ""),
        (Slip(None, None, 54, is_about=True), "at most 54 days later"),
        (Slip(None, None, 1, is_about=True), "at most 1 day later"),
        (Slip(None, None, 0, is_about=True), "not later"),
        (Slip(None, None, -3, is_about=True), "at least 3 days earlier"),
        (Slip(None, None, None, is_about=True), "not known"),
        (Slip(5, None, 5, is_about=True), "about 5 days later"),
    ],
)
def test_slip_that_is_not_established_gives_its_bound(found, said):
    assert words.slip(found) == said
