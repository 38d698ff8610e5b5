"""Members of the programme, always in programme order."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import ForeignObjectRel, Q

from serai.base.access import NotFound, Viewer
from serai.base.ready import KEPT, Ready
from serai.base.text import TranslatedText
from serai.members import access
from serai.members.models import Member, Share
from serai.members.states import Clearance, MemberState


@dataclass(frozen=True)
class MemberRow:
    """A member as lists and the tile map show it."""

    id: int
    iso3: str
    names: TranslatedText
    short_name: TranslatedText
    languages: tuple[str, ...]
    time_zone: str
    tile_column: int | None
    tile_row: int | None
    order: int
    clearance: Clearance
    sample: bool
    state: MemberState = MemberState.ACTIVE
    until_on: date | None = None


def _row(member: Member) -> MemberRow:
    return MemberRow(
        id=member.pk,
        iso3=member.iso3,
        names=member.names,
        short_name=member.shown_name,
        languages=tuple(member.languages),
        time_zone=member.time_zone,
        tile_column=member.tile_column,
        tile_row=member.tile_row,
        order=member.order,
        clearance=Clearance(member.clearance),
        sample=member.sample,
        state=MemberState(member.state),
        until_on=member.until_on,
    )


def members(viewer: Viewer, *, on: date | None = None) -> list[MemberRow]:  # noqa: ARG001
    """Return today's members in programme order, or those of a day; they are public facts."""
    return [_row(member) for member in _ready(on).rows()]


@lru_cache(maxsize=KEPT)
def _ready(on: date | None) -> Ready[Member]:
    here = Q(state=MemberState.ACTIVE)
    if on is not None:
        here = Q(until_on=None) | Q(until_on__gte=on)
    return Ready(Member.objects.filter(here).order_by("order", "iso3"))


def members_ever(viewer: Viewer) -> list[MemberRow]:  # noqa: ARG001
    """Return every member in programme order, the former ones last."""
    return [_row(member) for member in Member.objects.order_by("state", "order", "iso3")]


def members_due(day: date) -> list[Member]:
    """Return the members whose last day has passed and who are not called former yet."""
    rows = Member.objects.filter(state=MemberState.ACTIVE, until_on__lt=day)
    return list(rows.order_by("id"))


def member(viewer: Viewer, iso3: str) -> Member:  # noqa: ARG001
    """Return one member.

    Raises:
        NotFound: if no member has this code.
    """
    found = Member.objects.filter(iso3=iso3.upper()).first()
    if found is None:
        raise NotFound(f"No member has the code {iso3}.")
    return found


def is_in_use(member: Member) -> bool:
    """Tell whether any row of any room refers to a member, or a key of a share carries its code."""
    referring = [
        one
        for one in member._meta.get_fields(include_hidden=True)
        if isinstance(one, ForeignObjectRel) and (one.one_to_many or one.one_to_one)
    ]
    keys = Q(key=access.country_key(member.iso3)) | Q(key__endswith=f":{member.iso3}")
    return Share.objects.filter(keys).exists() or any(
        one.related_model._default_manager.filter(**{one.field.name: member}).exists()
        for one in referring
    )


def member_choices(
    viewer: Viewer, language: str, *, kept: Collection[str] = ()
) -> list[tuple[str, str]]:
    """Return (ISO3, name in the reader's language): today's members, and those chosen already."""
    return [
        (row.iso3, row.short_name.pick(language)[0])
        for row in members_ever(viewer)
        if row.state is MemberState.ACTIVE or row.iso3 in kept
    ]


def member_names(viewer: Viewer, language: str) -> list[tuple[str, str]]:
    """Return (ISO3, name) of every member there ever was, for narrowing lists that still hold them."""
    return [(row.iso3, row.short_name.pick(language)[0]) for row in members_ever(viewer)]
