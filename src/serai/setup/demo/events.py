"""The sample's events: past ones with outcomes, one on now, some ahead, with their delegations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from serai.base.access import Viewer
from serai.calc.readiness.forecast import PlanB
from serai.calc.readiness.ladder import Role
from serai.programme import actions as programme
from serai.programme.actions import MeetingFacts
from serai.readiness import actions, queries
from serai.readiness.actions import EventFacts, SeenAtDesk
from serai.readiness.actions import Place as From
from serai.readiness.queries.definitions import framework_needed
from serai.readiness.states import AS_PLANNED, Trouble
from serai.readiness.states.event_words import Outcome
from serai.setup.demo.office_answers import SEED
from serai.setup.demo.work import both, told

if TYPE_CHECKING:
    from serai.programme.models import Meeting
    from serai.readiness.models import Delegation, EventPlan, Office

ZONE = "Asia/Tashkent"
OPENS = 10
FORECAST_BEFORE, PLANNED_BEFORE = timedelta(days=9), timedelta(days=20)
BEGUN = timedelta(minutes=50)
CONTACTS = "Sample desk: +000 00 000 00 00\nSample moderator: +000 00 000 00 01"
SOURCE = "Sample letter"
PLATFORMS = ("zoom", "teams")
# An organisation's word on a platform, of a hundred, for matters of low and of medium sensitivity.
WORDS = {"low": (("permitted", 84), ("approval", 10), ("forbidden", 6)),
         "medium": (("permitted", 50), ("approval", 34), ("forbidden", 16))}  # fmt: skip
# Whose offices take part in every event: the cast reads them. The first one holds the events.
CAST = ("sample-agency-a-geo", "sample-agency-a-uzb", "sample-agency-a-kaz")
ABSENT_SHARE = 0.06
NOTES = {
    Outcome.WENT_WELL: "",
    Outcome.FELL_SHORT: "Sample: the sound broke twice; they went on without the camera.",
    Outcome.ABSENT: "Sample: called away on the day.",
}


@dataclass(frozen=True)
class Planned:
    """One event of the sample.

    Attributes:
        days: from now; 0 is on now, below it was.
        guests: offices besides the cast's.
        is_forecast, rehearsed: how far it has come, and how many delegations rehearsed.
    """

    english: str
    russian: str
    days: int
    event: str
    platform: str
    sensitivity: str = "low"
    guests: int = 6
    is_forecast: bool = True
    rehearsed: int = 0


EVENTS = (
    Planned("Sample: regional workshop on single windows",
            "Образец: региональный семинар по системам единого окна", -47, "E2", "zoom", guests=9),
    Planned("Sample: working group on customs data",
            "Образец: рабочая группа по таможенным данным", -19, "E1", "teams", guests=9),
    Planned("Sample: desk officers' meeting",
            "Образец: встреча ответственных сотрудников", 0, "E1", "zoom", rehearsed=3),
    Planned("Sample: technical meeting on digital trade",
            "Образец: техническое совещание по цифровой торговле", 3, "E3", "zoom", "medium",
            guests=8, rehearsed=4),
    Planned("Sample: training on paperless trade",
            "Образец: обучение безбумажной торговле", 6, "E1", "teams", guests=8, rehearsed=99),
    Planned("Sample: seminar of all members",
            "Образец: семинар всех стран-участниц", 33, "E4", "zoom", guests=2, is_forecast=False),
)  # fmt: skip
# A meeting that is no event yet: somebody may plan it as one.
FREE = Planned("Sample: call of focal points", "Образец: созвон национальных координаторов", 17,
               "", "", is_forecast=False)  # fmt: skip
WRONG_AT_REHEARSAL = (
    SeenAtDesk(trouble=Trouble.NONE.value, text="Sample: sound and picture are good."),
    SeenAtDesk(trouble=Trouble.SOUND.value, text="Sample: an echo; the loudspeaker was turned down."),
    SeenAtDesk(trouble=Trouble.LINE.value, text="Sample: the second line was tried and carried it."),
)  # fmt: skip
# Minutes after the start, of which delegation, what the desk saw; the last of no delegation.
AT_DESK = (
    (-20, 0, SeenAtDesk(is_in=True, on_plan=AS_PLANNED)),
    (-12, 1, SeenAtDesk(is_in=True, on_plan=AS_PLANNED)),
    (-9, 2, SeenAtDesk(is_in=True, on_plan=AS_PLANNED, text="Sample: two people more than named.")),
    (-2, 3, SeenAtDesk(is_in=False, trouble=Trouble.PLATFORM.value,
                       text="Sample: the account is locked; the number to call was given.")),
    (6, 4, SeenAtDesk(is_in=True, on_plan=AS_PLANNED)),
    (11, 1, SeenAtDesk(trouble=Trouble.SOUND.value, text="Sample: the sound breaks off.")),
    (14, 1, SeenAtDesk(on_plan=PlanB.AUDIO_ONLY.value, text="Sample: camera off, slides shown here.")),
    (17, 3, SeenAtDesk(is_in=True, on_plan=PlanB.DIAL_IN.value, trouble=Trouble.NONE.value)),
    (21, 1, SeenAtDesk(trouble=Trouble.NONE.value)),
    (23, 5, SeenAtDesk(is_in=True, on_plan=AS_PLANNED)),
    (24, 6, SeenAtDesk(is_in=True, on_plan=AS_PLANNED)),
    (26, 7, SeenAtDesk(is_in=False, trouble=Trouble.LINE.value,
                       text="Sample: the line fell; they look for the second one.")),
    (30, None, SeenAtDesk(text="Sample: item 2 began ten minutes late.")),
)  # fmt: skip


@dataclass
class Events:
    """Enters words on platforms and events, as their people would have done it."""

    people: dict[str, Viewer]
    now: datetime

    def __post_init__(self) -> None:
        self.officer, self.technician = self.people["officer"], self.people["technician"]

    def run(self) -> None:
        """Enter everything, the earliest event first."""
        self.call(FREE, self.now)
        for one in EVENTS:
            made = self.plan(one)
            if one is EVENTS[0]:
                self.policies(queries.places_to_enter(self.officer, made))
            self.bring(made, one, self.delegations(made, one))

    # ---------------------------------------------------------------- planning
    def dice(self, what: str) -> Random:
        """Return the dice of one event or organisation."""
        return Random(f"{SEED}:events:{what}")  # noqa: S311  # the same sample each time

    def policies(self, offices: "Sequence[Office]") -> None:
        """Write down what each organisation says of the platforms."""
        organisations = {one.organisation.code: one.organisation for one in offices}
        for code, organisation in sorted(organisations.items()):
            dice = self.dice(code)
            words = {
                (platform, sensitivity): dice.choices(
                    [word for word, _n in found], [n for _word, n in found]
                )[0]
                for platform in PLATFORMS
                for sensitivity, found in WORDS.items()
            }
            if code in CAST:
                words = dict.fromkeys(words, "permitted")
            actions.say_policies(
                organisation=organisation, words=words, source=SOURCE, by=self.officer,
                now=self.now - timedelta(days=90),
            )  # fmt: skip

    def start_of(self, one: Planned) -> datetime:
        """Return when an event begins: at ten, or, if it is on now, at the full or half hour before."""
        if one.days == 0:
            begun = self.now - BEGUN
            return begun.replace(minute=begun.minute // 30 * 30, second=0, microsecond=0)
        day = (self.now + timedelta(days=one.days)).astimezone(ZoneInfo(ZONE)).date()
        return datetime(day.year, day.month, day.day, OPENS, tzinfo=ZoneInfo(ZONE))

    def call(self, one: Planned, at: datetime) -> "Meeting":
        """Plan the meeting of an event, and bring it as far as it has come."""
        starts_at = self.start_of(one)
        meeting = programme.plan_meeting(
            initiative=None,
            facts=MeetingFacts(
                title=both(one.english, one.russian), kind="technical", starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=3), zone=ZONE, mode="virtual",
            ),
            audience="members", by=self.people["coordinator"], now=at, told=told(at.date()),
        )  # fmt: skip
        for state, moved_at in self.steps_of(one, at, starts_at):
            programme.move_meeting(
                meeting=meeting, state=state, by=self.officer, now=moved_at,
                told=told(moved_at.date()),
            )  # fmt: skip
        return meeting

    def plan(self, one: Planned) -> "EventPlan":
        """Call the meeting and plan it as an event."""
        at = min(self.now, self.start_of(one) - PLANNED_BEFORE)
        meeting = self.call(one, at)
        return actions.plan_event(
            framework=framework_needed(), meeting=meeting.public_id,
            facts=EventFacts(
                event=one.event, platform=one.platform, languages=("en", "ru"),
                sensitivity=one.sensitivity, contacts=CONTACTS,
            ),
            by=self.officer, now=at,
        )  # fmt: skip

    def steps_of(
        self, one: Planned, at: datetime, starts_at: datetime
    ) -> Sequence[tuple[str, datetime]]:
        """Return how far a meeting has come, with the moments."""
        if not one.is_forecast:
            return ()
        called, held = ("called", at), ("held", starts_at + timedelta(hours=4))
        return (called, held) if one.days < 0 else (called,)

    def delegations(self, made: "EventPlan", one: Planned) -> "list[Delegation]":
        """Enter the cast's offices and some others, each as what it can be."""
        offices = queries.places_to_enter(self.officer, made)
        own = sorted(
            (office for office in offices if office.organisation.code in CAST),
            key=lambda office: CAST.index(office.organisation.code),
        )
        others = [office for office in offices if office.organisation.code not in CAST]
        dice = self.dice(one.english)
        guests = dice.sample(others, min(one.guests, len(others)))
        at = min(self.now, made.starts_at - PLANNED_BEFORE)
        return [
            actions.add_delegation(
                plan=made, place=self.place(office, one, dice, is_host=number == 0),
                by=self.officer, now=at,
            )
            for number, office in enumerate([*own, *guests])
        ]  # fmt: skip

    def place(self, office: "Office", one: Planned, dice: Random, *, is_host: bool) -> From:
        """Say from where an office takes part, and as what."""
        rooms = sorted(
            (room for room in office.rooms.all() if not room.is_closed),
            key=lambda room: (-(room.seats or 0), room.pk),
        )
        if not rooms or (not is_host and dice.random() < 0.25):
            return From(office, None, Role.SEAT.value, dice.randint(1, 4))
        seats = rooms[0].seats or 4
        role = Role.HOST if is_host else Role.ROOM if one.event == "E1" else Role.SPEAKER
        return From(office, rooms[0], role.value, max(1, min(seats, dice.randint(3, 12))))

    # ---------------------------------------------------------------- how far each has come
    def bring(self, made: "EventPlan", one: Planned, delegations: "list[Delegation]") -> None:
        """Forecast, rehearse, go live, review: as far as an event has come."""
        if not one.is_forecast:
            return
        at = min(self.now - timedelta(hours=2), made.starts_at - FORECAST_BEFORE)
        actions.forecast_event(plan=made, by=self.officer, now=at)
        self.rehearse(made, delegations[: one.rehearsed])
        if one.days > 0:
            return
        begun = made.starts_at - timedelta(minutes=30)
        actions.start_event(plan=made, by=self.technician, now=begun)
        if one.days == 0:
            self.note(made, delegations)
        else:
            self.review(made, delegations, one)

    def rehearse(self, made: "EventPlan", delegations: "Sequence[Delegation]") -> None:
        """Rehearse the day before, or this morning."""
        at = min(self.now - timedelta(hours=1), made.starts_at - timedelta(days=1))
        for number, one in enumerate(delegations):
            one.refresh_from_db()
            one.plan = made
            actions.record_rehearsal(
                delegation=one, seen=WRONG_AT_REHEARSAL[number % len(WRONG_AT_REHEARSAL)],
                by=self.technician, now=at + timedelta(minutes=9 * number),
            )  # fmt: skip

    def note(self, made: "EventPlan", delegations: "Sequence[Delegation]") -> None:
        """Write down what the desk saw until now."""
        for minutes, number, seen in AT_DESK:
            at = made.starts_at + timedelta(minutes=minutes)
            if number is not None and number >= len(delegations):
                continue
            found = None if number is None else delegations[number]
            if found is not None:
                found.refresh_from_db()
            actions.note_at_desk(
                plan=made, delegation=found, seen=seen, by=self.technician, now=at
            )  # fmt: skip

    def review(self, made: "EventPlan", delegations: "Sequence[Delegation]", one: Planned) -> None:
        """Say how it went: drawn by the chance that was forecast."""
        dice = self.dice(f"outcomes of {one.english}")
        outcomes = {}
        for found in delegations:
            found.refresh_from_db()
            word = self.outcome(dice, found.verdict["p"])
            outcomes[found.public_id] = (word.value, NOTES[word])
        actions.review_event(
            plan=made, outcomes=outcomes, by=self.officer, now=made.ends_at + timedelta(hours=1)
        )

    def outcome(self, dice: Random, chance: float) -> Outcome:
        """Draw one outcome."""
        if dice.random() < ABSENT_SHARE:
            return Outcome.ABSENT
        return Outcome.FELL_SHORT if dice.random() < chance else Outcome.WENT_WELL
