"""Offices, editions of the framework, evaluations."""

import copy
import itertools
import tomllib
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from tests.factories.members import NOON, member, organisation, person
from tests.factories.programme import initiative, meeting

from serai.base.text import TranslatedText
from serai.members.models import Person
from serai.readiness.models import (
    Advisory,
    Assessment,
    Attainment,
    Delegation,
    Duty,
    EventPlan,
    Fact,
    Framework,
    HelpRequest,
    MeetingRoom,
    Office,
    PlatformPolicy,
    Price,
    ProbePoint,
    ProbeRun,
    ProbeTicket,
    Release,
    Scenario,
    ScenarioRun,
    TierTable,
)

PRESET = Path(__file__).parents[2] / "src/serai/setup/presets/carec"
HOME = "virtual-carec"
_numbers = itertools.count(1)


# ---- frameworks, tiers, prices
@cache
def _file(name: str) -> dict:
    return tomllib.loads((PRESET / name).read_text(encoding="utf-8"))


def document() -> dict:
    """The preset's framework, to be changed at will."""
    return copy.deepcopy(_file("readiness.toml"))


def tiers_document() -> dict:
    """The preset's tiers and platforms, to be changed at will."""
    return copy.deepcopy(_file("tiers.toml"))


def home():
    """The initiative that editions belong to."""
    from serai.programme.models import Initiative

    return Initiative.objects.filter(code=HOME).first() or initiative(HOME)


def _edition(model, document_: dict, fields: dict):
    number = model.objects.count() + 1
    values = {
        "number": number, "initiative": home(), "title": TranslatedText.of("Edition"),
        "document": document_, "state": "in_use", "made_at": NOON, **fields,
    }  # fmt: skip
    if values["state"] != "draft":
        values.setdefault("published_at", NOON)
    return model.objects.create(**values)


def framework(**fields) -> Framework:
    """The preset's framework in use, unless said otherwise."""
    return _edition(Framework, fields.pop("document", None) or document(), fields)


def tiers(**fields) -> TierTable:
    """The preset's tiers in use, unless said otherwise."""
    return _edition(TierTable, fields.pop("document", None) or tiers_document(), fields)


def price(package: str = "LINK", **fields) -> Price:
    """A price of 1,000 USD for everywhere."""
    values = {
        "package": package, "capex": 1000, "opex_per_year": 100, "currency": "USD",
        "priced_on": NOON.date(), "source": "Offer 1", "at": NOON, **fields,
    }  # fmt: skip
    return Price.objects.create(**values)


def office(**fields) -> Office:
    """An office of an organisation of its own."""
    values = {"name": f"Office {next(_numbers)}", "initiative": home(), "made_at": NOON, **fields}
    values.setdefault("organisation", None)
    values["organisation"] = values["organisation"] or organisation()
    return Office.objects.create(**values)


def assessment(of: Office | None = None, facts: dict | None = None, **fields) -> Assessment:
    """An evaluation with the facts given by key, as measured."""
    by = fields.pop("framework", None) or Framework.objects.order_by("id").first() or framework()
    made = Assessment.objects.create(
        office=of or office(), framework=by, as_of=NOON.date(), made_at=NOON, **fields
    )
    for key, value in (facts or {}).items():
        Fact.objects.create(
            assessment=made, key=key, value=value, scope="office", grade="measured",
            known_on=NOON.date(),
        )  # fmt: skip
    return made


# ---------------------------------------------------------------- connection tests
def probed_office(**fields) -> Office:
    """An office of a new organisation of Georgia, on Tbilisi's clock."""
    if "organisation" not in fields:
        fields["organisation"] = organisation()
    defaults = {
        "name": f"Office {next(_numbers)}",
        "city": "Tbilisi",
        "time_zone": "Asia/Tbilisi",
        "made_at": NOON,
    }
    return Office.objects.create(**(defaults | fields))


def probed_room(office: Office, **fields) -> MeetingRoom:
    """A meeting room."""
    number = next(_numbers)
    return MeetingRoom.objects.create(
        office=office, **({"key": f"room-{number}", "name": f"Room {number}"} | fields)
    )


def probe_point(**fields) -> ProbePoint:
    """A point in use, in Tashkent."""
    defaults = {
        "name": f"Point {next(_numbers)}",
        "url": "http://127.0.0.1:8575",
        "city": "Tashkent",
        "latitude": "41.3",
        "longitude": "69.3",
    }
    return ProbePoint.objects.create(**(defaults | fields))


def probe_ticket(office: Office, **fields) -> ProbeTicket:
    """A ticket for a short test, issued at noon."""
    defaults = {
        "length": "short",
        "caps_bytes": 8_000_000,
        "issued_at": NOON,
        "consent_at": NOON,
        "expires_at": NOON + timedelta(hours=2),
    }
    fields.setdefault("point", None)
    fields["point"] = fields["point"] or probe_point()
    return ProbeTicket.objects.create(office=office, **(defaults | fields))


