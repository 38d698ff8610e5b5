"""Imports: what was previewed, applied and undone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from serai.base.access import NotFound, Viewer
from serai.base.text import TranslatedText
from serai.calc.schedule import Precision, Window
from serai.programme import access
from serai.programme.models import ImportBatch, Initiative
from serai.programme.queries.shared import sees_initiative

LONGEST_LIST = 20


@dataclass(frozen=True)
class PreviewRow:
    """One line of a preview.

    Attributes:
        window: how the file's date was read, where it would change something.
        place: the row and column, where these keep the file from being applied.
    """

    verdict: str
    number: str
    name: str
    here: str
    file: str
    sentence: str
    window: Window | None = None
    place: str = ""


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
    """Return the latest 20 imports of initiatives the viewer keeps; two queries."""
    seen = Initiative.objects.filter(sees_initiative(viewer)).order_by("id")
    kept = [one.pk for one in seen if access.may_exchange(viewer, one)]
    rows = (
        ImportBatch.objects.filter(initiative_id__in=kept)
        .select_related("initiative", "by")
        .order_by("-read_at", "-id")[:LONGEST_LIST]
    )
    return [
        ImportRow(
            row.public_id, row.file_name, row.initiative.code, row.initiative.name,
            row.by.full_name if row.by else "", row.read_at, row.state,
        )
        for row in rows
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
            row["verdict"], row["number"], row["name"], row["here"], row["file"], row["sentence"],
            _window(row.get("window"), row["file"]), row.get("place", ""),
        )
        for row in batch.rows
    ]  # fmt: skip


def _window(stored: Mapping[str, Any] | None, words: str) -> Window | None:
    if stored is None or not stored["end_latest"]:
        return None

    def day(name: str) -> date | None:
        return date.fromisoformat(stored[name]) if stored[name] else None

    return Window(
        end_earliest=day("end_earliest"), end_latest=date.fromisoformat(stored["end_latest"]),
        start_earliest=day("start_earliest"), start_latest=day("start_latest"),
        precision=Precision(stored["precision"]), words=words,
        is_ongoing=bool(stored["is_ongoing"]),
    )  # fmt: skip
