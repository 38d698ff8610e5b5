"""Offices, editions of the framework, evaluations."""

import copy
import itertools
import tomllib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from tests.factories import questionnaires
from tests.factories import surveys as make
from tests.factories.members import NOON, organisation
from tests.factories.programme import initiative

from serai.base.access import Viewer
from serai.base.text import TranslatedText
from serai.calc.xforms import Ref
from serai.members.queries import viewer_of
from serai.readiness.models import (
    Assessment,
    Duty,
    Fact,
    Framework,
    MeetingRoom,
    Office,
    Price,
    ProbePoint,
    ProbeRun,
    ProbeTicket,
    Recommendation,
    TierTable,
)
from serai.readiness.states import RunSource
from serai.surveys import actions as surveys
from serai.surveys.actions import Change
from serai.surveys.models import FormVersion, Response, Wave

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


def room(of: Office, key: str = "hall", **fields) -> MeetingRoom:
    """A room of an office."""
    return MeetingRoom.objects.create(office=of, key=key, **({"name": "Hall"} | fields))


def run(of: Office, **fields) -> ProbeRun:
    """A good run of our probe, in a busy hour of a Monday."""
    number = next(_numbers)
    defaults = {
        "office": of,
        "source": RunSource.PROBE.value,
        "at": datetime(2021, 2, 22, 10, 30, tzinfo=UTC) + timedelta(minutes=number % 29),
        "down_mean_mbps": 40.0, "down_tail_mbps": 40.0, "up_mean_mbps": 30.0,
        "up_tail_mbps": 30.0, "rtt_ms": 60.0, "rtt_p95_ms": 80.0, "jitter_p95_ms": 5.0,
        "loss_share": 0.001, "late_share": 0.0, "burst_ratio": 1.0, "udp": "open",
        "receipt": f"receipt-{number}",
    }  # fmt: skip
    return ProbeRun.objects.create(**(defaults | fields))


def runs(of: Office, count: int = 4, **fields) -> list[ProbeRun]:
    """Runs on as many days, each in a busy hour: not thin."""
    start = datetime(2021, 2, 22, 10, 30, tzinfo=UTC)
    return [run(of, at=start + timedelta(days=n), **fields) for n in range(count)]


# What an office that may host says: enough for E1, not for E2.
SAYS: Mapping[str, str] = {
    "about_office/office": "Office in Tbilisi", "about_office/city": "Tbilisi",
    "about_office/technical_contact": "A. Person",
    "about_office/technical_contact_email": "a@agency.example",
    "about_office/takes_part": "attend_and_host", "about_office/has_room": "yes",
    "about_office/test_consent": "yes", "events/interrupted_share": "3",
    "connection/technology": "fibre", "connection/contract_down": "100",
    "connection/contract_up": "100", "connection/dedicated": "shared",
    "connection/second_line": "none", "connection/udp_policy": "open",
    "connection/udp_priority": "yes", "power/ups_minutes": "20", "power/generator": "no",
    "applications/permit_zoom": "permitted", "applications/permit_teams": "forbidden",
    "applications/licence": "licence", "applications/licence_seats": "100",
    "applications/webcast": "no", "seats/people_joining": "20", "seats/people_at_once": "10",
    "seats/seats_wired_share": "80", "seats/seats_headset_share": "50",
    "seats/phone_only_share": "0", "content/papers_days": "2", "content/sharing": "yes",
    "content/recording": "never", "content/language_channels": "0",
    "content/bilingual_slides": "never", "collaboration/moderator": "always",
    "collaboration/remote_decide": "often", "collaboration/outcome_effect": "4",
    "people/operators": "1", "people/operator_kind": "named", "people/deputies": "0",
    "people/operators_trained_on": "2021-01-01", "people/technicians": "0",
    "continuity/plan_power": "no", "continuity/plan_last_mile": "yes",
    "continuity/plan_last_mile_rehearsed_on": "2020-12-01",
    "continuity/contact_list": "yes", "continuity/rehearsal_days": "1",
    "security/sensitivity_highest": "medium", "security/multi_factor": "no",
    "security/update_days": "17",
}  # fmt: skip


ROOM_SAYS: Mapping[str, str] = {
    "room_name": "Hall", "room_seats": "12", "farthest_viewer": "6", "displays": "1",
    "display_height": "0.8", "cameras": "1", "microphone_type": "omni", "microphone_count": "2",
    "room_computer": "laptop", "wired_ports": "1", "noise": "quiet", "acoustics": "dry",
    "echo_cancelling": "yes",
}  # fmt: skip


def wave(**survey) -> Wave:
    """An open wave of the preset's questionnaire for offices."""
    found = FormVersion.objects.filter(form_id="readiness_office").first()
    if found is None:
        xform = questionnaires.read("readiness_office").xform
        wanted = {"on_event": {"cleared": "readiness.cleared"}} | survey
        found = make.version(make.survey(**wanted), xform=xform, form_id="readiness_office")
    return make.wave(found)


def answered(
    of: Wave | None = None,
    says: Mapping[str, str | None] | None = None,
    rooms: Sequence[Mapping[str, str]] = ({},),
    **invitation,
) -> Response:
    """A cleared response of an office: what differs from `SAYS`, and for each room."""
    asked = make.invitation(of or wave(), **invitation)
    lead = viewer_of(asked.lead, NOON)
    found = surveys.start_response(invitation=asked, by=lead, now=NOON)
    given = {f"/data/{path}": text for path, text in {**SAYS, **(says or {})}.items() if text}
    changes = [Change(f"a{n}", Ref(path), 0, text) for n, (path, text) in enumerate(given.items())]
    surveys.write_answers(response=found, changes=changes, by=lead, now=NOON)
    keys = list(found.entries.filter(repeat_path="/data/room").values_list("key", flat=True))
    for place, more in enumerate(rooms):
        if place >= len(keys):
            keys.append(
                surveys.add_entry(
                    response=found, repeat_path="/data/room", parent="", key=f"room-{place}",
                    by=lead, now=NOON,
                )
            )  # fmt: skip
        theirs = {**ROOM_SAYS, **more}
        surveys.write_answers(
            response=found,
            changes=[
                Change(f"r{place}-{n}", Ref(f"/data/room/{name}", keys[place]), 0, text)
                for n, (name, text) in enumerate(theirs.items())
                if text
            ],
            by=lead, now=NOON,
        )  # fmt: skip
    newest = found.answers.order_by("-pk").values_list("pk", flat=True)[0]
    Response.objects.filter(pk=found.pk).update(
        cleared_through=newest, signed_through=newest, state="cleared"
    )
    found.refresh_from_db()
    return found


def advice(of: Assessment, **fields) -> Recommendation:
    """A draft of advice on papers."""
    defaults = {
        "rule": "COL-2", "rule_version": 1, "topic": "collaboration", "aims_at": "E1",
        "text": {"en": {"text": "Send papers earlier.", "state": "source"}},
    }  # fmt: skip
    return Recommendation.objects.create(assessment=of, **(defaults | fields))


def duty(of: Viewer, kind: str, **fields) -> Duty:
    """What a person does in this room."""
    defaults = {"from_on": NOON.date()}
    return Duty.objects.create(person_id=of.person_id, kind=kind, **(defaults | fields))
