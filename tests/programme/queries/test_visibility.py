"""A secret planted at each audience, looked for in every query as every viewer."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from tests.factories import members as people
from tests.factories import programme as make
from tests.factories.secrets import PROGRAMME, SECRETARIAT, World, plant, secret, secrets_in

from serai.base.access import ANONYMOUS, NotFound, Viewer
from serai.programme import actions, queries
from serai.programme.models import Initiative, Meeting, Milestone, Risk

pytestmark = pytest.mark.django_db
NOON, STAFF = make.NOON, make.STAFF
D = date(2021, 6, 30)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> World:
    """The house with its secrets; gone after the module, and what a test changes at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield plant()
        transaction.set_rollback(True)


def viewers(world: World) -> dict[str, Viewer]:
    return {
        "visitor": ANONYMOUS,
        "members' report": Viewer(keys=frozenset({"public", "members"})),
        **{who: people.viewer_of(person, NOON) for who, person in world.cast.items()},
    }


def everything(viewer: Viewer) -> Iterator[object]:
    """Ask every query of the room that answers a list or a page."""
    yield queries.programme(viewer)
    yield queries.milestones(viewer, D)
    for milestone in Milestone.objects.order_by("id"):
        yield queries.milestone_page(viewer, milestone, D)
    yield queries.changes_between(viewer, date(2020, 12, 31), D)
    yield queries.initiatives(viewer, D)
    yield queries.initiative_choices(viewer)
    yield queries.initiative_report(viewer, D)
    yield queries.notes(viewer, D)
    yield queries.outlines(viewer, D)
    for one in Initiative.objects.order_by("id"):
        yield queries.drafts(viewer, one, D)
        yield queries.baselines(viewer, one.code, D)
    yield queries.proposals(viewer)
    yield queries.decisions(viewer, D)
    yield queries.decision_choices(viewer)
    yield queries.actions(viewer, D)
    yield queries.requests(viewer, D)
    seen = queries.risks(viewer, D)
    yield seen
    for row in Risk.objects.filter(public_id__in=[row.public_id for row in seen]):
        yield queries.reviews(viewer, row, D)
    rows = queries.meetings(viewer)
    yield rows
    yield queries.meetings_to_choose(viewer, "en")
    for row in rows:
        yield queries.meeting_page(viewer, queries.meeting(viewer, row.public_id))
    yield queries.feeds(viewer)
    yield queries.feed_contents(viewer, "all", D, NOON)
    yield queries.imports(viewer)
    yield queries.todos(viewer, NOON)


def named(name: str) -> Milestone:
    return next(row for row in Milestone.objects.order_by("id") if str(row.name) == secret(name))


def test_each_secret_is_read_by_exactly_those_it_is_for(world):
    found: dict[str, set[str]] = {name: set() for name in PROGRAMME}
    for who, viewer in viewers(world).items():
        # A viewer's own name is no secret to the viewer.
        asked = replace(viewer, name="")
        for name in secrets_in(repr(list(everything(asked)))):
            found[name].add(who)

    assert {n: sorted(found[n] ^ PROGRAMME[n]) for n in PROGRAMME if found[n] != PROGRAMME[n]} == {}


def test_single_things_are_not_found_by_those_they_are_not_for(world):
    """What a list hides, its own address hides too."""
    hidden = {
        queries.milestone: Milestone.objects.get(audience="secretariat"),
        queries.plan: Milestone.objects.get(audience="secretariat").plans.get(),
        queries.meeting: Meeting.objects.get(audience="secretariat"),
        queries.item: make.item(Meeting.objects.get(audience="secretariat")),
        queries.paper: make.paper(make.item(Meeting.objects.get(audience="secretariat"))),
        queries.decision: Meeting.objects.get(audience="secretariat").decisions.get(),
        queries.action: world.open.actions.get(audience="secretariat", owner=None),
        queries.request: world.open.requests.get(audience="secretariat"),
        queries.addressee: world.open.requests.get(audience="secretariat").addressees.get(),
        queries.risk: world.open.risks.get(audience="secretariat"),
        queries.note: world.closed.notes.get(),
        queries.import_batch: world.open.imports.get(),
    }
    everybody = viewers(world)

    for ask, thing in hidden.items():
        assert ask(everybody["programme"], thing.public_id) == thing
        for who in ("visitor", "members' report", "nobody", "Georgia", "officer elsewhere"):
            with pytest.raises(NotFound):
                ask(everybody[who], thing.public_id)


def test_the_names_of_those_who_have_not_answered_are_counts_until_released(world):
    asked = world.open.requests.get(audience="members")
    everybody = viewers(world)

    def read(who: str) -> tuple[list[str], int, int, int]:
        (row,) = [
            row for row in queries.requests(everybody[who], D) if row.public_id == asked.public_id
        ]
        return (
            [one.iso3 for one in row.shown],
            row.asked_count,
            row.answered_count,
            row.waiting_count,
        )

    counts = (2, 0, 1)
    before = {who: read(who) for who in ("members' report", "committee", "Georgia", "Uzbekistan",
                                         "officer elsewhere", "officer")}  # fmt: skip
    assert before == {
        "members' report": ([], *counts),
        "committee": ([], *counts),
        "Georgia": (["GEO"], *counts),
        "Uzbekistan": (["UZB"], *counts),
        "officer elsewhere": ([], *counts),
        "officer": (["GEO", "UZB"], *counts),
    }

    actions.release_names(request=asked, by=STAFF, now=NOON)

    after = {who: read(who)[0] for who in before}
    assert after == {
        "members' report": ["UZB"],
        "committee": ["UZB"],
        "Georgia": ["GEO", "UZB"],
        "Uzbekistan": ["UZB"],
        "officer elsewhere": ["UZB"],
        "officer": ["GEO", "UZB"],
    }


def test_names_released_tomorrow_are_not_released_today(world):
    asked = world.open.requests.get(audience="members")
    actions.release_names(request=asked, by=STAFF, now=datetime(2021, 7, 2, 12, tzinfo=UTC))
    report = Viewer(keys=frozenset({"public", "members"}))

    def released(day: date) -> list[list[str]]:
        return [[one.iso3 for one in row.shown] for row in queries.requests(report, day)]

    assert released(date(2021, 7, 1)) == [[]]
    assert released(date(2021, 7, 2)) == [["UZB"]]


def test_a_forecast_names_no_milestone_the_viewer_may_not_see(world):
    """A secretariat milestone pushes a public one; the public reads neither its date nor number."""
    shown = named("milestone: public")

    def row(viewer: Viewer):
        return next(r for r in queries.milestones(viewer, D) if r.id == shown.pk)

    assert (row(ANONYMOUS).chain, row(ANONYMOUS).links, row(ANONYMOUS).is_at_risk) == (
        ("1",), (), False,
    )  # fmt: skip
    assert row(STAFF).chain == ("3", "1")
    assert row(STAFF).forecast.high == date(2021, 8, 14)


def test_a_proposal_is_no_news_to_the_public(world):
    shown = named("milestone: public")
    rows = {
        who: next(r for r in queries.milestones(viewer, D) if r.id == shown.pk)
        for who, viewer in viewers(world).items()
    }

    assert {who for who, row in rows.items() if row.has_proposal} == SECRETARIAT
    assert {who for who, row in rows.items() if row.plan_count == 3} == SECRETARIAT
    assert {row.plan_count for who, row in rows.items() if who not in SECRETARIAT} == {1}
