"""Prices of packages: the list with what lacks one, entry, a sheet with its preview."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.form_pages import FormPage, status_of
from serai.base.held import typed
from serai.base.lists import download, kept_query, page_of
from serai.base.pages import redirect_with, render_page
from serai.base.sheet_uploads import sign, unsign, uploaded
from serai.base.tables import Sheet
from serai.calc.readiness.editing import rows_of
from serai.members import queries as members
from serai.readiness import access, actions
from serai.readiness.exports.frameworks import said
from serai.readiness.exports.sheets import (
    Read,
    facts_table,
    price_columns,
    prices_table,
    read_prices,
    shown_prices,
)
from serai.readiness.forms.frameworks import PriceForm, SheetForm
from serai.readiness.queries.prices import price_book, unpriced
from serai.readiness.queries.prices import prices as prices_of
from serai.readiness.views.shared import crumbs, form_page

if TYPE_CHECKING:
    from serai.readiness.models import Framework

SALT = "serai.readiness.prices"
MOST_ROWS = 2_000


def _packages(found: "Framework") -> list[tuple[str, str]]:
    rows = rows_of(found.document, "packages")
    return [(str(row["code"]), f"{row['code']} {said(row.get('name'))}") for row in rows]


def _steps() -> tuple[str, str]:
    return _("Prices"), reverse("readiness:prices")


@guard(may=access.may_keep_framework, load=price_book)
def prices(request: ServedRequest, found: "Framework") -> HttpResponseBase:
    """List the prices that hold, and the packages without any."""
    with_former = request.GET.get("all") == "1"
    rows = prices_of(request.viewer, with_former=with_former)
    if file := download(request, prices_table(rows), "prices"):
        return file
    page = page_of(request, rows)
    packages = _packages(found)
    missing = unpriced([code for code, _name in packages], rows)
    return render_page(
        request,
        "readiness/prices.html",
        {
            "table": shown_prices(list(page.object_list), dict(packages)),
            "page": page,
            "query": kept_query(request),
            "is_empty": not rows,
            "missing": [name for code, name in packages if code in missing],
            "with_former": with_former,
            "crumbs": crumbs(title=_("Prices")),
            "sample": any(row.sample for row in rows),
        },
    )


@guard(may=access.may_keep_framework, load=price_book, methods=("GET", "POST"))
def add(request: ServedRequest, found: "Framework") -> HttpResponse:
    """Enter one price."""
    form = PriceForm(
        typed(request), packages=_packages(found),
        countries=members.member_choices(request.viewer, get_language() or "en"),
        initial={"package": request.GET.get("package", ""), "currency": "USD"},
    )  # fmt: skip
    title = _("Enter a price")
    page = FormPage(
        title=title, verb=_("Save"), back=_steps()[1], done=_("The price is entered."),
        crumbs=crumbs(_steps(), title=title),
        intro=_("A new price stands beside the ones before it; the latest holds."),
    )  # fmt: skip

    def act() -> object:
        given = form.cleaned_data
        facts = actions.PriceFacts(
            given["package"], given["country"], given["capex"], given["opex_per_year"] or Decimal(0),
            given["currency"], given["priced_on"], given["source"],
        )  # fmt: skip
        return actions.record_prices(
            framework=found, prices=[facts], by=request.viewer, now=request.now
        )

    return form_page(request, form, page, act)


@guard(may=access.may_keep_framework, load=price_book, methods=("GET", "POST"))
def upload(request: ServedRequest, found: "Framework") -> HttpResponse:
    """Take a sheet of prices and show what it would do; enter it once it was seen, whole."""
    if request.method == "POST" and "seen" in request.POST:
        return _enter(request, found)
    is_sent = request.method == "POST"
    form = SheetForm(request.POST, request.FILES) if is_sent else SheetForm()
    if is_sent and (sheet := uploaded(form, MOST_ROWS)):
        return _preview(request, found, sheet)
    title, back = _("Prices from a sheet"), _steps()[1]
    return render_page(
        request,
        "readiness/upload_sheet.html",
        {
            "form": form, "title": title, "columns": price_columns(), "back": back,
            "blank": f"{back}?as=", "crumbs": crumbs(_steps(), title=title),
        },
        status=status_of(request, form),
    )  # fmt: skip


def _read(request: ServedRequest, found: "Framework", sheet: Sheet) -> Read:
    countries = [one.iso3 for one in members.members(request.viewer)]
    codes = [code for code, _name in _packages(found)]
    return read_prices(sheet, codes, countries, request.now.date())


def _preview(
    request: ServedRequest, found: "Framework", sheet: Sheet, *, status: int = 200
) -> HttpResponse:
    read = _read(request, found, sheet)
    title = _("Preview of the sheet")
    return render_page(
        request,
        "readiness/check_sheet.html",
        {
            "title": title, "table": facts_table(read.prices), "refused": read.refused,
            "count": len(read.prices), "sheet": sign(sheet, SALT),
            "address": reverse("readiness:upload_prices"), "crumbs": crumbs(_steps(), title=title),
        },
        status=status,
    )  # fmt: skip


def _enter(request: ServedRequest, found: "Framework") -> HttpResponse:
    sheet = unsign(request.POST["seen"], SALT)
    if sheet is None:
        return redirect_with(
            request, reverse("readiness:upload_prices"),
            _("The preview is older than two hours. Upload the sheet again."),
        )  # fmt: skip
    read = _read(request, found, sheet)
    if read.refused or not read.prices:
        return _preview(request, found, sheet, status=422)
    actions.record_prices(framework=found, prices=read.prices, by=request.viewer, now=request.now)
    return redirect_with(request, _steps()[1], _("The prices of the sheet are entered."))
