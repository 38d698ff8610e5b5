"""Everything an edition of the assessment report is made from, in the language switched on."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from serai.base.access import Viewer
from serai.calc.readiness.definition import Definition
from serai.members.states import Audience
from serai.readiness.models import Advisory, Framework, Office
from serai.readiness.queries.agency_outlook import PriceHeld, price_book_on
from serai.readiness.queries.agency_page import AgencyPage, agency_pages
from serai.readiness.queries.agency_released import released_pages
from serai.readiness.queries.aggregates import SharesShown, shares_on
from serai.readiness.queries.before_after import Delivered, delivered
from serai.readiness.queries.definitions import definition_of
from serai.readiness.queries.report_plan import PlanTold, plan_told
from serai.readiness.queries.reported import Reported, Whose, reported
from serai.readiness.queries.training import Training, training_needs
from serai.readiness.queries.unknowns import Unknown, unknowns
from serai.readiness.states import LET_OUT, Edition, EditionState

MOST_UNKNOWNS = 10
NO_TRAINING = Training((), ())


@dataclass(frozen=True)
class Question:
    """A question that was asked before, with its answer."""

    public_id: str
    question: str
    answer: str
    sample: bool


@dataclass(frozen=True)
class WaitingOffice:
    """An office without results yet."""

    office: str
    name: str
    organisation: str
    country: str


@dataclass(frozen=True)
class ReadinessReport:
    """One edition as of a day.

    Attributes:
        definition: of the framework's edition `edition`; None where none was published by the day.
        prices: by package and country.
        shares: of many organisations, as far as they were let out, by their number.
        training, unknowns, deliveries: empty in what was let out: answers and tests are not.
    """

    whose: Whose
    as_of: date
    edition: int
    definition: Definition | None
    agencies: tuple[AgencyPage, ...]
    shares: tuple[tuple[str, SharesShown], ...]
    waiting: tuple[WaitingOffice, ...]
    prices: dict[tuple[str, str], PriceHeld]
    plan: PlanTold | None
    unknowns: tuple[Unknown, ...]
    training: Training
    deliveries: tuple[Delivered, ...]
    questions: tuple[Question, ...]
    sample: bool

    @property
    def countries(self) -> tuple[str, ...]:
        """Return the countries in their order, each once."""
        return tuple(dict.fromkeys(one.country for one in self.agencies if one.country))


def readiness_report(viewer: Viewer, day: date, whose: Whose) -> ReadinessReport:
    """Return what these readers may see as of a day; some fifty queries an office."""
    found = reported(viewer, day, whose)
    is_own, is_public = whose.edition not in LET_OUT, whose.edition is Edition.PUBLIC
    is_sample = all(one.sample for one in found.shown) and _is_trial(found)
    places = {one.office.public_id: one.office for one in found.shown}
    plan = plan_told(viewer, day, whose, places, sample=is_sample)
    prices = price_book_on(day, plan.currency if plan else "") if is_own else {}
    edition = _edition(day)
    language = get_language() or "en"
    pages = (
        agency_pages(viewer, found.shown, prices)
        if is_own
        else released_pages(viewer, found.shown, Audience.PUBLIC if is_public else Audience.MEMBERS)
    )
    shares = tuple(shares_on(viewer, day, is_public=is_public, is_sample=is_sample))
    is_marked = is_sample and bool(found.shown or shares)
    return ReadinessReport(
        whose=whose, as_of=day,
        edition=edition.number if edition else 0,
        definition=definition_of(edition) if edition else None,
        agencies=pages, shares=shares,
        waiting=tuple(
            WaitingOffice(
                one.public_id, one.name, one.organisation.names.pick(language)[0],
                one.organisation.member.shown_name.pick(language)[0]
                if one.organisation.member
                else "",
            )
            for one in found.waiting
        ),
        prices=prices, plan=plan,
        unknowns=unknowns(viewer, found.shown, day, most=MOST_UNKNOWNS) if is_own else (),
        training=training_needs(viewer, found.shown, day) if is_own else NO_TRAINING,
        deliveries=delivered(viewer, found.shown, day) if is_own else (),
        questions=_questions(language, with_sample=is_marked),
        sample=is_marked,
    )  # fmt: skip


def _is_trial(found: Reported) -> bool:
    """Tell whether samples are all there is: shown, or where nothing is shown, at all."""
    return bool(found.shown) or not Office.objects.filter(sample=False).exists()


def _edition(day: date) -> Framework | None:
    """Return the edition that was in use at the end of a day."""
    rows = Framework.objects.filter(published_at__date__lte=day)
    return rows.exclude(state=EditionState.DRAFT).order_by("-published_at", "-number").first()


def _questions(language: str, *, with_sample: bool) -> tuple[Question, ...]:
    """Return the answers written for all to read; those of the sample only beside sample offices."""
    rows = Advisory.objects.filter(is_shown=True).order_by("order", "id")
    if not with_sample:
        rows = rows.filter(sample=False)
    return tuple(
        Question(
            one.public_id, one.question.pick(language)[0], one.answer.pick(language)[0], one.sample
        )
        for one in rows
    )