def probe_run(office: Office, at: datetime = NOON, **fields) -> ProbeRun:
    """A measured run: 20 Mbit/s down, 10 up, 80 ms."""
    defaults = {
        "source": "probe",
        "length": "short",
        "down_mean_mbps": 19.0,
        "down_tail_mbps": 20.0,
        "up_mean_mbps": 9.0,
        "up_tail_mbps": 10.0,
        "rtt_ms": 70.0,
        "rtt_p95_ms": 80.0,
        "rtt_least_ms": 60.0,
        "receipt": "signed",
        "series": {"idle_rtt_ms": [70, 80]},
    }
    return ProbeRun.objects.create(office=office, at=at, **(defaults | fields))


# ---------------------------------------------------------------- events
EVENT_AT = datetime(2021, 7, 10, 6, tzinfo=UTC)
"""Ten o'clock in Tbilisi, half a day less than ten days after noon."""


def event_plan(**fields) -> EventPlan:
    """A simple web meeting on Teams, on 10 July at 06:00 UTC, of two hours."""
    from tests.factories import programme as meetings

    edition = fields.pop("framework", None) or Framework.objects.first() or framework()
    if not TierTable.objects.exists():
        tiers()
    start = fields.pop("starts_at", EVENT_AT)
    held = fields.pop("meeting", None) or meetings.meeting(
        starts_at=start, ends_at=start + timedelta(hours=2), zone="Asia/Tbilisi",
        title=fields.pop("title", "Working group"),
    )  # fmt: skip
    defaults = {
        "event": "E1", "platform": "teams", "languages": ["en", "ru"], "made_at": NOON,
        "starts_at": held.starts_at, "ends_at": held.ends_at,
    }  # fmt: skip
    return EventPlan.objects.create(framework=edition, meeting=held, **(defaults | fields))


def delegation(plan: EventPlan | None = None, place: Office | None = None, **fields) -> Delegation:
    """People at their desks in Tbilisi."""
    kept = place or probed_office(initiative=home())
    return Delegation.objects.create(plan=plan or event_plan(), office=kept, **fields)


def runs_at_ten(place: Office, good: int, bad: int = 0, *, before: datetime = EVENT_AT) -> None:
    """Tests at the event's hour on the days before: 20 Mbit/s, or 1 Mbit/s."""
    for number in range(good + bad):
        at = before - timedelta(days=number + 1)
        rates = {} if number < good else {"down_tail_mbps": 1.0, "up_tail_mbps": 1.0}
        probe_run(place, at, **rates)


def ready_delegation(plan: EventPlan | None = None, *, good: int = 6, bad: int = 0, **fields):
    """A delegation whose organisation permits Teams and whose line was tested at the hour."""
    made = delegation(plan, **fields)
    policy(made.office.organisation)
    runs_at_ten(made.office, good, bad)
    return made


def policy(of, word: str = "permitted", **fields) -> PlatformPolicy:
    """An organisation's word on Teams, for matters of low sensitivity."""
    defaults = {"platform": "teams", "sensitivity": "low", "source": "Letter", "at": NOON}
    return PlatformPolicy.objects.create(organisation=of, word=word, **(defaults | fields))


# ---------------------------------------------------------------- releases
def confirmed(of: Office | None = None, *, hosts: str = "E1", **fields) -> Assessment:
    """Confirmed results: E1 hosted, E2 not for want of a UPS; the security gate not passed."""
    edition = Framework.objects.order_by("id").first() or framework()
    events = [one["code"] for one in edition.document["events"]]
    dimensions = [one["code"] for one in edition.document["dimensions"]]
    values = {
        "score": 61.5, "score_low": 50.0, "score_high": 71.0, "known_share": 0.9,
        "measured_share": 0.3, "headline_attend": "E1", "headline_host": hosts,
        "dimensions": {
            code: {"value": 61.5, "low": 50.0, "high": 71.0, "known_share": 0.9,
                   "measured_share": 0.4}
            for code in dimensions
        },
        "state": "scored", **fields,
    }  # fmt: skip
    made = assessment(of, framework=edition, **values)
    hall = MeetingRoom.objects.create(office=made.office, key="hall", name="Secret hall")
    reached = events.index(hosts) if hosts else -1
    Attainment.objects.bulk_create(
        Attainment(
            assessment=made, event=code, role=role, room=hall,
            status="declared" if place <= reached else "not_attained",
        )
        for place, code in enumerate(events)
        for role in ("seat", "room", "speaker", "host")
    )  # fmt: skip
    lacks = {"kind": "gap", "event": "E2", "lever": "continuity"}
    made.findings.create(
        role="host", fact="continuity.ups_minutes", need=30, have=17.25, room=hall, **lacks
    )
    made.findings.create(role="host", fact="security.gate", gate="security", need="low", **lacks)
    made.findings.create(role="speaker", fact="link.down_p5", need=6, is_missing=True, **lacks)
    made.findings.create(kind="gap", fact="security.gate", need="low")
    made.facts.create(scope="office", key="continuity.ups_minutes", value=17.25, grade="declared")
    Assessment.objects.filter(pk=made.pk).update(state="confirmed", confirmed_at=NOON)
    made.refresh_from_db()
    return made


