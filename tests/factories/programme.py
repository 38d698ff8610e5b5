"""Plain factories of the room programme, and the source report's milestones."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from tests.factories.members import member, organisation, viewer_with

from serai.base.access import ANONYMOUS, Viewer
from serai.base.models import StoredFile
from serai.base.text import TranslatedText
from serai.calc.schedule import narrow
from serai.members.states import Audience
from serai.programme import actions
from serai.programme.actions import MeetingFacts, RiskText, Told
from serai.programme.actions.finding import index_risk
from serai.programme.models import (
    Completion,
    Initiative,
    InitiativeText,
    Milestone,
    MilestoneText,
    Plan,
    Programme,
    Step,
)
from serai.programme.states import InitiativeState

if TYPE_CHECKING:
    from serai.programme.models import (
        ActionItem,
        AgendaItem,
        Decision,
        Meeting,
        Paper,
        Request,
        Risk,
        StatusNote,
    )

NOON = datetime(2021, 6, 30, 12, tzinfo=UTC)
EARLY = date(2021, 1, 1)
STAFF = Viewer(
    keys=frozenset({"public", "members", "secretariat"}),
    roles=frozenset({"officer", "coordinator"}),
    name="Staff",
)
TRIAL = replace(STAFF, is_sample=True)  # the same, played by a sample person
_numbers = itertools.count(1)


def told(day: date = EARLY, note: str = "Programme records") -> Told:
    """A fact known from an earlier day."""
    return Told(day, note)


def programme(**fields) -> Programme:
    """The programme, in Manila's time; the same one when it is asked for twice."""
    found = Programme.objects.first()
    if found:
        return found
    defaults = {
        "code": "carec",
        "name": TranslatedText.of("Central Asia Regional Economic Cooperation"),
        "short_name": TranslatedText.of("CAREC"),
        "time_zone": "Asia/Manila",
        "languages": ["en", "ru"],
    }
    return Programme.objects.create(**(defaults | fields))


def initiative(code: str = "", **fields) -> Initiative:
    """An active initiative that everybody may see."""
    number = next(_numbers)
    defaults = {
        "name": TranslatedText.of(f"Initiative {number}"),
        "purpose": TranslatedText.of("Do what is planned"),
        "order": Initiative.objects.count() + 1,
        "audience": Audience.PUBLIC.value,
        "state": InitiativeState.ACTIVE.value,
        "known_from": EARLY,
        "recorded_at": NOON,
        "source_note": "Programme records",
    }
    made = Initiative.objects.create(
        programme=programme(), code=code or f"initiative-{number}", **(defaults | fields)
    )
    InitiativeText.objects.create(
        initiative=made, name=made.name, purpose=made.purpose, order=made.order,
        known_from=made.known_from, recorded_at=made.recorded_at, source_note=made.source_note,
        sample=made.sample,
    )  # fmt: skip
    Step.objects.create(
        initiative=made, state=made.state, known_from=made.known_from,
        recorded_at=made.recorded_at, source_note=made.source_note, sample=made.sample,
    )  # fmt: skip
    return made


def milestone(of: Initiative | None = None, words: str = "", **fields) -> Milestone:
    """A milestone everybody may see; with words, planned since the beginning of 2021."""
    of = of or initiative()
    number = of.milestones.count() + 1
    defaults = {
        "number": number,
        "order": number,
        "name": TranslatedText.of(f"Milestone {number}"),
        "audience": of.audience,
        "known_from": EARLY,
        "recorded_at": NOON,
        "source_note": "Programme records",
    }
    row = Milestone.objects.create(initiative=of, **(defaults | fields))
    MilestoneText.objects.create(
        milestone=row, name=row.name, kind=row.kind, owner_id=row.owner_id,
        country_id=row.country_id, order=row.order, known_from=row.known_from,
        recorded_at=row.recorded_at, source_note=row.source_note, sample=row.sample,
    )  # fmt: skip
    if words:
        plan(row, words)
    return row


def plan(row: Milestone, words: str, day: date = EARLY, **fields) -> Plan:
    """A planned date known from a day."""
    return actions.propose_plan(
        milestone=row, words=words, by=STAFF, now=NOON, told=told(day), **fields
    )


def completion(row: Milestone, words: str, day: date = date(2021, 6, 30)) -> Completion:
    """A record of completion known from a day."""
    return actions.record_completion(milestone=row, words=words, by=STAFF, now=NOON, told=told(day))


def proposal(row: Milestone, words: str, day: date = EARLY, **fields) -> Plan:
    """A new date that waits for a coordinator."""
    return plan(row, words, day, **({"reason": "procurement"} | fields))


def approved(row: Milestone, words: str, day: date = EARLY) -> Plan:
    """A new date, proposed and approved on one day."""
    new = proposal(row, words, day)
    actions.approve_plan(plan=new, by=STAFF, now=NOON, told=told(day))
    return new


