"""An assessment report's offices: answered, tested, scored, confirmed, advised."""

from datetime import timedelta

from tests.factories import assessing as make
from tests.factories import members as people
from tests.factories.planning import at_step
from tests.factories.readiness import price, tiers

from serai.base.blocks import (
    Document,
    Heading,
    Paragraph,
    Table,
    blocks_of,
    headings,
    inline_text,
)
from serai.base.text import TranslatedText
from serai.readiness.actions import score_assessment, take_in_answers
from serai.readiness.models import (
    Advisory,
    Aggregate,
    Assessment,
    Framework,
    Provision,
    Release,
    Scenario,
    ScenarioRun,
)

NOON = make.NOON
DAY = NOON.date()


def scored_office(*, country: str = "GEO", runs: int = 4, says=None, **answered) -> Assessment:
    """An office of a new agency with cleared answers and tests, scored by an officer."""
    if not Framework.objects.filter(state="in_use").exists():
        make.framework()
    place = people.organisation(country=country)
    response = make.answered(answered.pop("of", None), says, organisation=place, **answered)
    found = take_in_answers(response_id=response.pk, now=NOON)
    if runs:
        make.runs(found.office, runs)
    return score_assessment(assessment=found, by=people.viewer_with("officer"), now=NOON)


def confirmed_office(**fields) -> Assessment:
    """The same, confirmed at noon, its advice put before the agency."""
    found = scored_office(**fields)
    found.recommendations.update(state="proposed")
    move(found, "confirmed", confirmed_at=NOON)
    return found


def move(found: Assessment, state: str, **fields) -> Assessment:
    """Put an assessment at a state."""
    for name, value in {"state": state, **fields}.items():
        setattr(found, name, value)
    found.save()
    return found


STRONG = {
    "connection/second_line": "second_provider", "power/ups_minutes": "60",
    "power/generator": "yes", "content/recording": "always", "content/language_channels": "2",
    "content/bilingual_slides": "always", "people/operators": "2", "people/deputies": "1",
    "people/technicians": "1", "continuity/rehearsal_days": "7", "security/multi_factor": "yes",
    "applications/licence": "interpretation", "applications/licence_seats": "500",
    "people/need_joining": "1", "people/need_room": "3", "people/learners": "12",
}  # fmt: skip
"""Answers of an office that may host more than the others."""
STRONG_ROOM = {
    "microphone_type": "gooseneck", "microphone_count": "12", "cameras": "2", "displays": "2",
    "wired_ports": "4",
}  # fmt: skip


def full_house() -> list[Assessment]:
    """Three offices of two countries with tiers, prices, a plan, a delivery and a question."""
    tiers()
    for package, capex in (("LINK", 6000), ("MIC", 700), ("UPS", 1200), ("TRAIN", 600)):
        price(package, capex=capex, opex_per_year=100, priced_on=NOON.date())
    found = [
        confirmed_office(says=STRONG, rooms=[STRONG_ROOM]),
        confirmed_office(),
        confirmed_office(country="UZB", runs=0),
    ]
    a_plan(found)
    delivery(found[0])
    question()
    return found


def a_plan(found: list[Assessment], **fields) -> ScenarioRun:
    """A solved plan that buys a line for the first office, and a kit its country shares."""
    numbers = [one.office.public_id for one in found]
    of = Scenario.objects.create(
        name="Plan", framework=found[0].framework, budget=10_000, currency="USD", years=3,
        made_at=NOON,
    )  # fmt: skip
    iso3 = found[0].office.organisation.member.iso3
    defaults = {
        "state": "done", "value": 11, "cost": 9000, "gap": 0.0, "bound": 11.0,
        "queued_at": NOON, "ended_at": NOON,
        "basis": {
            "offices": numbers, "unpriced": ["RENT"], "assessments": [], "prices": [],
            "asked": {"budget": "10000", "currency": "USD", "years": 3},
        },
        "plan": {
            "lines": [
                {"office": numbers[0], "country": iso3, "package": "LINK", "cost": "6300",
                 "option": "a"},
                {"office": "", "country": iso3, "package": "LOAN", "cost": "2700", "option": "b"},
            ],
            "events": dict.fromkeys(numbers, "E1") | {numbers[0]: "E3"},
            "today": dict.fromkeys(numbers, "E0"), "chosen": {"a": 0.5, "b": 1.0},
        },
        "greedy": {"value": "9", "cost": "8800", "status": "best_found"},
        "frontier": [
            {"budget": "0", "value": "3", "cost": "0", "gain": None},
            {"budget": "5000", "value": "8", "cost": "4800", "gain": 0.001},
            {"budget": "10000", "value": "11", "cost": "9000", "gain": 0.0006},
        ],
    }  # fmt: skip
    return ScenarioRun.objects.create(scenario=of, **(defaults | fields))


def delivery(found: Assessment, **fields) -> Provision:
    """A line that was installed at an office a week before noon."""
    made = Provision.objects.create(
        office=found.office, package="LINK", made_at=NOON - timedelta(days=9), **fields
    )
    return at_step(made, "installed", NOON - timedelta(days=7))


def question() -> Advisory:
    """A question for all to read, with its answer."""
    return Advisory.objects.create(
        question=TranslatedText.of("How many microphones does a room need?"),
        answer=TranslatedText.of("One for two speakers.\nA room of 12 seats takes 6."),
        is_shown=True, changed_at=NOON,
    )  # fmt: skip


def release(found: Assessment, audience: str = "members", **fields) -> Release:
    """Results that a country and the secretariat let out."""
    defaults = {
        "assessment": found, "country": found.office.organisation.member, "audience": audience,
        "state": "released", "asked_at": NOON, "granted_at": NOON, "released_at": NOON,
    }  # fmt: skip
    return Release.objects.create(**(defaults | fields))


def shares(**fields) -> Aggregate:
    """Shares of six organisations by the event they host, let out to members at noon."""
    defaults = {
        "framework": Framework.objects.get(state="in_use"), "measure": "host", "as_of": DAY,
        "organisations_count": 6, "countries_count": 3,
        "cells": [["none", 50], ["E1", 50], ["E2", None]],
        "released_at": NOON,
    }  # fmt: skip
    return Aggregate.objects.create(**(defaults | fields))


# ---------------------------------------------------------------- reading documents
def tables(document: Document) -> dict[str, list[list[str]]]:
    """The rows of each table by its key, as words."""
    return {
        block.key: [[inline_text(cell.children) for cell in row.cells] for row in block.rows]
        for block in blocks_of(document.blocks)
        if isinstance(block, Table)
    }


def notes(document: Document, key: str) -> list[str]:
    """The notes of one table."""
    found = (one for one in blocks_of(document.blocks) if isinstance(one, Table))
    return [inline_text(note) for one in found if one.key == key for note in one.notes]


def office_key(document: Document, place: int) -> str:
    """The number of an office by its place in the annex."""
    keys = [one.key for one in headings(document) if one.key.startswith("office-")]
    return keys[place].removeprefix("office-")


def chapter(document: Document, key: str) -> list[str]:
    """The words of all paragraphs from one first-level heading to the next."""
    found, is_in = [], False
    for block in blocks_of(document.blocks):
        if isinstance(block, Heading) and block.level == 1:
            is_in = block.key == key
        if is_in and isinstance(block, Paragraph):
            found.append(inline_text(block.children))
    return found
