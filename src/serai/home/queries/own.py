"""What a first page shows of the reader's own: a country's, an agency's, an assignment's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from serai.base.access import Viewer
from serai.base.text import TranslatedText
from serai.calc.schedule import Status
from serai.home.queries.pages import HomePage, Marked, has_sample
from serai.members import queries as members
from serai.members.access import keys_after
from serai.members.queries import MemberRow, OrganisationRow, ShareRow
from serai.members.states import Audience
from serai.programme import queries as programme
from serai.programme.queries import ActionRow, Book, ComingPaper, MilestoneRow, Receipt
from serai.programme.states import ActionState

MOST_SHOWN = 5


@dataclass(frozen=True)
class OwnCountry:
    """A country one acts for: whom it has invited, and how many of its things others read."""

    iso3: str
    name: TranslatedText
    organisations: tuple[OrganisationRow, ...]
    seen_count: int


@dataclass(frozen=True)
class CountryPart:
    """What one's country has to do beside requests, what it is to read, and what it keeps."""

    countries: tuple[OwnCountry, ...]
    actions: tuple[ActionRow, ...]
    papers: tuple[ComingPaper, ...]

    @property
    def marked(self) -> tuple[Iterable[Marked], ...]:
        """Return the rows that may be demonstration data."""
        return (self.actions, self.papers, *(one.organisations for one in self.countries))


@dataclass(frozen=True)
class AgencyPart:
    """What somebody of an agency has sent."""

    receipts: tuple[Receipt, ...]

    @property
    def marked(self) -> tuple[Iterable[Marked], ...]:
        """Return the rows that may be demonstration data."""
        return (self.receipts,)


@dataclass(frozen=True)
class Assigned:
    """One initiative one works for; an expert's with the member it is about."""

    code: str
    initiative: TranslatedText
    member: TranslatedText


@dataclass(frozen=True)
class AssignedPart:
    """What an expert or partner works on, owes, and is let in to by name."""

    assigned: tuple[Assigned, ...]
    milestones: tuple[MilestoneRow, ...]
    shares: tuple[ShareRow, ...]
    more_shares: int

    @property
    def marked(self) -> tuple[Iterable[Marked], ...]:
        """Return the rows that may be demonstration data."""
        return (self.milestones,)


OwnPart = CountryPart | AgencyPart | AssignedPart


def is_sample(part: OwnPart) -> bool:
    """Tell whether a part shows any demonstration data."""
    return has_sample(*part.marked)


def country_part(book: Book, home: HomePage) -> CountryPart:
    """Gather what concerns the countries a viewer acts for; of others' nothing."""
    viewer = book.viewer
    codes = keys_after(viewer, "country")
    actions = book.actions(home.as_of) if codes else []
    return CountryPart(
        countries=tuple(_country(viewer, row) for row in home.members if row.iso3 in codes),
        actions=tuple(
            row
            for row in actions
            if row.state == ActionState.OPEN and any(p.iso3 in codes for p in row.countries)
        )[:MOST_SHOWN],
        papers=tuple(programme.coming_papers(viewer, home.since, most=MOST_SHOWN)),
    )


def _country(viewer: Viewer, row: MemberRow) -> OwnCountry:
    things = members.audience_things(viewer, row.iso3)
    return OwnCountry(
        iso3=row.iso3,
        name=row.short_name,
        organisations=tuple(members.organisations(viewer, iso3=row.iso3)),
        seen_count=sum(thing.audience.is_wider_than(Audience.COUNTRY) for thing in things),
    )


def agency_part(viewer: Viewer) -> AgencyPart:
    """Gather what a person has sent: the receipts."""
    return AgencyPart(tuple(programme.receipts(viewer, most=MOST_SHOWN)))


def assigned_part(viewer: Viewer, home: HomePage, now: datetime) -> AssignedPart:
    """Gather an expert's or partner's assignments, own milestones not done, and shares."""
    own = {int(number) for number in keys_after(viewer, "organisation")}
    shares = shared_with(viewer, now)
    return AssignedPart(
        assigned=tuple(_assignments(viewer, home)),
        milestones=tuple(
            row
            for one in home.initiatives
            for row in one.milestones
            if row.owner_id in own and row.status is not Status.DONE
        ),
        shares=tuple(shares[:MOST_SHOWN]),
        more_shares=len(shares[MOST_SHOWN:]),
    )


def shared_with(viewer: Viewer, now: datetime) -> list[ShareRow]:
    """Return all that is shared with a viewer by name today, each with its page."""
    return members.shared_with(viewer, now.date())


def _assignments(viewer: Viewer, home: HomePage) -> Iterable[Assigned]:
    """Return the initiatives a viewer may see among those the roles name."""
    names = {row.code: row.name for row in home.initiatives}
    places = {row.iso3: row.short_name for row in home.members}
    for pair in keys_after(viewer, "expert"):
        code, _, iso3 = pair.partition(":")
        if code in names and iso3 in places:
            yield Assigned(code, names[code], places[iso3])
    for code in sorted(viewer.scopes("partner") & names.keys()):
        yield Assigned(code, names[code], TranslatedText())
