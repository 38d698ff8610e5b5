"""A person's own letters."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard, signed_in
from serai.base.pages import Crumb, redirect_with, render_page
from serai.home import actions, queries
from serai.home.views.paging import page_number


@guard(may=signed_in, methods=("GET", "POST"))
def inbox(request: ServedRequest) -> HttpResponse:
    """Show letters, newest first; one button marks all as read."""
    if request.method == "POST":
        actions.mark_read(by=request.viewer, now=request.now)
        return redirect_with(request, reverse("home:inbox"), _("All letters are marked as read."))
    page = queries.letters_of(request.viewer, page_number(request))
    context = {
        "page": page,
        "has_unread": any(row.seen_at is None for row in page.object_list),
        "sample": any(row.sample for row in page.object_list),
        "crumbs": [Crumb(_("Messages"))],
    }
    return render_page(request, "home/inbox.html", context)
