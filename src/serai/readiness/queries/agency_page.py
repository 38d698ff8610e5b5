"""Everything a report says of one office, in the language that is switched on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language

from serai.base.access import Viewer
from serai.base.text import TranslatedText
from serai.calc.readiness.definition import Definition
from serai.calc.readiness.facts import OfficeFacts, see
from serai.calc.readiness.ladder import Gate, Role
from serai.members.states import Audience
from serai.readiness.models import Assessment
from serai.readiness.queries.agency_line import Line, TiersRead, line_of, tiers_read
from serai.readiness.queries.agency_outlook import PackageStep, PriceBook, package_steps
from serai.readiness.queries.assessments import advice_of
from serai.readiness.queries.definitions import definition_of
from serai.readiness.queries.plan_inputs import facts_of
from serai.readiness.queries.released import NotMet
from serai.readiness.queries.results import (
    DimensionShown,
    GapShown,
    Labels,
    Rung,
    contradictions_of,
    dimensions_of,
    gaps_of,
    gate_of,
    ladder_of,
    target_of,
)
from serai.readiness.states import RecommendationState
from serai.readiness.states.result_words import FACTS

TOLD = frozenset(
    {
        RecommendationState.PROPOSED,
        RecommendationState.ACCEPTED,
        RecommendationState.DECLINED,
        RecommendationState.DONE,
    }
)


@dataclass(frozen=True)
class CardRow:
    """One row of the contingency card: what the next event asks, and what there is.

    Attributes:
        verdict: pass, fail or unknown.
    """

    fact: str
    name: str
    operator: str
    need: object
    need_words: str
    have: object
    have_words: str
    unit: str
    room: str
    grade: str
    verdict: str


@dataclass(frozen=True)
class AdviceTold:
    """One piece of advice that was put before the agency."""

    public_id: str
    rule: str
    version: int
    topic: str
    text: str
    package: str
    room: str
    state: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class AgencyPage:
    """One office as a report shows it.

    Attributes:
        target: the event above the highest it hosts.
        line: None where these readers do not read the office's tests.
        answers: the number of the response; "" where these readers do not read its facts.
        fact_keys: what was known of it; empty where they do not.
        audience: for whom it was let out; "" where its readers read it without that.
        not_met: what the next event asks and is not met; only in what was let out to members.
    """

    office: str
    assessment: str
    name: str
    organisation: str
    country: str
    iso3: str
    city: str
    state: str
    as_of: date
    confirmed_at: datetime | None
    edition: int
    score: float | None
    score_low: float | None
    score_high: float | None
    known_share: float
    measured_share: float
    attends: str
    hosts: str
    target: str
    dimensions: tuple[DimensionShown, ...]
    rungs: tuple[Rung, ...]
    line: Line | None
    steps: tuple[PackageStep, ...]
    gaps: tuple[GapShown, ...]
    contradictions: tuple[GapShown, ...]
    gate: Mapping[str, str]
    card: tuple[CardRow, ...]
    advice: tuple[AdviceTold, ...]
    answers: str
    fact_keys: tuple[str, ...]
    sample: bool
    audience: str = ""
    not_met: tuple[NotMet, ...] = ()

    @property
    def has_scores(self) -> bool:
        """Tell whether its readers read scores; the public reads events alone."""
        return self.audience != Audience.PUBLIC

    @property
    def is_confirmed(self) -> bool:
        """Tell whether the results hold."""
        return self.confirmed_at is not None


def agency_pages(
    viewer: Viewer, found: Iterable[Assessment], prices: PriceBook
) -> tuple[AgencyPage, ...]:
    """Return the pages of offices for their agency, country or the secretariat; thirty queries each.

    Args:
        viewer: with whose rights a report is made.
        found: an assessment an office.
        prices: of packages, as they hold on the report's day.
    """
    tiers = tiers_read()
    return tuple(_page(viewer, one, prices, tiers) for one in found)


def _page(viewer: Viewer, one: Assessment, prices: PriceBook, tiers: TiersRead) -> AgencyPage:
    definition = definition_of(one.framework)
    language = get_language() or "en"
    (facts,) = facts_of([one], definition)
    rungs = tuple(ladder_of(viewer, one))
    target = target_of(rungs, one.headline_host)
    line = line_of(viewer, one, tiers)
    member = one.office.organisation.member
    return AgencyPage(
        office=one.office.public_id, assessment=one.public_id, name=one.office.name,
        organisation=one.office.organisation.names.pick(language)[0],
        country=member.shown_name.pick(language)[0] if member else "",
        iso3=member.iso3 if member else "", city=one.office.city, state=one.state,
        as_of=one.as_of, confirmed_at=one.confirmed_at, edition=one.framework.number,
        score=one.score, score_low=one.score_low, score_high=one.score_high,
        known_share=one.known_share, measured_share=one.measured_share,
        attends=one.headline_attend, hosts=one.headline_host, target=target,
        dimensions=tuple(dimensions_of(viewer, one)) if one.dimensions else (),
        rungs=rungs, line=line,
        steps=package_steps(facts, definition, prices, language),
        gaps=tuple(gaps_of(viewer, one, target, Role.HOST.value)) if target else (),
        contradictions=tuple(contradictions_of(viewer, one)) if line is not None else (),
        gate=gate_of(viewer, one) if rungs else {},
        card=tuple(_card(one, definition, facts, target)) if target else (),
        advice=tuple(_advice(viewer, one, language)),
        answers=one.response_number if line is not None else "",
        fact_keys=_known(facts) if line is not None else (),
        sample=one.sample,
    )  # fmt: skip


def _known(facts: OfficeFacts) -> tuple[str, ...]:
    every = [
        *facts.facts.values(),
        *(one for room in facts.rooms.values() for one in room.values()),
    ]
    return tuple(sorted({one.key for one in every if one.is_known}))


def _card(
    one: Assessment, definition: Definition, facts: OfficeFacts, target: str
) -> Iterator[CardRow]:
    """Yield the rows of the contingency gate of the event an office aims at, as its host."""
    labels = Labels(one, definition)
    stands = one.attainments.filter(event=target, role=Role.HOST).select_related("room").first()
    room = stands.room if stands else None
    seen = see(facts, room.key if room else "", definition.keys)
    for row in definition.ladder.event(target).rows(Role.HOST):
        if row.gate is not Gate.CONTINGENCY:
            continue
        asked = row.condition
        fact = seen.facts.get(asked.fact)
        have = fact.value if fact is not None and fact.is_known else None
        yield CardRow(
            fact=asked.fact, name=name_of(labels, asked.fact), operator=asked.operator.value,
            need=asked.threshold, need_words=labels.words(asked.fact, asked.threshold), have=have,
            have_words=labels.words(asked.fact, have), unit=definition.keys[asked.fact].unit,
            room=room.name if room and fact is not None and fact.room else "",
            grade=fact.grade.value if fact is not None else "missing",
            verdict=asked.verdict(seen).value,
        )  # fmt: skip


def name_of(labels: Labels, key: str) -> str:
    """Name a fact: by the room's own word, else its question or criterion, else its key."""
    return str(FACTS.get(key) or labels.of(key) or key)


def _advice(viewer: Viewer, one: Assessment, language: str) -> Iterator[AdviceTold]:
    """Yield what was put before the agency; drafts, and advice on security, are not for a report."""
    for each in advice_of(viewer, one):
        if each.state not in TOLD:
            continue
        yield AdviceTold(
            each.public_id, each.rule, each.rule_version, each.topic, TranslatedText.from_json(each.text).pick(language)[0],
            each.package, each.room.name if each.room else "", each.state, tuple(each.facts),
        )  # fmt: skip
