"""Facts, ladders and problems the readiness tests share."""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from serai.calc.readiness.definition import Definition, read_definition
from serai.calc.readiness.facts import Fact, Grade, OfficeFacts, Scope, Value
from serai.calc.readiness.framework import Lever
from serai.calc.readiness.problem import (
    LeverOptions,
    OfficeOptions,
    Option,
    Problem,
    SharedItem,
)

PRESET = Path(__file__).parents[3] / "src/serai/setup/presets/carec/readiness.toml"
DAY = date(2026, 11, 27)
E1, E13 = frozenset({"E1"}), frozenset({"E1", "E3"})

# An office that hosts E5 in its one room.
READY: Mapping[str, Value] = {
    "link.down_p5": 40.0, "link.up_p5": 40.0, "link.voice_r_p5": 88.0, "link.loss_percent": 0.2,
    "link.jitter_ms": 8.0, "link.rtt_ms": 90.0, "link.udp_policy": "open", "link.busy_runs": 5.0,
    "link.sizing_ratio": 1.4, "link.contract_down": 50.0, "link.contract_up": 50.0,
    "link.dedicated": "dedicated", "link.priority": "yes",
    "continuity.second_line": "second_provider", "continuity.second_percent": 60.0,
    "continuity.failover_months": 3.0, "continuity.ups_minutes": 90.0,
    "continuity.generator": "yes", "continuity.contact_list": "yes",
    "continuity.rehearsal_days": 7.0, "continuity.rehearsed_months": 2.0,
    "plan.power_months": 2.0, "plan.last_mile_months": 2.0, "plan.platform_months": 2.0,
    "plan.kit_months": 2.0, "plan.person_months": 2.0, "plan.interpreter_months": 2.0,
    "plan.incident_months": 2.0, "continuity.backup_room": "yes",
    "continuity.backup_platform": "yes", "kit.computer": "dedicated", "kit.cameras": 2.0,
    "kit.camera_control": "yes", "kit.displays": 2.0, "kit.second_display": "yes",
    "kit.microphone": "gooseneck", "kit.echo_cancelling": "yes", "kit.dsp": "yes",
    "kit.spares": "yes", "kit.spare_encoder": "yes", "kit.receivers": 40.0, "kit.booths": "iso",
    "space.display_height_m": 1.2, "space.farthest_viewer_m": 6.0, "space.noise": "quiet",
    "space.acoustics": "dry", "space.wired_ports": 4.0, "seats.headset_percent": 95.0,
    "seats.wired_headset_percent": 95.0, "seats.phone_only_percent": 0.0,
    "applications.licence": "interpretation", "applications.licence_seats": 500.0,
    "applications.webcast": "yes", "content.papers_days": 7.0, "content.sharing": "yes",
    "content.archive": "yes", "content.recording": "always", "content.storage_rule": "yes",
    "content.bilingual_slides": "always", "content.language_channels": 2.0,
    "content.captions": "always", "content.audience": 300.0,
    "collaboration.moderator": "always", "collaboration.speaking_order": "always",
    "collaboration.remote_decide": "always", "collaboration.interrupted_percent": 1.0,
    "collaboration.outcome_effect": "5", "people.operators": 3.0, "people.deputies": 1.0,
    "people.operator_kind": "named_deputy", "people.trained_months": 2.0,
    "people.technicians": 2.0, "people.helpdesk_hours": 20.0, "events.large_a_year": 4.0,
    "security.sensitivity": "high", "security.platform_permitted": "permitted",
    "security.multi_factor": "yes", "security.waiting_room": "always",
    "security.named_joining": "always", "security.recording_consent": "always",
    "security.deletion_rule": "yes", "security.update_days": 10.0, "security.end_to_end": "yes",
    "security.data_rule_met": "yes", "country.offices_lacking_kit": 0.0,
    "event.capitals_outside_hours": 0.0,
}  # fmt: skip


@cache
def preset() -> Definition:
    return read_definition(tomllib.loads(PRESET.read_text(encoding="utf-8")))


def office(changes: Mapping[str, Value | None] | None = None, *replaced: Fact) -> OfficeFacts:
    """An office ready for everything, but for the changes (None takes a fact away)."""
    given = {**READY, **(changes or {})}
    own: dict[str, Fact] = {}
    room: dict[str, Fact] = {}
    for name, value in given.items():
        key = preset().keys[name]
        is_room = key.scope is Scope.ROOM
        grade = Grade.MEASURED if key.run_figure else Grade.DECLARED
        if value is None:
            grade = Grade.MISSING
        fact = Fact(name, value, grade, key.scope, "hall" if is_room else "", key.unit)
        (room if is_room else own)[name] = fact
    for one in replaced:
        (room if one.room else own)[one.key] = one
    return OfficeFacts("A1", "AAA", own, {"hall": room})


def option(code: str, price: int, passes: frozenset[str]) -> Option:
    return Option(code, (code.split("/")[-1],), Decimal(price), passes)


def worked_problem() -> Problem:
    """The problem worked in docs/methods/budget-plan.md."""

    def at_e1(code: str) -> OfficeOptions:
        return OfficeOptions(
            code, "A",
            (
                LeverOptions(Lever.LINK, E1, (option(f"{code}/link", 6, E13),)),
                LeverOptions(Lever.KIT, E1, (option(f"{code}/kit", 7, E13),)),
            ),
        )  # fmt: skip

    third = OfficeOptions(
        "B1", "B",
        (
            LeverOptions(Lever.LINK, E1, (option("B1/link", 4, E13),)),
            LeverOptions(
                Lever.KIT, frozenset(), (option("B1/small", 3, E1), option("B1/kit", 10, E13))
            ),
        ),
    )  # fmt: skip
    loan = SharedItem("A/loan", "A", Lever.KIT, Decimal(9), {"A1": E13, "A2": E13}, "LOAN")
    values = {"E0": Decimal(0), "E1": Decimal(3), "E3": Decimal(8)}
    return Problem(values, (at_e1("A1"), at_e1("A2"), third), (loan,))
