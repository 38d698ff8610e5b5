"""Decisions and action items as of a day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from serai.base.access import NotFound, Viewer
from serai.base.models import Rows
from serai.base.ready import KEPT, Ready
from serai.base.text import TranslatedText
from serai.members.access import visible
from serai.programme import access
from serai.programme.models import ActionItem, ActionNote, Attendance, Decision, Step
from serai.programme.queries.meetings import visible_meetings
from serai.programme.queries.shared import (
    EMPTY,
    KEPT_DAYS,
    is_trial,
    place_name,
    reads_sample,
    state_of,
    states_by,
    within_initiative,
)
from serai.programme.queries.texts import home_name
from serai.programme.states import ActionState, DecisionState

SETTLED = frozenset({DecisionState.ADOPTED.value, DecisionState.SUPERSEDED.value})


@dataclass(frozen=True)
class Place:
    """A member as a table names it."""

    iso3: str
    name: TranslatedText


@dataclass(frozen=True)
class DecisionRow:
    """One decision as of a day."""

    id: int
    public_id: str
    number: str
    text: TranslatedText
    meeting: str
    meeting_title: TranslatedText
    meeting_id: str
    initiative: str
    addressees: tuple[Place, ...]
    to_secretariat: bool
    due_on: date | None
    due_words: TranslatedText
    state: str
    adopted_on: date | None
    supersedes: str
    superseded_by: str
    action_count: int
    open_action_count: int
    known_from: date
    sample: bool
    is_made_up: bool = False


@dataclass(frozen=True)
class ActionRow:
    """One action item as of a day."""

    public_id: str
    text: TranslatedText
    decision: str
    initiative: str
    initiative_name: TranslatedText
    owner: TranslatedText
    person: str
    countries: tuple[Place, ...]
    due_on: date | None
    due_words: TranslatedText
    state: str
    is_overdue: bool
    evidence_link: str
    evidence_id: int | None
    notes: tuple[str, ...]
    known_from: date
    is_own: bool
    sample: bool
    is_made_up: bool = False


def visible_decisions(viewer: Viewer) -> QuerySet[Decision]:
    """Leave decisions of meetings the viewer knows of; drafts only to its officers and delegates."""
    found = Decision.objects.filter(meeting__in=visible_meetings(viewer))
    if "secretariat" in viewer.keys:
        return found
    codes = [key.removeprefix("secretariat:") for key in viewer.keys if key[:12] == "secretariat:"]
    settled = ~Q(state=DecisionState.PROPOSED.value)
    if not reads_sample(viewer):  # what only sample people adopted is not adopted
        steps = Step.objects.filter(decision=OuterRef("pk"), sample=False, state__in=SETTLED)
        settled &= Q(Exists(steps))
    mine = Q(meeting__attendances__person_id=viewer.person_id) if viewer.is_signed_in else Q()
    return found.filter(settled | Q(meeting__initiative__code__in=codes) | mine).distinct()


def decisions(viewer: Viewer, as_of: date, *, meeting: int | None = None) -> list[DecisionRow]:
    """Return the decisions known by a day, latest meeting first; five queries.

    What the viewer may not see is neither named nor counted: another meeting's decision, an action.
    """
    known, with_sample = visible_decisions(viewer), reads_sample(viewer)
    states = states_by(as_of, "decision", with_sample)
    found = (
        known.filter(known_from__lte=as_of)
        .annotate(
            is_replaced_known=Exists(known.filter(pk=OuterRef("supersedes_id"))),
            **states,
            adopted_on=_adopted_on(as_of, with_sample),
        )
        .select_related("meeting__initiative", "supersedes")
        .prefetch_related(
            "addressees",
            Prefetch(
                "superseded_by",
                Decision.objects.filter(pk__in=known.values("pk"), known_from__lte=as_of).annotate(
                    **states
                ),
            ),
            Prefetch(
                "actions",
                visible_actions(viewer)
                .filter(known_from__lte=as_of)
                .annotate(**states_by(as_of, "action", with_sample)),
            ),
        )
        .order_by("-meeting__starts_at", "-meeting__id", "id")
    )
    if meeting is not None:
        found = found.filter(meeting_id=meeting)
    drafts = _drafts_shown(viewer)
    return [_decision(one) for one in found if state_of(one) in SETTLED or drafts(one)]


@lru_cache(maxsize=2 * KEPT_DAYS)
def _adopted_on(as_of: date, with_sample: bool) -> Subquery:
    """Return the day a decision was first adopted, as known by a day, as a column."""
    steps = Step.objects.filter(
        decision=OuterRef("pk"), state=DecisionState.ADOPTED.value, known_from__lte=as_of
    )
    if not with_sample:
        steps = steps.filter(sample=False)
    return Subquery(steps.order_by("known_from", "id").values("known_from")[:1])


def _drafts_shown(viewer: Viewer) -> Callable[[Decision], bool]:
    """Tell of a decision not adopted by the day whether this viewer works on it."""
    codes = {key.removeprefix("secretariat:") for key in viewer.keys if key[:12] == "secretariat:"}
    mine: set[int] = set()
    if viewer.is_signed_in:
        mine = set(
            Attendance.objects.filter(person_id=viewer.person_id or 0)
            .order_by("id")
            .values_list("meeting_id", flat=True)
        )

    def is_shown(one: Decision) -> bool:
        home = one.meeting.initiative
        is_staff = "secretariat" in viewer.keys or (home is not None and home.code in codes)
        return is_staff or one.meeting_id in mine

    return is_shown


def _places(rows: Iterable[object]) -> tuple[Place, ...]:
    ordered = sorted(rows, key=lambda m: (m.order, m.iso3))  # type: ignore[attr-defined]
    return tuple(Place(m.iso3, place_name(m)) for m in ordered)  # type: ignore[attr-defined]


def _decision(one: Decision) -> DecisionRow:
    actions = list(one.actions.all())
    later = [row for row in one.superseded_by.all() if state_of(row) in SETTLED]
    home = one.meeting.initiative
    names_old = getattr(one, "is_replaced_known", False)
    return DecisionRow(
        id=one.pk,
        public_id=one.public_id,
        number=one.number,
        text=one.text,
        meeting=one.meeting.code,
        meeting_title=one.meeting.title,
        meeting_id=one.meeting.public_id,
        initiative=home.code if home else "",
        addressees=_places(one.addressees.all()),
        to_secretariat=one.to_secretariat,
        due_on=one.due_on,
        due_words=one.due_words,
        state=state_of(one) or DecisionState.PROPOSED.value,
        adopted_on=getattr(one, "adopted_on", None),
        supersedes=one.supersedes.number if one.supersedes and names_old else "",
        superseded_by=later[0].number if later else "",
        action_count=len(actions),
        open_action_count=sum(1 for a in actions if state_of(a) == ActionState.OPEN),
        known_from=one.known_from,
        sample=one.sample or is_trial(one) or any(is_trial(a) for a in actions),
        is_made_up=one.sample,
    )


def decision(viewer: Viewer, public_id: str) -> Decision:
    """Return one decision.

    Raises:
        NotFound: if there is none this viewer may see.
    """
    row = (
        visible_decisions(viewer)
        .select_related("meeting__initiative")
        .filter(public_id=public_id)
        .first()
    )
    if row is None:
        raise NotFound(public_id)
    return row


def decision_choices(viewer: Viewer) -> list[tuple[str, str]]:
    """Return adopted decisions as (public number, number) to cite; latest first."""
    rows = visible_decisions(viewer).filter(state=DecisionState.ADOPTED.value)
    return [(row.public_id, row.number) for row in rows.order_by("-id")]


def _own_actions(viewer: Viewer) -> Q:
    codes = sorted(access.countries_of(viewer) | access.speaks_for(viewer))
    own = Q(owner_id__in=sorted(access.organisations_of(viewer))) | Q(countries__iso3__in=codes)
    if viewer.is_signed_in:
        own |= Q(person_id=viewer.person_id)
    return Q(pk__in=ActionItem.objects.filter(own).values("pk"))


def visible_actions(viewer: Viewer) -> QuerySet[ActionItem]:
    """Leave the action items a viewer may know of: their initiatives', and their own."""
    wide = within_initiative(viewer, visible(viewer, country=None, organisation="owner_id"))
    return ActionItem.objects.filter(wide | _own_actions(viewer))


