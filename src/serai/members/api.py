"""What this room answers in the open API: the members, by their codes."""

from ninja import Query, Router, Schema

from serai.base.access import ServedRequest, anyone
from serai.base.api import Page, PageAsked, never_public, page_of, reads, texts
from serai.members import queries

router = Router()


class MemberShown(Schema):
    """One member; texts by language, `order` is the programme's own."""

    iso3: str
    name: dict[str, str]
    languages: list[str]
    time_zone: str
    order: int
    sample: bool


@reads(router, "/members", may=anyone, response=Page[MemberShown], summary="The members, by code")
def members(request: ServedRequest, asked: Query[PageAsked]) -> dict[str, object]:
    """List the members."""
    found = never_public(request.viewer, queries.members(request.viewer))
    rows = sorted(found, key=lambda row: row.iso3)
    return page_of(request, rows, asked, key=lambda row: row.iso3, item=_member)


def _member(row: queries.MemberRow) -> MemberShown:
    return MemberShown(
        iso3=row.iso3,
        name=texts(row.short_name),
        languages=list(row.languages),
        time_zone=row.time_zone,
        order=row.order,
        sample=row.sample,
    )
