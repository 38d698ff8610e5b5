"""The house into which bad submissions come: one round, two agencies, what stands before."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import members as people
from tests.factories import surveys as make
from tests.surveys.bad.form import FORM_ID, XFORM, instance

from serai.calc.xforms import Ref
from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.models import (
    Answer,
    AnswerHead,
    AnswerIssue,
    AnswerRequest,
    Delegation,
    DeviceKey,
    Entry,
    FormVersion,
    Response,
    Submission,
    Suggestion,
)
from serai.surveys.queries.filling import KEPT
from serai.surveys.states import DelegationScope, DelegationState

# What stands before each bad submission.
ENTRY = re.compile("@(.+)")
BEFORE = {"name": "Agency", "code": "ABC", "link": "b"}


@dataclass
class World:
    """What the tests write into; what one changes is undone at its end."""

    lead: object
    helper: object
    adviser: object
    other: object
    response: Response
    theirs: Response
    secret: str = ""
    key: DeviceKey | None = None
    room: str = ""
    gone: str = ""
    clients: dict[str, Client] = field(default_factory=dict)

    def by(self):
        """The lead as a viewer."""
        return viewer_of(self.lead, make.NOON)

    def client(self, who: str) -> Client:
        """Return a browser: lead, helper, adviser, other, officer, or nobody's."""
        found = Client()
        if who != "nobody":
            person = people.person_with(who) if who == "officer" else getattr(self, who)
            found.force_login(person, backend="serai.config.accounts.SignIn")
        return found

    def untold(self, found: dict[str, str]) -> dict[str, str]:
        """Return some answers with {room}, {gone}, {new} for the keys of entries."""
        known = {self.room: "{room}", self.gone: "{gone}"}
        return {ENTRY.sub(lambda key: "@" + known.get(key[1], key[1] if len(key[1]) < 32 else "{new}"), place): text
                for place, text in found.items()}  # fmt: skip


def build() -> World:
    """Two agencies asked by the same round; the first has answered a little."""
    version = make.version(xform=XFORM, form_id=FORM_ID)
    wave = make.wave(version)
    asked, next_door = make.invitation(wave), make.invitation(wave)
    place = asked.organisation
    lead, other = asked.lead, next_door.lead
    response = actions.start_response(
        invitation=asked, by=viewer_of(lead, make.NOON), now=make.NOON
    )
    theirs = actions.start_response(
        invitation=next_door, by=viewer_of(other, make.NOON), now=make.NOON
    )
    world = World(
        lead, people.person_with("contributor", place), people.person_with("contributor", place),
        other, response, theirs,
    )  # fmt: skip
    give(world, **BEFORE)
    for key in ("room1", "room2"):
        actions.add_entry(
            response=response, repeat_path="/data/room", key=key, by=world.by(), now=make.NOON
        )
    write(world, Ref("/data/room/seats", "room1"), "20")
    actions.remove_entry(response=response, key="room2", by=world.by(), now=make.NOON)
    world.room, world.gone = "room1", "room2"
    for person, section, scope in (
        (world.helper, "office", DelegationScope.EDIT),
        (world.adviser, "office", DelegationScope.SUGGEST),
    ):
        Delegation.objects.create(
            response=response, section=section, person=person, scope=scope,
            state=DelegationState.ACCEPTED, given_at=make.NOON,
        )  # fmt: skip
    world.key, world.secret = actions.make_key(
        invitation=asked, name="Tablet", by=world.by(), now=timezone.now()
    )
    world.response.refresh_from_db()
    return world


def give(world: World, **texts: str) -> None:
    """Answer questions of the office as its lead."""
    for name, text in texts.items():
        write(world, Ref(f"/data/office/{name}"), text)


def write(world: World, ref: Ref, text: str) -> None:
    """Answer one question as its lead, knowing what stands."""
    head = AnswerHead.objects.filter(
        response=world.response, path=ref.path, entry=ref.entry
    ).first()
    name = hashlib.sha256(f"{ref} {text}".encode()).hexdigest()[:32]
    change = actions.Change(name, ref, head.answer_id if head else 0, text)
    done = actions.write_answers(
        response=world.response, changes=[change], by=world.by(), now=make.NOON
    )
    assert done.outcomes[0].kept in {"saved", "same"}


# ---------------------------------------------------------------- what happened before
def archived(world: World) -> None:
    """The survey is archived."""
    survey = world.response.wave.survey
    survey.state = "archived"
    survey.save(update_fields=["state"])


def closed(world: World) -> None:
    """The round is closed."""
    wave = world.response.wave
    wave.state = "closed"
    wave.save(update_fields=["state"])


def revoked(world: World) -> None:
    """The device's key was ended."""
    actions.revoke_key(key=world.key, by=world.by(), now=make.NOON)


def expired(world: World) -> None:
    """The device's key is too old."""
    DeviceKey.objects.filter(pk=world.key.pk).update(expires_at=timezone.now() - timedelta(days=1))


def signed(world: World) -> None:
    """The response is handed in and signed."""
    actions.hand_in(response=world.response, by=world.by(), now=make.NOON)
    actions.sign(response=world.response, name="A", position="B", by=world.by(), now=make.NOON)


