"""States, verdicts, grades and facts in words, with their marks."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from serai.base.shown import Mark

ASSESSMENT = {
    "collecting": ("open", lazy("Answers and tests are collected")),
    "scored": ("part", lazy("Scored, not yet shown to the agency")),
    "under_review": ("attention", lazy("The agency looks at it")),
    "confirmed": ("done", lazy("Confirmed")),
    "superseded": ("planned", lazy("Replaced by a newer one")),
}
STATUS = {
    "confirmed": ("done", lazy("attained, measured")),
    "declared": ("part", lazy("attained, as declared")),
    "unknown": ("open", lazy("not known")),
    "not_attained": ("wrong", lazy("not attained")),
}
ADVICE = {
    "draft": ("open", lazy("Draft")),
    "proposed": ("attention", lazy("To be decided on")),
    "accepted": ("part", lazy("Taken up")),
    "declined": ("planned", lazy("Declined")),
    "done": ("done", lazy("Done")),
    "lapsed": ("planned", lazy("No longer holds")),
}
VERDICT = {
    "pass": ("done", lazy("met")),
    "fail": ("wrong", lazy("not met")),
    "unknown": ("open", lazy("not known")),
}
GRADES = {
    "measured": lazy("measured"),
    "declared": lazy("declared"),
    "missing": lazy("missing"),
}
ROLES = {
    "seat": lazy("Attend from seats"),
    "room": lazy("Attend from a room"),
    "speaker": lazy("Speak under interpretation"),
    "host": lazy("Host"),
}
TOPICS = {
    "capacity": lazy("Capacity evaluation and adjustment"),
    "equipment": lazy("Ideal equipment by event type"),
    "space": lazy("Optimising event space"),
    "collaboration": lazy("Effective collaboration"),
    "continuity": lazy("Contingency and plan B"),
    "demand": lazy("On-demand scalable infrastructure"),
    "security": lazy("Data security and risks"),
}
SENSITIVITIES = {
    "low": lazy("matters of low sensitivity"),
    "medium": lazy("matters of medium sensitivity"),
    "high": lazy("matters of high sensitivity"),
}
# What neither a criterion nor a question names well.
FACTS = {
    "link.down_p5": lazy("Download in busy hours"),
    "link.up_p5": lazy("Upload in busy hours"),
    "link.jitter_ms": lazy("Jitter in busy hours"),
    "link.rtt_ms": lazy("Round-trip time in busy hours"),
    "link.sizing_ratio": lazy("Line against the need of a room and the seats"),
    "link.busy_runs": lazy("Tests in busy hours"),
    "continuity.line_percent": lazy("Share of time in which the first line works"),
    "continuity.second_percent": lazy("Second line against the first one"),
    "continuity.failover_months": lazy("Time since the change to the second line was tried"),
    "continuity.rehearsed_months": lazy("Time since any plan was rehearsed"),
    "plan.power_months": lazy("Time since the plan for a power failure was rehearsed"),
    "plan.last_mile_months": lazy("Time since the plan for a failing line was rehearsed"),
    "plan.platform_months": lazy("Time since the plan for a failing platform was rehearsed"),
    "plan.kit_months": lazy("Time since the plan for failing equipment was rehearsed"),
    "plan.person_months": lazy("Time since the plan for a missing operator was rehearsed"),
    "plan.interpreter_months": lazy("Time since the plan for a missing interpreter was rehearsed"),
    "plan.incident_months": lazy("Time since the plan for a security incident was rehearsed"),
    "people.trained_months": lazy("Time since operators were trained"),
    "events.large_a_year": lazy("Large events wanted a year"),
    "country.offices_lacking_kit": lazy("Offices of the country that lack equipment"),
    "security.gate": lazy("Security gate"),
}
UNITS = {
    "Mbit/s": lazy("Mbit/s"),
    "%": lazy("%"),
    "ms": lazy("ms"),
    "R": lazy("R"),
    "m": lazy("m"),
    "min": lazy("min"),
    "months": lazy("months"),
    "days": lazy("days"),
    "hours a week": lazy("hours a week"),
    "share": lazy("times the need"),
}
NEVER = 999.0


def mark(kind: Mapping[str, tuple[str, object]], state: str) -> Mark:
    """Return the mark of a state."""
    tone, word = kind[state]
    return Mark(tone, str(word))


def evidence(grade: str, *, is_thin: bool, is_stale: bool) -> str:
    """Say how well a fact is known."""
    said = str(GRADES[grade])
    if is_thin:
        return _("%(grade)s, few tests") % {"grade": said}
    return _("%(grade)s, old") % {"grade": said} if is_stale else said
