"""People as a viewer may see them, and one's own account."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import (
    Case,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils.translation import get_language

from serai.base.access import NotFound, Viewer
from serai.base.ready import ANY_NUMBER, Ready
from serai.members import access
from serai.members.models import Affiliation, DataRequest, Grant, KnownDevice, Person, SignIn
from serai.members.queries.viewer import active_on
from serai.members.states import DataRequestState, GrantState, PersonState, Role

STAFF = (Role.OFFICER, Role.COORDINATOR)


@dataclass(frozen=True)
class RoleTag:
    """A role with its place, for a row of people."""

    role: Role
    place: str


@dataclass(frozen=True)
class PersonRow:
    """A person as a list shows them; the address is empty where it is not the viewer's to read."""

    id: int
    public_id: str
    full_name: str
    email: str
    language: str
    state: PersonState
    roles: tuple[RoleTag, ...]
    latest_at: datetime | None
    sample: bool
    title: str = ""

    @property
    def label(self) -> str:
        """Return the name with the address, else with the places, as a choice of a form."""
        more = self.email or "; ".join(tag.place for tag in self.roles if tag.place)
        return ", ".join(part for part in (self.full_name, more) if part)


def looked_after(viewer: Viewer) -> QuerySet[Person]:
    """Return whom a viewer looks after: all, a country's, an agency's; always oneself.

    Officers of one initiative choose whom to ask or to give a role: they see who has a name.
    """
    if access.is_officer(viewer):
        named = ~Q(full_name="") & ~Q(state=PersonState.CLOSED)
        return Person.objects.filter(named | Q(pk__in=reached(viewer).values("pk")))
    return reached(viewer)


def reached(viewer: Viewer) -> QuerySet[Person]:
    """Return whose address and sign-ins a viewer reads; always one's own.

    The whole programme's staff and administrators read all; a focal point, deputy or lead their
    country's or agency's.
    """
    rows = Person.objects.all()
    if access.is_programme_officer(viewer) or access.is_administrator(viewer):
        return rows
    countries = sorted(viewer.scopes(Role.FOCAL_POINT) | viewer.scopes(Role.DEPUTY))
    agencies = [int(number) for number in viewer.scopes(Role.LEAD) if number.isdigit()]
    active = Q(state=GrantState.ACTIVE)
    mine = Grant.objects.filter(
        active
        & (
            Q(member__iso3__in=countries)
            | Q(organisation__member__iso3__in=countries)
            | Q(organisation_id__in=agencies)
        )
    ).values("person_id")
    return rows.filter(Q(pk=viewer.person_id or 0) | Q(pk__in=mine))


def address_as_read(viewer: Viewer, person: str, email: str) -> Case:
    """Return the column of an address, empty where it is not this viewer's to read.

    Args:
        viewer: who reads.
        person: path to the person's key.
        email: path to the address.
    """
    mine = Exists(reached(viewer).filter(pk=OuterRef(person)))
    return Case(When(mine, then=F(email)), default=Value(""))


def reads_address(viewer: Viewer, found: Person) -> bool:
    """Tell whether a person's address and sign-ins are this viewer's to read."""
    return reached(viewer).filter(pk=found.pk).exists()


def people(
    viewer: Viewer,
    now: datetime,
    *,
    words: str = "",
    role: str = "",
    iso3: str = "",
    state: str = "",
) -> list[PersonRow]:
    """Return the people a viewer looks after, by name."""
    rows = looked_after(viewer).exclude(state=PersonState.CLOSED)
    held_titles = Affiliation.objects.filter(person=OuterRef("pk"), until_on=None).exclude(title="")
    rows = rows.annotate(
        address=address_as_read(viewer, "pk", "email"),
        job_title=Subquery(held_titles.order_by("-from_on", "-id").values("title")[:1]),
    )
    if words:
        rows = rows.filter(Q(full_name__icontains=words) | Q(address__icontains=words))
    if state:
        rows = rows.filter(state=state)
    held = Grant.objects.filter(active_on(now.date()))
    if role:
        rows = rows.filter(pk__in=held.filter(role=role).values("person_id"))
    if iso3:
        here = Q(member__iso3=iso3) | Q(organisation__member__iso3=iso3)
        rows = rows.filter(pk__in=held.filter(here).values("person_id"))
    grants = held.select_related("member", "organisation").order_by("id")
    rows = rows.prefetch_related(Prefetch("grants", queryset=grants, to_attr="held_today"))
    return [_row(row) for row in rows.order_by("full_name", "address", "id")]


