"""Search over everything the reader may know of."""

from itertools import groupby

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base import search as index
from serai.base.access import ServedRequest, anyone, guard
from serai.base.pages import Crumb, render_page

LONGEST_WORDS = 200
MOST_HITS = 60


def room_titles() -> dict[str, str]:
    """Return the rooms' names as groups of hits, in the order of the page."""
    return {
        "programme": _("Programme"),
        "reports": _("Reports"),
        "members": _("Members"),
    }


@guard(may=anyone)
def search(request: ServedRequest) -> HttpResponse:
    """Show hits by room, title hits first."""
    words = request.GET.get("q", "").strip()[:LONGEST_WORDS]
    hits = []
    if words:
        hits = index.search(request.viewer, words, get_language() or "en", limit=MOST_HITS)
    titles = room_titles()
    order = list(titles)
    by_room = sorted(
        hits, key=lambda hit: order.index(room) if (room := room_of(hit)) in order else 99
    )
    groups = [(titles.get(room, room), list(found)) for room, found in groupby(by_room, room_of)]
    context = {
        "words": words,
        "search_words": words,
        "groups": groups,
        "count": len(hits),
        "is_cut": len(hits) == MOST_HITS,
        "sample": any(hit.is_sample for hit in hits),
        "crumbs": [Crumb(_("Search"))],
    }
    return render_page(request, "home/search.html", context)


def room_of(hit: index.Hit) -> str:
    """Return the room a hit's thing belongs to."""
    return hit.thing.partition(".")[0]
