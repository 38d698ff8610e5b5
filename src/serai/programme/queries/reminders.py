"""What people are reminded of on a day; `members` writes it to them in their one letter a day."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from serai.base.days import plain_day
from serai.base.pages import Todo
from serai.base.text import TranslatedText
from serai.programme.models import ActionItem, Risk
from serai.programme.queries import letters
from serai.programme.queries.milestones import MilestoneRow
from serai.programme.states.words import short_standing

MONDAY = 0
BEFORE = {7, 1}
WEEK = 7


def is_reminded(due_on: date, day: date) -> bool:
    """Tell whether an action is reminded of on a day: 7 days and 1 day before, weekly after."""
    left = (due_on - day).days
    return left in BEFORE or (left < 0 and -left % WEEK == 0)


def reminders(day: date, now: datetime) -> dict[int, list[Todo]]:
    """Return each person's reminders of a day, in the language that is on.

    Action items as their days come; on Mondays what presses in the initiatives one keeps, and the
    risks to look at again. Verb and address are those of the same thing on the first page.
    """
    found: dict[int, list[Todo]] = {}
    for action in letters.open_actions(day):
        if action.due_on is not None and is_reminded(action.due_on, day):
            for one in letters.action_owners(action, now):
                found.setdefault(one.person_id, []).append(_action(action, action.due_on, day))
    if day.weekday() != MONDAY:
        return found
    for digest in letters.keeper_digests(day, now):
        rows = (row for part in digest.parts for row in part.rows)
        found.setdefault(digest.recipient.person_id, []).extend(_milestone(row) for row in rows)
    for risk, review_on in letters.reviews_due(day):
        for one in letters.risk_owner(risk):
            found.setdefault(one.person_id, []).append(_review(risk, review_on))
    return found


def _said(text: TranslatedText) -> str:
    return text.pick(get_language() or "en")[0]


def _action(action: ActionItem, due_on: date, day: date) -> Todo:
    said = (
        _("It is due %(day)s.")
        if due_on > day
        else _("It was due %(day)s; nothing is recorded yet.")
    )
    return Todo(
        title=_said(action.text),
        verb=_("Do"),
        address=reverse("programme:action", args=[action.public_id]),
        due_at=due_on,
        note=said % {"day": plain_day(due_on)},
        is_sample=action.sample,
    )


def _milestone(row: MilestoneRow) -> Todo:
    return Todo(
        title=f"{row.number}. {_said(row.name)}",
        verb=_("Complete or plan again"),
        address=reverse("programme:milestone", args=[row.public_id]),
        due_at=row.plan.end_latest if row.plan else None,
        note=f"{_said(row.initiative_name)}: {_said(row.words)}, {short_standing(row.standing)}",
        is_sample=row.sample,
    )


def _review(risk: Risk, review_on: date) -> Todo:
    return Todo(
        title=_said(risk.text),
        verb=pgettext("to do", "Review"),
        address=reverse("programme:risk", args=[risk.public_id]),
        due_at=review_on,
        note=_("Its review was due %(day)s.") % {"day": plain_day(review_on)},
        is_sample=risk.sample,
    )
