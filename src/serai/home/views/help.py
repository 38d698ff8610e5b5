"""Help: what the site is for, who sees what, how to sign in, what to do when stuck."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, anyone, guard
from serai.base.pages import Crumb, render_page


@guard(may=anyone)
def help_page(request: ServedRequest) -> HttpResponse:
    """Answer what people ask first."""
    return render_page(request, "home/help.html", {"crumbs": [Crumb(_("Help"))]})
