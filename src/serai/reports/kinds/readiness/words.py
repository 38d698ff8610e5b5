"""What the assessment report says of itself, in the language that is switched on."""

from datetime import date

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from serai.base.blocks.wording import wording
from serai.readiness.states import Edition

NEVER = 999.0


def language() -> str:
    """Return the language that is switched on."""
    return get_language() or "en"


def day(value: date) -> str:
    """Write a day in full."""
    return wording(language(), value).day


def untraced(text: str, where: str) -> str:
    """Say that a numeral comes from nowhere."""
    return _(
        "“%(text)s” in “%(where)s” holds a number that comes from nowhere. Nothing is issued with "
        "such a number: tell the people who keep the site."
    ) % {"text": text, "where": where}


def readers(edition: Edition) -> str:
    """Say whose results an edition shows."""
    return {
        Edition.AGENCY: _("It shows the offices of one agency alone."),
        Edition.COUNTRY: _("It shows the offices of one country alone."),
        Edition.SECRETARIAT: _("It shows every office whose results the secretariat may read."),
        Edition.RELEASED: _(
            "It shows only what both the country concerned and the secretariat have let members "
            "read. Answers, connection tests, advice and security are never among it."
        ),
        Edition.PUBLIC: _(
            "It shows only what both the country concerned and the secretariat have let everybody "
            "read: the events of single offices, and shares of many organisations together."
        ),
    }[edition]


def event_name(code: str) -> str:
    """Name an event by its code; "none" where there is none."""
    return code or pgettext("event", "none")


def stands(status: str) -> str:
    """Say shortly how an office stands with an event."""
    return {
        "confirmed": pgettext("event", "yes"),
        "declared": pgettext("event", "as declared"),
        "unknown": _("not known"),
        "not_attained": pgettext("event", "no"),
    }[status]


def thin_known() -> str:
    """Say why there is an interval and no number."""
    return _("too little is known for one figure")


def none_known() -> str:
    """Say that something is not known, in a cell."""
    return _("not known")


def never() -> str:
    """Say that something was never done."""
    return _("never")


def dash() -> str:
    """Fill a cell in which nothing belongs."""
    return "–"


TIER_LEVELS = {
    "minimum": lambda: pgettext("tier", "minimum"),
    "recommended": lambda: pgettext("tier", "recommended"),
    "best": lambda: pgettext("tier", "best"),
    "": lambda: pgettext("tier", "none"),
}


def tier_level(code: str) -> str:
    """Name the level of a tier."""
    return TIER_LEVELS[code]()


def thin(code: str) -> str:
    """Say why the tests of a line are little evidence."""
    return {
        "few_runs": _("fewer than three tests"),
        "few_days": _("tests of one day alone"),
        "no_busy_hour": _("no test in busy hours"),
        "thin_runs": _("every test was short or cut off"),
    }[code]


def security_asked(fact: str) -> str:
    """Say what a row of the security gate asks; its key where we have no words."""
    return {
        "security.platform_permitted": _("the platform is permitted for such matters"),
        "security.update_days": _("security updates are installed in time"),
        "security.multi_factor": _("whoever opens meetings uses a second factor"),
        "security.waiting_room": _("people wait to be let in"),
        "security.named_joining": _("people join under their names"),
        "security.recording_consent": _("nobody is recorded without consent"),
        "security.end_to_end": _("the meeting is encrypted from end to end"),
        "security.data_rule_met": _("the rule on where data lie is kept"),
    }.get(fact, fact)


def line_figure(name: str) -> str:
    """Name a figure of a line."""
    return {
        "down": _("Down, Mbit/s"),
        "up": _("Up, Mbit/s"),
        "voice": _("Voice, R"),
    }[name]


def changed_figure(name: str) -> str:
    """Name a figure compared before and after, with its unit."""
    return {
        "down_tail_mbps": _("Down, Mbit/s"),
        "up_tail_mbps": _("Up, Mbit/s"),
        "rtt_ms": _("Round trip, ms"),
    }[name]
