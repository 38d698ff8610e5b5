"""What the reports room answers in the open API: issued runs, as the library shows them."""

from datetime import date, datetime

from django.urls import reverse
from ninja import Query, Router, Schema

from serai.base.access import NotFound, ServedRequest
from serai.base.api import Page, PageAsked, page_of, reads
from serai.reports import access, queries

router = Router()


class FileShown(Schema):
    """One issued file; `sha256` is what the verify page compares with."""

    format: str
    language: str
    sha256: str
    bytes: int
    pages: int | None
    address: str


class RunShown(Schema):
    """One issued report; `corrects` and `corrected_by` are numbers of other reports."""

    id: str
    number: int
    kind: str
    as_of: date
    languages: list[str]
    audience: str
    state: str
    issued_at: datetime
    snapshot_sha256: str
    files: list[FileShown]
    corrects: int | None
    corrected_by: int | None
    sample: bool


@reads(
    router,
    "/runs",
    may=access.may_open_library,
    response=Page[RunShown],
    summary="The issued reports, by number",
)
def runs(request: ServedRequest, asked: Query[PageAsked]) -> dict[str, object]:
    """List the issued reports that the asker may read, withdrawn ones by their state."""
    rows = sorted(queries.library(request.viewer), key=_number)
    return page_of(request, rows, asked, key=_number, item=_run)


@reads(
    router,
    "/runs/{run_id}",
    may=access.may_open_library,
    response=RunShown,
    summary="One issued report",
)
def run(request: ServedRequest, run_id: str) -> RunShown:
    """Show one issued report."""
    for row in queries.library(request.viewer):
        if row.public_id == run_id:
            return _run(row)
    raise NotFound(run_id)


def _number(row: queries.RunRow) -> str:
    return f"{row.number:09}"


def _run(row: queries.RunRow) -> RunShown:
    if row.issued_at is None:
        raise NotFound(row.public_id)
    return RunShown(
        id=row.public_id, number=row.number, kind=row.kind, as_of=row.as_of,
        languages=list(row.languages), audience=row.audience, state=row.state,
        issued_at=row.issued_at, snapshot_sha256=row.snapshot_sha256,
        files=[_file(row, file) for file in row.files],
        corrects=row.corrects, corrected_by=row.corrected_by, sample=row.sample,
    )  # fmt: skip


def _file(row: queries.RunRow, file: queries.FileRow) -> FileShown:
    return FileShown(
        format=file.format, language=file.language, sha256=file.sha256, bytes=file.bytes,
        pages=file.pages,
        address=reverse("reports:file", args=[row.public_id, file.language, file.format]),
    )  # fmt: skip
