"""A secret planted at each audience, looked for in every query as every viewer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest
from tests.factories import members as people
from tests.factories import programme as make

from serai.base.access import ANONYMOUS, NotFound, Viewer
from serai.base.text import TranslatedText
from serai.calc.schedule import on_day
from serai.members.models import Organisation
from serai.programme import actions, queries
from serai.programme.models import Attendance, Initiative, Meeting, Milestone, Risk

pytestmark = pytest.mark.django_db
NOON, STAFF = make.NOON, make.STAFF
D = date(2021, 6, 30)
SECRET = re.compile(r"«([^»]+)»")


def secret(name: str) -> str:
    return f"«{name}»"


@dataclass
class World:
    """An initiative everybody knows, one of the secretariat's alone, and what stands in them."""

    open: Initiative
    closed: Initiative
    agency: Organisation
    delegate: int


@pytest.fixture
def world() -> World:
    people.member("GEO")
    people.member("UZB")
    made = World(
        open=make.initiative("open", name=TranslatedText.of(secret("initiative: open"))),
        closed=make.initiative(
            "closed", name=TranslatedText.of(secret("initiative: closed")), audience="secretariat"
        ),
        agency=people.organisation(country="GEO"),
        delegate=people.person(full_name=secret("name of a delegate")).pk,
    )
    make.initiative("third")
    _milestones(made)
    _notes(made)
    _meetings(made)
    _asked(made)
    _risks(made)
    _files(made)
    return made


def _milestone(of: Initiative, level: str, **fields) -> Milestone:
    return make.milestone(
        of, "15 July 2021", name=TranslatedText.of(secret(f"milestone: {level}")),
        **({"audience": level} | fields),
    )  # fmt: skip


def _milestones(world: World) -> None:
    shown = _milestone(world.open, "public")
    _milestone(world.open, "members")
    hidden = _milestone(world.open, "secretariat")
    _milestone(world.open, "country", country=people.member("GEO"))
    _milestone(world.open, "organisation", owner=world.agency)
    _milestone(world.closed, "public in a closed initiative", audience="public")
    window = on_day(date(2021, 8, 1))
    make.proposal(
        shown, secret("words of a proposal"), window=window, reason="other",
        reason_text=secret("reason of a proposal"),
    )  # fmt: skip
    turned = make.proposal(shown, secret("words turned down"), window=on_day(date(2021, 9, 1)))
    actions.reject_plan(plan=turned, reason=secret("why turned down"), by=STAFF, now=NOON)
    actions.add_dependency(milestone=shown, after=hidden, lag_days=30, by=STAFF, now=NOON)
    actions.set_baseline(
        initiative=world.closed, name=secret("baseline: closed"), by=STAFF, now=NOON
    )
    author = people.viewer_with("officer", full_name=secret("name of who recorded"))
    actions.record_completion(
        milestone=_milestone(world.open, "public and done", audience="public"),
        words="30 June 2021", by=author, now=NOON,
    )  # fmt: skip


def _notes(world: World) -> None:
    make.note(world.open, secret("note: cleared"), cleared=make.EARLY)
    make.note(world.open, secret("note: draft"))
    make.note(world.closed, secret("note: closed"), cleared=make.EARLY)


def _meetings(world: World) -> None:
    known = make.meeting(
        world.open, title=secret("meeting: members"), audience="members",
        join_link="https://join.example/«join»",
    )  # fmt: skip
    actions.invite(meeting=known, person_id=world.delegate, by=STAFF, now=NOON)
    item = make.item(known, minutes=secret("minutes of an item"))
    make.paper(item, title=secret("paper: members"), audience="members")
    make.paper(item, title=secret("paper: secretariat"), audience="secretariat")
    for state in ("called", "papers_out", "held"):
        actions.move_meeting(meeting=known, state=state, by=STAFF, now=NOON)
    make.decision(known, secret("decision: proposed"))
    actions.write_minutes(meeting=known, text=secret("minutes: draft"), by=STAFF, now=NOON)
    early = make.meeting(
        world.open, title=secret("meeting: papers not out"), state="called", audience="public"
    )
    make.paper(make.item(early), title=secret("paper: not out"), audience="public")
    agreed = make.meeting(world.open, title="Agreed", state="held", audience="members")
    make.decision(agreed, secret("decision: adopted"))
    make.agree(agreed)
    inner = make.meeting(
        world.open, title=secret("meeting: secretariat"), state="held", audience="secretariat"
    )
    make.decision(inner, secret("decision: secretariat"))
    make.agree(inner)
    make.meeting(
        world.closed, title=secret("meeting: public in a closed initiative"), audience="public"
    )


def _asked(world: World) -> None:
    make.action_item(
        secret("action: members"), initiative=world.open, audience="members", countries=("UZB",)
    )
    make.action_item(secret("action: secretariat"), initiative=world.open, owner_id=world.agency.pk)
    uzb = make.action_item(secret("action: Uzbekistan"), initiative=world.open, countries=("UZB",))
    actions.note_action(action=uzb, text=secret("note on an action"), by=STAFF, now=NOON)
    asked = make.ask(world.open, text=secret("request: members"), audience="members")
    georgia = asked.addressees.select_related("country", "request__initiative").get(
        country__iso3="GEO"
    )
    actions.answer_request(
        addressee=georgia, state="declined", note=secret("answer of Georgia"), by=STAFF, now=NOON
    )
    make.ask(
        world.open, text=secret("request: Uzbekistan"), audience="secretariat", countries=("UZB",)
    )
    make.ask(
        world.closed, text=secret("request: in a closed initiative"), audience="public",
        countries=("UZB",),
    )  # fmt: skip


