"""Who may see what of the installation itself."""

from serai.base.access import Viewer, rule


@rule("See the installation's health, jobs and mail", roles=("administrator",))
def may_see_status(viewer: Viewer) -> bool:
    """Admit administrators; they see states and numbers, no content."""
    return viewer.holds("administrator")


@rule("Read the audit log", roles=("coordinator", "administrator"))
def may_read_audit(viewer: Viewer) -> bool:
    """Admit coordinators and administrators; the log holds numbers and field names only."""
    return viewer.holds_any(("coordinator", "administrator"))


@rule("Run a failed job again", roles=("administrator",))
def may_run_job_again(viewer: Viewer, job: object) -> bool:
    """Admit administrators."""
    return may_see_status(viewer)


@rule("Send a failed letter again", roles=("administrator",))
def may_send_again(viewer: Viewer, letter: object) -> bool:
    """Admit administrators."""
    return may_see_status(viewer)
