"""The room's first page: its parts by right, and the viewer's own offices."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serai.base.access import ServedRequest, Viewer, guard, signed_in
from serai.base.pages import Crumb, render_page
from serai.base.shown import counted, leaves_out
from serai.readiness import access
from serai.readiness.queries import todos
from serai.readiness.queries.offices import offices
from serai.readiness.states import result_words as words
from serai.readiness.views import office_pictures as pictures
from serai.readiness.views.offices import office_figures
from serai.readiness.views.shared import named


def _tests(viewer: Viewer) -> bool:
    return access.may_open_plans(viewer)


@dataclass(frozen=True)
class Part:
    """One part of the room: where, what it is for, whom it opens to."""

    page: str
    title: object
    about: object
    may: Callable[[Viewer], bool]


# In the order of the work; a further part is one more row.
PARTS = (
    Part("offices", gettext_lazy("Offices"),
         gettext_lazy("Where each office stands: map, list, files."), access.may_see_agencies),
    Part("tests", gettext_lazy("Connection tests"),
         gettext_lazy("Test the line of an office, or enter another tool's figures."), _tests),
    Part("plans", gettext_lazy("Plans"),
         gettext_lazy("The best use of a budget, and what each budget buys."), access.may_open_plans),
    Part("deliveries", gettext_lazy("Deliveries"),
         gettext_lazy("What is on its way, installed, verified by a new test."),
         access.may_open_deliveries),
    Part("events", gettext_lazy("Events"),
         gettext_lazy("Who takes part in which meeting, how likely that is to go well, plan B."),
         access.may_open_events),
    Part("help", gettext_lazy("Help desk"),
         gettext_lazy("When something does not work, or advice is wanted before an event."),
         access.may_open_help),
    Part("advisories", gettext_lazy("Questions and answers"),
         gettext_lazy("What others asked, answered for all."), access.may_read_advisories),
    Part("releases", gettext_lazy("Releases"),
         gettext_lazy("Whose results may be read by members and by the public."),
         access.may_open_releases),
    Part("released", gettext_lazy("Results let out"),
         gettext_lazy("What countries and the secretariat let others read."),
         access.may_open_released),
    Part("frameworks", gettext_lazy("Framework"),
         gettext_lazy("By what offices are evaluated, events, packages, platforms."),
         lambda viewer: viewer.is_signed_in),
    Part("policy_organisations", gettext_lazy("Platforms permitted"),
         gettext_lazy("Which platforms an organisation permits, by sensitivity."),
         access.may_say_policies),
    Part("prices", gettext_lazy("Prices"),
         gettext_lazy("What packages cost, with day and source."), access.may_see_agencies),
    Part("points", gettext_lazy("Test points"),
         gettext_lazy("What lines are tested against."), access.may_keep_points),
    Part("duties", gettext_lazy("Duties"),
         gettext_lazy("Who is at the help desk, supplies, or reads answers on security."),
         access.may_give_duty),
)  # fmt: skip


@guard(may=signed_in)
def start(request: ServedRequest) -> HttpResponse:
    """Show the parts a viewer may open; to agencies and countries also their offices."""
    viewer = request.viewer
    is_staff = access.may_see_agencies(viewer)
    every = offices(viewer)
    own = [] if is_staff else every
    real = counted([row for row in every if row.is_scored]) if is_staff else []
    context: dict[str, object] = {
        "parts": [
            (one.title, one.about, reverse(f"readiness:{one.page}"))
            for one in PARTS
            if one.may(viewer)
        ],
        "offices": [
            (one, named(one.organisation), words.mark(words.ASSESSMENT, one.state))
            if one.state
            else (one, named(one.organisation), None)
            for one in own
        ],
        "todos": todos(viewer, request.now),
        "figures": office_figures(every) if is_staff and every else [],
        "map": pictures.map_of(real),
        "left_out": leaves_out(every) if is_staff else False,
        "is_concerned": is_staff or access.may_open_deliveries(viewer),
        "crumbs": [Crumb(_("Readiness"))],
        "sample": any(one.sample for one in every),
    }
    return render_page(request, "readiness/start.html", context)
