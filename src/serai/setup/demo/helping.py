"""The sample's help desk: requests in every state, and answers for all without names."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from serai.base.access import Viewer
from serai.members import queries as members
from serai.members.states import Role
from serai.readiness import actions
from serai.readiness.actions import AdvisoryFacts, HelpFacts
from serai.readiness.queries.assessments import office
from serai.readiness.queries.help import events_to_help
from serai.readiness.queries.offices import offices
from serai.readiness.states import HelpKind, HelpPriority, HelpState
from serai.setup.demo.work import both

if TYPE_CHECKING:
    from serai.readiness.models import HelpRequest, Office

CAST = "Sample office A, Tbilisi"
H, K, P = HelpState, HelpKind, HelpPriority


@dataclass(frozen=True)
class Step:
    """A move by the desk or, to closed and reopened, by the agency; hours after it was asked.

    Attributes:
        state: None where something is said without a move.
    """

    hours: float
    state: HelpState | None
    text: str = ""
    is_agency: bool = False


@dataclass(frozen=True)
class Asked:
    """One request of the sample: what is asked, how many hours ago, and what came of it."""

    kind: HelpKind
    priority: HelpPriority
    subject: str
    text: str
    hours: float
    steps: tuple[Step, ...] = ()
    has_event: bool = False


TAKEN = Step(2, H.ASSIGNED)
WORKED = Step(5, H.IN_WORK)
REQUESTS = (
    Asked(K.TROUBLESHOOTING, P.NOW, "Sample: nobody hears our room",
          "Sample: since the meeting began the others do not hear us. The cable is in.", 0.4,
          has_event=True),
    Asked(K.TROUBLESHOOTING, P.HIGH, "Sample: the platform asks for a licence",
          "Sample: the computer of the meeting room asks for a licence since Monday.", 20, (TAKEN,)),
    Asked(K.CONSULTANCY, P.NORMAL, "Sample: which microphone for a round table of twelve?",
          "Sample: interpreters say that they hear the air conditioning more than the speakers.",
          50, (TAKEN, Step(6, H.IN_WORK, "Sample: a drawing of the room would help. I look at two kinds."))),
    Asked(K.TROUBLESHOOTING, P.NORMAL, "Sample: the picture freezes in the afternoon",
          "Sample: from two o'clock on the picture stands still, the sound goes on.", 96,
          (TAKEN, WORKED, Step(8, H.WAITING, "Sample: please run two tests between two and four, wired."))),
    Asked(K.CONSULTANCY, P.LOW, "Sample: how long shall a battery last?",
          "Sample: we buy batteries for the router. How many minutes are enough?", 70,
          (TAKEN, WORKED,
           Step(9, H.SOLVED, "Sample: 30 minutes for a meeting with interpretation, 60 for a regional one."))),
    Asked(K.TROUBLESHOOTING, P.HIGH, "Sample: echo in the large room",
          "Sample: everybody hears themselves a second later.", 400,
          (TAKEN, WORKED,
           Step(20, H.SOLVED, "Sample: two open microphones in one room. Use one, and switch echo cancelling on."),
           Step(30, H.CLOSED, is_agency=True))),
    Asked(K.TROUBLESHOOTING, P.NORMAL, "Sample: the second line does not take over",
          "Sample: we pulled the cable, and the meeting was gone.", 180,
          (TAKEN, WORKED, Step(26, H.SOLVED, "Sample: the order of the lines in the router was wrong."),
           Step(60, H.REOPENED, "Sample: tried again this morning: it took six minutes.", is_agency=True))),
    Asked(K.CONSULTANCY, P.NORMAL, "Sample: may we record a seminar?",
          "Sample: a guest asks for the recording.", 700,
          (TAKEN, WORKED, Step(24, None, "Sample: we ask the secretariat for the rule."),
           Step(40, H.SOLVED, "Sample: yes, if everybody is told before and consents."),
           Step(50, None, "Sample: thank you, this is clear.", is_agency=True),
           Step(64, H.CLOSED, is_agency=True))),
)  # fmt: skip
ECHO = "Sample: echo in the large room"
# Question, answer, whether all may read it; the first comes from a request, without names.
ANSWERS = (
    (both("Everybody hears themselves a second later. What helps?",
          "Все слышат себя с задержкой в секунду. Что делать?"),
     both("Two open microphones stand in one room. Leave one open, and switch echo cancelling on.",
          "В комнате включены два микрофона. Оставьте один и включите подавление эха."), True),
    (both("How early shall we test the room?", "За сколько дней проверять комнату?"),
     both("A week before a regional meeting, the day before any other, at the hour of the meeting.",
          "За неделю до регионального совещания, за день до любого другого, в час встречи."), True),
    (both("What if the electricity fails?", "Что делать при отключении электричества?"),
     both("Put the router on a battery as well as the computer. Keep a telephone with data charged.",
          "Подключите к батарее и маршрутизатор, и компьютер. Держите заряженным телефон с интернетом."), True),
    (both("May a seminar be recorded?", "Можно ли записывать семинар?"),
     both("Yes, if all are told before and consent. Say where the recording is kept and when it is deleted.",
          "Да, если всех предупредили заранее и все согласны. Скажите, где хранится запись и когда её удалят."), True),
    (both("Which camera for a long table?", "Какая камера нужна для длинного стола?"),
     both("A draft; the desk still tries two kinds.", "Черновик; служба ещё пробует два вида."), False),
)  # fmt: skip


@dataclass
class Help:
    """Enters requests and answers for all, as agencies and the desk would have done it."""

    people: dict[str, Viewer]
    now: datetime

    def run(self) -> None:
        """Enter everything."""
        places = self.places()
        if not places:
            return
        made = {
            one.subject: self.request(one, places[number % len(places)])
            for number, one in enumerate(REQUESTS)
        }
        for number, (question, answer, is_shown) in enumerate(ANSWERS):
            actions.write_advisory(
                facts=AdvisoryFacts(question, answer, is_shown), by=self.people["officer"],
                now=self.now - timedelta(days=12), request=None if number else made[ECHO],
            )  # fmt: skip

    def places(self) -> "list[Office]":
        """Return the sample's offices, those of the cast first."""
        officer = self.people["officer"]
        rows = sorted(offices(officer), key=lambda row: (row.name != CAST, row.name))
        return [office(officer, row.public_id) for row in rows if row.sample]

    def request(self, one: Asked, place: "Office") -> "HelpRequest":
        """Ask as the office's lead, and bring it as far as it has come."""
        lead = self.lead_of(place)
        asked_at = self.now - timedelta(hours=one.hours)
        plans = events_to_help([place]) if one.has_event else []
        made = actions.ask_help(
            office=place,
            asked=HelpFacts(one.kind, one.priority, one.subject, one.text, plans[0] if plans else None),
            by=lead, now=asked_at,
        )  # fmt: skip
        for step in one.steps:
            at = asked_at + timedelta(hours=step.hours)
            self.step(made, step, lead if step.is_agency else self.people["technician"], at)
        return made

    def step(self, made: "HelpRequest", step: Step, by: Viewer, at: datetime) -> None:
        """Take one step."""
        if step.state is None:
            actions.say_help(request=made, text=step.text, by=by, now=at)
        elif step.state is H.ASSIGNED and by.person_id is not None:
            actions.assign_help(request=made, technician_id=by.person_id, by=by, now=at)
        else:
            actions.move_help(request=made, state=step.state, text=step.text, by=by, now=at)

    def lead_of(self, place: "Office") -> Viewer:
        """Return who leads the work of an office's agency."""
        found = members.people_with_role(Role.LEAD, self.now, organisation_id=place.organisation_id)
        return members.viewer_of(found[0], self.now)
