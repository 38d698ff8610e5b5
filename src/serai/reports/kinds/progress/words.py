"""What the progress report says of itself, in the language that is switched on."""

from datetime import date

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from serai.base.blocks.wording import wording
from serai.base.shown import Mark
from serai.calc.schedule import Status
from serai.programme.queries import MilestoneRow, RequestRow

TONES = {
    Status.DONE: "done",
    Status.OVERDUE: "wrong",
    Status.DUE: "attention",
    Status.DUE_SOON: "part",
    Status.RUNNING: "part",
    Status.PLANNED: "planned",
    Status.NO_DATE: "open",
}
WAITING = frozenset({"open", "seen"})


def day(value: date) -> str:
    """Write a day in full."""
    return wording(language(), value).day


def audience(code: str) -> str:
    """Return for whom a report is made."""
    return {
        "public": _("For everybody"),
        "members": _("For members"),
        "secretariat": _("For the secretariat"),
    }[code]


def status_title(status: Status) -> str:
    """Return a status as a column's head."""
    return {
        Status.DONE: pgettext("milestones", "Done"),
        Status.OVERDUE: pgettext("milestones", "Overdue"),
        Status.DUE: pgettext("milestones", "Due now"),
        Status.DUE_SOON: pgettext("milestones", "Due within 30 days"),
        Status.RUNNING: pgettext("milestones", "Running"),
        Status.PLANNED: pgettext("milestones", "Planned"),
        Status.NO_DATE: pgettext("milestones", "No date"),
    }[status]


def status_words(row: MilestoneRow) -> str:
    """Return where a milestone stands: "Overdue by 8 days", "Due in 15 days", "Done by …"."""
    days = row.standing.days or 0
    if row.status is Status.DONE:
        return _("Done: %(words)s") % {"words": row.completion_words.pick(language())[0]}
    if row.status is Status.OVERDUE:
        return ngettext("Overdue by %(n)s day", "Overdue by %(n)s days", days) % {"n": days}
    if row.status is Status.DUE_SOON:
        return ngettext("Due in %(n)s day", "Due in %(n)s days", days) % {"n": days}
    return {
        Status.DUE: _("Due now"),
        Status.RUNNING: _("Running"),
        Status.PLANNED: _("Planned"),
        Status.NO_DATE: _("No date is set"),
    }[row.status]


def language() -> str:
    """Return the language that is switched on."""
    return get_language() or "en"


def mark(row: MilestoneRow) -> Mark:
    """Return a milestone's mark for the timeline."""
    return Mark(TONES[row.status], status_title(row.status))


def late_sentence(row: MilestoneRow) -> str:
    """Return what is known of an overdue milestone; absence of a record is no failure."""
    days = row.standing.days or 0
    return ngettext(
        "%(name)s (%(words)s): %(n)s day past the latest date; no completion recorded.",
        "%(name)s (%(words)s): %(n)s days past the latest date; no completion recorded.",
        days,
    ) % {"name": row.name.pick(language())[0], "words": row.words.pick(language())[0], "n": days}


def next_sentence(row: MilestoneRow) -> str:
    """Return what comes next: name, words, days left."""
    values = {"name": row.name.pick(language())[0], "words": row.words.pick(language())[0]}
    if row.status is Status.DUE:
        return _("%(name)s (%(words)s): due now.") % values
    days = row.standing.days or 0
    return ngettext(
        "%(name)s (%(words)s): due in %(n)s day.",
        "%(name)s (%(words)s): due in %(n)s days.",
        days,
    ) % (values | {"n": days})


def waiting_sentence(row: RequestRow, member_count: int) -> str:
    """Return whom a request addresses and how many have not answered; names only if released."""
    if row.asked_count == member_count:
        asked = ngettext(
            "Addressed to the one member.", "Addressed to all %(n)s members.", member_count
        ) % {"n": member_count}
    else:
        asked = ngettext(
            "Addressed to %(n)s government or organisation.",
            "Addressed to %(n)s governments and organisations.",
            row.asked_count,
        ) % {"n": row.asked_count}
    if not row.waiting_count:
        return f"{asked} {_('All have answered.')}"
    return f"{asked} {_still_waiting(row)}"


def _still_waiting(row: RequestRow) -> str:
    """Return who has not answered: all, the names where they are released, else their number."""
    if row.waiting_count == row.asked_count:
        return _("None has answered yet.")
    named = [a.name.pick(language())[0] for a in row.shown if a.state in WAITING]
    if row.are_names_released and named:
        return _("No answer yet from: %(names)s.") % {"names": ", ".join(named)}
    return ngettext(
        "%(n)s has not answered yet; the name is not released.",
        "%(n)s have not answered yet; their names are not released.",
        row.waiting_count,
    ) % {"n": row.waiting_count}
