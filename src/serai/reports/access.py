"""Who may build, clear, issue and read reports."""

from serai.base.access import Viewer, rule
from serai.members.states import Audience
from serai.reports.models import Run
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
