"""Who may build, clear, issue and read reports."""

from serai.base.access import Denied, Viewer, rule
from serai.members.states import Audience
from serai.reports.models import CountryRemark, HeldFile, Run, RunDraft
from serai.reports.states import RunState

AUDIENCE_KEYS: dict[str, frozenset[str]] = {
    Audience.PUBLIC: frozenset({"public"}),
    Audience.MEMBERS: frozenset({"public", "members"}),
    Audience.SECRETARIAT: frozenset({"public", "members", "secretariat"}),
}
BUILT_FOR = (Audience.PUBLIC, Audience.MEMBERS, Audience.SECRETARIAT)


def audience_viewer(audience: str, language: str = "en") -> Viewer:
    """Return the eyes a report is built with: its audience's, never its editor's."""
    return Viewer(keys=AUDIENCE_KEYS[audience], language=language)


def reading_keys(run: Run) -> frozenset[str]:
    """Return every key that opens an issued run, for the search index."""
    if run.audience == Audience.PUBLIC and run.sample:
        return frozenset({"members"})
    return frozenset({str(run.audience)})


def acting_person(viewer: Viewer) -> int:
    """Return the person behind an act.

    Raises:
        Denied: if nobody is; a run is never started, nor remarked on, by no one.
    """
    if viewer.person_id is None:
        raise Denied("acting_person")
    return viewer.person_id


def is_staff(viewer: Viewer) -> bool:
    """Tell whether the viewer works in the secretariat."""
    return viewer.holds_any(("officer", "coordinator"))


@rule("See the reports library", roles=("visitor", "signed-in"))
def may_open_library(viewer: Viewer) -> bool:
    """Admit everybody; the list holds what each may read."""
    return True


def audiences_of(viewer: Viewer) -> frozenset[str]:
    """Return the audiences a viewer belongs to.

    A report for the secretariat shows every initiative's own matters: officers of one initiative
    alone are not among its readers.
    """
    return frozenset(a.value for a in BUILT_FOR if a.value in viewer.keys)


@rule("Read an issued report", roles=("officer", "coordinator", "audience"))
def may_read_run(viewer: Viewer, run: Run) -> bool:
    """Admit a run's audience once it is issued, its builders before; sample never to visitors."""
    if run.audience not in audiences_of(viewer):
        return False
    if run.sample and "members" not in viewer.keys:
        return False
    return run.issued_at is not None or is_staff(viewer)


@rule("Build a report and write its narrative", roles=("officer", "coordinator"))
def may_build_run(viewer: Viewer, run: Run | None = None) -> bool:
    """Admit the secretariat, as far as it may read what the report will say."""
    return is_staff(viewer) and (run is None or run.audience in audiences_of(viewer))


@rule("Remark on a report's block before it is cleared", roles=("focal_point", "deputy"))
def may_remark_run(viewer: Viewer, run: Run) -> bool:
    """Admit focal points and deputies among its readers while the run is in review."""
    return (
        run.state == RunState.IN_REVIEW
        and run.audience in audiences_of(viewer)
        and viewer.holds_any(("focal_point", "deputy"))
    )


@rule("Clear a report", roles=("coordinator",))
def may_clear_run(viewer: Viewer, run: Run) -> bool:
    """Admit coordinators, never to a run they started."""
    return (
        viewer.holds("coordinator")
        and run.audience in audiences_of(viewer)
        and run.started_by_id != viewer.person_id
    )


@rule("Issue a report, one for the public not by who cleared it", roles=("coordinator",))
def may_issue_run(viewer: Viewer, run: Run) -> bool:
    """Admit whoever may clear it; to the public, never the one who did."""
    is_second = run.audience != Audience.PUBLIC or run.cleared_by_id != viewer.person_id
    return may_clear_run(viewer, run) and is_second


@rule("Withdraw a report: an open one", roles=("officer", "coordinator"))
def may_withdraw_run(viewer: Viewer, run: Run) -> bool:
    """Admit the secretariat to its open runs; an issued one is withdrawn by a coordinator."""
    if run.state == RunState.ISSUED:
        return may_clear_run(viewer, run)
    return may_build_run(viewer, run)


@rule(
    "Preview a report before it is issued",
    roles=("officer", "coordinator", "focal_point", "deputy"),
)
def may_preview_run(viewer: Viewer, run: Run) -> bool:
    """Admit the secretariat always, focal points and deputies while the run is in review."""
    return may_build_run(viewer, run) or may_remark_run(viewer, run)


@rule(
    "Read remarks on a report: all, or one's own country's",
    roles=("officer", "coordinator", "focal_point", "deputy"),
)
def may_read_remarks(viewer: Viewer, run: Run) -> bool:
    """Admit the secretariat and those who act for a country."""
    return run.state != RunState.DRAFT and (
        may_build_run(viewer, run)
        or (run.audience in audiences_of(viewer) and viewer.holds_any(("focal_point", "deputy")))
    )


@rule("Answer a country's remark", roles=("officer", "coordinator"))
def may_answer_remark(viewer: Viewer, remark: CountryRemark) -> bool:
    """Admit whoever builds the report."""
    return may_build_run(viewer, remark.run)


@rule(
    "Download a report as a draft, before it is issued",
    roles=("officer", "coordinator", "focal_point", "deputy"),
)
def may_download_draft(viewer: Viewer, draft: RunDraft) -> bool:
    """Admit whoever may preview it until it is issued or withdrawn."""
    is_open = draft.run.state in {RunState.DRAFT, RunState.IN_REVIEW, RunState.CLEARED}
    return is_open and may_preview_run(viewer, draft.run)


@rule("Download an issued file", roles=("officer", "coordinator", "audience"))
def may_download_run(viewer: Viewer, held: HeldFile) -> bool:
    """Admit whoever may read the run."""
    return may_read_run(viewer, held.run)


def own_country(viewer: Viewer) -> str:
    """Return the code of the country a focal point or deputy acts for."""
    return sorted(viewer.scopes("focal_point") | viewer.scopes("deputy"))[0]
