"""What one page reads of the programme: each list once for each day, shared by all its parts."""

from collections.abc import Callable
from datetime import date, datetime, time
from functools import cached_property
from typing import TypeVar
from zoneinfo import ZoneInfo

from serai.base.access import Viewer
from serai.programme.models import Initiative
from serai.programme.queries.decisions import ActionRow, actions
from serai.programme.queries.initiatives import InitiativeRow, initiatives
from serai.programme.queries.meetings import ComingMeeting, coming_meetings
from serai.programme.queries.milestones import MilestoneRow, milestones
from serai.programme.queries.requests import RequestRow, requests
from serai.programme.queries.shared import ProgrammeView, programme

Row = TypeVar("Row")
Read = Callable[[Viewer, date], list[Row]]


class Book:
    """The programme as one viewer reads it at one moment; made for one page and thrown away.

    A page's parts ask it for the same lists of the same day: the first to ask reads, the others
    are given what was read.
    """

    def __init__(
        self,
        viewer: Viewer,
        now: datetime,
        own: ProgrammeView | None = None,
        shown_on: date | None = None,
    ) -> None:
        """Open the book.

        Args:
            viewer: who reads.
            now: the moment.
            own: the programme, where the page has read it already.
            shown_on: the day the page is shown as of; else the one the installation opens with.
        """
        self.viewer, self.now = viewer, now
        self._own, self._shown_on = own, shown_on
        self._read: dict[tuple[str, date], list[object]] = {}

    @cached_property
    def programme(self) -> ProgrammeView:
        """Return the programme itself."""
        return self._own or programme(self.viewer)

    @property
    def today(self) -> date:
        """Return the programme's own day."""
        return self.programme.today(self.now)

    @property
    def day(self) -> date:
        """Return the day the installation opens with."""
        return self.programme.day(self.now)

    @property
    def shown_on(self) -> date:
        """Return the day the page is shown as of."""
        return self._shown_on or self.day

    @property
    def since(self) -> datetime:
        """Return the moment from which the page looks ahead: now, or when its day begins."""
        if self.shown_on == self.today:
            return self.now
        return datetime.combine(self.shown_on, time(), ZoneInfo(self.programme.time_zone))

    @cached_property
    def coming(self) -> list[ComingMeeting]:
        """Return the meetings that end after the page's moment or after now, soonest first."""
        return coming_meetings(self.viewer, min(self.since, self.now))

    def requests(self, day: date) -> list[RequestRow]:
        """Return the requests known by a day."""
        return self._once("requests", requests, day)

    def milestones(self, day: date) -> list[MilestoneRow]:
        """Return the milestones as of a day."""
        return self._once("milestones", milestones, day)

    def actions(self, day: date) -> list[ActionRow]:
        """Return the action items known by a day."""
        return self._once("actions", actions, day)

    def initiatives(self, day: date) -> list[InitiativeRow]:
        """Return the initiatives with their milestones and open requests as of a day."""
        return self._once("initiatives", self._initiatives, day)

    def kept(self, day: date) -> frozenset[str]:
        """Return the codes of the initiatives the viewer keeps; no query where they are read."""
        person = self.viewer.person_id
        if ("initiatives", day) in self._read:
            return frozenset(row.code for row in self.initiatives(day) if row.keeper_id == person)
        kept = Initiative.objects.filter(keeper_id=person).order_by("id")
        return frozenset(kept.values_list("code", flat=True))

    def _initiatives(self, viewer: Viewer, day: date) -> list[InitiativeRow]:
        return initiatives(
            viewer, day,
            known_milestones=self.milestones(day), known_requests=self.requests(day),
        )  # fmt: skip

    def _once(self, name: str, read: "Read[Row]", day: date) -> list[Row]:
        key = (name, day)
        if key not in self._read:
            self._read[key] = [*read(self.viewer, day)]
        return self._read[key]  # type: ignore[return-value]
