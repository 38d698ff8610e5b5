"""What the sample's offices answer: drawn by seed from how far each has come on the ladder of events."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from serai.setup.demo.places import Place

SEED = 20301231
# How many of a hundred offices come as far as E0 ... E5.
SHARES = (12, 30, 26, 18, 9, 5)
# An office passes what its own step asks nearly always, and what lies beyond it now and then.
# What own staff can do without money is often there.
WITHIN, BEYOND, BEYOND_OWN = 0.985, 0.35, 0.85
SILENT_SHARE = 0.015
# Mbit/s down that the line carries outside busy hours, by step.
RATES = ((2.5, 5.5), (7, 12), (11, 24), (26, 45), (48, 90), (70, 160))
CONTRACTS = (5, 10, 20, 50, 100, 200, 500)
LEAST_CONTRACT = 1.15  # a provider sells more than arrives
PLATFORMS = ("zoom", "teams", "webex", "meet", "jitsi", "bigbluebutton", "interprefy")
PLANS = {
    "last_mile": 1, "platform": 2, "power": 3, "kit": 3, "person": 4, "interpreter": 4,
    "incident": 4,
}  # fmt: skip
ABOUT = frozenset({"office", "city", "technical_contact", "technical_contact_email",
                   "takes_part", "has_room", "test_consent"})  # fmt: skip


class LineTests(StrEnum):
    """Which connection tests an office has."""

    WHOLE = "whole"
    THIN = "thin"
    TOLD = "told"
    NONE = "none"


TESTS = ((LineTests.WHOLE, 72), (LineTests.THIN, 10), (LineTests.TOLD, 10), (LineTests.NONE, 8))


@dataclass(frozen=True)
class Profile:
    """How well an office is off.

    Attributes:
        step: the event it can host, or nearly; 0 for none.
        down_mbps, up_mbps: outside busy hours.
        rtt_ms, jitter_ms, loss_percent: on a usual day.
    """

    place: Place
    step: int
    is_host: bool
    rooms: int
    down_mbps: float
    up_mbps: float
    rtt_ms: float
    jitter_ms: float
    loss_percent: float
    is_udp_open: bool
    tests: LineTests


def dice_of(place: Place, what: str) -> random.Random:
    """Return an office's own dice for one purpose: the same each time."""
    return random.Random(f"{SEED}:{place.seed}:{what}")  # noqa: S311  # the same sample each time


def profile(place: Place, *, step: int | None = None) -> Profile:
    """Draw how well an office is off; `step` says how far it has come where that is wanted."""
    dice = dice_of(place, "profile")
    drawn = dice.choices(range(len(SHARES)), SHARES)[0]
    found = drawn if step is None else step
    down = dice.uniform(*RATES[found])
    quality = max(found, 1)
    return Profile(
        place=place,
        step=found,
        is_host=found > 0 or dice.random() < 0.5,
        rooms=0 if found == 0 and dice.random() < 0.4 else 1 + (found > 1) + (found > 3),
        down_mbps=down,
        up_mbps=down * dice.uniform(0.75, 1.0),
        rtt_ms=dice.uniform(60, 120) + (140 if found == 0 else 0),
        jitter_ms=dice.uniform(4, 14) if found > 1 else dice.uniform(10, 32),
        loss_percent=dice.uniform(0.05, 0.4) if found > 1 else dice.uniform(0.6, 2.6) / quality,
        is_udp_open=dice.random() < 0.3 + 0.12 * found,
        tests=dice.choices([one for one, _n in TESTS], [n for _one, n in TESTS])[0]
        if step is None
        else LineTests.WHOLE,
    )


