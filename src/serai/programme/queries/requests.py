"""Requests and who has answered, each viewer seeing what is theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import F, OuterRef, Q, QuerySet

from serai.base.access import NotFound, Viewer
from serai.base.models import Rows
from serai.base.ready import KEPT, Ready
from serai.base.text import TranslatedText
from serai.members.access import visible
from serai.programme import access
from serai.programme.models import Request, RequestAddressee
from serai.programme.queries.shared import (
    EMPTY,
    KEPT_DAYS,
    is_entered_later,
    is_trial,
    place_name,
    reads_sample,
    state_of,
    states_by,
    within_initiative,
)
from serai.programme.queries.texts import home_name
from serai.programme.states import AddresseeState, RequestState

WAITING = frozenset({AddresseeState.OPEN.value, AddresseeState.SEEN.value})


@dataclass(frozen=True)
class AddresseeRow:
    """One member or organisation that was asked, as of a day."""

    public_id: str
    iso3: str
    name: TranslatedText
    state: str
    note: str
    answered_on: date | None
    is_own: bool


@dataclass(frozen=True)
class RequestRow:
    """One request as of a day.

    Attributes:
        sample: it, or an answer or state of it, is demonstration data, and so marked.
        is_made_up: the request itself is; only then do counts leave it out.
        asked_count, answered_count, waiting_count: over all addressees, also hidden ones.
        shown: the addressees this viewer may see by name: all for the secretariat; one's own;
            the unanswered members once the officer has released their names.
    """

    public_id: str
    initiative: str
    initiative_name: TranslatedText
    text: TranslatedText
    due_on: date | None
    due_words: TranslatedText
    audience: str
    state: str
    known_from: date
    about: str
    asked_count: int
    answered_count: int
    waiting_count: int
    are_names_released: bool
    shown: tuple[AddresseeRow, ...]
    reads_board: bool
    is_entered_later: bool
    sample: bool
    is_made_up: bool = False
    is_trial: bool = False

    @property
    def own(self) -> tuple[AddresseeRow, ...]:
        """Return the viewer's own rows."""
        return tuple(row for row in self.shown if row.is_own)


def _asked_of(viewer: Viewer) -> Q:
    """Return the filter for requests that address the viewer's country or organisation."""
    codes = sorted(access.countries_of(viewer) | access.speaks_for(viewer))
    own = Q(country__iso3__in=codes) | Q(
        organisation_id__in=sorted(access.organisations_of(viewer))
    )
    return Q(pk__in=RequestAddressee.objects.filter(own).values("request_id"))


def visible_requests(viewer: Viewer) -> QuerySet[Request]:
    """Leave the requests a viewer may know of: their audience's, and those asked of them."""
    wide = within_initiative(viewer, visible(viewer, country=None, organisation=None))
    return Request.objects.filter(wide | _asked_of(viewer))


@dataclass(frozen=True, slots=True)
class KnownAddressee:
    """One member or organisation that was asked, as it is stored."""

    public_id: str
    iso3: str | None
    names: TranslatedText | None
    short_name: TranslatedText | None
    organisation_id: int | None
    organisation: TranslatedText | None
    note: str
    answered_on: date | None
    sample: bool
    known_state: str | None
    is_trial: bool | None


@lru_cache(maxsize=2 * KEPT_DAYS)
def _addressees(as_of: date, with_sample: bool) -> Rows:
    known = (
        RequestAddressee.objects.filter(request=OuterRef("pk"), known_from__lte=as_of)
        .annotate(**states_by(as_of, "addressee", with_sample))
        .order_by(
            F("country__order").asc(nulls_last=True), F("country__iso3").asc(nulls_last=True), "id"
        )
    )
    return Rows(
        KnownAddressee, known, "public_id", "country__iso3", "country__names",
        "country__short_name", "organisation_id", "organisation__names", "note", "answered_on",
        "sample", "known_state", "is_trial",
    )  # fmt: skip


def requests(viewer: Viewer, as_of: date, *, initiative: str | None = None) -> list[RequestRow]:
    """Return the requests known by a day, soonest due first; one query."""
    rows = [_row(viewer, one, as_of) for one in _ready(viewer.itself, as_of).rows()]
    return [row for row in rows if initiative in {None, row.initiative}]


