"""Prices, scenarios, plans and deliveries of the room readiness."""

# ---------------------------------------------------------------- plans
import itertools
from datetime import UTC, date, datetime
from decimal import Decimal

from tests.factories.members import member, organisation, viewer_with
from tests.factories.programme import initiative

from serai.base.access import Viewer
from serai.base.text import TranslatedText
from serai.readiness.models import (
    Assessment,
    Fact,
    Framework,
    Office,
    Price,
    ProbeRun,
    Provision,
    ProvisionStep,
    Recommendation,
    Scenario,
    ScenarioRun,
)
from serai.readiness.queries.plan_inputs import basis_of

NOON = datetime(2021, 6, 30, 12, tzinfo=UTC)
CODE = "virtual-carec"
_numbers = itertools.count(1)

PLANNED_BY = {
    "version": "test",
    "facts": [
        {"key": "link.rate", "unit": "Mbit/s", "link": True},
        {"key": "kit.camera", "choices": ["no", "yes"]},
    ],
    "dimensions": [{"code": "A", "weight": 100}],
    "criteria": [
        {"code": "A1", "dimension": "A", "fact": "link.rate", "thresholds": [1, 2, 3],
         "lever": "link"},
    ],
    "events": [
        {"code": "E1", "value": 3, "name": {"en": "Small meeting"}, "rows": [
            {"role": role, "fact": "link.rate", "at_least": 2, "lever": "link"}
            for role in ("seat", "room", "speaker", "host")
        ]},
        {"code": "E3", "value": 8, "name": {"en": "Large meeting"}, "rows": [
            {"role": "host", "fact": "link.rate", "at_least": 10, "lever": "link"},
            {"role": "host", "fact": "kit.camera", "at_least": "yes", "lever": "kit"},
        ]},
    ],
    "packages": [
        {"code": "LINK", "lever": "link", "name": {"en": "Faster line"},
         "effects": [{"fact": "link.rate", "value": 20}]},
        {"code": "ROOM", "lever": "kit", "name": {"en": "Room set"},
         "effects": [{"fact": "kit.camera", "value": "yes"}]},
        {"code": "LOAN", "lever": "kit", "shared": True, "name": {"en": "Kit on loan"},
         "effects": [{"fact": "kit.camera", "value": "yes"}]},
    ],
}  # fmt: skip
"""A small framework: E1 needs a line of 2, E3 one of 10 and a camera."""


def home():
    """The initiative of the room; the same one when it is asked for twice."""
    from serai.programme.models import Initiative

    return Initiative.objects.filter(code=CODE).first() or initiative(CODE)


def framework(**fields) -> Framework:
    """A small framework in use; the same one when it is asked for twice."""
    found = Framework.objects.filter(state="in_use").first()
    if found and not fields:
        return found
    number = next(_numbers)
    defaults = {
        "number": number, "title": TranslatedText.of(f"Framework {number}"), "made_at": NOON,
        "document": PLANNED_BY, "state": "in_use", "initiative": home(),
    }  # fmt: skip
    return Framework.objects.create(**(defaults | fields))


def office(name: str = "", *, country: str = "GEO", **fields) -> Office:
    """An office of a new organisation of Georgia."""
    number = next(_numbers)
    place = fields.pop("organisation", None) or organisation(country=country)
    defaults = {"name": name or f"Office {number}", "initiative": home(), "made_at": NOON}
    return Office.objects.create(organisation=place, **(defaults | fields))


def scored(place: Office | None = None, *, rate: float | None = 2, **fields) -> Assessment:
    """A scored assessment that knows a line's rate in Mbit/s."""
    kept = place or office()
    defaults = {
        "framework": framework(), "as_of": NOON.date(), "made_at": NOON, "state": "scored",
    }  # fmt: skip
    state = (defaults | fields)["state"]
    made = Assessment.objects.create(office=kept, **(defaults | fields | {"state": "scored"}))
    if rate is not None:
        Fact.objects.create(
            assessment=made, scope="office", key="link.rate", value=rate, grade="measured"
        )
    if state != "scored":
        made.state = state
        made.confirmed_at = NOON if state == "confirmed" else None
        made.save()
    return made


def price(package: str, capex: int = 1000, *, country: str = "", **fields) -> Price:
    """What a package costs, everywhere unless told otherwise."""
    defaults = {
        "capex": Decimal(capex), "currency": "USD", "priced_on": date(2021, 1, 1),
        "source": "Offer", "at": NOON,
    }  # fmt: skip
    return Price.objects.create(
        package=package, country=member(country) if country else None, **(defaults | fields)
    )


def scenario(budget: int = 10_000, **fields) -> Scenario:
    """A scenario without conditions."""
    defaults = {
        "name": f"Scenario {next(_numbers)}", "framework": framework(),
        "budget": Decimal(budget), "currency": "USD", "years": 0, "made_at": NOON,
    }  # fmt: skip
    return Scenario.objects.create(**(defaults | fields))


def planned(of: Scenario | None = None, **fields) -> ScenarioRun:
    """A run of a scenario, asked for and not solved."""
    asked = of or scenario()
    basis = basis_of(asked, NOON.date()).to_json()
    return ScenarioRun.objects.create(scenario=asked, basis=basis, queued_at=NOON, **fields)


def staff(**fields) -> Viewer:
    """An officer of the whole programme."""
    return viewer_with("officer", **fields)


# ---------------------------------------------------------------- deliveries
def provided(place: Office | None = None, package: str = "LINK", **fields) -> Provision:
    """Something on its way to an office, with the step it stands at."""
    kept = {"office": place or office()} if "country" not in fields else {}
    made = Provision.objects.create(package=package, made_at=NOON, **(kept | fields))
    at_step(made, made.state)
    return made


def at_step(made: Provision, state: str, at: datetime = NOON) -> Provision:
    """Put a delivery at a state, with its step."""
    made.state = state
    made.save()
    ProvisionStep.objects.create(provision=made, state=state, at=at)
    return made


def advice(assessment: Assessment | None = None, **fields) -> Recommendation:
    """Accepted advice that buys a line."""
    defaults = {
        "rule": "CAP-1", "rule_version": 1, "topic": "capacity", "aims_at": "E3",
        "package": "LINK", "state": "accepted",
    }  # fmt: skip
    return Recommendation.objects.create(assessment=assessment or scored(), **(defaults | fields))


def tested(place: Office, at: datetime, down: float, **fields) -> ProbeRun:
    """A test of our probe that measured a rate."""
    defaults = {
        "source": "probe", "receipt": "signed", "is_wired": True, "browser": "Firefox",
        "down_tail_mbps": down, "up_tail_mbps": down, "rtt_ms": 50,
    }  # fmt: skip
    return ProbeRun.objects.create(office=place, at=at, **(defaults | fields))
