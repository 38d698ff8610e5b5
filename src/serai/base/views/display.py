"""Language, colours, text size: with the account or in one cookie; the time zone: in the cookie."""

from django.conf import settings
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
    """Show the choices; keep them with the account, a visitor's and the zone in this browser."""
    now = frame.display_of(request)
    form = DisplayForm(
        request.POST or None,
        initial={
            "theme": now.theme,
            "text_size": now.text_size,
            "time_zone": now.time_zone,
            "language": request.LANGUAGE_CODE,
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
    language = form.cleaned_data["language"]
    back = frame.in_language(reverse("base:display"), language)
    response = redirect_with(request, f"{back}?kept=1")
    if language != request.LANGUAGE_CODE:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax")
    display = form.display()
    if frame.HOOKS.keep_display(request, display, language):
        display = frame.Display(time_zone=display.time_zone)
        if not display.time_zone:
            response.delete_cookie(frame.DISPLAY_COOKIE)
            return response
    response.set_cookie(
        frame.DISPLAY_COOKIE,
        frame.write_display(display),
        max_age=A_YEAR_SECONDS,
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
    )
    return response