def withdrawn(world: World) -> None:
    """The body took its response back."""
    Response.objects.filter(pk=world.response.pk).update(state="withdrawn")


def received(world: World) -> None:
    """The device handed in uuid:one already."""
    assert hand_in(world, instance(number="one", note="First")).status_code == 201


def corrected(world: World) -> None:
    """And corrected it by uuid:two."""
    received(world)
    assert hand_in(world, instance(number="two", corrects="one", note="First")).status_code == 201


def received_next_door(world: World) -> None:
    """A device of a later round handed in uuid:one."""
    other = make.invitation(make.wave(world.response.version))
    by = viewer_of(other.lead, make.NOON)
    _key, secret = actions.make_key(invitation=other, name="x", by=by, now=timezone.now())
    assert hand_in(world, instance(number="one", note="First"), secret).status_code == 201


def draft_version(world: World) -> None:
    """A second version is checked, not published."""
    make.version(world.response.wave.survey, XFORM, form_id=FORM_ID, version="2",
                 state="checked", published_at=None)  # fmt: skip


def renewed(world: World) -> None:
    """The form lost its plan: a second version is out and the response moved to it."""
    shorter = XFORM.replace("<note/>", "").replace(
        '<input ref="/data/plan/note"><label>Note</label></input>', ""
    ).replace('<bind nodeset="/data/plan/note" type="string" />', "")  # fmt: skip
    FormVersion.objects.update(state="superseded")
    version = make.version(world.response.wave.survey, shorter, form_id=FORM_ID)
    Response.objects.filter(pk=world.response.pk).update(version=version)


def asked_back(world: World) -> None:
    """Signed, then one answer, the code, is asked about again."""
    signed(world)
    Response.objects.filter(pk=world.response.pk).update(state="correcting")
    AnswerRequest.objects.create(
        response=world.response, path="/data/office/code", state="asked", reason="unclear",
        question={"en": "Sure?"}, made_at=make.NOON,
    )  # fmt: skip


def take_out(world: World, key: str) -> None:
    """Take an entry out."""
    actions.remove_entry(response=world.response, key=key, by=world.by(), now=make.NOON)


# ---------------------------------------------------------------- what stands
def hand_in(world: World, xml: bytes, secret: str = "", **files):
    """Send an instance as Collect does."""
    part = SimpleUploadedFile("submission.xml", xml, "text/xml")
    door = reverse("collect:submission", args=[secret or world.secret])
    return Client().post(door, {"xml_submission_file": part, **files})


def stands() -> dict[str, str]:
    """Return every answer that stands, of both bodies, by a short name."""
    rows = AnswerHead.objects.select_related("answer", "response__invitation").order_by("pk")
    mine = Response.objects.order_by("pk").values_list("pk", flat=True).first()
    return {
        f"{'' if row.response_id == mine else 'theirs '}{short(row.path, row.entry)}":
        f"[{row.answer.reason}]" if row.answer.reason else row.answer.value
        for row in rows
    }  # fmt: skip


def short(path: str, entry: str = "") -> str:
    """Return a place as the tables name it: of the office its last part alone."""
    text = path.removeprefix("/data/office/").removeprefix("/data/")
    return f"{text}@{entry}" if entry else text


@dataclass(frozen=True)
class Before:
    """All that was there, to be compared with what is there afterwards."""

    stands: dict[str, str]
    answers: frozenset[tuple[int, str]]
    submissions: frozenset[str]
    entries: frozenset[tuple[str, bool]]
    suggestions: frozenset[int]

    def changes(self) -> dict[str, str]:
        """Return the answers that differ by now; rows there were must all be there still."""
        assert self.answers <= _answers()
        now = stands()
        assert set(self.stands) <= set(now)
        return {place: text for place, text in now.items() if self.stands.get(place) != text}

    def beside(self) -> dict[str, str]:
        """Return the texts put beside answers since."""
        rows = Suggestion.objects.exclude(pk__in=self.suggestions)
        return {short(row.path, row.entry): row.value for row in rows}

    def arrived(self) -> list[Submission]:
        """Return the submissions kept since."""
        return list(Submission.objects.exclude(instance_id__in=self.submissions))

    def entries_changed(self) -> int:
        """Return how many entries came or went."""
        return len(_entries() ^ self.entries)


def _answers() -> frozenset[tuple[int, str]]:
    return frozenset(Answer.objects.values_list("pk", "value"))


def _entries() -> frozenset[tuple[str, bool]]:
    return frozenset(Entry.objects.values_list("key", "is_removed"))


def before() -> Before:
    """Return what is there now."""
    return Before(
        stands(), _answers(), frozenset(Submission.objects.values_list("instance_id", flat=True)),
        _entries(), frozenset(Suggestion.objects.values_list("pk", flat=True)),
    )  # fmt: skip


def issues() -> list[str]:
    """Return what is marked at the body's answers."""
    rows = AnswerIssue.objects.order_by("path", "entry", "kind")
    return [f"{row.kind} {short(row.path, row.entry)}" for row in rows]


def forget() -> None:
    """Let no response stay open from a test whose rows are gone."""
    with KEPT.lock:
        KEPT.rows.clear()


__all__ = ["BEFORE", "Before", "FormVersion", "World", "before", "build", "forget", "hand_in"]
