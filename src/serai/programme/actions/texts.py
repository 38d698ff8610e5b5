"""What people write of a milestone or an initiative, kept for every day it was known."""

from datetime import datetime

from serai.base.access import Viewer
from serai.programme.actions.facts import NOW, Told, stamp
from serai.programme.models import Initiative, InitiativeText, Milestone, MilestoneText


def write_text(
    thing: Milestone | Initiative, *, by: Viewer, now: datetime, told: Told = NOW
) -> None:
    """Keep what stands of a thing from the day it was known; it is sample with its thing."""
    carried = Told(told.known_from, told.source_note, thing.sample or told.sample)
    stamped = stamp(by=by, now=now, told=carried)
    if isinstance(thing, Milestone):
        MilestoneText.objects.create(
            milestone=thing, name=thing.name, kind=thing.kind, owner_id=thing.owner_id,
            country_id=thing.country_id, order=thing.order, **stamped,
        )  # fmt: skip
        return
    text = InitiativeText.objects.create(
        initiative=thing, name=thing.name, purpose=thing.purpose, order=thing.order, **stamped
    )
    text.partners.set(thing.partners.all())
    text.national_studies.set(thing.national_studies.all())
