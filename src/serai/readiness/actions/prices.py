"""Prices of packages: each a new row; a later one holds, none is changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.calc.readiness.editing import rows_of
from serai.members import queries as members
from serai.readiness import access
from serai.readiness.actions.acts import Refused, note_audit
from serai.readiness.models import Framework, Price
from serai.readiness.states.currencies import CURRENCIES


@dataclass(frozen=True)
class PriceFacts:
    """What a package costs.

    Attributes:
        iso3: where; "" for everywhere.
        currency: ISO 4217.
    """

    package: str
    iso3: str
    capex: Decimal
    opex_per_year: Decimal
    currency: str
    priced_on: date
    source: str


@transaction.atomic
def record_prices(
    *, framework: Framework, prices: Sequence[PriceFacts], by: Viewer, now: datetime
) -> list[Price]:
    """Record prices, all or none.

    Raises:
        Refused: for the first that has no known package or currency, no source, or a day ahead.
    """
    require(access.may_keep_framework, by, framework)
    known = {str(row.get("code")) for row in rows_of(framework.document, "packages")}
    made = [_recorded(one, known, by, now) for one in prices]
    for price in made:
        note_audit(
            "record_price", price, by=by, now=now,
            after={"package": price.package, "capex": price.capex, "currency": price.currency},
        )  # fmt: skip
    return made


def _recorded(one: PriceFacts, known: set[str], by: Viewer, now: datetime) -> Price:
    if one.package not in known:
        raise Refused(_("There is no such package. Choose one of the framework in use."), "package")
    if one.currency not in CURRENCIES:
        raise Refused(_("This currency is not known. Choose one of the list."), "currency")
    if not one.source.strip():
        raise Refused(_("Say where the price is from."), "source")
    if one.priced_on > now.date():
        raise Refused(_("This day lies ahead. Give the day of the offer."), "priced_on")
    if one.capex < 0 or one.opex_per_year < 0:
        raise Refused(_("A price is not below 0."), "capex")
    return Price.objects.create(
        package=one.package, country=members.member(by, one.iso3) if one.iso3 else None,
        capex=one.capex, opex_per_year=one.opex_per_year, currency=one.currency,
        priced_on=one.priced_on, source=one.source.strip(), at=now, by_id=by.person_id,
        sample=by.is_sample,
    )  # fmt: skip