def release(of: Assessment | None = None, **fields) -> Release:
    """A country asked to let results out to members."""
    of = of or confirmed()
    values = {
        "country": of.office.organisation.member, "audience": "members", "asked_at": NOON,
        "reason": "For a study", **fields,
    }  # fmt: skip
    return Release.objects.create(assessment=of, **values)


def plan_release(run: ScenarioRun, country: str = "GEO", **fields) -> Release:
    """A country asked to let its lines of a plan out to members."""
    values = {
        "country": member(country), "audience": "members", "asked_at": NOON, "reason": "x", **fields,
    }  # fmt: skip
    return Release.objects.create(run=run, **values)


def released(of: Assessment | None = None, audience: str = "members") -> Release:
    """Results let out by both."""
    made = release(of, audience=audience, state="released", granted_at=NOON, released_at=NOON)
    if audience == "members":
        Assessment.objects.filter(pk=made.assessment_id).update(audience="members")
        made.assessment.refresh_from_db()
    return made


def plan_of(*offices: Office, **fields) -> ScenarioRun:
    """A solved plan that buys each office a line of 1,234 USD."""
    edition = Framework.objects.order_by("id").first() or framework()
    asked = Scenario.objects.create(
        name="Scenario", framework=edition, budget=9000, currency="USD", made_at=NOON
    )
    numbers = [one.public_id for one in offices]
    lines = [
        {"office": one.public_id, "country": one.organisation.member.iso3, "package": "LINK",
         "cost": "1234", "option": f"LINK-{place}"}
        for place, one in enumerate(offices)
    ]  # fmt: skip
    values = {
        "basis": {"offices": numbers, "unpriced": [],
                  "asked": {"budget": "9000", "currency": "USD", "years": 3}},
        "plan": {"lines": lines, "today": dict.fromkeys(numbers, "E1"),
                 "events": dict.fromkeys(numbers, "E2")},
        "value": 4, "cost": 1234 * len(lines), "state": "done", "queued_at": NOON, **fields,
    }  # fmt: skip
    return ScenarioRun.objects.create(scenario=asked, **values)


def many(counts: dict[str, int], countries: str = "AZE GEO KAZ UZB") -> list[Assessment]:
    """So many confirmed organisations hosting each event at most, of countries in turn."""
    codes = countries.split()
    edition = Framework.objects.order_by("id").first() or framework()
    return [
        assessment(
            office(organisation=organisation(country=codes[place % len(codes)])),
            framework=edition,
            state="confirmed",
            confirmed_at=NOON,
            headline_host=hosts,
            headline_attend="E3",
            dimensions={},
        )
        for hosts, count in counts.items()
        for place in range(count)
    ]


# ---------------------------------------------------------------- help
def help_request(of: Office | None = None, **fields) -> HelpRequest:
    """A new request of an office, with its first message."""
    text = fields.pop("text", "We hear nothing.")
    values = {
        "kind": "troubleshooting", "subject": f"No sound {next(_numbers)}", "asked_at": NOON,
        "moved_at": NOON, **fields,
    }  # fmt: skip
    made = HelpRequest.objects.create(office=of or office(), **values)
    made.messages.create(text=text, state="new", at=NOON, by=made.asked_by)
    return made


def technician(**fields) -> Person:
    """Somebody who works at the desk and has no other role."""
    made = person(**fields)
    Duty.objects.create(person=made, kind="technician", from_on=NOON.date())
    return made


def event_with(of: Office, **fields) -> Delegation:
    """An office in an event ahead."""
    edition = Framework.objects.order_by("id").first() or framework()
    plan = EventPlan.objects.create(
        meeting=meeting(), framework=edition, event="E1", platform="zoom", starts_at=NOON,
        ends_at=NOON + timedelta(hours=2), made_at=NOON,
    )  # fmt: skip
    return Delegation.objects.create(plan=plan, office=of, **fields)


def advisory(question: str = "What to do without sound?", **fields) -> Advisory:
    """An answer that all may read."""
    values = {
        "question": TranslatedText.of(question), "answer": TranslatedText.of("Check the cable."),
        "is_shown": True, "changed_at": NOON, **fields,
    }  # fmt: skip
    return Advisory.objects.create(**values)
