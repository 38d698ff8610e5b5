"""Members of the programme, always in programme order."""

from dataclasses import dataclass
from functools import lru_cache

from serai.base.access import NotFound, Viewer
from serai.base.ready import Ready
from serai.base.text import TranslatedText
from serai.members.models import Member
from serai.members.states import Clearance


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
    )


def members(viewer: Viewer) -> list[MemberRow]:  # noqa: ARG001
    """Return every member in programme order; members are public facts."""
    return [_row(member) for member in _ready().rows()]


@lru_cache(maxsize=1)
def _ready() -> Ready[Member]:
    return Ready(Member.objects.order_by("order", "iso3"))


def member(viewer: Viewer, iso3: str) -> Member:  # noqa: ARG001
    """Return one member.

    Raises:
        NotFound: if no member has this code.
    """
    found = Member.objects.filter(iso3=iso3.upper()).first()
    if found is None:
        raise NotFound(f"No member has the code {iso3}.")
    return found


def member_choices(viewer: Viewer, language: str) -> list[tuple[str, str]]:
    """Return (ISO3, name in the reader's language) in programme order."""
    return [(row.iso3, row.short_name.pick(language)[0]) for row in members(viewer)]