def meeting_facts(**fields) -> MeetingFacts:
    """The Senior Officials' Meeting of 30 June 2021, in the morning of Manila."""
    defaults = {
        "title": "Senior Officials' Meeting",
        "kind": "senior_officials",
        "starts_at": datetime(2021, 6, 30, 6, tzinfo=UTC),
        "ends_at": datetime(2021, 6, 30, 10, tzinfo=UTC),
        "zone": "Asia/Manila",
        "join_link": "https://join.example/secret",
    }
    return MeetingFacts(**(defaults | fields))


def meeting(of: Initiative | None = None, *, state: str = "planned", **fields) -> "Meeting":
    """A meeting of the programme, or of one initiative, taken to a state; members know of it."""
    programme()
    audience = fields.pop("audience", Audience.MEMBERS.value)
    row = actions.plan_meeting(
        initiative=of, facts=meeting_facts(**fields), audience=audience, by=STAFF, now=NOON,
        told=told(),
    )  # fmt: skip
    way = {
        "planned": (),
        "called": ("called",),
        "held": ("called", "held"),
        "minutes_draft": ("called", "held", "minutes_draft"),
        "cancelled": ("cancelled",),
    }[state]
    for step in way:
        actions.move_meeting(meeting=row, state=step, by=STAFF, now=NOON, told=told())
    return row


def agree(row: "Meeting", day: date = EARLY) -> "Meeting":
    """Take a held meeting to agreed minutes, so that its decisions are adopted."""
    actions.write_minutes(meeting=row, text="Agreed as discussed.", by=STAFF, now=NOON)
    actions.move_meeting(meeting=row, state="minutes_draft", by=STAFF, now=NOON, told=told(day))
    return actions.move_meeting(
        meeting=row, state="minutes_agreed", by=STAFF, now=NOON, told=told(day)
    )


def item(of: "Meeting", title: str = "Progress", **fields) -> "AgendaItem":
    """One item of an agenda."""
    return actions.add_item(
        meeting=of, title=title, purpose="information", by=STAFF, now=NOON, **fields
    )


def paper(of: "AgendaItem", **fields) -> "Paper":
    """A paper that is a file, for members."""
    audience = fields.pop("audience", Audience.MEMBERS.value)
    fields = {"title": "Progress report"} | fields
    if "file_id" not in fields:
        fields["file_id"] = stored_file().pk
    return actions.add_paper(item=of, audience=audience, by=STAFF, now=NOON, **fields)


def report_paper(of: "AgendaItem", number: int = 1, readers: str = "members", **fields) -> "Paper":
    """A paper that is an issued report."""
    defaults = {"title": "Progress report", "languages": ("en",), "by": STAFF}
    return actions.add_report(
        item=of, run_number=number, readers=readers, now=NOON, **(defaults | fields)
    )


def stored_file(**fields) -> StoredFile:
    """A small PDF that somebody has handed in."""
    defaults = {
        "name": "paper.pdf", "media_type": "application/pdf", "bytes": 1, "sha256": "0" * 64,
        "storage_key": "paper", "state": "checked", "received_at": NOON,
    }  # fmt: skip
    return StoredFile.objects.create(**(defaults | fields))


def decision(of: "Meeting", text: str = "Share the first draft.", **fields) -> "Decision":
    """A decision of a meeting that is called or held."""
    return actions.record_decision(
        meeting=of, text=text, by=STAFF, now=NOON, **({"told": told()} | fields)
    )


def action_item(text: str = "Share the draft", **fields) -> "ActionItem":
    """An action item; somebody has to be named."""
    return actions.add_action(text=text, by=STAFF, now=NOON, **({"told": told()} | fields))


def ask(of: Initiative | None = None, **fields) -> "Request":
    """A request to Georgia and Uzbekistan that members read of, unless told otherwise."""
    defaults = {
        "initiative": of,
        "text": "Answer the questionnaire",
        "countries": ("GEO", "UZB"),
        "told": told(),
    }
    return actions.open_request(by=STAFF, now=NOON, **(defaults | fields))


def risk(of: Initiative | None = None, kind: str = "risk", text: str = "", **fields) -> "Risk":
    """A risk of 3 × 4."""
    defaults = {"probability": 3, "impact": 4, "told": told()}
    return actions.record_risk(
        initiative=of or initiative(),
        words=RiskText(kind, text or "Replies come late"),
        by=STAFF,
        now=NOON,
        **(defaults | fields),
    )


def release(row: "Risk", audience: str = "members") -> "Risk":
    """An assumption let to the members by a coordinator; to the public as if by consent."""
    actions.release_risk(
        risk=row, audience="members", reason="The members asked for it",
        by=viewer_with("coordinator"), now=NOON,
    )  # fmt: skip
    if audience == "public":
        row.audience = audience
        row.save(update_fields=["audience"])
        index_risk(row, NOON)
    return row


def note(
    of: Initiative, text: str = "Work goes on.", *, cleared: date | None = None, **fields
) -> "StatusNote":
    """A status note, cleared on a day if one is given."""
    defaults = {"part": "current_status", "told": told()}
    row = actions.draft_note(initiative=of, text=text, by=STAFF, now=NOON, **(defaults | fields))
    if cleared is not None:
        actions.clear_note(note=row, by=STAFF, now=NOON, told=told(cleared))
    return row


