"""A house with a recognisable word at each audience, and who may read which.

Who may read what is written from the design's chapters on permissions and from `docs/access.md`,
by hand: nothing here asks a rule or a query.
"""

import re
from dataclasses import dataclass
from datetime import date

from tests.factories import members as people
from tests.factories import programme as make

from serai.base.text import TranslatedText
from serai.calc.schedule import on_day
from serai.members.models import Organisation, Person
from serai.programme import actions
from serai.programme.models import Initiative, Milestone

NOON, STAFF = make.NOON, make.STAFF


SECRETARIAT = {"officer", "coordinator", "programme"}
MEMBERS = {
    *SECRETARIAT, "members' report", "agency", "contributor", "committee", "Georgia", "Uzbekistan",
    "officer elsewhere",
}  # fmt: skip
ALL = {
    *MEMBERS,
    "visitor",
    "nobody",
    "participant",
    "administrator",
    "delegate",
    "partner",
    "expert",
}
# What the programme's queries answer, and who may read it.
PROGRAMME = {
    "initiative: open": ALL,
    "initiative: closed": {"programme", "Uzbekistan"},  # which it asks for something
    "milestone: public": ALL,
    "milestone: public and done": ALL,
    "milestone: members": {*MEMBERS, "expert"},
    "milestone: secretariat": SECRETARIAT,
    "milestone: country": {"Georgia"},
    "milestone: organisation": {"agency", "contributor"},
    "milestone: public in a closed initiative": {"programme"},
    "words of a proposal": SECRETARIAT,
    "reason of a proposal": SECRETARIAT,
    "words turned down": SECRETARIAT,
    "why turned down": SECRETARIAT,
    "name of who recorded": ALL - {"visitor"},
    "baseline: closed": {"programme"},
    "note: cleared": ALL,
    "note: draft": SECRETARIAT,
    "note: closed": {"programme"},
    "meeting: members": {*MEMBERS, "expert", "delegate"},
    "meeting: secretariat": SECRETARIAT,
    "meeting: papers not out": ALL,
    "meeting: public in a closed initiative": {"programme"},
    "join": {*SECRETARIAT, "delegate"},
    "name of a delegate": {*SECRETARIAT, "delegate"},
    "minutes: draft": {*SECRETARIAT, "delegate"},
    "minutes of an item": {*SECRETARIAT, "delegate"},
    "paper: members": {*MEMBERS, "expert", "delegate"},
    "paper: secretariat": {*SECRETARIAT, "delegate"},
    "paper: not out": SECRETARIAT,
    "decision: proposed": {*SECRETARIAT, "delegate"},
    "decision: adopted": {*MEMBERS, "expert"},
    "decision: secretariat": SECRETARIAT,
    "action: members": {*MEMBERS, "expert"},
    "action: secretariat": {*SECRETARIAT, "agency", "contributor"},
    "action: Uzbekistan": {*SECRETARIAT, "Uzbekistan"},
    "note on an action": {*SECRETARIAT, "Uzbekistan"},
    "request: members": {*MEMBERS, "expert"},
    "request: Uzbekistan": {*SECRETARIAT, "Uzbekistan"},
    "request: in a closed initiative": {"programme", "Uzbekistan"},
    "answer of Georgia": {*SECRETARIAT, "Georgia"},
    "risk": SECRETARIAT,
    "review of a risk": SECRETARIAT,
    "assumption: members": {*MEMBERS, "expert"},
    "assumption: public": ALL,
    "assumption: in a closed initiative": {"programme"},
    "file: open": SECRETARIAT,
    "file: closed": {"programme"},
    "outline: open": ALL,
    "outline: closed": {"programme"},
}
OFFICERS = {*SECRETARIAT, "officer elsewhere"}
# What stands on pages, in letters and files besides.
ELSEWHERE = {
    # milestones of one country's own
    "milestone: Uzbekistan": {"Uzbekistan"},
    "reason of a new date: Uzbekistan": {"Uzbekistan"},
    "proof: Uzbekistan": {"Uzbekistan"},
    "why withdrawn: Uzbekistan": {"Uzbekistan"},
    "warning: Uzbekistan": {"Uzbekistan"},
    "reason to show: Uzbekistan": {"Uzbekistan"},
    # milestones of the secretariat
    "milestone: with proof": SECRETARIAT,
    "proof": SECRETARIAT,
    "why withdrawn": SECRETARIAT,
    "warning": SECRETARIAT,
    "meeting: of the secretariat alone": SECRETARIAT,
    "place of the secretariat": SECRETARIAT,
    # releases that wait: who is asked to consent
    "reason of a release": {"coordinator"},
    "reason of a release: Georgia": {"Georgia"},
    # people: those who look after them and keep accounts; names also who chooses whom to ask
    "name: lead of Uzbekistan": {"Uzbekistan", "administrator", *OFFICERS},
    "address: lead of Uzbekistan": {"Uzbekistan", "administrator", "programme"},
    "address: invited by Uzbekistan": {"Uzbekistan", "administrator", "programme"},
    "name: contributor": {"agency", "Georgia", "administrator", *OFFICERS},
    "reason of a role": {"agency"},
    "note: own data": {"administrator"},
    # reports: officers build them
    "narrative: draft": OFFICERS,
    "remark of Georgia": {"Georgia", *OFFICERS},
    "answer to Georgia": {"Georgia", *OFFICERS},
}
_WHO_CLEARED = {"agency", "contributor", "Georgia"}
_CLEARED = {*_WHO_CLEARED, *SECRETARIAT, "expert"}
# What agencies answer: the contributor holds one part of a draft, and reads the rest once signed.
ANSWERS = {
    "answer: draft": {"agency"},
    "answer: draft of a part": {"agency", "contributor"},
    "remark: on a draft": {"agency"},
    "note: on a part": {"agency", "contributor"},
    "suggestion": {"agency", "contributor"},
    "answer: signed": _WHO_CLEARED,
    "answer: cleared": _CLEARED,
    "answer: narrow": {"agency", "Georgia"},
    "answer: released": {*_CLEARED, *MEMBERS},
    "answer: narrow, beside a released one": {"agency", "Georgia"},
    "remark: to the secretariat": _CLEARED,
    "remark: to the country": {"agency", "Georgia"},
    "question asked back": _CLEARED,
    "answer: mended": {"agency"},
    "reply to a question": _CLEARED,
    "survey: in a closed initiative": {"programme"},
    "round: closed": {"programme"},
}
READERS = PROGRAMME | ELSEWHERE | ANSWERS
_NUMBERS = {name: number for number, name in enumerate(READERS, 101)}
WORD = re.compile(r"(?:(?<![0-9a-z_])|(?<=\\n)|(?<=%[0-9a-f]{2}))qx\d{3}(?![0-9a-z_])")
_NAMES = {f"qx{number}": name for name, number in _NUMBERS.items()}


