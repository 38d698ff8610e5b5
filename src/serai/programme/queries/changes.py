"""What changed in the programme between two days."""

from dataclasses import dataclass
from datetime import date

from serai.base.access import Viewer
from serai.calc import schedule
from serai.calc.schedule import Changes, Snapshot
from serai.programme.queries.decisions import DecisionRow, decisions
from serai.programme.queries.milestones import MilestoneRow, milestones
from serai.programme.queries.requests import RequestRow, requests


@dataclass(frozen=True)
class Changed:
    """Two days compared; milestones by their number in the database."""

    since: date
    until: date
    before: dict[int, MilestoneRow]
    after: dict[int, MilestoneRow]
    found: Changes[int]
    decided: tuple[DecisionRow, ...]
    asked: tuple[RequestRow, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing changed."""
        return self.found.is_empty and not self.decided and not self.asked


def changes_between(
    viewer: Viewer, since: date, until: date, *, initiative: str | None = None
) -> Changed:
    """Compare what was known on two days; a fixed number of queries."""
    before = {row.id: row for row in milestones(viewer, since, initiative=initiative)}
    after = {row.id: row for row in milestones(viewer, until, initiative=initiative)}
    return Changed(
        since=since,
        until=until,
        before=before,
        after=after,
        found=schedule.changes(_facts(before), _facts(after), since=since, until=until),
        decided=tuple(
            row
            for row in decisions(viewer, until)
            if row.adopted_on is not None
            and since < row.adopted_on
            and initiative in {None, row.initiative}
        ),
        asked=tuple(
            row
            for row in requests(viewer, until, initiative=initiative)
            if since < row.known_from <= until
        ),
    )


def _facts(rows: dict[int, MilestoneRow]) -> dict[int, Snapshot]:
    return {key: Snapshot(row.plan, row.completion) for key, row in rows.items()}
