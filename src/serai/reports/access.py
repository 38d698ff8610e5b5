"""Who may build, clear, issue and read reports."""

from serai.base.access import Viewer, rule
from serai.members.states import Audience
from serai.reports.models import CountryRemark, HeldFile, Run
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
    keys = {"secretariat", "public" if run.audience == Audience.PUBLIC else str(run.audience)}
    return frozenset(keys)


def is_staff(viewer: Viewer) -> bool:
    """Tell whether the viewer works in the secretariat."""
    return viewer.holds_any(("officer", "coordinator"))


@rule("See the reports library", roles=("visitor", "signed-in"))
def may_open_library(viewer: Viewer) -> bool:
    """Admit everybody; the list holds what each may read."""
    return True


@rule("Read an issued report", roles=("officer", "coordinator", "audience"))
def may_read_run(viewer: Viewer, run: Run) -> bool:
    """Admit staff to every run, and a run's audience to it once issued."""
    if is_staff(viewer):
        return True
    if run.state not in {RunState.ISSUED, RunState.WITHDRAWN}:
        return False
    return run.audience in viewer.keys or (
        run.audience == Audience.SECRETARIAT
        and any(key.startswith("secretariat") for key in viewer.keys)
    )


@rule("Build a report and write its narrative", roles=("officer", "coordinator"))
def may_build_run(viewer: Viewer, run: Run | None = None) -> bool:
    """Admit the secretariat while the run is open."""
    return is_staff(viewer)


@rule("Remark on a report's block before it is cleared", roles=("focal_point", "deputy"))
def may_remark_run(viewer: Viewer, run: Run) -> bool:
    """Admit focal points and deputies while the run is in review."""
    return run.state == RunState.IN_REVIEW and viewer.holds_any(("focal_point", "deputy"))


@rule("Clear a report", roles=("coordinator",))
def may_clear_run(viewer: Viewer, run: Run) -> bool:
    """Admit coordinators, never to a run they started."""
    return viewer.holds("coordinator") and run.started_by_id != viewer.person_id


@rule("Issue or withdraw a report", roles=("coordinator",))
def may_issue_run(viewer: Viewer, run: Run) -> bool:
    """Admit coordinators, never to a run they started."""
    return viewer.holds("coordinator") and run.started_by_id != viewer.person_id


@rule("Withdraw a report: an open one", roles=("officer", "coordinator"))
def may_withdraw_run(viewer: Viewer, run: Run) -> bool:
    """Admit the secretariat to its open runs; an issued one is withdrawn by a coordinator."""
    if run.state == RunState.ISSUED:
        return may_issue_run(viewer, run)
    return is_staff(viewer)


@rule("Preview a report before it is issued", roles=("officer", "coordinator", "focal_point", "deputy"))
def may_preview_run(viewer: Viewer, run: Run) -> bool:
    """Admit the secretariat always, focal points and deputies while the run is in review."""
    return is_staff(viewer) or may_remark_run(viewer, run)


@rule(
    "Read remarks on a report: all, or one's own country's",
    roles=("officer", "coordinator", "focal_point", "deputy"),
)
def may_read_remarks(viewer: Viewer, run: Run) -> bool:
    """Admit the secretariat and those who act for a country."""
    return run.state != RunState.DRAFT and (
        is_staff(viewer) or viewer.holds_any(("focal_point", "deputy"))
    )


@rule("Answer a country's remark", roles=("officer", "coordinator"))
def may_answer_remark(viewer: Viewer, remark: CountryRemark) -> bool:
    """Admit the secretariat."""
    return is_staff(viewer)


@rule("Download an issued file", roles=("officer", "coordinator", "audience"))
def may_download_run(viewer: Viewer, held: HeldFile) -> bool:
    """Admit whoever may read the run."""
    return may_read_run(viewer, held.run)


def own_country(viewer: Viewer) -> str:
    """Return the code of the country a focal point or deputy acts for."""
    return sorted(viewer.scopes("focal_point") | viewer.scopes("deputy"))[0]
