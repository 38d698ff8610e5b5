"""Offices, editions of the framework, evaluations."""

import copy
import itertools
import tomllib
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from tests.factories.members import NOON, organisation
from tests.factories.programme import initiative

from serai.base.text import TranslatedText
from serai.readiness.models import (
    Assessment,
    Delegation,
    EventPlan,
    Fact,
    Framework,
    MeetingRoom,
    Office,
    PlatformPolicy,
    Price,
    ProbePoint,
    ProbeRun,
    ProbeTicket,
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