class Writer:
    """Writes one office's answers."""

    def __init__(self, of: Profile, day: date, what: str = "answers") -> None:
        self.of, self.day = of, day
        self.dice = dice_of(of.place, what)

    def has(self, step: int, beyond: float = BEYOND) -> bool:
        """Tell whether the office has what a step of the ladder asks for."""
        return self.dice.random() < (WITHIN if self.of.step >= step else beyond)

    def yes(self, step: int, beyond: float = BEYOND) -> str:
        """Answer yes or no to that."""
        return "yes" if self.has(step, beyond) else "no"

    def number(
        self, step: int, has: tuple[int, int], lacks: tuple[int, int], beyond: float = BEYOND
    ) -> str:
        """Answer with a number of one span or the other."""
        return str(self.dice.randint(*(has if self.has(step, beyond) else lacks)))

    def day_ago(self, has: bool) -> str:
        """Return a day within the year, or longer ago."""
        days = self.dice.randint(20, 300) if has else self.dice.randint(420, 800)
        return (self.day - timedelta(days=days)).isoformat()

    def office(self) -> dict[str, str]:
        """Return the answers on the office as a whole, by path."""
        said = {
            "about_office": self._about(), "events": self._events(),
            "connection": self._connection(), "power": self._power(),
            "applications": self._applications(), "seats": self._seats(),
            "content": self._content(), "collaboration": self._collaboration(),
            "people": self._people(), "continuity": self._continuity(),
            "security": self._security(), "needs": self._needs(),
            "sign_off": {"complete": "whole"},
        }  # fmt: skip
        return {
            f"/data/{group}/{name}": value
            for group, answers in said.items()
            for name, value in answers.items()
            if name in ABOUT or self.dice.random() >= SILENT_SHARE
        }

    def _about(self) -> dict[str, str]:
        place = self.of.place
        return {
            "office": place.name, "city": place.city,
            "technical_contact": "Sample technician",
            "technical_contact_email": "technician@sample.example",
            "takes_part": "attend_and_host" if self.of.is_host else "attend",
            "has_room": "yes" if self.of.rooms else "no", "test_consent": "yes",
            "offices_sharing": str(self.dice.randint(0, 3)),
        }  # fmt: skip

    def _events(self) -> dict[str, str]:
        worst = 30 - 5 * self.of.step
        said = {
            "attended": str(self.dice.randint(6, 60)),
            "platforms_used": " ".join(sorted(self.dice.sample(PLATFORMS, 2))),
            "event_languages": "en ru",
            "interrupted_share": str(self.dice.randint(0, max(1, worst))),
            "problems": "none" if self.of.step > 3 else self.dice.choice(("sound", "line", "sound line", "picture")),
        }  # fmt: skip
        if self.of.is_host:
            said["largest"] = str(self.dice.randint(8, 40) * max(1, self.of.step))
            said["hosted_e1"] = str(self.dice.randint(0, 20))
            said["hosted_e2"] = str(self.dice.randint(0, 4 * self.of.step))
        return said

    def _contract(self, rate: float) -> int:
        return next(one for one in CONTRACTS if one >= rate * LEAST_CONTRACT)

    def _connection(self) -> dict[str, str]:
        of = self.of
        down, up = self._contract(of.down_mbps), self._contract(of.up_mbps)
        second = "second_provider" if self.has(4) else ("hotspot" if self.has(2) else "none")
        said = {
            "technology": "fibre" if of.step > 1 else self.dice.choice(("cable", "fixed_wireless", "mobile")),
            "provider": "Sample provider", "contract_down": str(down), "contract_up": str(up),
            "dedicated": "dedicated" if self.has(3) else "shared", "data_cap": "no",
            "busy_hours": "h10 h11 h15", "outages": str(self.dice.randint(0, 8)),
            "outage_minutes": str(self.dice.randint(3, 90)), "second_line": second,
            "wired_rooms": self.dice.choice(("all", "some")), "wifi": "new",
            "udp_policy": "open" if of.is_udp_open else self.dice.choice(("port_3478", "blocked")),
            "proxy": "none", "upgrade_weeks": str(self.dice.randint(2, 16)),
        }  # fmt: skip
        if said["udp_policy"] != "blocked":
            said["udp_priority"] = self.yes(3)
        if second != "none":
            share = self.dice.uniform(0.55, 1) if self.has(3) else self.dice.uniform(0.05, 0.4)
            said |= {
                "second_path": "other" if second == "second_provider" else "wireless",
                "second_down": str(max(1, round(down * share))),
                "second_up": str(max(1, round(up * share))), "failover": "manual",
                "failover_tested_on": self.day_ago(self.has(3)),
            }  # fmt: skip
        return said

    def _power(self) -> dict[str, str]:
        minutes = 60 if self.has(3) else (30 if self.has(2) else self.dice.choice((0, 5, 15)))
        return {
            "ups_minutes": str(minutes),
            "generator": self.yes(5),
            "power_cuts": str(self.dice.randint(0, 9 - self.of.step)),
        }

    def _applications(self) -> dict[str, str]:
        said = {
            f"permit_{one}": self.dice.choice(("permitted", "approval", "forbidden"))
            for one in PLATFORMS
        }
        said["permit_zoom"] = "permitted" if self.has(1) else "approval"
        licence = "interpretation" if self.has(3) else ("licence" if self.has(1) else "guest")
        said |= {"licence": licence, "install_rights": "on_request", "codec": self.yes(4),
                 "webcast": self.yes(4), "file_sharing": "mail own_server"}  # fmt: skip
        if licence != "guest":
            said["licence_seats"] = self.dice.choice(("100", "300", "500"))
        return said

    def _seats(self) -> dict[str, str]:
        joining = self.dice.randint(6, 40)
        return {
            "people_joining": str(joining), "people_at_once": str(max(2, joining // 4)),
            "seats_wired_share": self.number(2, (60, 100), (10, 55)),
            "seats_headset_share": self.number(2, (60, 100), (10, 55)),
            "seats_camera_share": str(self.dice.randint(50, 100)),
            "phone_only_share": self.number(1, (0, 0), (5, 20)),
            "from_home_share": str(self.dice.randint(0, 30)),
        }  # fmt: skip

    def _content(self) -> dict[str, str]:
        often = ("often", "always")
        return {
            "papers_days": self.number(2, (3, 10), (0, 2)), "papers_channel": "mail",
            "bilingual_slides": self.dice.choice(often) if self.has(2) else "seldom",
            "sharing": self.yes(1), "recording": self.dice.choice(("seldom", *often)),
            "storage_rule": self.yes(3), "audience": str(self.dice.randint(20, 120) * (1 + self.of.step)),
            "captions": self.dice.choice(often) if self.has(4) else "never",
            "language_channels": self.number(2, (1, 2), (0, 0)), "archive": self.yes(3),
        }  # fmt: skip

    def _collaboration(self) -> dict[str, str]:
        effect = min(5, max(1, self.of.step + self.dice.randint(1, 2)))
        return {
            "moderator": "always" if self.has(1) else "seldom",
            "speaking_order": "often" if self.has(2) else "seldom",
            "remote_decide": "often" if self.has(3) else "seldom",
            "zone_rule": self.yes(3), "remote_speaking_share": str(self.dice.randint(10, 60)),
            "outcome_effect": str(effect), "decisions_postponed": str(self.dice.randint(0, 4)),
            "trips_avoided": str(self.dice.randint(2, 40)),
            "satisfaction": str(max(1, min(5, effect))),
        }  # fmt: skip

    def _people(self) -> dict[str, str]:
        operators = self.dice.randint(2, 4) if self.has(5) else (1 if self.has(2) else 0)
        said = {
            "operators": str(operators), "technicians": self.number(3, (1, 3), (0, 0), BEYOND_OWN),
            "helpdesk_hours": self.number(4, (5, 40), (0, 0)), "support_contract": self.yes(4),
            "learners": str(self.dice.randint(2, 12)), "training_languages": "ru",
            "training_times": "morning",
        }  # fmt: skip
        if operators:
            said |= {
                "operator_kind": "named_deputy" if self.has(4) else "named",
                "deputies": str(min(operators - 1, 1)),
                "operators_trained_on": self.day_ago(self.has(2)),
            }
        for need in ("joining", "room", "moderating", "interpretation", "measuring", "security"):
            said[f"need_{need}"] = str(self.dice.randint(0, 3))
        return said

    def _continuity(self) -> dict[str, str]:
        said: dict[str, str] = {}
        for plan, step in PLANS.items():
            said[f"plan_{plan}"] = self.yes(step, BEYOND_OWN)
            if said[f"plan_{plan}"] == "yes":
                said[f"plan_{plan}_owner"] = "Sample technician"
                said[f"plan_{plan}_minutes"] = str(self.dice.randint(2, 30))
                said[f"plan_{plan}_rehearsed_on"] = self.day_ago(self.has(step, BEYOND_OWN))
        return said | {
            "contact_list": self.yes(1), "dial_in": self.yes(2), "backup_room": self.yes(5),
            "backup_platform": self.yes(5),
            "rehearsal_days": "7" if self.has(3, BEYOND_OWN) else self.number(2, (1, 3), (0, 0)),
        }  # fmt: skip

    def _security(self) -> dict[str, str]:
        always = ("always", "always", "often")
        return {
            "sensitivity_highest": self.dice.choice(("low", "medium", "medium", "high")),
            "multi_factor": self.yes(2), "waiting_room": self.dice.choice(always),
            "named_joining": self.dice.choice(always),
            "recording_consent": "always" if self.has(2) else "sometimes",
            "data_location": self.dice.choice(("required", "preferred", "free")),
            "encryption_rule": "sensitive", "deletion_days": str(self.dice.choice((30, 90, 365))),
            "update_days": self.number(1, (7, 28), (35, 120), BEYOND_OWN), "incident": "none",
        }  # fmt: skip

    def _needs(self) -> dict[str, str]:
        said = {
            "wanted_attend": "e1 e2 e3", "need_first": "Sample need: a line that holds in the morning.",
            "need_second": "Sample need: microphones for each speaker.",
            "budget_band": self.dice.choice(("none", "to_2", "to_10", "to_50")),
            "would_lend": self.yes(3), "would_host": self.yes(3),
        }  # fmt: skip
        if self.of.is_host:
            said |= {f"wanted_e{n}": str(self.dice.randint(0, max(0, 6 - n))) for n in range(1, 6)}
        return said

    def room(self, number: int) -> dict[str, str]:
        """Return the answers on one meeting room, by path; the first is the best equipped."""
        step = max(0, self.of.step - number)

        def has(wanted: int) -> bool:
            return self.dice.random() < (WITHIN if step >= wanted else BEYOND)

        def yes(wanted: int) -> str:
            return "yes" if has(wanted) else "no"

        displays, cameras = 1 + has(3), (1 + has(3)) if has(1) else 0
        microphone = (
            "gooseneck" if has(3) else ("cardioid" if has(2) else ("headset" if has(1) else "omni"))
        )
        seats = self.dice.choice((8, 12, 16, 24, 40))
        said = {
            "room_name": ("Conference hall", "Meeting room", "Small room")[number],
            "room_seats": str(seats), "farthest_viewer": str(max(3, seats // 4)),
            "displays": str(displays), "display_height": str(round(self.dice.uniform(0.6, 1.6), 1)),
            "cameras": str(cameras), "microphone_type": microphone,
            "microphone_count": str(self.dice.randint(1, 8)), "echo_cancelling": yes(2),
            "dsp": yes(4), "spares": yes(5), "loudspeakers": "separate",
            "headsets": str(seats if has(3) else 0), "booths": "table" if has(3) else "none",
            "room_computer": "dedicated" if has(3) else ("fixed" if has(1) else "laptop"),
            "wired_ports": str(2 if has(2) else 1), "noise": "quiet" if has(2) else "some",
            "acoustics": "dry" if has(2) else "some", "lighting": "good" if has(2) else "partly",
            "room_operator": yes(2),
        }  # fmt: skip
        if cameras:
            said["camera_control"] = yes(3)
        if displays > 1:
            said["second_display"] = yes(3)
        if has(4):
            said["spare_encoder"] = yes(4)
        return {f"/data/room/{name}": value for name, value in said.items()}

    def rooms(self) -> list[dict[str, str]]:
        """Return the answers on every meeting room."""
        return [self.room(number) for number in range(self.of.rooms)]


def begun(of: Profile, day: date) -> Mapping[str, str]:
    """Return the answers of an office that has only begun: the first two sections."""
    whole = Writer(of, day).office()
    return {
        path: value
        for path, value in whole.items()
        if path.startswith(("/data/about_office/", "/data/events/"))
    }
