"""The first page, by role."""

from django.http import HttpResponse
from django.utils.cache import patch_cache_control

from serai.base.access import ServedRequest, anyone, guard
from serai.base.pages import render_page
from serai.home import queries


@guard(may=anyone)
def page(request: ServedRequest) -> HttpResponse:
    """Say what is asked of the reader, what is next, and where things stand."""
    viewer, kind = request.viewer, kind_of(request)
    if kind == "keeper":
        kept = queries.keeper_page(viewer, request.now)
        return render_page(request, "home/keeper.html", {"home": kept})
    found = queries.home_page(viewer, request.now)
    context = {"home": found, "sample": found.has_sample}
    response = render_page(request, f"home/{kind}.html", context)
    if not viewer.is_signed_in:
        patch_cache_control(response, public=True, max_age=60)
    return response


def kind_of(request: ServedRequest) -> str:
    """Return which first page a viewer gets."""
    viewer = request.viewer
    if not viewer.is_signed_in:
        return "visitor"
    if viewer.holds_any(("officer", "coordinator")):
        return "secretariat"
    if viewer.holds("administrator"):
        return "keeper"
    if viewer.holds_any(("focal_point", "deputy", "committee")):
        return "country"
    return "participant"
