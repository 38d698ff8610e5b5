"""What each package would let an office do, what it costs, and how soon it is there."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from serai.base.blocks import Block, ColumnKind, Inline, words
from serai.readiness.queries.agency_outlook import PackageStep
from serai.readiness.queries.agency_page import AgencyPage
from serai.readiness.states.result_words import STATUS
from serai.reports.kinds.readiness import words as say
from serai.reports.kinds.readiness.pen import Head, Pen, Said
from serai.reports.kinds.readiness.traces import Trace

WORDS, NUMBER, SHORT = ColumnKind.WORDS, ColumnKind.NUMBER, ColumnKind.SHORT
FEW = 4


def packages(pen: Pen, page: AgencyPage) -> list[Block]:
    """Write events now, and after each package that is advised or lifts one; name the rest."""
    advised = {one.package for one in page.advice}
    shown = [one for one in page.steps if one.package in advised or _lifts(page, one)]
    rest = [one for one in page.steps if one not in shown]
    if not shown:
        shown, rest = rest[:FEW], rest[FEW:]
    hosts = pen.name(say.event_name(page.hosts))
    now = pen.row(_("Now"), pen.name(say.event_name(page.attends)), hosts, hosts, None, None, None)
    rows = [
        now,
        *(pen.row(
            _name(pen, one),
            pen.name(say.event_name(one.attend_together)),
            pen.name(say.event_name(one.host_alone)),
            pen.name(say.event_name(one.host_together)),
            _price(pen, page, one, is_yearly=False), _price(pen, page, one, is_yearly=True),
            _weeks(pen, page, one),
        )
        for one in shown),
    ]  # fmt: skip
    heads: list[Head] = [
        (_("Package"), WORDS, 3), (pgettext("event", "Attend"), SHORT),
        (_("Host, alone"), SHORT), (_("Host, with those above"), SHORT),
        (_("Once"), NUMBER), (_("A year"), NUMBER), (_("Weeks"), NUMBER),
    ]  # fmt: skip
    caption = pen.say(_("Events now and after each package, prices and lead time"))
    notes = [_stands(pen, page), _note(pen, shown, rest)]
    return [pen.table(f"packages-{page.office}", caption, heads, rows, notes)]


def _lifts(page: AgencyPage, one: PackageStep) -> bool:
    """Tell whether a package lifts the office alone, or with those before it."""
    order = ["", *(rung.event for rung in page.rungs)]
    place = page.steps.index(one)
    before = page.steps[place - 1] if place else None
    pairs = (
        (one.attend_together, before.attend_together if before else page.attends),
        (one.host_together, before.host_together if before else page.hosts),
        (one.host_alone, page.hosts),
    )
    return any(order.index(after) > order.index(now) for after, now in pairs)


def _stands(pen: Pen, page: AgencyPage) -> tuple[Inline, ...]:
    """Say of every event how the office stands with attending and hosting it."""
    said = [
        f"{one.event} {STATUS[one.attend][1]} / {STATUS[one.host][1]}" for one in page.rungs
    ]  # fmt: skip
    whole = _("Attend / host now: %(events)s.") % {"events": "; ".join(said)}
    text = pen.book.whole(f"{page.office}/events", whole, pen.trace(page, "event"))
    return words(text)


def _note(
    pen: Pen, shown: Sequence[PackageStep], rest: Sequence[PackageStep]
) -> tuple[Inline, ...]:
    currency = next((one.price.currency for one in shown if one.price), "")
    note = pen.say(_("The security gate is left aside here."))
    if not shown:
        note = (*pen.say(_("No package would lift this office further.") + " "), *note)
    if any(one.lead_weeks for one in shown):
        told = _("Weeks from the order until it is installed are an assumption of the framework.")
        note = (*pen.say(f"{told} "), *note)
    if currency:
        note = (*pen.say(_("Prices in %(currency)s.") + " ", currency=currency), *note)
    if rest:
        names = pen.name("; ".join(one.name for one in rest))
        note += pen.say(
            " " + _("These mend single rows and lift no event: %(names)s."), names=names
        )
    return note


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
    if not one.lead_weeks:  # The framework says nothing, which is not "at once".
        return say.dash()
    edition = f"framework {page.edition}"
    key = f"{edition}/package/{one.package}/weeks"
    return pen.book.number(key, one.lead_weeks, Trace("framework", edition))
