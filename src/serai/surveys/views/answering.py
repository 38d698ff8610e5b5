"""A response as its own people open it; the pages of its sections come with the lead's branch."""

from typing import TYPE_CHECKING

from django.http import HttpResponse

from serai.base.access import ServedRequest, guard
from serai.base.pages import render_page
from serai.surveys import access, queries
from serai.surveys.exports.tables import said
from serai.surveys.views.shared import crumbs

if TYPE_CHECKING:
    from serai.surveys.models import Response


@guard(may=access.may_read_response, load=queries.response)
def overview(request: ServedRequest, found: "Response") -> HttpResponse:
    """Say whose response it is; merged away by the lead's overview."""
    title = said(found.wave.title)
    context = {"sentence": title, "token": "", "crumbs": crumbs(title=title)}
    return render_page(request, "surveys/link_closed.html", context)
