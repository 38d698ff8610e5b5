"""What each person's first page says: what is asked, what is next, where things stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base import charts
from serai.base.access import Viewer
from serai.base.charts import Chart
from serai.base.frame import Section
from serai.base.pages import Todo
from serai.base.shown import counted, leaves_out
from serai.base.text import TranslatedText
from serai.calc.schedule import Status
from serai.home.queries.keeping import Health, health
from serai.members import queries as members
from serai.members.queries import MemberRow
from serai.programme import queries as programme
from serai.programme.queries import Book, ComingMeeting, InitiativeRow, MilestoneRow, RequestRow
from serai.programme.states.words import state_mark
from serai.reports import queries as reports
from serai.reports.queries import IssuedRow
from serai.surveys import queries as surveys

MOST_TODOS = 7
MOST_SHOWN = 5
MOST_MILESTONES = 10


@dataclass(frozen=True)
class Milestones:
    """The first milestones of a list, and how many there are in all."""

    rows: tuple[MilestoneRow, ...]
    count: int

    @property
    def more_count(self) -> int:
        """Return how many are not shown."""
        return self.count - len(self.rows)


@dataclass(frozen=True)
class HomePage:
    """Everything a first page shows; parts that a viewer has no right to are empty."""

    as_of: date
    since: datetime
    is_today: bool
    todos: tuple[Todo, ...]
    more_todos: int
    initiatives: tuple[InitiativeRow, ...]
    next_milestone: MilestoneRow | None
    late: Milestones
    soon: Milestones
    slipped: Milestones
    meetings: tuple[ComingMeeting, ...]
    requests: tuple[RequestRow, ...]
    members: tuple[MemberRow, ...]
    board: Chart | None
    members_map: Chart | None
    issued: tuple[IssuedRow, ...]
    has_sample: bool
    leaves_out: bool


def home_page(book: Book) -> HomePage:
    """Gather a viewer's first page as of the day the book is open at."""
    viewer, as_of = book.viewer, book.shown_on
    asked, initiatives = book.requests(as_of), tuple(book.initiatives(as_of))
    known = [row for one in initiatives for row in one.milestones]
    rows = counted(known)
    papers = reports.first_page(viewer, most=MOST_SHOWN)
    todos = todos_of(viewer, book.now, book, papers.todos)
    requests = tuple(row for row in asked if row.state == "open")
    meetings = tuple(row for row in book.coming if row.ends_at > book.since)[:MOST_SHOWN]
    everyone = tuple(members.members(viewer, on=as_of))
    return HomePage(
        as_of=as_of,
        since=book.since,
        is_today=as_of == book.today,
        todos=tuple(todos[:MOST_TODOS]),
        more_todos=len(todos[MOST_TODOS:]),
        initiatives=initiatives,
        next_milestone=next_of(rows, as_of),
        late=first_of(sorted_by_end(row for row in rows if row.status is Status.OVERDUE)),
        soon=first_of(sorted_by_end(row for row in rows if row.is_pressing)),
        slipped=first_of([row for row in rows if row.has_slipped]),
        meetings=meetings,
        requests=requests,
        members=everyone,
        board=request_board(everyone, requests),
        members_map=members_map(everyone),
        issued=papers.issued,
        has_sample=any(todo.is_sample for todo in todos)
        or has_sample(known, requests, meetings, papers.issued, initiatives),
        leaves_out=any(leaves_out(one.milestones) for one in initiatives),
    )


class Marked(Protocol):
    """A row that may be demonstration data."""

    @property
    def sample(self) -> bool: ...


def has_sample(*groups: Iterable[Marked]) -> bool:
    """Tell whether any row of any group is demonstration data."""
    return any(row.sample for group in groups for row in group)


@dataclass(frozen=True)
class KeeperPage:
    """The first page of whoever keeps the installation: what is asked, how it does, no content."""

    todos: tuple[Todo, ...]
    more_todos: int
    health: Health


def keeper_page(viewer: Viewer, folder: Path, now: datetime) -> KeeperPage:
    """Gather an administrator's first page.

    Raises:
        Denied: for anybody but an administrator.
    """
    todos = todos_of(viewer, now)
    return KeeperPage(
        todos=tuple(todos[:MOST_TODOS]),
        more_todos=len(todos[MOST_TODOS:]),
        health=health(viewer, folder, now),
    )


