"""The first page, by role."""

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.utils.cache import patch_cache_control

from serai.base.access import ServedRequest, Viewer, anyone, guard
from serai.base.as_of import asked_day
from serai.base.pages import render_page
from serai.home import queries
from serai.members.access import keys_after
from serai.programme import access
from serai.programme import queries as programme

# The first page of each role; who holds several gets the first that fits.
PAGES = (
    ("secretariat", ("officer", "coordinator")),
    ("keeper", ("administrator",)),
    ("country", ("focal_point", "deputy", "committee")),
    ("assigned", ("expert", "partner")),
    ("agency", ("lead", "contributor")),
)


@guard(may=anyone)
def page(request: ServedRequest) -> HttpResponse:
    """Say what is asked of the reader, what is next, and where things stand."""
    viewer, kind = request.viewer, kind_of(request.viewer)
    if kind == "keeper":
        kept = queries.keeper_page(viewer, settings.DATA_DIR, request.now)
        return render_page(request, "home/keeper.html", {"home": kept})
    opened = programme.programme_of(request)
    day = asked_day(request, opens_on=opened.day(request.now), today=opened.today(request.now))
    book = programme.Book(viewer, request.now, opened, shown_on=day.as_of)
    found = queries.home_page(book)
    own = own_part(book, kind, found)
    sample = found.has_sample or (own is not None and queries.is_sample(own))
    context = {
        "home": found, "own": own, "sample": sample, "left_out": found.leaves_out, "day_query": day.query,
        "may_set_up": access.may_set_up(viewer),
        "shared_count": 0 if kind == "assigned" else len(keys_after(viewer, "share")),
    }  # fmt: skip
    is_for_all = not viewer.is_signed_in and not len(get_messages(request))
    response = render_page(request, f"home/{kind}.html", context)
    if is_for_all:
        patch_cache_control(response, public=True, max_age=60)
    return response


def own_part(book: programme.Book, kind: str, home: queries.HomePage) -> queries.OwnPart | None:
    """Return what a kind of first page shows of the reader's own; None where it has no such part."""
    match kind:
        case "country":
            return queries.country_part(book, home)
        case "assigned":
            return queries.assigned_part(book.viewer, home, book.now)
        case "agency":
            return queries.agency_part(book.viewer)
    return None


def kind_of(viewer: Viewer) -> str:
    """Return which first page a viewer gets."""
    if not viewer.is_signed_in:
        return "visitor"
    return next((kind for kind, roles in PAGES if viewer.holds_any(roles)), "participant")
