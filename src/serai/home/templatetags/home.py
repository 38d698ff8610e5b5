"""Marks for milestones and answers on first pages."""

from django import template
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from serai.base.shown import counted
from serai.base.templatetags.serai import state_mark
from serai.calc.schedule import Status
from serai.programme.queries import InitiativeRow, MilestoneRow
from serai.programme.states import words

register = template.Library()

ANSWER_TONES = {"answered": "done", "seen": "part", "open": "open", "declined": "attention"}


@register.simple_tag
def milestone_mark(row: MilestoneRow) -> str:
    """Write where a milestone stands, with its days."""
    found = words.mark(row.standing)
    return state_mark(found.tone, found.word)


@register.simple_tag
def answer_mark(state: str) -> str:
    """Write a country's own answer to a request."""
    said = {
        "answered": _("You have answered"),
        "seen": _("Not answered yet"),
        "open": _("Not answered yet"),
        "declined": _("You have declined"),
        "not_applicable": _("Does not apply to you"),
    }
    return state_mark(ANSWER_TONES.get(state, "planned"), said[state])


@register.simple_tag
def initiative_marks(row: InitiativeRow) -> str:
    """Write an initiative's milestones as marks with counts: done, overdue, due, planned."""
    rows = counted(row.milestones)
    counts = {status: sum(1 for m in rows if m.status is status) for status in Status}
    due = counts[Status.DUE] + counts[Status.DUE_SOON]
    later = counts[Status.PLANNED] + counts[Status.RUNNING]
    shown = (
        ("done", counts[Status.DONE], _("{n} of {all} done")),
        ("wrong", counts[Status.OVERDUE], _("{n} overdue")),
        ("part", due, _("{n} due within 30 days")),
        ("planned", later, _("{n} later")),
    )
    marks = (
        (state_mark(tone, said.format(n=n, all=len(rows))),)
        for tone, n, said in shown
        if n or tone == "done"
    )
    return format_html_join(" ", "{}", marks)
