"""The points that lines are tested against."""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base import audit
from serai.base.access import Viewer, require
from serai.readiness import access
from serai.readiness.actions.testing import TestRefused
from serai.readiness.models import ProbePoint

SCHEMES = {"http", "https"}


@dataclass(frozen=True)
class PointFacts:
    """What is known of a point; latitude and longitude in degrees, to a tenth."""

    name: str
    url: str
    city: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    is_in_use: bool = True


@transaction.atomic
def keep_point(
    *, facts: PointFacts, point: ProbePoint | None = None, by: Viewer, now: datetime
) -> ProbePoint:
    """Add a point, or change one; its runs stay.

    Raises:
        Denied: to all but officers.
        TestRefused: an address that is not one of the web, a name that is taken, half a place.
    """
    require(access.may_keep_points, by, *([point] if point else []))
    parts = urlsplit(facts.url)
    if parts.scheme not in SCHEMES or not parts.hostname or parts.query:
        raise TestRefused(
            _("Write the point's address as https://probe.example.org:8575, without a query."),
            "url",
        )
    if (facts.latitude is None) != (facts.longitude is None):
        raise TestRefused(_("Give both latitude and longitude, or neither."), "longitude")
    namesake = ProbePoint.objects.filter(name=facts.name.strip()).first()
    if namesake is not None and namesake != point:
        raise TestRefused(_("There is a point of this name. Choose another name."), "name")
    kept = point or ProbePoint(sample=by.is_sample)
    before = {name: str(getattr(kept, name)) for name in asdict(facts)} if point else None
    for name, value in asdict(facts).items():
        setattr(kept, name, value)
    kept.name, kept.url = facts.name.strip(), facts.url.rstrip("/")
    kept.save()
    audit.record(
        by=by.person_id, verb="keep_point", thing=f"readiness.probepoint:{kept.pk}", before=before,
        after={name: str(value) for name, value in asdict(facts).items()}, at=now,
    )  # fmt: skip
    return kept
