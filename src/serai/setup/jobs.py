"""Background work of setting up: the sample's demonstration round, once the house is open."""

from django.utils.translation import gettext_noop

from serai.base.jobs import Context, enqueue, job
from serai.readiness import queries as readiness
from serai.setup.demo import round as demo

TITLE = gettext_noop("Entering the sample's offices")


@job("setup.sample_round", title=TITLE)
def sample_round(context: Context) -> None:
    """Ask the sample's offices; each part asks for the next, and stops where the sample is gone."""
    with context.commit():
        people = demo.people_of(context.now)
        if people:
            wave = demo.ask(people, context.now)
            enqueue("setup.sample_offices", wave=wave, first=0)


@job("setup.sample_offices", title=TITLE)
def sample_offices(context: Context, wave: str, first: int) -> None:
    """Enter a few offices: answers, tests, evaluation, advice."""
    with context.commit():
        people = demo.people_of(context.now)
        if not people:
            return
        following = demo.enter(people, wave, first, context.now)
        if following:
            enqueue("setup.sample_offices", wave=wave, first=following)
        else:
            enqueue("setup.sample_deliveries")


@job("setup.sample_deliveries", title=TITLE)
def sample_deliveries(context: Context) -> None:
    """Enter deliveries, prices, scenarios; ask for their plans."""
    with context.commit():
        people = demo.people_of(context.now)
        if people:
            runs = demo.provide(people, context.now)
            enqueue("setup.sample_of_plan", run_id=runs[-1])
            enqueue("setup.sample_later", number=0)


@job("setup.sample_of_plan", title=TITLE)
def sample_of_plan(context: Context, run_id: int) -> None:
    """Provide a few lines of a plan and let them out, once it is solved: its job stands before."""
    with context.commit():
        people, run = demo.people_of(context.now), readiness.run_by_pk(run_id)
        if people and run is not None:
            demo.of_plan(people, run, context.now)


@job("setup.sample_later", title=TITLE)
def sample_later(context: Context, number: int) -> None:
    """Enter events, help and releases, one after another."""
    with context.commit():
        people = demo.people_of(context.now)
        if not people:
            return
        following = demo.enter_later(people, number, context.now)
        if following:
            enqueue("setup.sample_later", number=following)
