"""What each package would let an office do, at which price and how soon."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from serai.calc.readiness.definition import Definition
from serai.calc.readiness.facts import OfficeFacts, see
from serai.calc.readiness.ladder import Role
from serai.calc.readiness.options import planning_room
from serai.calc.readiness.outlook import outlook
from serai.readiness.models import Price
from serai.readiness.queries.evaluation import attend_role


@dataclass(frozen=True)
class PriceHeld:
    """The price of a package that holds on a day."""

    public_id: str
    capex: Decimal
    opex_per_year: Decimal
    currency: str
    priced_on: date


@dataclass(frozen=True)
class PackageStep:
    """One package: the highest event after it alone, and after it and all before it; "" for none.

    Attributes:
        price: None where none is known.
    """

    package: str
    name: str
    lever: str
    is_shared: bool
    lead_weeks: int
    attend_alone: str
    attend_together: str
    host_alone: str
    host_together: str
    price: PriceHeld | None


PriceBook = Mapping[tuple[str, str], PriceHeld]


def price_book_on(day: date, currency: str = "") -> dict[tuple[str, str], PriceHeld]:
    """Return by package and country ("" for everywhere) the price that holds on a day; one query.

    Args:
        day: prices of after it are left out.
        currency: of the prices; without one, that of the newest price.
    """
    rows = Price.objects.filter(priced_on__lte=day).select_related("country")
    listed = list(rows.order_by("priced_on", "id"))
    wanted = currency or (listed[-1].currency if listed else "")
    return {
        (one.package, one.country.iso3 if one.country else ""): PriceHeld(
            one.public_id, one.capex, one.opex_per_year, one.currency, one.priced_on
        )
        for one in listed
        if one.currency == wanted
    }


def package_steps(
    office: OfficeFacts, definition: Definition, prices: PriceBook, language: str
) -> tuple[PackageStep, ...]:
    """Say how far an office comes by each package that helps, the security gate left aside.

    What is answered on security is kept nowhere, so the gate is told beside and not counted here.
    """
    seen = see(office, planning_room(office, definition.ladder, definition.keys), definition.keys)
    events = definition.ladder.events
    hosting = {one.code: one.rows(Role.HOST) for one in events}
    attending = {
        one.code: one.rows(attend_role(one.has_interpretation, bool(office.rooms)))
        for one in events
    }
    packages = definition.packages
    pairs = zip(
        packages,
        outlook(attending, seen, packages, definition.keys),
        outlook(hosting, seen, packages, definition.keys),
        strict=True,
    )
    return tuple(
        PackageStep(
            one.code, one.name.get(language) or one.name.get("en", one.code), one.lever.value,
            one.is_shared, one.lead_weeks, attend.alone, attend.together, host.alone,
            host.together, prices.get((one.code, office.country)) or prices.get((one.code, "")),
        )
        for one, attend, host in pairs
        if attend.mends or host.mends
    )  # fmt: skip
