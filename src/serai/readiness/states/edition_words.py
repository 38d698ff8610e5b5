"""Editions, levers, roles, levels and what is known of platforms, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serai.base.shown import Mark
from serai.calc.network.platforms import Known
from serai.calc.network.tiers import Level
from serai.calc.readiness.attainment import Status
from serai.calc.readiness.framework import Lever
from serai.calc.readiness.ladder import Gate, Role, Sensitivity
from serai.readiness.states import EditionState, PolicyWord

Words = Mapping[str, object]

EDITIONS: Words = {
    EditionState.DRAFT: pgettext_lazy("edition", "draft"),
    EditionState.IN_USE: pgettext_lazy("edition", "in use"),
    EditionState.RETIRED: pgettext_lazy("edition", "retired"),
}
TONES = {EditionState.DRAFT: "part", EditionState.IN_USE: "done", EditionState.RETIRED: "planned"}
LEVERS: Words = {
    Lever.LINK: pgettext_lazy("lever", "Line"),
    Lever.CONTINUITY: pgettext_lazy("lever", "Continuity"),
    Lever.KIT: pgettext_lazy("lever", "Equipment"),
    Lever.SPACE: pgettext_lazy("lever", "Room"),
    Lever.PEOPLE: pgettext_lazy("lever", "People"),
    Lever.SECURITY: pgettext_lazy("lever", "Security"),
}
ROLES: Words = {
    Role.SEAT: _("Attends from a seat"),
    Role.ROOM: _("Attends from a room"),
    Role.SPEAKER: _("Speaks under interpretation"),
    Role.HOST: _("Hosts"),
}
GATES: Words = {
    Gate.NONE: pgettext_lazy("gate", "none"),
    Gate.CONTINGENCY: pgettext_lazy("gate", "contingency"),
    Gate.SECURITY: pgettext_lazy("gate", "security"),
}
LEVELS: Words = {
    Level.MINIMUM: pgettext_lazy("tier", "minimum"),
    Level.RECOMMENDED: pgettext_lazy("tier", "recommended"),
    Level.BEST: pgettext_lazy("tier", "best"),
}
KNOWN: Words = {
    Known.YES: pgettext_lazy("platform", "yes"),
    Known.PARTLY: pgettext_lazy("platform", "partly"),
    Known.NO: pgettext_lazy("platform", "no"),
    Known.UNKNOWN: pgettext_lazy("platform", "unknown"),
}
KNOWN_TONES = {
    Known.YES: "good", Known.PARTLY: "part", Known.NO: "attention", Known.UNKNOWN: "open",
}  # fmt: skip
PROPERTIES: Words = {
    "tcp_fallback": _("Falls back to TCP 443"),
    "interpretation": _("Language channels for interpreters"),
    "dial_in": _("Dial-in by telephone"),
    "end_to_end": _("Encrypts from end to end"),
    "encryption_standards": _("Uses known, testable encryption standards"),
    "multi_factor": _("Asks for a second factor at sign-in"),
    "control_of_joining": _("Shows and controls who joins"),
    "no_sharing_with_third_parties": _("Does not share information with third parties"),
    "secure_deletion": _("Lets its users delete what was stored, securely"),
    "open_source": _("Publishes its source code"),
    "certified": _("Was reviewed or certified by a national body"),
    "no_foreign_jurisdiction": _("Is not under a jurisdiction that could compel it"),
}
POLICIES: Words = {
    PolicyWord.PERMITTED: _("permitted"),
    PolicyWord.APPROVAL: _("with approval"),
    PolicyWord.FORBIDDEN: _("forbidden"),
}
SENSITIVITIES: Words = {
    Sensitivity.LOW: pgettext_lazy("sensitivity", "low"),
    Sensitivity.MEDIUM: pgettext_lazy("sensitivity", "medium"),
    Sensitivity.HIGH: pgettext_lazy("sensitivity", "high"),
}
STATUSES: Words = {
    Status.NOT_ATTAINED: _("not attained"),
    Status.UNKNOWN: pgettext_lazy("event", "unknown"),
    Status.DECLARED: _("attained, declared"),
    Status.CONFIRMED: _("attained, confirmed"),
}


def edition_mark(state: str) -> Mark:
    """Return the mark of an edition's state."""
    return Mark(TONES[EditionState(state)], str(EDITIONS[state]))


def known_mark(answer: Known) -> Mark:
    """Return the mark of what is known of a platform."""
    return Mark(KNOWN_TONES[answer], str(KNOWN[answer]))


def choices(words: Words) -> list[tuple[str, object]]:
    """Return words as a form offers them."""
    return [(str(code), name) for code, name in words.items()]
