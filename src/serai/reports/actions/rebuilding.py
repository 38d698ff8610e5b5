"""Hold an issued run against the same snapshot made into files again."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from serai.base import audit
from serai.base.access import Viewer, require
from serai.base.jobs import enqueue
from serai.base.typst import TypesetFailed
from serai.reports import access
from serai.reports.actions.documents import documents_in, docx_parts, render, sha256
from serai.reports.actions.recipes import differences, recipe_of
from serai.reports.actions.runs import CannotMove
from serai.reports.models import Run, RunFile
from serai.reports.states import FileFormat


@transaction.atomic
def ask_rebuild(*, run: Run, by: Viewer, now: datetime) -> Run:
    """Ask for the files to be made again and compared."""
    require(access.may_build_run, by, run)
    if not run.snapshot:
        raise CannotMove(_("Only an issued report can be made again. Preview this one instead."))
    enqueue(
        "reports.rebuild_run", key=f"reports.rebuild_run:{run.pk}", by=by.person_id, run_id=run.pk
    )
    audit.record(by=by.person_id, verb="ask_rebuild", thing=f"reports.run:{run.pk}", at=now)
    return run


def rebuild(run: Run) -> dict[str, Any]:
    """Make every file again from the snapshot; say which differ, in what, and in which recipe.

    Returns:
        Plain JSON for `keep_rebuilt`; nothing is stored here, for it takes seconds.
    """
    documents = documents_in(run.snapshot)
    rows: list[dict[str, Any]] = []
    for file in run.files.order_by("language", "format"):
        try:
            content = render(documents[file.language], FileFormat(file.format))
        except TypesetFailed as failure:
            rows.append({"format": file.format, "language": file.language, "failure": str(failure)})
            continue
        differs = [] if sha256(content) == file.sha256 else _parts(file, content)
        rows.append({"format": file.format, "language": file.language, "differs": differs})
    now = recipe_of(run.snapshot, tuple(settings.FONT_DIRS))
    return {"files": rows, "recipe": differences(run.recipe, now)}


def _parts(file: RunFile, content: bytes) -> list[str]:
    """Return which parts of a file differ; none if only a Word file's packing does."""
    if file.format != FileFormat.DOCX:
        return ["whole"]
    again = docx_parts(content)
    names = sorted({*again, *file.parts})
    return [name for name in names if again.get(name) != file.parts.get(name)]


@transaction.atomic
def keep_rebuilt(*, run: Run, found: dict[str, Any], by: Viewer, now: datetime) -> Run:
    """Keep what a rebuild showed, for the page of differences."""
    run.rebuilt, run.rebuilt_at = found, now
    run.save(update_fields=["rebuilt", "rebuilt_at"])
    changed = sum(1 for row in found["files"] if row.get("differs") or row.get("failure"))
    audit.record(
        by=by.person_id,
        verb="rebuild_run",
        thing=f"reports.run:{run.pk}",
        after={"files": len(found["files"]), "changed": changed},
        at=now,
    )
    return run
