"""Who reads offices, runs, results, advice and plans; who tests, agrees, decides and lets out."""

from serai.base.access import Viewer, rule
from serai.calc.readiness.rules import Topic
from serai.members.access import (
    SECRETARIAT,
    acts_for_organisation,
    country_key,
    is_focal_point,
    is_lead,
    may_see_thing,
    organisation_key,
)
from serai.members.states import Audience
from serai.readiness.access.keeping import duties_of, initiative_of, is_staff
from serai.readiness.access.knowing import knows_country, knows_office
from serai.readiness.models import (
    Assessment,
    Delegation,
    Office,
    ProbeRun,
    ProbeTicket,
    Provision,
    Recommendation,
    Release,
)
from serai.readiness.states import AssessmentState, DutyKind, RecommendationState

SHOWN = frozenset(
    {AssessmentState.UNDER_REVIEW, AssessmentState.CONFIRMED, AssessmentState.SUPERSEDED}
)
"""States in which an assessment is shown outside the secretariat."""


def iso3_of(office: Office) -> str | None:
    """Return the country an office stands in; None for an international one."""
    return office.organisation.member.iso3 if office.organisation.member else None


def _reads(viewer: Viewer, office: Office, audience: str) -> bool:
    return may_see_thing(
        viewer,
        audience=audience,
        iso3=iso3_of(office),
        organisation_id=office.organisation_id,
        initiative=initiative_of(office),
    )


def is_own(viewer: Viewer, office: Office) -> bool:
    """Tell whether the viewer belongs to the office's organisation."""
    return organisation_key(office.organisation_id) in viewer.keys


def is_of_country(viewer: Viewer, office: Office) -> bool:
    """Tell whether the viewer speaks for the office's country."""
    iso3 = iso3_of(office)
    return iso3 is not None and country_key(iso3) in viewer.keys


# ---------------------------------------------------------------- offices and tests
@rule("See an office", roles=("contributor", "lead", "focal_point", "deputy", "officer", "expert"))
def may_see_office(viewer: Viewer, office: Office) -> bool:
    """Admit its own people, its country, the secretariat, and experts of its country."""
    return _reads(viewer, office, Audience.SECRETARIAT)


@rule(
    "Read the connection tests of an office",
    roles=("contributor", "lead", "focal_point", "deputy", "officer", "expert"),
)
def may_see_runs(viewer: Viewer, office: Office) -> bool:
    """Admit its own people and country; the secretariat and experts once answers were cleared."""
    return _reads(viewer, office, office.audience)


@rule(
    "Read one connection test",
    roles=("contributor", "lead", "focal_point", "deputy", "officer", "expert"),
)
def may_see_run(viewer: Viewer, run: ProbeRun) -> bool:
    """Admit whoever reads the tests of its office."""
    return may_see_runs(viewer, run.office)


@rule("Run a connection test, or enter what another tool said", roles=("contributor", "lead"))
def may_test(viewer: Viewer, office: Office) -> bool:
    """Admit people of its organisation."""
    return acts_for_organisation(viewer, office.organisation_id)


@rule("Use a ticket for a test", roles=("owner",))
def may_use_ticket(viewer: Viewer, ticket: ProbeTicket) -> bool:
    """Admit whom it was given to."""
    return viewer.person_id is not None and ticket.issued_to_id == viewer.person_id


@rule("Say that a test does not count", roles=("officer", "coordinator"))
def may_void(viewer: Viewer, run: ProbeRun) -> bool:
    """Admit officers who may read it."""
    return is_staff(viewer, run.office) and may_see_runs(viewer, run.office)


@rule("Name an office's city, clock and place", roles=("lead", "officer", "coordinator"))
def may_edit_office(viewer: Viewer, office: Office) -> bool:
    """Admit its lead, and officers."""
    return is_lead(viewer, office.organisation_id) or is_staff(viewer, office)


# ---------------------------------------------------------------- results
@rule(
    "Read the results of an office",
    roles=("contributor", "lead", "focal_point", "deputy", "officer", "expert", "audience"),
)
def may_see_results(viewer: Viewer, assessment: Assessment) -> bool:
    """Admit the secretariat; once shown, its own people, country and experts; others by release."""
    if is_staff(viewer, assessment.office):
        return True
    return assessment.state in SHOWN and _reads(viewer, assessment.office, assessment.audience)


@rule(
    "Read the facts behind the results of an office",
    roles=("contributor", "lead", "focal_point", "deputy", "officer", "expert"),
)
def may_see_facts(viewer: Viewer, assessment: Assessment) -> bool:
    """Admit readers of its results who read its tests as well: not those it was released to."""
    return may_see_results(viewer, assessment) and may_see_runs(viewer, assessment.office)


@rule("Evaluate an office and ask it back", roles=("officer", "coordinator"))
def may_assess(viewer: Viewer, thing: Assessment | Office) -> bool:
    """Admit officers of its initiative."""
    return is_staff(viewer, thing.office if isinstance(thing, Assessment) else thing)


@rule("Agree with the results of one's office, or dispute them", roles=("lead",))
def may_answer_results(viewer: Viewer, assessment: Assessment) -> bool:
    """Admit the lead of its organisation, while they are under review."""
    return assessment.state == AssessmentState.UNDER_REVIEW and is_lead(
        viewer, assessment.office.organisation_id
    )


@rule("Decide on advice to one's office", roles=("lead",))
def may_decide_advice(viewer: Viewer, advice: Recommendation) -> bool:
    """Admit the lead of its organisation."""
    return is_lead(viewer, advice.assessment.office.organisation_id)


