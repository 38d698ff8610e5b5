"""The page on which an organisation sees who read its answers from outside."""

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.lists import download, kept_query, page_of
from serai.base.pages import render_page
from serai.surveys import access, queries
from serai.surveys.exports.readings import readings_table
from serai.surveys.queries.readings import readings
from serai.surveys.views.answering import way_back


@guard(may=access.may_see_readings, load=queries.response)
def read_by(request: ServedRequest, found: "queries.Response") -> HttpResponseBase:
    """List who read a response, by day and way."""
    rows = readings(request.viewer, found)
    if file := download(request, readings_table(rows, sample=found.sample), "readings"):
        return file
    page = page_of(request, rows)
    head = queries.head_of(found)
    return render_page(
        request,
        "surveys/readings.html",
        {
            "head": head,
            "table": readings_table(list(page.object_list), sample=found.sample),
            "page": page,
            "query": kept_query(request),
            "crumbs": way_back(head, _("Who read these answers")),
            "sample": found.sample,
        },
    )
