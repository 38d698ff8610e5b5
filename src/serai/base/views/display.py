"""Colours, text size and time zone on this computer: one cookie, set only when asked for."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base import frame
from serai.base.access import ServedRequest, anyone, guard
from serai.base.forms.display import DisplayForm
from serai.base.pages import Crumb, redirect_with, render_page

A_YEAR_SECONDS = 365 * 24 * 3600


@guard(may=anyone, methods=("GET", "POST"))
def display(request: ServedRequest) -> HttpResponse:
    """Show the choices; keep them in this browser."""
    now = frame.display_of(request)
    form = DisplayForm(
        request.POST or None,
        initial={
            "theme": now.theme,
            "text_size": now.text_size,
            "time_zone": now.time_zone,
        },
    )
    if request.method == "POST" and form.is_valid():
        return _kept(request, form)
    return render_page(
        request,
        "serai/display.html",
        {
            "form": form,
            "crumbs": (Crumb(_("First page"), frame.address_of("home:page")), Crumb(_("Display"))),
            "is_kept": "kept" in request.GET,
        },
        status=422 if form.errors else 200,
    )


def _kept(request: ServedRequest, form: DisplayForm) -> HttpResponse:
    response = redirect_with(request, f"{reverse('base:display')}?kept=1")
    response.set_cookie(
        frame.DISPLAY_COOKIE,
        frame.write_display(form.display()),
        max_age=A_YEAR_SECONDS,
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
    )
    return response