@rule("Put advice before an office", roles=("officer", "coordinator"))
def may_propose_advice(viewer: Viewer, advice: Recommendation) -> bool:
    """Admit officers of its initiative."""
    return is_staff(viewer, advice.assessment.office)


def reads_security(viewer: Viewer, office: Office) -> bool:
    """Tell whether what an office answered on security may be told: its lead, and named readers."""
    if is_lead(viewer, office.organisation_id):
        return True
    return is_staff(viewer, office) and DutyKind.SECURITY_READER in duties_of(viewer)


def reads_gate(viewer: Viewer, office: Office) -> bool:
    """Tell whether the viewer is told if the security gate is passed: own, country, secretariat.

    An edition of a report for the secretariat is made by its key; nobody's roles stand behind it.
    """
    is_secretariat = SECRETARIAT in viewer.keys or is_staff(viewer, office)
    return is_own(viewer, office) or is_of_country(viewer, office) or is_secretariat


@rule(
    "Read advice to an office",
    roles=("contributor", "lead", "focal_point", "deputy", "officer", "expert"),
)
def may_see_advice(viewer: Viewer, advice: Recommendation) -> bool:
    """Admit readers of its results, but for those it was released to; drafts to the secretariat.

    On security as `reads_security`.
    """
    found = advice.assessment
    if not may_see_results(viewer, found) or not may_see_office(viewer, found.office):
        return False
    if advice.topic == Topic.SECURITY and not reads_security(viewer, found.office):
        return False
    return advice.state != RecommendationState.DRAFT or is_staff(viewer, found.office)


# ---------------------------------------------------------------- provision, events, help
@rule(
    "See what is provided to an office",
    roles=(
        "contributor",
        "lead",
        "focal_point",
        "deputy",
        "officer",
        "expert",
        "technician",
        "supplier",
    ),
)
def may_see_provision(viewer: Viewer, provision: Provision) -> bool:
    """Admit whoever sees the office, its supplier, and technicians who know of it.

    Of what a country shares: the country, and technicians who know of an office there.
    """
    if provision.supplier_id is not None and provision.supplier_id == viewer.person_id:
        return True
    if provision.office is not None:
        return may_see_office(viewer, provision.office) or knows_office(viewer, provision.office)
    iso3 = provision.country.iso3 if provision.country else ""
    is_seen = may_see_thing(viewer, audience=Audience.SECRETARIAT, iso3=iso3)
    return is_seen or knows_country(viewer, provision.country_id)


@rule("Agree for a country to what is provided", roles=("focal_point",))
def may_agree_provision(viewer: Viewer, provision: Provision) -> bool:
    """Admit the focal point of the country it goes to."""
    country = provision.country
    if country is None and provision.office is not None:
        country = provision.office.organisation.member
    return country is not None and is_focal_point(viewer, country.iso3)


@rule(
    "Read the forecast of an office for an event",
    roles=("contributor", "lead", "focal_point", "deputy", "officer", "technician"),
)
def may_see_delegation(viewer: Viewer, delegation: Delegation) -> bool:
    """Admit its own people, its country, the secretariat, and technicians while they know of it.

    Hosts see a count.
    """
    return may_see_office(viewer, delegation.office) or knows_office(viewer, delegation.office)


@rule("Ask for help for an office", roles=("contributor", "lead"))
def may_ask_help(viewer: Viewer, office: Office) -> bool:
    """Admit people of its organisation."""
    return acts_for_organisation(viewer, office.organisation_id)


# ---------------------------------------------------------------- releases
def _country(release: Release) -> str:
    return release.country.iso3


@rule("See a release of results", roles=("focal_point", "deputy", "officer", "lead"))
def may_see_release(viewer: Viewer, release: Release) -> bool:
    """Admit the country, the secretariat, and the office's own people."""
    if country_key(_country(release)) in viewer.keys or _keeps(viewer, release):
        return True
    return release.assessment is not None and is_own(viewer, release.assessment.office)


def _is_trial(viewer: Viewer, release: Release) -> bool:
    """Tell whether a sample person would act on what is real."""
    return viewer.is_sample and not release.sample


def _keeps(viewer: Viewer, release: Release) -> bool:
    if release.assessment is not None:
        return is_staff(viewer, release.assessment.office)
    return release.run is not None and is_staff(viewer, release.run)


@rule("Ask a country to let results out, and let them out", roles=("officer", "coordinator"))
def may_let_out(viewer: Viewer, release: Release) -> bool:
    """Admit officers of its initiative; sample people let samples out alone."""
    return _keeps(viewer, release) and not _is_trial(viewer, release)


@rule("Grant or decline the release of a country's results", roles=("focal_point",))
def may_grant(viewer: Viewer, release: Release) -> bool:
    """Admit the country's focal point; sample people of samples alone."""
    return is_focal_point(viewer, _country(release)) and not _is_trial(viewer, release)


@rule("Withdraw a release", roles=("focal_point", "officer", "coordinator"))
def may_withdraw(viewer: Viewer, release: Release) -> bool:
    """Admit the country's focal point, and officers."""
    return may_grant(viewer, release) or may_let_out(viewer, release)


@rule("See who read the results of an office", roles=("lead", "focal_point", "deputy", "officer"))
def may_see_readers(viewer: Viewer, assessment: Assessment) -> bool:
    """Admit its lead, its country and the secretariat."""
    office = assessment.office
    return (
        is_lead(viewer, office.organisation_id)
        or is_of_country(viewer, office)
        or is_staff(viewer, office)
    )
