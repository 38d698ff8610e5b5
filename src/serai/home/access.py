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