@lru_cache(maxsize=KEPT)
def _ready(viewer: Viewer, as_of: date) -> Ready[Request]:
    with_sample = reads_sample(viewer)
    found = (
        visible_requests(viewer)  # type: ignore[no-redef]
        .filter(known_from__lte=as_of)
        .select_related("initiative__programme")
        .annotate(
            **states_by(as_of, "request", with_sample),
            known_home=home_name(as_of, with_sample),
            known_addressees=_addressees(as_of, with_sample),
        )
        .order_by(F("due_on").asc(nulls_last=True), "id")
    )
    return Ready(found)


def _row(viewer: Viewer, one: Request, as_of: date) -> RequestRow:
    states = [state_of(a) for a in one.known_addressees]
    waiting = sum(1 for state in states if state in WAITING)
    released = one.names_released_on is not None and one.names_released_on <= as_of
    reads_board = access.may_see_request_board(viewer, one)
    scope = one.initiative
    return RequestRow(
        public_id=one.public_id,
        initiative=scope.code if scope else "",
        initiative_name=one.known_home,
        text=one.text,
        due_on=one.due_on,
        due_words=one.due_words,
        audience=one.audience,
        state=state_of(one) or RequestState.OPEN.value,
        known_from=one.known_from,
        about=one.about_room,
        asked_count=len(states),
        answered_count=sum(1 for s in states if s == AddresseeState.ANSWERED),
        waiting_count=waiting,
        are_names_released=released,
        shown=_shown(viewer, one.known_addressees, released, reads_board, as_of),
        reads_board=reads_board,
        is_entered_later=scope is not None
        and is_entered_later(one.known_from, one.recorded_at, scope.programme.time_zone),
        sample=one.sample
        or is_trial(one)
        or any(a.sample or is_trial(a) for a in one.known_addressees),
        is_made_up=one.sample,
        is_trial=is_trial(one),
    )


def _shown(
    viewer: Viewer,
    addressees: Sequence[KnownAddressee],
    released: bool,
    reads_board: bool,
    as_of: date,
) -> tuple[AddresseeRow, ...]:
    """Return the addressees this viewer may see by name."""
    countries = access.countries_of(viewer) | access.speaks_for(viewer)
    organisations = access.organisations_of(viewer)
    reads_names = released and "members" in viewer.keys
    found = []
    for one in addressees:
        iso3 = one.iso3 or ""
        is_own = iso3 in countries or one.organisation_id in organisations
        state = state_of(one)
        if not (reads_board or is_own or (reads_names and iso3 and state in WAITING)):
            continue
        is_seen = one.answered_on is None and state == AddresseeState.SEEN
        is_known = is_seen or (one.answered_on is not None and one.answered_on <= as_of)
        reads_note = (reads_board or is_own) and is_known
        name = one.organisation or (place_name(one) if iso3 else EMPTY)
        found.append(
            AddresseeRow(
                public_id=one.public_id,
                iso3=iso3,
                name=name,
                state=state,
                note=one.note if reads_note else "",
                answered_on=one.answered_on if reads_note else None,
                is_own=is_own,
            )
        )
    return tuple(found)


def request(viewer: Viewer, public_id: str) -> Request:
    """Return one request.

    Raises:
        NotFound: if there is none this viewer may see.
    """
    row = (
        visible_requests(viewer)
        .select_related("initiative__programme")
        .filter(public_id=public_id)
        .first()
    )
    if row is None:
        raise NotFound(public_id)
    return row


def addressee(viewer: Viewer, public_id: str) -> RequestAddressee:
    """Return one addressee's row of a request.

    Raises:
        NotFound: if it is not this viewer's to answer or see.
    """
    row = (
        RequestAddressee.objects.filter(public_id=public_id, request__in=visible_requests(viewer))
        .select_related("request__initiative__programme", "country", "organisation")
        .first()
    )
    if row is None or not access.may_answer_request(viewer, row):
        raise NotFound(public_id)
    return row
