"""What both a country and the secretariat let out, for whoever reads no more than that."""

from datetime import date

from django.db.models import Q

from serai.base.access import Viewer
from serai.members.access import MEMBERS
from serai.members.states import Audience
from serai.readiness.models import Release
from serai.readiness.states import ReleaseState


def _released(viewer: Viewer, day: date) -> Q:
    """Return the filter of releases that stand today, were given by a day, and reach the viewer."""
    # What members read is not for the public: that needs a second release.
    reach = [Audience.PUBLIC.value]
    if MEMBERS in viewer.keys:
        reach.append(Audience.MEMBERS.value)
    return Q(state=ReleaseState.RELEASED.value, audience__in=reach, released_at__date__lte=day)


def released_offices(viewer: Viewer, day: date) -> dict[int, int]:
    """Return by office the newest assessment that was let out to such a viewer; one query.

    Args:
        viewer: with the key of members, or none: the public.
        day: releases of after this day are left out; withdrawn ones always are.
    """
    rows = Release.objects.filter(_released(viewer, day), assessment__isnull=False)
    pairs = rows.order_by("assessment__confirmed_at", "assessment_id")
    return dict(pairs.values_list("assessment__office_id", "assessment_id"))


def released_lines(viewer: Viewer, run_id: int, day: date) -> frozenset[str]:
    """Return the countries whose lines of a plan were let out to such a viewer; one query."""
    rows = Release.objects.filter(_released(viewer, day), run_id=run_id)
    return frozenset(rows.values_list("country__iso3", flat=True))
