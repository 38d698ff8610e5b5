"""The repair bench: every table as it stands, for an administrator within an open unlock."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.bench import Shelf
from serai.base.pages import Crumb, redirect_with, render_page
from serai.base.shown import Linked
from serai.base.tables import Column, Table
from serai.members import access, actions, queries
from serai.members.forms import RepairForm

PAGE_ROWS = 50


def _crumbs(shelf: Shelf | None = None, row: str = "") -> list[Crumb]:
    steps = [
        Crumb(_("Opening the content"), reverse("members:unlock")),
        Crumb(_("Repair bench"), reverse("members:bench") if shelf else ""),
    ]
    if shelf is None:
        return steps
    own = reverse("members:bench_table", args=[shelf.name])
    return [*steps, Crumb(str(shelf.title), own if row else ""), *([Crumb(row)] if row else [])]


@guard(may=access.may_open_bench, methods=("GET",), fresh=True)
def bench(request: ServedRequest) -> HttpResponse:
    """List the tables, by room."""
    return render_page(
        request,
        "members/bench.html",
        {
            "rooms": queries.bench_tables(request.viewer),
            "unlock": queries.own_open_unlock(request.viewer, request.now),
            "crumbs": _crumbs(),
        },
    )


@guard(may=access.may_open_bench, load=queries.bench_table, methods=("GET",), fresh=True)
def bench_table(request: ServedRequest, shelf: Shelf) -> HttpResponse:
    """List the rows of one table, newest first."""
    rows = shelf.rows(request.viewer)
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    heads = [Column(found.name, capfirst(str(found.verbose_name))) for found in shelf.fields()]
    table = Table(
        title=str(shelf.title),
        columns=[Column("number", _("Number")), *heads],
        rows=[
            {
                "number": Linked(
                    str(row.pk), reverse("members:bench_row", args=[shelf.name, row.pk])
                ),
                **{
                    name: "" if value is None else value for name, value in shelf.cells(row).items()
                },
            }
            for row in page.object_list
        ],
    )
    return render_page(
        request,
        "members/bench_table.html",
        {
            "shelf": shelf,
            "table": table,
            "page": page,
            "count": page.paginator.count,
            "query": "",
            "crumbs": _crumbs(shelf),
        },
    )


@guard(may=access.may_open_bench, load=queries.bench_row, methods=("GET", "POST"), fresh=True)
def bench_row(request: ServedRequest, found: queries.BenchRow) -> HttpResponse:
    """Show one row; set right what its table lets be repaired."""
    shelf, row = found.shelf, found.row
    form = RepairForm(request.POST or None, model=shelf.model, names=shelf.repairs, row=row)
    if request.method == "POST" and shelf.repairs and form.is_valid():
        try:
            actions.repair_row(
                found=found,
                values=form.values(),
                reason=form.cleaned_data["reason"],
                by=request.viewer,
                now=request.now,
            )
            return redirect_with(request, request.path, _("Set right. The audit keeps it."))
        except actions.Refused as error:
            form.add_error(None, str(error))
    return render_page(
        request,
        "members/bench_row.html",
        {
            "shelf": shelf,
            "number": row.pk,
            "facts": [
                (capfirst(str(one.verbose_name)), value, isinstance(value, date))
                for one, value in zip(shelf.fields(), shelf.cells(row).values(), strict=True)
            ],
            "form": form if shelf.repairs else None,
            "back": reverse("members:bench_table", args=[shelf.name]),
            "crumbs": _crumbs(shelf, str(row.pk)),
        },
        status=422 if form.errors else 200,
    )