def _row(row: Person) -> PersonRow:
    return PersonRow(
        id=row.pk,
        public_id=row.public_id,
        full_name=row.full_name,
        email=getattr(row, "address", ""),
        language=row.language,
        state=PersonState(row.state),
        roles=tuple(_tag(grant) for grant in getattr(row, "held_today", [])),
        latest_at=row.last_login,
        sample=row.sample,
        title=getattr(row, "job_title", None) or "",
    )


def _tag(grant: Grant) -> RoleTag:
    if grant.member is not None:
        place = grant.member.iso3
    elif grant.organisation is not None:
        place = grant.organisation.names.pick(get_language() or "en")[0]
    else:
        place = ""
    parts = [part for part in (place, ", ".join(grant.initiatives)) if part]
    return RoleTag(Role(grant.role), "; ".join(parts))


def person(viewer: Viewer, public_id: str) -> Person:
    """Return one person the viewer looks after.

    Raises:
        NotFound: if there is none.
    """
    found = looked_after(viewer).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such person.")
    return found


def myself(viewer: Viewer) -> Person:
    """Return the person behind the viewer.

    Raises:
        NotFound: for a visitor.
    """
    found = person_by_number(viewer.person_id or 0)
    if found is None:
        raise NotFound("Nobody is signed in.")
    return found


@lru_cache(maxsize=1)
def _ready() -> Ready[Person]:
    return Ready(Person.objects.filter(pk=ANY_NUMBER))


def person_by_number(person_id: int) -> Person | None:
    """Return whose number this is, for the sign-in; None where the account is gone."""
    return next(iter(_ready().rows(number=person_id)), None)


def active_person_by_email(email: str) -> Person | None:
    """Return who may sign in under an address; None for strangers and closed accounts."""
    return Person.objects.filter(
        email=email.strip().casefold(), state__in=[PersonState.INVITED, PersonState.ACTIVE]
    ).first()


def address_to_sign_in(public_id: str) -> str:
    """Return the address under which a person signs in; "" for strangers and closed accounts."""
    rows = Person.objects.filter(
        public_id=public_id, state__in=[PersonState.INVITED, PersonState.ACTIVE]
    )
    return rows.values_list("email", flat=True).first() or ""


def led_organisations(now: datetime) -> frozenset[int]:
    """Return the organisations in which an active person is the lead today; one query."""
    rows = Grant.objects.filter(
        active_on(now.date()), role=Role.LEAD, person__state=PersonState.ACTIVE,
        organisation__isnull=False,
    )  # fmt: skip
    return frozenset(rows.values_list("organisation_id", flat=True))


def people_with_role(
    role: str, now: datetime, *, iso3: str = "", organisation_id: int | None = None
) -> list[Person]:
    """Return the active people who hold a role today, for letters; also scoped."""
    grants = Grant.objects.filter(active_on(now.date()), role=role)
    if iso3:
        grants = grants.filter(member__iso3=iso3)
    if organisation_id is not None:
        grants = grants.filter(organisation_id=organisation_id)
    return list(
        Person.objects.filter(state=PersonState.ACTIVE, pk__in=grants.values("person_id")).order_by(
            "id"
        )
    )


def staff_of(initiative: str, now: datetime, roles: Iterable[str] = STAFF) -> list[Person]:
    """Return the active people who hold a role for an initiative, or for all, today; by name."""
    grants = (
        Grant.objects.filter(active_on(now.date()), role__in=[str(role) for role in roles])
        .filter(person__state=PersonState.ACTIVE)
        .select_related("person")
        .order_by("person__full_name", "person_id", "id")
    )
    held = [row for row in grants if not row.initiatives or initiative in row.initiatives]
    return list({row.person_id: row.person for row in held}.values())


