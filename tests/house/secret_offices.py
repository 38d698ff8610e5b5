"""Secrets of offices: tests, results shown and not shown, advice, a plan, what is on its way."""

from datetime import timedelta

from tests.factories import readiness as make
from tests.factories.secrets import NOON, World, secret

from serai.programme.models import Meeting
from serai.readiness.models import (
    Assessment,
    DeskNote,
    Framework,
    MeetingRoom,
    Office,
    ProbeRun,
    Provision,
    Recommendation,
    RunVoid,
    Scenario,
)


def plant_offices(world: World) -> None:
    """Plant an edition and a draft of it; one office not cleared yet, and one with results."""
    edition = make.framework(initiative=world.open)
    make.framework(
        initiative=world.open, state="draft", change_note=secret("note on a draft edition")
    )
    make.tiers(initiative=world.open)
    fresh = _office(world, "fresh", "office", "country")
    _run(fresh, "test: before clearance", "why a test does not count")
    known = _office(world, "known", "office: cleared", "secretariat")
    _run(known, "test: cleared", "why a cleared test does not count")
    _evaluated(known, edition, "confirmed", "advice", "why advice was declined")
    _evaluated(fresh, edition, "scored", "advice: not shown", "reason: not shown")
    Scenario.objects.create(
        name=secret("scenario"), framework=edition, budget=1000, currency="USD", made_at=NOON
    )
    Provision.objects.create(
        package="LINK", office=known, serials=secret("serial number"), made_at=NOON
    )
    _event(known, edition)
    _let_out(world, edition)
    asked = make.help_request(known, subject=secret("request for help"), text="")
    asked.messages.create(text=secret("message to the help desk"), at=NOON)
    make.advisory(secret("answer: not shown"), is_shown=False)


def _event(office: Office, edition: Framework) -> None:
    """Plant an event of a meeting that members know of, with what was noted of one office."""
    plan = make.event_plan(
        framework=edition, meeting=_agreed(),
        contacts=secret("whom to reach in an event"),
    )  # fmt: skip
    made = make.delegation(plan, office, state="reviewed")
    made.outcome = {"word": "fell_short", "note": secret("how an event went")}
    made.save()
    for of, text in ((made, "note of the desk"), (None, "note of the desk on all")):
        DeskNote.objects.create(plan=plan, delegation=of, kind="live", text=secret(text), at=NOON)


def _agreed() -> Meeting:
    """Return the meeting of a plain name, of which members know."""
    return next(one for one in Meeting.objects.all() if one.title.pick("en")[0] == "Agreed")


def _let_out(world: World, edition: Framework) -> None:
    """An office whose results its country and the secretariat let members read."""
    place = _office(world, "let-out", "office: let out to members", "secretariat")
    found = Assessment.objects.create(
        office=place, framework=edition, state="confirmed", as_of=NOON.date(), made_at=NOON,
        confirmed_at=NOON, audience="members", dimensions=_scores(edition),
    )  # fmt: skip
    make.release(
        found, state="released", granted_at=NOON, released_at=NOON,
        reason=secret("why a release was asked"),
    )  # fmt: skip


def _office(world: World, key: str, name: str, audience: str) -> Office:
    made = Office.objects.create(
        initiative=world.open, organisation=world.agency, unit_key=key, name=secret(name),
        audience=audience, made_at=NOON,
    )  # fmt: skip
    MeetingRoom.objects.create(office=made, key="room", name="Room")
    return made


def _run(office: Office, tool: str, reason: str) -> None:
    run = ProbeRun.objects.create(
        office=office, source="entered", tool=secret(tool), at=NOON - timedelta(days=1),
        down_tail_mbps=20,
    )  # fmt: skip
    RunVoid.objects.create(run=run, reason=secret(reason), at=NOON)


def _evaluated(office: Office, edition: Framework, state: str, text: str, reason: str) -> None:
    found = Assessment.objects.create(
        office=office, framework=edition, state=state, as_of=NOON.date(), made_at=NOON,
        confirmed_at=NOON if state == "confirmed" else None, dimensions=_scores(edition),
    )  # fmt: skip
    Recommendation.objects.create(
        assessment=found, rule="COL-2", rule_version=1, topic="collaboration", aims_at="E3",
        text={"en": {"text": secret(text), "state": "source"}}, state="declined",
        reason=secret(reason),
    )  # fmt: skip


def _scores(edition: Framework) -> dict[str, dict[str, float]]:
    """Scores of every dimension: without them a page holds no results, and no advice either."""
    one = {"value": 50.0, "low": 40.0, "high": 60.0, "known_share": 0.9, "measured_share": 0.5}
    return {each["code"]: one for each in edition.document["dimensions"]}
