"""What a progress report needs: each initiative with all that its readers may see on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from serai.base.access import Viewer
from serai.base.shown import counted
from serai.base.text import TranslatedText
from serai.calc.schedule import Status
from serai.programme.queries.decisions import ActionRow, DecisionRow, actions, decisions
from serai.programme.queries.initiatives import (
    InitiativeRow,
    NoteRow,
    OutlineRow,
    initiatives,
    notes,
    outlines,
)
from serai.programme.queries.milestones import MilestoneRow
from serai.programme.queries.requests import RequestRow
from serai.programme.queries.shared import ProgrammeView, programme


@dataclass(frozen=True)
class InitiativeReport:
    """One initiative as its part of a report shows it.

    Attributes:
        notes: the latest cleared note of each part known by the day.
        outline: the outline it works towards, if one is known.
        counts: how many milestones stand in each status, every status named.
    """

    row: InitiativeRow
    notes: dict[str, NoteRow]
    outline: OutlineRow | None
    counts: dict[Status, int]

    @property
    def code(self) -> str:
        """Return the initiative's code."""
        return self.row.code

    @property
    def name(self) -> TranslatedText:
        """Return the initiative's name."""
        return self.row.name

    @property
    def purpose(self) -> TranslatedText:
        """Return the initiative's purpose."""
        return self.row.purpose

    @property
    def milestones(self) -> tuple[MilestoneRow, ...]:
        """Return its milestones by number."""
        return self.row.milestones

    @property
    def requests(self) -> tuple[RequestRow, ...]:
        """Return its open requests, soonest due first."""
        return self.row.open_requests

    @property
    def has_dates(self) -> bool:
        """Tell whether any date is set."""
        return any(one.plan is not None for one in self.row.milestones)


@dataclass(frozen=True)
class ProgrammeReport:
    """The programme as of a day."""

    programme: ProgrammeView
    as_of: date
    initiatives: tuple[InitiativeReport, ...]
    decisions: tuple[DecisionRow, ...]
    actions: tuple[ActionRow, ...]
    counts: dict[Status, int]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was known yet: the day is before the first fact."""
        return not self.initiatives


def count(rows: Sequence[MilestoneRow]) -> dict[Status, int]:
    """Count milestones per status, every status named."""
    found = dict.fromkeys(Status, 0)
    for row in rows:
        found[row.status] += 1
    return found


def initiative_report(viewer: Viewer, as_of: date) -> ProgrammeReport:
    """Return the programme as its readers may see it on a day; a fixed number of queries."""
    texts = notes(viewer, as_of)
    trees = outlines(viewer, as_of)
    rows = initiatives(viewer, as_of)
    return ProgrammeReport(
        programme=programme(viewer),
        as_of=as_of,
        initiatives=tuple(
            InitiativeReport(
                row=row,
                notes=texts.get(row.code, {}),
                outline=trees.get(row.code),
                counts=count(counted(row.milestones)),
            )
            for row in rows
        ),
        decisions=tuple(decisions(viewer, as_of)),
        actions=tuple(actions(viewer, as_of)),
        counts=count(counted([one for row in rows for one in row.milestones])),
    )
