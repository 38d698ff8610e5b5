"""Make an issued run's files, keep them, and watch that they stay what they were."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_noop

from serai.base import audit, mail, search
from serai.base.access import Viewer
from serai.base.blocks import plain_text, wording_of
from serai.base.typst import TypesetFailed
from serai.reports import access, emails
from serai.reports.actions.documents import (
    canonical,
    documents_in,
    docx_parts,
    render,
    sha256,
    snapshot,
)
from serai.reports.actions.recipes import recipe_of
from serai.reports.models import Run, RunFile
from serai.reports.states import FileFormat, RunState

FILES = gettext_noop("files")


@dataclass(frozen=True)
class Made:
    """What was made for a run: its frozen snapshot, its files, and what went wrong."""

    run_id: int
    cleared_at: datetime | None
    snapshot: str
    files: Mapping[tuple[str, FileFormat], bytes]
    stored: Mapping[tuple[str, FileFormat], str]
    problems: tuple[str, ...]


def make_files(*, run: Run, dated: date, step: Callable[[str, int, int, str], None]) -> Made:
    """Freeze the snapshot and make every file; nothing of the run changes yet.

    Args:
        run: a cleared run.
        dated: the day of issue, printed on the cover.
        step: told what is being made, how many are done, of how many, and what is counted.
    """
    frozen = snapshot(run, dated=dated)
    documents = documents_in(frozen)
    plan = [(language, format_) for language in run.languages for format_ in FileFormat]
    made: dict[tuple[str, FileFormat], bytes] = {}
    problems: list[str] = []
    for count, (language, format_) in enumerate(plan):
        step(gettext_noop("Making the files of the report"), count, len(plan), FILES)
        try:
            made[language, format_] = render(documents[language], format_)
        except TypesetFailed as failure:
            problems.append(f"{format_.upper()} ({language}): {failure}")
    stored = {key: _store(run, key, content) for key, content in made.items()}
    return Made(run.pk, run.cleared_at, frozen, made, stored, tuple(problems))


def _store(run: Run, key: tuple[str, FileFormat], content: bytes) -> str:
    """Keep one file under its hash; the same bytes are kept once."""
    language, format_ = key
    name = f"reports/{run.public_id}/{sha256(content)[:16]}.{language}.{format_}"
    return (
        name if default_storage.exists(name) else default_storage.save(name, ContentFile(content))
    )


@transaction.atomic
def finish_run(*, made: Made, by: Viewer, now: datetime) -> Run:
    """Write the files' rows; issue the run if all were made, else leave it cleared.

    A run that was taken back while its files were being made keeps its state.
    """
    run = Run.objects.select_for_update().get(pk=made.run_id)
    if run.state != RunState.CLEARED or run.cleared_at != made.cleared_at:
        return run
    run.files.all().delete()
    RunFile.objects.bulk_create(
        RunFile(
            run=run,
            format=format_,
            language=language,
            sha256=sha256(content),
            bytes=len(content),
            pages=_pages(content) if format_ is FileFormat.PDF else None,
            storage_key=made.stored[language, format_],
            parts=docx_parts(content) if format_ is FileFormat.DOCX else {},
        )
        for (language, format_), content in made.files.items()
    )
    run.problem = "\n".join(made.problems)
    if not made.problems:
        run.snapshot, run.snapshot_sha256 = made.snapshot, sha256(made.snapshot.encode())
        run.recipe = recipe_of(run.snapshot, tuple(settings.FONT_DIRS))
        run.recipe_sha256 = sha256(canonical(run.recipe).encode())
        run.state, run.issued_at = RunState.ISSUED, now
        run.sample = any(tree.sample for tree in documents_in(run.snapshot).values())
        mail.send_all(emails.report_issued(run, made.stored, made.files, now), now=now)
        index_run(run, now=now)
    run.save()
    audit.record(
        by=by.person_id,
        verb="finish_run",
        thing=f"reports.run:{run.pk}",
        after={
            "state": run.state,
            "snapshot": run.snapshot_sha256,
            "problems": len(made.problems),
        },
        at=now,
    )
    return run


def index_run(run: Run, *, now: datetime) -> None:
    """Let its readers find an issued run by title and words, in each language."""
    for language, document in documents_in(run.snapshot).items():
        with translation.override(language):
            words = plain_text(document, wording_of(document))
            search.index(
                thing=f"reports.run:{run.pk}",
                language=language,
                title=f"{document.title}, {document.reference}",
                text=words,
                address=reverse("reports:read", args=[run.public_id]),
                keys=access.reading_keys(run),
                now=now,
                sample=run.sample,
            )


def findable() -> Iterator[search.Findable]:
    """Return every report that was ever issued, for building the index anew."""
    for run in Run.objects.filter(issued_at__isnull=False).exclude(snapshot="").order_by("id"):
        yield search.Findable(f"reports.run:{run.pk}", partial(_index_again, run))


def _index_again(run: Run, now: datetime) -> None:
    index_run(run, now=now)


def _pages(content: bytes) -> int:
    """Count the pages of a PDF that we set ourselves: its page tree is written in plain."""
    return content.count(b"/Type /Page\n") or content.count(b"/Type/Page") - content.count(
        b"/Type/Pages"
    )


def verify_files(*, now: datetime) -> int:
    """Hash every stored file again; write each changed or missing one into the audit.

    Returns:
        How many files are not what was issued.
    """
    faults = 0
    for file in RunFile.objects.select_related("run").order_by("id"):
        if default_storage.exists(file.storage_key):
            with default_storage.open(file.storage_key) as stored:
                found = sha256(stored.read())
        else:
            found = ""
        if found != file.sha256:
            faults += 1
            audit.record(
                by=None,
                verb="found_changed_file",
                thing=f"reports.run:{file.run_id}",
                after={"format": file.format, "language": file.language, "found": found},
                at=now,
            )
    return faults