@lru_cache(maxsize=1)
def _countries() -> Rows:
    """Return the members an action item is for, in programme order, as a column."""
    rows = ActionItem.countries.through.objects.filter(actionitem=OuterRef("pk"))
    rows = rows.order_by("member__order", "member__iso3")
    return Rows(_place, rows, "member__iso3", "member__short_name", "member__names")


def _place(iso3: str, short: TranslatedText, whole: TranslatedText) -> Place:
    return Place(iso3, short if str(short) else whole)


@dataclass(frozen=True, slots=True)
class KnownNote:
    """One line added to an action item, as it is stored."""

    text: str
    sample: bool


@lru_cache(maxsize=2 * KEPT_DAYS)
def _notes(as_of: date, with_sample: bool) -> Rows:
    """Return the notes of an action item known by a day, oldest first, as a column."""
    rows = ActionNote.objects.filter(action=OuterRef("pk"), known_from__lte=as_of)
    rows = (rows if with_sample else rows.filter(sample=False)).order_by("known_from", "id")
    return Rows(KnownNote, rows, "text", "sample")


def actions(viewer: Viewer, as_of: date, *, country: str = "") -> list[ActionRow]:
    """Return the action items known by a day, soonest due first; one query."""
    return [_action(viewer, one, as_of) for one in _ready(viewer.itself, as_of, country).rows()]


