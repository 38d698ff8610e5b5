"""Requests for help as a table."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from serai.base.shown import Linked
from serai.base.tables import Column, Table
from serai.readiness.queries.help import HelpRow
from serai.readiness.states import HelpKind, HelpPriority
from serai.readiness.states.help_words import AGES, KINDS, PRIORITIES, age_of, help_mark


def help_table(rows: Sequence[HelpRow]) -> Table:
    """Return requests, one a row, the most urgent first as they came."""
    return Table(
        title=_("Requests for help"),
        columns=(
            Column("subject", _("What it is about"), "link"),
            Column("office", pgettext("place", "Office")),
            Column("country", _("Country")),
            Column("kind", _("Kind")),
            Column("priority", _("How urgent")),
            Column("state", _("State"), "state"),
            Column("age", _("In this state for")),
            Column("technician", _("Technician")),
            Column("asked_on", _("Asked"), "day"),
        ),
        rows=[
            [
                Linked(
                    row.subject, reverse("readiness:help_request", args=[row.public_id]), row.sample
                ),
                row.office,
                row.country.pick(get_language() or "en")[0] or None,
                str(KINDS[HelpKind(row.kind)]),
                str(PRIORITIES[HelpPriority(row.priority)]),
                help_mark(row.state),
                str(AGES[age_of(row.days)]),
                row.technician or _("nobody yet"),
                row.asked_at.date(),
            ]
            for row in rows
        ],
    )