def viewers(home: str) -> dict[str, Viewer]:
    """One viewer of every kind, seen from an initiative and from Georgia."""
    member("GEO")
    member("UZB")
    return {
        "public": ANONYMOUS,
        "members' report": Viewer(keys=frozenset({"public", "members"})),
        "administrator": viewer_with("administrator"),
        "partner": viewer_with("partner", organisation(country=None)),
        "committee": viewer_with("committee", "GEO"),
        "own country": viewer_with("focal_point", "GEO"),
        "other country": viewer_with("deputy", "UZB"),
        "expert": viewer_with("expert", f"{home}:GEO"),
        "officer elsewhere": viewer_with("officer", "elsewhere"),
        "officer": viewer_with("officer", home),
        "secretariat": viewer_with("officer"),
    }


STAFF_KINDS = {"officer", "secretariat"}
MEMBER_KINDS = {
    *STAFF_KINDS, "members' report", "committee", "own country", "other country",
    "officer elsewhere",
}  # fmt: skip
EVERY_KIND = {*MEMBER_KINDS, "public", "administrator", "partner", "expert"}


# The two tables of annexes 1 and 2 of the progress report of 30 June 2021: name, words, end,
# start, and what the report says of completion.
VIRTUAL = (
    ("ICT recommended practices: inception report drafted", "15th March 2021", "2021-03-15", "", ""),
    ("Survey questionnaire prepared and sent out", "23rd April 2021", "2021-04-23", "", "done"),
    ("Survey questionnaire replies received", "7th May 2021", "2021-05-07", "", "done"),
    ("Responses analysed and summarised", "10th June 2021", "2021-06-10", "", "done"),
    ("ICT recommended practices: first draft report", "22nd June 2021", "2021-06-22", "", ""),
    ("Training and capacity building plan", "30th June 2021", "2021-06-30", "", ""),
    ("Workshops and training material developed", "15th July 2021", "2021-07-15", "", ""),
    ("ICT recommended practices: final draft report", "30th July 2021", "2021-07-30", "", ""),
    ("Provision of equipment and services", "02nd August 2021 to 30th September 2021",
     "2021-09-30", "2021-08-02", ""),
    ("Virtual training, troubleshooting and consultancy sessions",
     "Ongoing Support throughout 2021 & 2022", "2022-12", "2021-01", "ongoing"),
)  # fmt: skip
STRATEGY = (
    ("Initial report outline drafted", "May 6, 2021", "2021-05-06", "", "done"),
    ("Secondary research started", "May 6, 2021", "2021-05-06", "", "done"),
    ("Questionnaire 1 prepared and sent out", "May 10, 2021", "2021-05-10", "", "done"),
    ("Agreement with UNESCAP and CAREC Institute on inputs", "May 25, 2021", "2021-05-25", "", ""),
    ("Inputs to the questionnaire received", "May - June 2021", "2021-06", "2021-05", ""),
    ("Secondary research inputs collected", "June 15, 2021", "2021-06-15", "", ""),
    ("First draft of all UNESCAP and CAREC Institute inputs received", "June 15, 2021",
     "2021-06-15", "", "done"),
    ("Consultation session with CAREC countries", "end of June 2021", "2021-06-30", "", ""),
    ("Senior Officials' Meeting", "June 30, 2021", "2021-06-30", "", ""),
    ("Consultation session with private sector stakeholders", "early July 2021", "2021-07", "", ""),
    ("Final drafts of all UNESCAP inputs received", "July 15, 2021", "2021-07-15", "", ""),
    ("First draft of the strategy shared", "August 30, 2021", "2021-08-30", "", ""),
    ("Comments on the first draft received", "September 15, 2021", "2021-09-15", "", ""),
    ("Final draft of the strategy shared", "October 15, 2021", "2021-10-15", "", ""),
    ("Strategy finalised", "November 1, 2021", "2021-11-01", "", ""),
    ("Editing, layout design and printing completed", "November 30, 2021", "2021-11-30", "", ""),
)  # fmt: skip


def source_report() -> tuple[Initiative, Initiative, Initiative]:
    """The three initiatives with the source report's 10 + 16 milestones and completions."""
    made = []
    for code, name, rows in (
        ("virtual-carec", "Virtual CAREC", VIRTUAL),
        ("digital-strategy-2030", "CAREC Digital Strategy 2030", STRATEGY),
        ("startup-hub", "CAREC Start-up Ecosystem Development Hub", ()),
    ):
        one = initiative(code, name=TranslatedText.of(name))
        made.append(one)
        for name_, words, end, start, says in rows:
            row = milestone(one, name=TranslatedText.of(name_))
            window = narrow(words, end, start or None, "en", is_ongoing=says == "ongoing")
            actions.propose_plan(
                milestone=row, words=TranslatedText.of(words), window=window, by=STAFF,
                now=NOON, told=told(),
            )  # fmt: skip
            if says == "done":
                completion(row, "by 30 June 2021")
    return made[0], made[1], made[2]