@lru_cache(maxsize=KEPT)
def _ready(viewer: Viewer, as_of: date, country: str) -> Ready[ActionItem]:
    with_sample = reads_sample(viewer)
    found = (
        visible_actions(viewer)  # type: ignore[no-redef]
        .filter(known_from__lte=as_of)
        .annotate(
            is_decision_known=Exists(visible_decisions(viewer).filter(pk=OuterRef("decision_id")))
        )
        .annotate(
            **states_by(as_of, "action", with_sample),
            known_home=home_name(as_of, with_sample),
            known_countries=_countries(),
            known_notes=_notes(as_of, with_sample),
        )
        .select_related("decision", "initiative", "owner", "person")
        .order_by(F("due_on").asc(nulls_last=True), "id")
    )
    if country:
        found = found.filter(countries__iso3=country)
    return Ready(found)


def _action(viewer: Viewer, one: ActionItem, as_of: date) -> ActionRow:
    state = state_of(one) or ActionState.OPEN.value
    places = tuple(one.known_countries)
    is_own = (
        (viewer.person_id is not None and one.person_id == viewer.person_id)
        or one.owner_id in access.organisations_of(viewer)
        or any(place.iso3 in access.speaks_for(viewer) for place in places)
    )
    names_decision = getattr(one, "is_decision_known", False)
    is_done = state in {ActionState.DONE, ActionState.VERIFIED}
    late = one.due_on is not None and one.due_on < as_of and state == ActionState.OPEN
    return ActionRow(
        public_id=one.public_id,
        text=one.text,
        decision=one.decision.number if one.decision and names_decision else "",
        initiative=one.initiative.code if one.initiative else "",
        initiative_name=one.known_home,
        owner=one.owner.names if one.owner else EMPTY,
        person=one.person.full_name if one.person and viewer.is_signed_in else "",
        countries=places,
        due_on=one.due_on,
        due_words=one.due_words,
        state=state,
        is_overdue=late,
        evidence_link=one.evidence_link if is_done else "",
        evidence_id=one.evidence_id if is_done else None,
        notes=tuple(note.text for note in one.known_notes),
        known_from=one.known_from,
        is_own=is_own,
        sample=one.sample or is_trial(one) or any(note.sample for note in one.known_notes),
        is_made_up=one.sample,
    )


def action(viewer: Viewer, public_id: str) -> ActionItem:
    """Return one action item.

    Raises:
        NotFound: if there is none this viewer may see.
    """
    row = (
        visible_actions(viewer)
        .select_related("decision", "initiative", "owner", "person", "evidence")
        .prefetch_related("countries")
        .filter(public_id=public_id)
        .first()
    )
    if row is None:
        raise NotFound(public_id)
    return row
