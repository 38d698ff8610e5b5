"""Offices, answers and evaluations of the room readiness."""

import itertools
import tomllib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from tests.factories import members as people
from tests.factories import questionnaires
from tests.factories import surveys as make

from serai import setup
from serai.base.access import Viewer
from serai.base.text import TranslatedText
from serai.calc.xforms import Ref
from serai.members.queries import viewer_of
from serai.readiness.models import (
    Assessment,
    Duty,
    Framework,
    MeetingRoom,
    Office,
    ProbeRun,
    Recommendation,
)
from serai.readiness.states import EditionState, RunSource
from serai.surveys import actions as surveys
from serai.surveys.actions import Change
from serai.surveys.models import FormVersion, Response, Wave

NOON = make.NOON
PRESET = Path(setup.__file__).parent / "presets" / "carec" / "readiness.toml"
_numbers = itertools.count(1)


# ---------------------------------------------------------------- offices and assessment
@cache
def document() -> dict:
    """The preset's definition, as an edition keeps it."""
    return tomllib.loads(PRESET.read_text(encoding="utf-8"))


def framework(**fields) -> Framework:
    """The preset's framework, in use."""
    defaults = {
        "number": Framework.objects.count() + 1,
        "title": TranslatedText.of("Framework"),
        "document": document(),
        "state": EditionState.IN_USE.value,
        "made_at": NOON,
        "published_at": NOON,
    }
    return Framework.objects.create(**(defaults | fields))


def office(**fields) -> Office:
    """An office of a Georgian agency."""
    place = fields.pop("organisation", None) or people.organisation()
    number = next(_numbers)
    defaults = {
        "organisation": place,
        "unit_key": f"office-{number}",
        "name": f"Office {number}",
        "time_zone": "UTC",
        "made_at": NOON,
    }
    return Office.objects.create(**(defaults | fields))


def room(of: Office, key: str = "hall", **fields) -> MeetingRoom:
    """A room of an office."""
    return MeetingRoom.objects.create(office=of, key=key, **({"name": "Hall"} | fields))


def assessment(of: Office | None = None, **fields) -> Assessment:
    """An assessment that is collecting."""
    of = of or office()
    defaults = {
        "office": of,
        "framework": fields.pop("framework", None)
        or Framework.objects.filter(state="in_use").first()
        or framework(),
        "as_of": NOON.date(),
        "made_at": NOON,
    }
    return Assessment.objects.create(**(defaults | fields))


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
