"""Advice as an office's page shows it: in words, with what it would cost and what may be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base.access import Viewer
from serai.base.days import plain_day
from serai.base.numbers import plain_number
from serai.base.shown import Mark
from serai.base.text import TranslatedText
from serai.readiness import access
from serai.readiness.exports.plans import said
from serai.readiness.queries.agency_outlook import PriceBook, PriceHeld, price_book_on
from serai.readiness.queries.definitions import definition_of
from serai.readiness.queries.plans import in_languages
from serai.readiness.queries.provision import advice_on_its_way
from serai.readiness.states import RecommendationState
from serai.readiness.states import result_words as words

if TYPE_CHECKING:
    from serai.readiness.models import Assessment, Recommendation


@dataclass(frozen=True)
class AdviceLine:
    """One piece of advice.

    Attributes:
        package: what it would buy, by name; "" where it takes the agency's own staff alone.
        cost: in words; "" where there is no package.
        may_decide: whether the viewer takes it up or declines it.
        may_provide: whether the viewer may have it delivered, and nothing is on its way yet.
    """

    row: "Recommendation"
    topic: object
    mark: Mark
    text: str
    package: str
    cost: str
    may_decide: bool
    may_provide: bool


def advice_lines(
    viewer: Viewer, found: "Assessment", rows: "Sequence[Recommendation]", now: datetime
) -> list[AdviceLine]:
    """Return the advice of an assessment, given as the viewer reads it; two queries at most."""
    names = {
        one.code: in_languages(one.name, one.code)
        for one in definition_of(found.framework).packages
    }
    prices = price_book_on(now.date()) if any(one.package for one in rows) else {}
    to_provide = [one for one in rows if _may_provide(viewer, one)]
    begun = advice_on_its_way(to_provide) if to_provide else set()
    return [
        AdviceLine(
            row=one,
            topic=words.TOPICS[one.topic],
            mark=words.mark(words.ADVICE, one.state),
            text=_text(one.text),
            package=said(names[one.package]) if one.package in names else one.package,
            cost=_cost(_price(prices, one.package, found)) if one.package else "",
            may_decide=access.may_decide_advice(viewer, one),
            may_provide=one in to_provide and one.pk not in begun,
        )
        for one in rows
    ]


def _may_provide(viewer: Viewer, one: "Recommendation") -> bool:
    is_due = one.state == RecommendationState.ACCEPTED and bool(one.package)
    return is_due and access.may_propose_advice(viewer, one)


def _price(prices: PriceBook, package: str, found: "Assessment") -> PriceHeld | None:
    member = found.office.organisation.member
    return prices.get((package, member.iso3 if member else "")) or prices.get((package, ""))


def _cost(price: PriceHeld | None) -> str:
    if price is None:
        return _("no price is known")
    return _("%(buy)s %(currency)s to buy, %(run)s a year to run, price of %(day)s") % {
        "buy": plain_number(price.capex), "run": plain_number(price.opex_per_year),
        "currency": price.currency, "day": plain_day(price.priced_on),
    }  # fmt: skip


def _text(stored: dict[str, dict[str, str]]) -> str:
    return TranslatedText.from_json(stored).pick(get_language() or "en")[0]
