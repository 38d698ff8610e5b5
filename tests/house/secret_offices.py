"""Secrets of offices: tests, results shown and not shown, advice, a plan, what is on its way."""

from datetime import timedelta

from tests.factories import readiness as make
from tests.factories.secrets import NOON, World, secret

from serai.programme.models import Meeting
from serai.readiness.models import (
    Assessment,
    CriterionScore,
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
        office=office, framework=edition, state="collecting", as_of=NOON.date(), made_at=NOON
    )
    CriterionScore.objects.create(
        assessment=found, criterion="C1", dimension="C", level=2, grade="declared"
    )
    Recommendation.objects.create(
        assessment=found, rule="COL-2", rule_version=1, topic="collaboration", aims_at="E3",
        text={"en": {"text": secret(text), "state": "source"}}, state="declined",
        reason=secret(reason),
    )  # fmt: skip
    found.dimensions = {
        "C": {"value": 67.0, "low": 67.0, "high": 67.0, "known_share": 1.0, "measured_share": 0.0}
    }
    found.state, found.confirmed_at = state, NOON if state == "confirmed" else None
    found.save(update_fields=["dimensions", "state", "confirmed_at"])