def _risks(world: World) -> None:
    held = make.risk(world.open, text=secret("risk"))
    actions.review_risk(
        risk=held, probability=1, impact=1, note=secret("review of a risk"), by=STAFF, now=NOON
    )
    for level in ("members", "public"):
        one = make.risk(world.open, "assumption", secret(f"assumption: {level}"))
        make.release(one, level)
    hidden = make.risk(world.closed, "assumption", secret("assumption: in a closed initiative"))
    make.release(hidden, "public")


def _files(world: World) -> None:
    for home, code in ((world.open, "open"), (world.closed, "closed")):
        actions.preview_import(
            initiative=home, content=b"number,end\n1,2021-07-30\n", language="en",
            name=f"{secret(f'file: {code}')}.csv", by=STAFF, now=NOON,
        )  # fmt: skip
        actions.save_outline(
            initiative=home, key="report", title=TranslatedText.of(secret(f"outline: {code}")),
            headings=(), by=STAFF, now=NOON,
        )  # fmt: skip


def viewers(world: World) -> dict[str, Viewer]:
    delegate = Attendance.objects.get().person
    return {
        "visitor": ANONYMOUS,
        "members' report": Viewer(keys=frozenset({"public", "members"})),
        "nobody": people.viewer_with(),
        "administrator": people.viewer_with("administrator"),
        "delegate": people.viewer_of(delegate, NOON),
        "partner": people.viewer_with("partner", people.organisation(country=None)),
        "agency": people.viewer_with("lead", world.agency),
        "committee": people.viewer_with("committee", "GEO"),
        "Georgia": people.viewer_with("focal_point", "GEO"),
        "Uzbekistan": people.viewer_with("deputy", "UZB"),
        "expert": people.viewer_with("expert", "open:GEO"),
        "officer elsewhere": people.viewer_with("officer", "third"),
        "officer": people.viewer_with("officer", "open"),
        "coordinator": people.viewer_with("coordinator", "open"),
        "programme": people.viewer_with("officer"),
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


SECRETARIAT = {"officer", "coordinator", "programme"}
MEMBERS = {
    *SECRETARIAT, "members' report", "agency", "committee", "Georgia", "Uzbekistan",
    "officer elsewhere",
}  # fmt: skip
ALL = {*MEMBERS, "visitor", "nobody", "administrator", "delegate", "partner", "expert"}
READERS = {
    "initiative: open": ALL,
    "initiative: closed": {"programme", "Uzbekistan"},  # which it asks for something
    "milestone: public": ALL,
    "milestone: public and done": ALL,
    "milestone: members": {*MEMBERS, "expert"},
    "milestone: secretariat": SECRETARIAT,
    "milestone: country": {"Georgia"},
    "milestone: organisation": {"agency"},
    "milestone: public in a closed initiative": {"programme"},
    "words of a proposal": SECRETARIAT,
    "reason of a proposal": SECRETARIAT,
    "words turned down": SECRETARIAT,
    "why turned down": SECRETARIAT,
    "name of who recorded": ALL - {"visitor"},
    "baseline: closed": {"programme"},
    "note: cleared": ALL,
    "note: draft": SECRETARIAT,
    "note: closed": {"programme"},
    "meeting: members": {*MEMBERS, "expert", "delegate"},
    "meeting: secretariat": SECRETARIAT,
    "meeting: papers not out": ALL,
    "meeting: public in a closed initiative": {"programme"},
    "join": {*SECRETARIAT, "delegate"},
    "name of a delegate": {*SECRETARIAT, "delegate"},
    "minutes: draft": {*SECRETARIAT, "delegate"},
    "minutes of an item": {*SECRETARIAT, "delegate"},
    "paper: members": {*MEMBERS, "expert", "delegate"},
    "paper: secretariat": {*SECRETARIAT, "delegate"},
    "paper: not out": SECRETARIAT,
    "decision: proposed": {*SECRETARIAT, "delegate"},
    "decision: adopted": {*MEMBERS, "expert"},
    "decision: secretariat": SECRETARIAT,
    "action: members": {*MEMBERS, "expert"},
    "action: secretariat": {*SECRETARIAT, "agency"},
    "action: Uzbekistan": {*SECRETARIAT, "Uzbekistan"},
    "note on an action": {*SECRETARIAT, "Uzbekistan"},
    "request: members": {*MEMBERS, "expert"},
    "request: Uzbekistan": {*SECRETARIAT, "Uzbekistan"},
    "request: in a closed initiative": {"programme", "Uzbekistan"},
    "answer of Georgia": {*SECRETARIAT, "Georgia"},
    "risk": SECRETARIAT,
    "review of a risk": SECRETARIAT,
    "assumption: members": {*MEMBERS, "expert"},
    "assumption: public": ALL,
    "assumption: in a closed initiative": {"programme"},
    "file: open": SECRETARIAT,
    "file: closed": {"programme"},
    "outline: open": ALL,
    "outline: closed": {"programme"},
}


def test_each_secret_is_read_by_exactly_those_it_is_for(world):
    found: dict[str, set[str]] = {name: set() for name in READERS}
    for who, viewer in viewers(world).items():
        # A viewer's own name is no secret to the viewer.
        asked = replace(viewer, name="")
        for name in SECRET.findall(repr(list(everything(asked)))):
            found[name].add(who)

    assert {n: sorted(found[n] ^ READERS[n]) for n in READERS if found[n] != READERS[n]} == {}


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
