"""Shares of many organisations as tables: hidden ones say so."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.shown import Linked
from serai.base.tables import Column, Table
from serai.readiness.queries.aggregates import AggregateRow, SharesShown
from serai.readiness.states.release_words import aggregate_mark, category_words, measure_words


def aggregates_table(rows: Sequence[AggregateRow]) -> Table:
    """Return shares that were let out, one row each."""
    return Table(
        title=_("Many organisations together"),
        columns=(
            Column("what", _("Shares of"), "link"),
            Column("organisations", _("Organisations"), "whole"),
            Column("countries", _("Countries"), "whole"),
            Column("as_of", _("As of"), "day"),
            Column("state", _("State"), "state"),
        ),
        rows=[
            [
                Linked(
                    measure_words(row.measure, row.names),
                    reverse("readiness:aggregate", args=[row.public_id]), row.sample,
                ),
                row.organisations_count, row.countries_count, row.as_of, aggregate_mark(row.state),
            ]
            for row in rows
        ],
    )  # fmt: skip


def shares_table(shown: SharesShown) -> Table:
    """Return the share of each category in percent."""
    return Table(
        title=measure_words(shown.measure, shown.names),
        columns=(Column("category", _("Category")), Column("share", _("Share of organisations"))),
        rows=[
            [category_words(name, shown.names), share_words(percent)]
            for name, percent in shown.cells
        ],
        sample=shown.sample,
        note=_("%(organisations)d organisations of %(countries)d countries, as of %(day)s") % {
            "organisations": shown.organisations_count, "countries": shown.countries_count,
            "day": shown.as_of.isoformat(),
        },
    )  # fmt: skip


def share_words(percent: int | None) -> str:
    """Write a share; one that is hidden says so."""
    return _("hidden") if percent is None else f"{percent} %"