def said(text: TranslatedText) -> str:
    """Return a text in the reader's language."""
    return text.pick(get_language() or "en")[0]


def todos_of(
    viewer: Viewer,
    now: datetime,
    book: Book | None = None,
    of_reports: Sequence[Todo] | None = None,
) -> list[Todo]:
    """Return what every room asks of a viewer, soonest due first; what the page has read is given."""
    found = [
        *programme.todos(viewer, now, book=book),
        *(reports.next_todos(viewer) if of_reports is None else of_reports),
        *surveys.todos(viewer),
        *members.todos(viewer, now),
    ]
    return sorted(found, key=lambda todo: (todo.due_at is None, str(todo.due_at or "")))


def first_of(rows: Sequence[MilestoneRow]) -> Milestones:
    """Return the first ten milestones of a list, and how many there are."""
    return Milestones(tuple(rows[:MOST_MILESTONES]), len(rows))


def sorted_by_end(rows: Iterable[MilestoneRow]) -> list[MilestoneRow]:
    """Return milestones with a date, soonest end first."""
    dated = [(row.plan.end_latest, row.initiative, row.number, row) for row in rows if row.plan]
    return [row for *_end, row in sorted(dated, key=lambda one: one[:3])]


def next_of(rows: Sequence[MilestoneRow], day: date) -> MilestoneRow | None:
    """Return the milestone that comes next: the soonest that has not begun before a day."""
    ahead = {Status.DUE, Status.DUE_SOON, Status.PLANNED}
    coming = (row for row in rows if row.status in ahead and row.plan and row.plan.first_day >= day)
    return next(iter(sorted_by_end(coming)), None)


def request_board(everyone: Sequence[MemberRow], requests: tuple[RequestRow, ...]) -> Chart | None:
    """Draw members by open requests, for those who may read the board."""
    read = [row for row in requests if row.reads_board]
    if not read:
        return None
    answers = [{a.iso3: a.state for a in row.shown} for row in read]
    rows = []
    for member in everyone:
        marks = []
        for answer in answers:
            state = answer.get(member.iso3)
            marks.append(state_mark("addressee", state) if state else None)
        rows.append(charts.MarkRow(said(member.short_name), tuple(marks)))
    titles = [f"{number}" for number, _row in enumerate(read, 1)]
    return charts.dot_matrix(
        rows, titles, title=_("Who has answered which request"), label_title=_("Member")
    )


def members_map(everyone: Sequence[MemberRow]) -> Chart | None:
    """Draw the members as equal squares; None before any is set up."""
    tiles = [
        charts.Tile(row.iso3, said(row.short_name), row.tile_column, row.tile_row)
        for row in everyone
        if row.tile_column and row.tile_row
    ]
    return charts.tile_map(tiles, title=_("Members of the programme")) if tiles else None


def sections(viewer: Viewer, path: str, *, query: str = "") -> tuple[Section, ...]:
    """Return the masthead's entries by right, at most six; the programme's keep the day asked for.

    Whoever has surveys reaches the timeline by the programme's own tabs.
    """
    has_surveys = surveys.has_surveys(viewer)
    entries = [
        ("programme:overview", _("Programme"), True),
        ("programme:timeline", _("Timeline"), not has_surveys),
        ("programme:meetings", _("Meetings"), viewer.is_signed_in),
        ("programme:requests", _("Requests"), viewer.is_signed_in),
        ("surveys:surveys", _("Surveys"), has_surveys),
        ("members:members", _("Members"), True),
        ("reports:library", _("Reports"), True),
        ("home:status", _("Installation"), viewer.holds("administrator")),
    ]
    shown = [(reverse(name), title) for name, title, may in entries if may]
    if viewer.holds("administrator"):
        shown = [shown[0], *shown[-3:]]
    current = max((a for a, _t in shown if path.startswith(a)), key=len, default="")
    dated = reverse("programme:overview")
    return tuple(
        Section(title, f"{a}{query}" if a.startswith(dated) else a, a == current)
        for a, title in shown
    )