def secret(name: str) -> str:
    """Return a secret's word: one that no line breaks, no stemmer cuts and nobody else writes."""
    return f"qx{_NUMBERS[name]}"


def secrets_in(text: str) -> set[str]:
    """Return the names of the secrets whose words a text holds.

    A word stands alone: the random tokens on each page hold its letters by chance now and then.
    """
    return {_NAMES[word] for word in WORD.findall(text.casefold()) if word in _NAMES}


@dataclass
class World:
    """An initiative everybody knows, one of the secretariat's alone, and what stands in them.

    Attributes:
        device_key: of a tablet that the agency answers with.
    """

    open: Initiative
    closed: Initiative
    agency: Organisation
    cast: dict[str, Person]
    device_key: str = ""


def plant() -> World:
    """Make a house with a secret at each audience."""
    people.member("GEO")
    people.member("UZB")
    agency = people.organisation(country="GEO")
    cast = _cast(agency)
    made = World(
        open=make.initiative(
            "open", name=TranslatedText.of(secret("initiative: open")), keeper=cast["officer"]
        ),
        closed=make.initiative(
            "closed", name=TranslatedText.of(secret("initiative: closed")), audience="secretariat"
        ),
        agency=agency,
        cast=cast,
    )
    make.initiative("third")
    _milestones(made)
    _notes(made)
    _meetings(made)
    _asked(made)
    _risks(made)
    _files(made)
    return made


def _cast(agency: Organisation) -> dict[str, Person]:
    """Make one person of each kind, seen from the initiative everybody knows and from Georgia.

    They come first, so that what is done afterwards writes them its letters.
    """
    return {
        "nobody": people.person(),
        "participant": people.person_with("participant"),
        "administrator": people.person_with("administrator"),
        "delegate": people.person(full_name=secret("name of a delegate")),
        "partner": people.person_with("partner", people.organisation(country=None)),
        "agency": people.person_with("lead", agency),
        "contributor": people.person_with("contributor", agency),
        "committee": people.person_with("committee", "GEO"),
        "Georgia": people.person_with("focal_point", "GEO"),
        "Uzbekistan": people.person_with("deputy", "UZB"),
        "expert": people.person_with("expert", "open:GEO"),
        "officer elsewhere": people.person_with("officer", "third"),
        "officer": people.person_with("officer", "open"),
        "coordinator": people.person_with("coordinator", "open"),
        "programme": people.person_with("officer"),
    }


def _milestone(of: Initiative, level: str, **fields) -> Milestone:
    return make.milestone(
        of, "15 July 2021", name=TranslatedText.of(secret(f"milestone: {level}")),
        **({"audience": level} | fields),
    )  # fmt: skip


