"""The living component page: every component in every state, for the secretariat's staff."""

from dataclasses import replace

from django.http import HttpResponse
from django.urls import reverse

from serai.base import frame
from serai.base.access import ServedRequest, guard, may_see_styleguide
from serai.base.pages import render_page
from serai.base.views import examples

DIRECTIONS = ("ltr", "rtl")


def _framed(request: ServedRequest) -> frame.Frame:
    """Return the frame with the colours and the direction that the links ask for."""
    built = frame.build(request)
    theme = frame.known(request.GET.get("theme", built.display.theme), frame.THEMES)
    asked = request.GET.get("direction", built.direction)
    return replace(
        built,
        display=replace(built.display, theme=theme),
        direction=asked if asked in DIRECTIONS else built.direction,
    )


@guard(may=may_see_styleguide)
def styleguide(request: ServedRequest) -> HttpResponse:
    """Show all components, tokens with their contrast, and charts."""
    shown = _framed(request)
    return render_page(
        request,
        "serai/styleguide.html",
        {
            **examples.parts(),
            "frame": shown,
            "sample": True,
            "charts": examples.all_charts(),
            "table": examples.table(),
            "contrast": examples.contrast_table(),
            "example": examples.ExampleForm(),
            "job": examples.job(0, reverse("base:styleguide_job")),
            "steps": range(1, 6),
        },
    )


@guard(may=may_see_styleguide)
def form(request: ServedRequest) -> HttpResponse:
    """Show a form that came back with errors."""
    return render_page(
        request,
        "serai/styleguide_form.html",
        {
            "frame": _framed(request),
            "form": examples.failed_form(),
            "sample": True,
            "now": request.now,
        },
        status=422,
    )


@guard(may=may_see_styleguide)
def job(request: ServedRequest) -> HttpResponse:
    """Answer the example of a long job: the part to htmx, the page to everybody else."""
    asked = request.GET.get("asked", "1")
    count = min(9, int(asked)) if asked.isascii() and asked.isdigit() else 1
    return render_page(
        request,
        "serai/styleguide_job.html",
        {"frame": _framed(request), "job": examples.job(count, reverse("base:styleguide_job"))},
        part="serai/components/_job.html",
    )
