"""What each package would let an office do, what it costs, and how soon it is there."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from serai.base.blocks import Block, ColumnKind
from serai.readiness.queries.agency_outlook import PackageStep
from serai.readiness.queries.agency_page import AgencyPage
from serai.reports.kinds.readiness import words as say
from serai.reports.kinds.readiness.pen import Head, Pen, Said
from serai.reports.kinds.readiness.traces import Trace

WORDS, NUMBER, SHORT = ColumnKind.WORDS, ColumnKind.NUMBER, ColumnKind.SHORT


def packages(pen: Pen, page: AgencyPage) -> list[Block]:
    """Write the events after each package that mends something."""
    if not page.steps:
        return [pen.paragraph(_("No package of the framework would bring this office further."))]
    rows = [
        pen.row(
            _name(pen, one),
            pen.name(say.event_name(one.attend_together)),
            pen.name(say.event_name(one.host_alone)),
            pen.name(say.event_name(one.host_together)),
            _price(pen, page, one, is_yearly=False), _price(pen, page, one, is_yearly=True),
            _weeks(pen, page, one),
        )
        for one in page.steps
    ]  # fmt: skip
    heads: list[Head] = [
        (_("After this package"), WORDS), (pgettext("event", "Attend"), SHORT),
        (_("Host, alone"), SHORT), (_("Host, with those above"), SHORT),
        (_("Once"), NUMBER), (_("A year"), NUMBER), (_("Weeks"), NUMBER),
    ]  # fmt: skip
    currency = next((one.price.currency for one in page.steps if one.price), "")
    note = _("The security gate is left aside here.")
    notes = [pen.say(note)]
    if currency:
        notes = [pen.say(_("Prices in %(currency)s.") + " " + note, currency=currency)]
    caption = pen.say(_("Events after each package, prices and lead time"))
    return [pen.table(f"packages-{page.office}", caption, heads, rows, notes)]


def _name(pen: Pen, one: PackageStep) -> str:
    name = _("%(package)s (shared by the country)") % {"package": one.name}
    return pen.name(name if one.is_shared else one.name)


def _price(pen: Pen, page: AgencyPage, one: PackageStep, *, is_yearly: bool) -> Said:
    if one.price is None:
        return say.dash()
    value: Decimal = one.price.opex_per_year if is_yearly else one.price.capex
    trace = Trace(
        "price", one.price.priced_on.isoformat(), (), (f"price:{one.price.public_id}",)
    )  # fmt: skip
    part = "a-year" if is_yearly else "once"
    return pen.book.number(f"{page.office}/price/{one.package}/{part}", round(value), trace)


def _weeks(pen: Pen, page: AgencyPage, one: PackageStep) -> Said:
    edition = f"framework {page.edition}"
    key = f"{edition}/package/{one.package}/weeks"
    return pen.book.number(key, one.lead_weeks, Trace("framework", edition))
