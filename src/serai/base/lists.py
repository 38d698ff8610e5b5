"""What the doors of long lists share: pages of fifty rows, kept filters, files."""

from collections.abc import Sequence
from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.http.response import HttpResponseBase

from serai.base.access import ServedRequest
from serai.base.files.answers import answer_download
from serai.base.tables import CSV_TYPE, XLSX_TYPE, Table

T = TypeVar("T")
PAGE_ROWS = 50


def page_of(request: ServedRequest, rows: Sequence[T], most: int = PAGE_ROWS) -> Page[T]:
    """Return the page of a list that the address asks for, at most 50 rows or as many as said."""
    return Paginator(rows, most).get_page(request.GET.get("page"))


def kept_query(request: ServedRequest) -> str:
    """Return the address's filters without page and file kind."""
    kept = request.GET.copy()
    for name in ("page", "as"):
        kept.pop(name, None)
    return kept.urlencode()


def download(request: ServedRequest, table: Table, stem: str) -> HttpResponseBase | None:
    """Return a list as a file when the address says ?as=csv or ?as=xlsx."""
    wanted = request.GET.get("as")
    if wanted == "csv":
        return answer_download(table.to_csv(), table.file_name(stem, "csv"), CSV_TYPE)
    if wanted == "xlsx":
        return answer_download(table.to_xlsx(), table.file_name(stem, "xlsx"), XLSX_TYPE)
    return None