def _milestones(world: World) -> None:
    shown = _milestone(world.open, "public")
    _milestone(world.open, "members")
    hidden = _milestone(world.open, "secretariat")
    _milestone(world.open, "country", country=people.member("GEO"))
    _milestone(world.open, "organisation", owner=world.agency)
    _milestone(world.closed, "public in a closed initiative", audience="public")
    window = on_day(date(2021, 8, 1))
    make.proposal(
        shown, secret("words of a proposal"), window=window, reason="other",
        reason_text=secret("reason of a proposal"),
    )  # fmt: skip
    turned = make.proposal(shown, secret("words turned down"), window=on_day(date(2021, 9, 1)))
    actions.reject_plan(plan=turned, reason=secret("why turned down"), by=STAFF, now=NOON)
    actions.add_dependency(milestone=shown, after=hidden, lag_days=30, by=STAFF, now=NOON)
    actions.set_baseline(
        initiative=world.closed, name=secret("baseline: closed"), by=STAFF, now=NOON
    )
    author = people.viewer_with("officer", full_name=secret("name of who recorded"))
    actions.record_completion(
        milestone=_milestone(world.open, "public and done", audience="public"),
        words="30 June 2021", by=author, now=NOON,
    )  # fmt: skip


def _notes(world: World) -> None:
    make.note(world.open, secret("note: cleared"), cleared=make.EARLY)
    make.note(world.open, secret("note: draft"))
    make.note(world.closed, secret("note: closed"), cleared=make.EARLY)


def _meetings(world: World) -> None:
    known = make.meeting(
        world.open, title=secret("meeting: members"), audience="members",
        join_link=f"https://join.example/{secret('join')}",
    )  # fmt: skip
    actions.invite(meeting=known, person_id=world.cast["delegate"].pk, by=STAFF, now=NOON)
    item = make.item(known, minutes=secret("minutes of an item"))
    make.paper(item, title=secret("paper: members"), audience="members")
    make.paper(item, title=secret("paper: secretariat"), audience="secretariat")
    for state in ("called", "papers_out", "held"):
        actions.move_meeting(meeting=known, state=state, by=STAFF, now=NOON)
    make.decision(known, secret("decision: proposed"))
    actions.write_minutes(meeting=known, text=secret("minutes: draft"), by=STAFF, now=NOON)
    early = make.meeting(
        world.open, title=secret("meeting: papers not out"), state="called", audience="public"
    )
    make.paper(make.item(early), title=secret("paper: not out"), audience="public")
    agreed = make.meeting(world.open, title="Agreed", state="held", audience="members")
    make.decision(agreed, secret("decision: adopted"))
    make.agree(agreed)
    inner = make.meeting(
        world.open, title=secret("meeting: secretariat"), state="held", audience="secretariat"
    )
    make.decision(inner, secret("decision: secretariat"))
    make.agree(inner)
    make.meeting(
        world.closed, title=secret("meeting: public in a closed initiative"), audience="public"
    )


def _asked(world: World) -> None:
    make.action_item(
        secret("action: members"), initiative=world.open, audience="members", countries=("UZB",)
    )
    make.action_item(secret("action: secretariat"), initiative=world.open, owner_id=world.agency.pk)
    uzb = make.action_item(secret("action: Uzbekistan"), initiative=world.open, countries=("UZB",))
    actions.note_action(action=uzb, text=secret("note on an action"), by=STAFF, now=NOON)
    asked = make.ask(world.open, text=secret("request: members"), audience="members")
    georgia = asked.addressees.select_related("country", "request__initiative").get(
        country__iso3="GEO"
    )
    actions.answer_request(
        addressee=georgia, state="declined", note=secret("answer of Georgia"), by=STAFF, now=NOON
    )
    make.ask(
        world.open, text=secret("request: Uzbekistan"), audience="secretariat", countries=("UZB",)
    )
    make.ask(
        world.closed, text=secret("request: in a closed initiative"), audience="public",
        countries=("UZB",),
    )  # fmt: skip


def _risks(world: World) -> None:
    held = make.risk(world.open, text=secret("risk"))
    actions.review_risk(
        risk=held, probability=1, impact=1, note=secret("review of a risk"), by=STAFF, now=NOON
    )
    for level in ("members", "public"):
        one = make.risk(world.open, "assumption", secret(f"assumption: {level}"))
        make.release(one, level)
    hidden = make.risk(world.closed, "assumption", secret("assumption: in a closed initiative"))
    make.release(hidden, "public")


def _files(world: World) -> None:
    for home, code in ((world.open, "open"), (world.closed, "closed")):
        actions.preview_import(
            initiative=home, content=b"number,end\n1,2021-07-30\n", language="en",
            name=f"{secret(f'file: {code}')}.csv", by=STAFF, now=NOON,
        )  # fmt: skip
        actions.save_outline(
            initiative=home, key="report", title=TranslatedText.of(secret(f"outline: {code}")),
            headings=(), by=STAFF, now=NOON,
        )  # fmt: skip
