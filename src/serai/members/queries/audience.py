"""What others see of a country: things, shares, and the acts of release."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import get_language

from serai.base import search
from serai.base.access import NotFound, Viewer
from serai.members import access
from serai.members.models import AudienceChange, Member, Person, Share
from serai.members.queries.plugs import PLUGS, AudienceThing
from serai.members.states import Audience


@dataclass(frozen=True)
class AudienceChangeRow:
    """One act of release or taking back."""

    thing: str
    title: str
    from_audience: Audience
    to_audience: Audience
    by: str
    consent_by: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class ShareRow:
    """One thing shared by name; the address is empty where its page is not the viewer's to open."""

    public_id: str
    thing: str
    title: str
    key: str
    until_on: date | None
    shared_by: str
    address: str = ""


@dataclass(frozen=True)
class NamedReader:
    """One person to whom a thing is shown by name."""

    public_id: str
    name: str
    until_on: date | None
    by: str
    at: datetime
    may_end: bool


def audience_things(viewer: Viewer, iso3: str) -> list[AudienceThing]:
    """Return every thing of a member the rooms name, the widest audience first."""
    things = [thing for source in PLUGS.audience_things for thing in source(viewer, iso3)]
    return sorted(things, key=lambda t: (-t.audience.width, t.kind, t.title, t.thing))


def audience_changes(viewer: Viewer, member: Member) -> list[AudienceChangeRow]:
    """Return the latest acts about a member's things, to those who act for it."""
    if not access.acts_for_country(viewer, member.iso3):
        return []
    rows = (
        AudienceChange.objects.filter(member=member)
        .select_related("by", "consent_by")
        .order_by("-at", "-id")[:50]
    )
    return [
        AudienceChangeRow(
            thing=row.thing,
            title=row.title,
            from_audience=Audience(row.from_audience),
            to_audience=Audience(row.to_audience),
            by=str(row.by),
            consent_by=str(row.consent_by) if row.consent_by else "",
            reason=row.reason,
            at=row.at,
        )
        for row in rows
    ]


def shares(viewer: Viewer, member: Member) -> list[ShareRow]:
    """Return what of a member is shared by name today, to those who act for it."""
    if not access.acts_for_country(viewer, member.iso3):
        return []
    rows = Share.objects.filter(member=member, ended_at=None).select_related("shared_by")
    return [_share_row(row) for row in rows.order_by("-shared_at", "-id")]


def shared_with(viewer: Viewer, day: date) -> list[ShareRow]:
    """Return what is shared by name with a viewer on a day, the latest first; at most two queries."""
    rows = Share.objects.filter(
        Q(until_on=None) | Q(until_on__gte=day), key__in=sorted(viewer.keys), ended_at=None
    ).select_related("shared_by")
    found = [_share_row(row) for row in rows.order_by("-shared_at", "-id")]
    pages = search.addresses(viewer, [row.thing for row in found], get_language() or "en")
    return [replace(row, address=pages.get(row.thing, "")) for row in found]


def named_readers(viewer: Viewer, thing: str) -> list[NamedReader]:
    """Return the people one thing is shared with, by name; its room has asked for the right."""
    rows = list(
        Share.objects.filter(thing=thing, key__startswith="person:", ended_at=None)
        .select_related("shared_by", "member")
        .order_by("-shared_at", "-id")
    )
    people = Person.objects.in_bulk([int(row.key.partition(":")[2]) for row in rows])
    return [
        NamedReader(
            row.public_id, people[int(row.key.partition(":")[2])].full_name, row.until_on,
            str(row.shared_by), row.shared_at, access.may_end_share(viewer, row),
        )
        for row in rows
    ]  # fmt: skip


def share_of_thing(thing: str, public_id: str) -> Share:
    """Return one share of a thing that is not ended.

    Raises:
        NotFound: if there is none.
    """
    rows = Share.objects.filter(thing=thing, public_id=public_id, ended_at=None)
    found = rows.select_related("member").first()
    if found is None:
        raise NotFound("There is no such share.")
    return found


def _share_row(row: Share) -> ShareRow:
    by = str(row.shared_by)
    return ShareRow(row.public_id, row.thing, row.title, row.key, row.until_on, by)


def share(viewer: Viewer, public_id: str) -> Share:
    """Return one share of a member the viewer acts for.

    Raises:
        NotFound: if there is none.
    """
    countries = viewer.scopes("focal_point") | viewer.scopes("deputy")
    found = (
        Share.objects.filter(public_id=public_id, ended_at=None, member__iso3__in=countries)
        .select_related("member")
        .first()
    )
    if found is None:
        raise NotFound("There is no such share.")
    return found
