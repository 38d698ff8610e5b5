"""All of what the first page shows the beginning of: what waits for a person, what is shared with them."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard, signed_in
from serai.base.pages import Crumb, render_page
from serai.home import queries
from serai.home.views.paging import page_number

ROWS = 50


@guard(may=signed_in)
def todos(request: ServedRequest) -> HttpResponse:
    """List everything that waits for the reader, soonest due first."""
    found = queries.todos_of(request.viewer, request.now)
    page = Paginator(found, ROWS).get_page(page_number(request))
    context = {
        "page": page,
        "sample": any(todo.is_sample for todo in page.object_list),
        "crumbs": [Crumb(_("To do"))],
    }
    return render_page(request, "home/todos.html", context)


@guard(may=signed_in)
def shared(request: ServedRequest) -> HttpResponse:
    """List everything that is shared with the reader by name, the latest first."""
    found = queries.shared_with(request.viewer, request.now)
    page = Paginator(found, ROWS).get_page(page_number(request))
    context = {"page": page, "crumbs": [Crumb(_("Shared with you by name"))]}
    return render_page(request, "home/shared.html", context)
