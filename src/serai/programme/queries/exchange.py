"""Imports: what was previewed, applied and undone."""

from dataclasses import dataclass
from datetime import datetime

from serai.base.access import NotFound, Viewer
from serai.base.text import TranslatedText
from serai.programme import access
from serai.programme.models import ImportBatch
from serai.programme.queries.shared import sees_initiative


@dataclass(frozen=True)
class PreviewRow:
    """One line of a preview."""

    verdict: str
    number: str
    name: str
    here: str
    file: str
    sentence: str


@dataclass(frozen=True)
class ImportRow:
    """One import in a list."""

    public_id: str
    file_name: str
    initiative: str
    initiative_name: TranslatedText
    by: str
    read_at: datetime
    state: str


def imports(viewer: Viewer) -> list[ImportRow]:
    """Return the latest 20 imports of initiatives the viewer keeps."""
    rows = (
        ImportBatch.objects.filter(sees_initiative(viewer, "initiative__"))
        .select_related("initiative", "by")
        .order_by("-read_at", "-id")[:20]
    )
    return [
        ImportRow(
            row.public_id, row.file_name, row.initiative.code, row.initiative.name,
            row.by.full_name if row.by else "", row.read_at, row.state,
        )
        for row in rows
        if access.may_exchange(viewer, row.initiative)
    ]  # fmt: skip


def import_batch(viewer: Viewer, public_id: str) -> ImportBatch:
    """Return one import.

    Raises:
        NotFound: if its initiative is not the viewer's to keep.
    """
    row = (
        ImportBatch.objects.filter(sees_initiative(viewer, "initiative__"), public_id=public_id)
        .select_related("initiative__programme", "by")
        .first()
    )
    if row is None or not access.may_exchange(viewer, row.initiative):
        raise NotFound(public_id)
    return row


def preview_rows(batch: ImportBatch) -> list[PreviewRow]:
    """Return the lines of an import's preview, as the file gave them."""
    return [
        PreviewRow(
            row["verdict"], row["number"], row["name"], row["here"], row["file"], row["sentence"]
        )
        for row in batch.rows
    ]
