"""The demonstration round in parts, each whole by itself: jobs run them one after another."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from serai.base.access import Viewer
from serai.members import queries as members
from serai.setup.demo.later import LATER
from serai.setup.demo.offices import Offices
from serai.setup.demo.people import ADDRESS, cast
from serai.setup.demo.provision import Provided
from serai.setup.demo.releasing import Releases
from serai.surveys.queries import sample_invitations

if TYPE_CHECKING:
    from serai.readiness.models import ScenarioRun

AT_ONCE = 3
"""Offices entered in one transaction: others write meanwhile."""
People = dict[str, Viewer]


def people_of(now: datetime) -> People:
    """Return the sample's people by name; nobody where the sample is gone."""
    found = {
        one.name: members.active_person_by_email(ADDRESS.format(name=one.name))
        for one in cast(now.date())
    }
    if None in found.values():
        return {}
    return {name: members.viewer_of(one, now) for name, one in found.items() if one is not None}


def ask(people: People, now: datetime) -> str:
    """Enter agencies, duties and the round; return the round's number."""
    Provided(people, now).duties()
    return Offices(people, now).ask()


def enter(people: People, wave: str, first: int, now: datetime) -> int:
    """Enter a few offices from one on; return the next one's number, 0 where all are entered."""
    invitations = sample_invitations(wave)
    offices = Offices(people, now)
    until = min(first + AT_ONCE, len(invitations))
    for number in range(first, until):
        offices.enter(number, invitations[number])
    return until if until < len(invitations) else 0


def provide(people: People, now: datetime) -> list[int]:
    """Enter deliveries, prices and scenarios; return the numbers of the plans asked for."""
    provided = Provided(people, now)
    provided.deliver()
    return [run.pk for run in provided.plans()]


def enter_later(people: People, number: int, now: datetime) -> int:
    """Enter one of the later topics; return the next one's number, 0 where all are entered."""
    LATER[number](people, now)
    return number + 1 if number + 1 < len(LATER) else 0


def of_plan(people: People, run: "ScenarioRun", now: datetime) -> None:
    """Provide a few lines of a solved plan, and let them out."""
    Provided(people, now).of_plan(run)
    Releases(people, now).of_plan(run)


def some(numbers: Iterable[int], now: datetime) -> list[int]:
    """Enter the round with a few of its offices, by number, at once; return the plans asked for."""
    people = people_of(now)
    invitations = sample_invitations(ask(people, now))
    offices = Offices(people, now)
    for number in numbers:
        offices.enter(number, invitations[number])
    runs = provide(people, now)
    for one in LATER:
        one(people, now)
    return runs
