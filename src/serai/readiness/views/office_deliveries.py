"""What an office's page says of deliveries: each with its state, and the line before and after."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from serai.base.access import Viewer
from serai.base.shown import Mark
from serai.base.tables import Table
from serai.readiness import queries
from serai.readiness.exports import provision as exports
from serai.readiness.queries import ProvisionRow
from serai.readiness.states.plan_words import provision_mark
from serai.readiness.views.shared import named

if TYPE_CHECKING:
    from serai.readiness.models import Office


@dataclass(frozen=True)
class Delivered:
    """One delivery of an office; `changes` where it changed the line and its tests may be read."""

    row: ProvisionRow
    name: str
    mark: Mark
    changes: Table | None


def deliveries_of(viewer: Viewer, office: "Office") -> list[Delivered]:
    """Return an office's deliveries, the newest first."""
    found = queries.office_provisions(viewer, office)
    if not found:
        return []
    of_line = queries.line_packages()
    delivered = []
    for one, row in zip(found, queries.rows_of(found), strict=True):
        changes = queries.line_changes(viewer, one) if row.package in of_line else []
        table = exports.changes_table(changes) if changes else None
        delivered.append(Delivered(row, named(row.package_name), provision_mark(row.state), table))
    return delivered
