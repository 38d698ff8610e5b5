"""What packages cost: the latest price of each, by country, and which lack one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from serai.base.access import NotFound, Viewer
from serai.readiness import access
from serai.readiness.models import Framework, Price
from serai.readiness.queries.definitions import framework_in_use


@dataclass(frozen=True)
class PriceRow:
    """One price; `iso3` is empty for everywhere."""

    public_id: str
    package: str
    iso3: str
    country: str
    capex: Decimal
    opex_per_year: Decimal
    currency: str
    priced_on: date
    source: str
    sample: bool
    is_latest: bool = True


def price_book(viewer: Viewer) -> Framework:
    """Return the framework in use, whose packages are priced.

    Raises:
        NotFound: if none is in use, or the viewer does not keep it.
    """
    found = framework_in_use()
    if found is None or not access.may_keep_framework(viewer, found):
        raise NotFound("prices")
    return found


def prices(viewer: Viewer, *, with_former: bool = False) -> list[PriceRow]:
    """Return the price that holds of each package and country, or all that ever held; one query.

    For officers alone; nobody else has any.
    """
    if not access.may_see_agencies(viewer):
        return []
    found = Price.objects.select_related("country").order_by("package", "-priced_on", "-id")
    seen: set[tuple[str, str]] = set()
    rows = []
    for one in found:
        iso3 = one.country.iso3 if one.country else ""
        is_latest = (one.package, iso3) not in seen
        seen.add((one.package, iso3))
        if is_latest or with_former:
            rows.append(_row(one, iso3, is_latest=is_latest))
    return rows


def _row(one: Price, iso3: str, *, is_latest: bool) -> PriceRow:
    return PriceRow(
        one.public_id, one.package, iso3, str(one.country) if one.country else "", one.capex,
        one.opex_per_year, one.currency, one.priced_on, one.source, one.sample, is_latest,
    )  # fmt: skip


def unpriced(packages: Iterable[str], rows: Sequence[PriceRow]) -> list[str]:
    """Return the packages without any price, in the framework's order."""
    priced = {row.package for row in rows}
    return [code for code in packages if code not in priced]