def emails_for_keys(keys: Iterable[str], now: datetime) -> list[Person]:
    """Return the people a country or organisation key stands for, for letters."""
    countries = {k.removeprefix("country:") for k in keys if k.startswith("country:")}
    agencies = {int(k.removeprefix("organisation:")) for k in keys if k.startswith("organisation:")}
    people_ = {int(k.removeprefix("person:")) for k in keys if k.startswith("person:")}
    wanted = Q(role__in=[Role.FOCAL_POINT, Role.DEPUTY], member__iso3__in=sorted(countries)) | Q(
        organisation_id__in=sorted(agencies)
    )
    holders = Grant.objects.filter(active_on(now.date()) & wanted).values("person_id")
    return list(
        Person.objects.filter(
            Q(pk__in=holders) | Q(pk__in=sorted(people_)), state=PersonState.ACTIVE
        ).order_by("id")
    )


@dataclass(frozen=True)
class AccountRow:
    """One sample person with a role, for the list of sample sign-ins."""

    public_id: str
    full_name: str
    role: Role
    place: str


def sample_people(now: datetime) -> list[AccountRow]:
    """Return one sample person for each role, in role order, but every coordinator.

    What goes to the public takes two coordinators: a trial signs in as the one, then the other.
    """
    grants = (
        Grant.objects.filter(
            active_on(now.date()), person__sample=True, person__state=PersonState.ACTIVE
        )
        .select_related("person", "member", "organisation__member")
        .order_by("id")
    )
    found: dict[tuple[Role, int], AccountRow] = {}
    for row in grants:
        role = Role(row.role)
        tag = _tag(row)
        key = (role, row.person_id if role is Role.COORDINATOR else 0)
        found.setdefault(key, AccountRow(row.person.public_id, str(row.person), role, tag.place))
    return [account for role in reversed(Role) for key, account in found.items() if key[0] is role]


def sample_person_or_none(public_id: str) -> Person | None:
    """Return an active sample person by number."""
    return Person.objects.filter(public_id=public_id, sample=True, state=PersonState.ACTIVE).first()


# ---------------------------------------------------------------- sign-ins, own data
@dataclass(frozen=True)
class SignInRow:
    """One browser in which a person is signed in."""

    public_id: str
    label: str
    method: str
    own_computer: bool
    at: datetime
    is_this: bool


def sign_ins(viewer: Viewer, session_key: str) -> list[SignInRow]:
    """Return where the viewer is signed in, this browser first."""
    rows = SignIn.objects.filter(person_id=viewer.person_id or 0).order_by("-at", "-id")
    shown = [
        SignInRow(
            r.public_id, r.label, r.method, r.own_computer, r.at, r.session_key == session_key
        )
        for r in rows
    ]
    return sorted(shown, key=lambda row: not row.is_this)


def own_sign_in(viewer: Viewer, public_id: str) -> SignIn:
    """Return one of the viewer's own sign-ins.

    Raises:
        NotFound: if there is none.
    """
    found = SignIn.objects.filter(person_id=viewer.person_id or 0, public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such sign-in.")
    return found


def knows_device(person: Person, device_hash: str) -> bool:
    """Tell whether a person signed in from this browser before."""
    return KnownDevice.objects.filter(person=person, token_hash=device_hash).exists()


@dataclass(frozen=True)
class DataRequestRow:
    """A request about one's own data."""

    public_id: str
    person_name: str
    kind: str
    note: str
    state: DataRequestState
    asked_at: datetime
    answered_at: datetime | None
    answer: str
    has_copy: bool


def data_requests(viewer: Viewer, *, own: bool) -> list[DataRequestRow]:
    """Return one's own requests, or (own False, administrators) those that wait."""
    rows = DataRequest.objects.select_related("person").order_by("-asked_at", "-id")
    if own or not access.is_administrator(viewer):
        rows = rows.filter(person_id=viewer.person_id or 0)
    else:
        rows = rows.filter(state=DataRequestState.ASKED)
    return [
        DataRequestRow(
            public_id=r.public_id,
            person_name=str(r.person),
            kind=r.kind,
            note=r.note,
            state=DataRequestState(r.state),
            asked_at=r.asked_at,
            answered_at=r.answered_at,
            answer=r.answer,
            has_copy=bool(r.copy),
        )
        for r in rows
    ]


def data_request(viewer: Viewer, public_id: str) -> DataRequest:
    """Return one request: one's own, or any for an administrator.

    Raises:
        NotFound: if there is none.
    """
    rows = DataRequest.objects.select_related("person").filter(public_id=public_id)
    if not access.is_administrator(viewer):
        rows = rows.filter(person_id=viewer.person_id or 0)
    found = rows.first()
    if found is None:
        raise NotFound("There is no such request.")
    return found
