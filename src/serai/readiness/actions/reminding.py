"""Letters that the house sends by itself: for tests, for answers to results, for a new test."""

from datetime import datetime

from django.db import transaction

from serai.base.mail import Message, send_all
from serai.readiness import emails
from serai.readiness.queries import reminders
from serai.readiness.queries.recipients import leads_of


@transaction.atomic
def remind(*, now: datetime) -> int:
    """Ask for tests and answers; a letter's key keeps it from leaving twice. Return how many stand."""
    letters: list[Message] = []
    for wanted in reminders.tests_wanted(now):
        to = reminders.testers_of(wanted.assessment.office, now)
        letters += emails.tests_wanted(wanted, to)
    for found in reminders.results_to_answer(now):
        letters += emails.results_reminder(found, [one.pk for one in leads_of(found.office, now)])
    return len(send_all(letters, now=now))


@transaction.atomic
def tell_retests(*, now: datetime) -> int:
    """Ask for a new test of each line that was changed two weeks ago. Return how many letters stand."""
    letters: list[Message] = []
    for provision, day in reminders.retests_due(now):
        if provision.office is not None:
            to = reminders.testers_of(provision.office, now)
            letters += emails.retest_due(provision, day, to)
    return len(send_all(letters, now=now))
