"""Who asks for releases and reads what was let out: of one office, of a plan, of many together."""

from serai.base.access import Viewer, rule
from serai.members.access import is_lead, is_officer, keys_after, may_see_thing
from serai.members.states import Audience
from serai.readiness.access.keeping import initiative_of, is_staff
from serai.readiness.access.reading import iso3_of
from serai.readiness.models import Aggregate, Assessment, Release, ScenarioRun
from serai.readiness.states import AggregateState, ReleaseState

HELD = ("organisation", "country")


@rule(
    "Ask a country to let results or a plan's lines out", roles=("lead", "officer", "coordinator")
)
def may_ask_release(viewer: Viewer, thing: Assessment | ScenarioRun) -> bool:
    """Admit officers of its initiative; of an office's results the lead of its organisation too.

    Sample people ask of samples alone.
    """
    if viewer.is_sample and not thing.sample:
        return False
    if isinstance(thing, ScenarioRun):
        return is_staff(viewer, thing)
    return is_staff(viewer, thing.office) or is_lead(viewer, thing.office.organisation_id)


@rule(
    "Open the list of releases",
    roles=("contributor", "lead", "focal_point", "deputy", "officer", "coordinator"),
)
def may_open_releases(viewer: Viewer) -> bool:
    """Admit officers, agencies and countries; each sees their own."""
    return is_officer(viewer) or any(keys_after(viewer, kind) for kind in HELD)


@rule("Open the list of what was let out", roles=("visitor", "signed-in"))
def may_open_released(viewer: Viewer) -> bool:  # noqa: ARG001  the list is the viewer's own
    """Admit everybody: the list holds what each may read."""
    return True


@rule("Read what was let out of an office's results or of a plan", roles=("audience",))
def may_read_released(viewer: Viewer, release: Release) -> bool:
    """Admit its audience, while it is let out; whoever reads the office or plan anyway as well.

    Visitors never see a sample.
    """
    if release.state != ReleaseState.RELEASED or is_hidden_sample(viewer, release):
        return False
    found = release.assessment
    if found is None:
        thing = release.run
        code = initiative_of(thing) if thing else None
        return may_see_thing(
            viewer, audience=release.audience, iso3=release.country.iso3, initiative=code
        )
    return may_see_thing(
        viewer,
        audience=release.audience,
        iso3=iso3_of(found.office),
        organisation_id=found.office.organisation_id,
        initiative=initiative_of(found.office),
    )


@rule("Let shares of many organisations out", roles=("officer", "coordinator"))
def may_keep_aggregates(viewer: Viewer) -> bool:
    """Admit officers; each of their initiative's framework."""
    return is_officer(viewer)


@rule("Publish or withdraw shares of many organisations", roles=("officer", "coordinator"))
def may_keep_aggregate(viewer: Viewer, aggregate: Aggregate) -> bool:
    """Admit officers of its initiative; sample people of samples alone."""
    is_trial = viewer.is_sample and not aggregate.sample
    return is_staff(viewer, aggregate.framework) and not is_trial


@rule("Read shares of many organisations", roles=("audience",))
def may_read_aggregate(viewer: Viewer, aggregate: Aggregate) -> bool:
    """Admit its keepers; members while it is let out; everybody once it is published.

    Visitors never see a sample.
    """
    if is_hidden_sample(viewer, aggregate):
        return False
    if is_staff(viewer, aggregate.framework) or aggregate.state == AggregateState.PUBLISHED:
        return True
    if aggregate.state != AggregateState.RELEASED:
        return False
    return reads_as_member(viewer, initiative_of(aggregate.framework))


def is_hidden_sample(viewer: Viewer, thing: Release | Aggregate) -> bool:
    """Tell whether something is a sample before a visitor, who never sees one."""
    return thing.sample and not viewer.is_signed_in


def reads_as_member(viewer: Viewer, initiative: str | None) -> bool:
    """Tell whether the viewer reads what is for members: also agencies, countries and experts."""
    held = any(keys_after(viewer, kind) for kind in HELD)
    return held or may_see_thing(viewer, audience=Audience.MEMBERS, initiative=initiative)
