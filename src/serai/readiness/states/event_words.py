"""The words of events: colours with their marks, reasons, ways of plan B, trouble, outcomes."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serai.base.shown import Mark
from serai.calc.readiness.forecast import Colour, PlanB, Reason
from serai.calc.readiness.ladder import Role, Sensitivity
from serai.readiness.states import AS_PLANNED, DelegationState, Trouble


class Outcome(StrEnum):
    """How an event went for a delegation."""

    WENT_WELL = "went_well"
    FELL_SHORT = "fell_short"
    ABSENT = "absent"


COLOUR_MARKS: Mapping[Colour, tuple[str, object]] = {
    Colour.GREEN: ("good", pgettext_lazy("forecast", "Green: likely to go well")),
    Colour.AMBER: ("part", pgettext_lazy("forecast", "Amber: may fall short")),
    Colour.RED: ("wrong", pgettext_lazy("forecast", "Red: not fit as it is")),
}
SHORT_COLOURS: Mapping[Colour, object] = {
    Colour.GREEN: pgettext_lazy("forecast", "Green"),
    Colour.AMBER: pgettext_lazy("forecast", "Amber"),
    Colour.RED: pgettext_lazy("forecast", "Red"),
}
STATE_MARKS: Mapping[DelegationState, tuple[str, object]] = {
    DelegationState.DRAFT: ("open", pgettext_lazy("event", "Draft")),
    DelegationState.FORECAST: ("planned", pgettext_lazy("event", "Forecast")),
    DelegationState.REHEARSED: ("part", pgettext_lazy("event", "Rehearsed")),
    DelegationState.LIVE: ("attention", pgettext_lazy("event", "Live")),
    DelegationState.REVIEWED: ("done", pgettext_lazy("event", "Reviewed")),
}
ROLE_WORDS: Mapping[Role, object] = {
    Role.SEAT: _("People at their desks"),
    Role.ROOM: _("A room that listens and speaks"),
    Role.SPEAKER: _("A room that speaks under interpretation"),
    Role.HOST: _("Holds the event"),
}
SENSITIVITY_WORDS: Mapping[Sensitivity, object] = {
    Sensitivity.LOW: pgettext_lazy("sensitivity", "Low"),
    Sensitivity.MEDIUM: pgettext_lazy("sensitivity", "Medium"),
    Sensitivity.HIGH: pgettext_lazy("sensitivity", "High"),
}
PLAN_B_WORDS: Mapping[PlanB, object] = {
    PlanB.HOTSPOT: _("Tested hotspot or second line"),
    PlanB.GREEN_OFFICE: _("Another office in the city"),
    PlanB.LOAN_KIT: _("Kit on loan"),
    PlanB.AUDIO_ONLY: _("Sound only, slides sent ahead"),
    PlanB.DIAL_IN: _("Dial in by telephone"),
    PlanB.STATEMENT: _("Recorded statement"),
    PlanB.BETTER_HOUR: _("A better hour"),
}
PLAN_B_STEPS: Mapping[PlanB, object] = {
    PlanB.HOTSPOT: _(
        "Switch the computer of the meeting to the hotspot or second line that was tested. Turn "
        "the camera off if the sound breaks. Keep a telephone used as hotspot charged."
    ),
    PlanB.GREEN_OFFICE: _(
        "Go to another office in your city that is fit for this event. Ask the officer which "
        "one, and go there an hour before the event."
    ),
    PlanB.LOAN_KIT: _(
        "Ask the officer for the kit that your country holds on loan. Set it up and try it "
        "the day before."
    ),
    PlanB.AUDIO_ONLY: _(
        "Send your slides to the officer the day before. Join with the camera off, speak, and "
        "have the moderator show your slides."
    ),
    PlanB.DIAL_IN: _(
        "Dial in by telephone with the number of the invitation. Send your slides to the officer."
    ),
    PlanB.STATEMENT: _(
        "Record your statement as a film or as sound and send it to the officer two days before. "
        "The moderator plays it; answer questions in writing."
    ),
    PlanB.BETTER_HOUR: _("Ask the officer to move the event to the hour that is named here."),
}
TROUBLE_WORDS: Mapping[Trouble, object] = {
    Trouble.NONE: pgettext_lazy("trouble", "Nothing any more"),
    Trouble.SOUND: pgettext_lazy("trouble", "Sound"),
    Trouble.PICTURE: pgettext_lazy("trouble", "Picture"),
    Trouble.LINE: pgettext_lazy("trouble", "Internet connection"),
    Trouble.POWER: pgettext_lazy("trouble", "Electricity"),
    Trouble.PLATFORM: pgettext_lazy("trouble", "Platform or account"),
    Trouble.INTERPRETATION: pgettext_lazy("trouble", "Interpretation"),
    Trouble.PEOPLE: pgettext_lazy("trouble", "People did not come"),
    Trouble.OTHER: pgettext_lazy("trouble", "Something else"),
}
OUTCOME_MARKS: Mapping[Outcome, tuple[str, object]] = {
    Outcome.WENT_WELL: ("good", pgettext_lazy("outcome", "Went well")),
    Outcome.FELL_SHORT: ("wrong", pgettext_lazy("outcome", "Was interrupted")),
    Outcome.ABSENT: ("open", pgettext_lazy("outcome", "Did not come")),
}
CHECK_MARKS: Mapping[str, tuple[str, object]] = {
    "pass": ("good", pgettext_lazy("check", "passes")),
    "permitted": ("good", pgettext_lazy("check", "permitted")),
    "approval": ("part", pgettext_lazy("check", "needs approval")),
    "unknown": ("open", pgettext_lazy("check", "not known")),
    "fail": ("wrong", pgettext_lazy("check", "fails")),
    "forbidden": ("wrong", pgettext_lazy("check", "forbidden")),
}
LANGUAGE_WORDS: Mapping[str, object] = {
    "en": _("English"),
    "ru": _("Russian"),
    "zh": _("Chinese"),
    "other": pgettext_lazy("language", "Other"),
}


def _mark(pair: tuple[str, object]) -> Mark:
    tone, word = pair
    return Mark(tone, str(word))


def colour_mark(colour: Colour | None) -> Mark:
    """Return the mark of a forecast; of none before the first."""
    if colour is None:
        return Mark("open", str(pgettext_lazy("forecast", "No forecast yet")))
    return _mark(COLOUR_MARKS[colour])


def short_mark(colour: Colour) -> Mark:
    """Return the mark of a forecast in one word."""
    return Mark(COLOUR_MARKS[colour][0], str(SHORT_COLOURS[colour]))


def delegation_mark(state: str) -> Mark:
    """Return the mark of a delegation's state, or of an event's."""
    return _mark(STATE_MARKS[DelegationState(state)])


def outcome_mark(word: str) -> Mark | None:
    """Return the mark of an outcome; None before the review."""
    return _mark(OUTCOME_MARKS[Outcome(word)]) if word else None


def check_mark(word: str) -> Mark | None:
    """Return the mark of one check; None where it is not asked."""
    return _mark(CHECK_MARKS[word]) if word else None


def sensitivity_word(sensitivity: str) -> str:
    """Return the word of a sensitivity."""
    return str(SENSITIVITY_WORDS[Sensitivity(sensitivity)])


def role_word(role: Role) -> str:
    """Return the words of a role."""
    return str(ROLE_WORDS[role])


def language_words(languages: Iterable[str]) -> list[str]:
    """Return the names of languages."""
    return [str(LANGUAGE_WORDS.get(one, one)) for one in languages]


def way_word(on_plan: str) -> str:
    """Return the words of a way into an event; "" where nothing is said."""
    if not on_plan:
        return ""
    if on_plan == AS_PLANNED:
        return str(pgettext_lazy("way", "As planned"))
    return str(PLAN_B_WORDS[PlanB(on_plan)])


def event_state(states: Iterable[str]) -> DelegationState:
    """Return how far an event is: as far as the delegation that is furthest behind."""
    order = list(DelegationState)
    return min((DelegationState(one) for one in states), key=order.index, default=order[0])


# ---------------------------------------------------------------- reasons in sentences
def reason_words(reason: Reason, *, platform_word: str, gates: Iterable[str]) -> str:
    """Say why a forecast has its colour.

    Args:
        reason: one of the forecast's.
        platform_word: what the organisation says of the platform.
        gates: the gates that fail, as far as they are told: "security", "contingency".
    """
    if reason is Reason.PLATFORM:
        return str(PLATFORM_REASONS[platform_word])
    if reason is Reason.GATE:
        return " ".join(str(GATE_REASONS[gate]) for gate in gates) or str(HIDDEN_GATE)
    return str(REASONS[reason])


PLATFORM_REASONS: Mapping[str, object] = {
    "forbidden": _("The organisation forbids this platform for matters of this sensitivity."),
    "approval": _("The organisation has to approve this platform first."),
}
GATE_REASONS: Mapping[str, object] = {
    "security": _("The security gate is not passed."),
    "contingency": _("The contingency gate is not passed: second line, power or plan B."),
}
HIDDEN_GATE = _("A gate is not passed; which one is told to the agency and its country.")
REASONS: Mapping[Reason, object] = {
    Reason.ROOM: _("No room is named that is fit: seats, cameras or displays are too few."),
    Reason.MICROPHONE: _("The room's microphone is not fit for this event."),
    Reason.LIKELY_SHORT: _("At least every second test at this hour would have fallen short."),
    Reason.MAY_FALL_SHORT: _("The chance of falling short is 15 % or more."),
    Reason.FEW_RUNS: _("Fewer than 5 tests were run at this hour of the day. Run more."),
    Reason.DECLARED: _("What is known of the line was said and not measured."),
    Reason.NOT_KNOWN: _(
        "Something is not known: the word on the platform, the room, the microphone or a gate."
    ),
}
