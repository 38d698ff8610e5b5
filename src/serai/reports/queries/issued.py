"""The library: what was issued, page by page."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet

from serai.base.access import Viewer
from serai.reports.models import Run, RunFile
from serai.reports.queries.runs import RunRow, run_rows, visible_runs

PAGE_ROWS = 50


def library(viewer: Viewer) -> list[RunRow]:
    """Return issued runs, newest first; three queries."""
    return run_rows(_issued(viewer))


def _issued(viewer: Viewer) -> QuerySet[Run]:
    return visible_runs(viewer).filter(issued_at__isnull=False).order_by("-issued_at", "-id")


@dataclass(frozen=True)
class LibraryPage:
    """One page of the library.

    Attributes:
        rows: what was asked for, newest first.
        kinds, days, languages: what there is to choose from, whatever was asked for.
    """

    rows: Page[RunRow]
    kinds: tuple[str, ...]
    days: tuple[date, ...]
    languages: tuple[str, ...]

    @property
    def is_filled(self) -> bool:
        """Tell whether anything was issued to the viewer at all."""
        return bool(self.kinds)


def library_page(
    viewer: Viewer,
    *,
    kind: str = "",
    as_of: date | None = None,
    language: str = "",
    page: str | int | None = 1,
) -> LibraryPage:
    """Return a page of the issued runs of a kind, a day and a language; six queries."""
    issued = _issued(viewer)
    offered = set(issued.order_by().values_list("kind", "as_of").distinct())
    files = RunFile.objects.filter(run__in=issued.order_by().values("pk"))
    found = issued
    if kind:
        found = found.filter(kind=kind)
    if as_of is not None:
        found = found.filter(as_of=as_of)
    if language:
        found = found.filter(Exists(RunFile.objects.filter(run=OuterRef("pk"), language=language)))
    kept = Paginator(found, PAGE_ROWS).get_page(page)
    shown = run_rows(cast("QuerySet[Run]", kept.object_list))
    return LibraryPage(
        rows=Page(shown, kept.number, cast("Paginator[RunRow]", kept.paginator)),
        kinds=tuple(sorted({one for one, _day in offered})),
        days=tuple(sorted({day for _kind, day in offered}, reverse=True)),
        languages=tuple(files.order_by("language").values_list("language", flat=True).distinct()),
    )
