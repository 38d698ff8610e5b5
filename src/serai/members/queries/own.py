"""What waits for one, and how one proves who one is."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from serai.base.access import Viewer
from serai.base.models import Rows
from serai.base.pages import Todo
from serai.base.ready import ANY_NUMBER, KEPT, Ready
from serai.members import access
from serai.members.models import (
    DataRequest,
    Invitation,
    Person,
)
from serai.members.queries.grants import ending
from serai.members.states import (
    STRONG_ROLES,
    DataRequestState,
    InvitationState,
)


def has_second_factor(person_id: int | None) -> bool:
    """Tell whether a person set up a passkey or an authenticator app."""
    return bool(_factors(person_id).exists())


def _factors(person: int | OuterRef | None) -> QuerySet[Any]:
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    found: QuerySet[Any] = Authenticator.objects.filter(user_id=person, type__in=kinds)
    return found


def needs_second_factor(viewer: Viewer) -> bool:
    """Tell whether a viewer's role asks for a passkey or an authenticator app not yet set up."""
    return viewer.holds_any(sorted(STRONG_ROLES)) and not has_second_factor(viewer.person_id)


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits for a person in this room."""

    invitations: list[datetime]
    has_second_factor: bool
    request_count: int
    ending_count: int


def _waits(viewer: Viewer, now: datetime) -> Waits:
    """Return what waits for a person; one query."""
    day = now.astimezone(UTC).date()
    for row in _ready_waits(viewer.itself, day).rows(number=viewer.person_id or 0):
        waits = Waits(*row)
        return replace(waits, invitations=[until for until in waits.invitations if until > now])
    return Waits([], True, 0, 0)


@lru_cache(maxsize=KEPT)
def _ready_waits(viewer: Viewer, day: date) -> Ready[tuple[Any, ...]]:
    invited = Invitation.objects.filter(
        person=OuterRef("pk"),
        state=InvitationState.SENT,
        expires_at__gte=datetime.combine(day, time(), UTC),
    )
    requests = DataRequest.objects.filter(state=DataRequestState.ASKED).exclude(kind="copy")
    found = Person.objects.filter(pk=ANY_NUMBER).values_list(
        Rows(_same, invited.order_by("id"), "expires_at"),
        Exists(_factors(OuterRef("pk"))),
        _count(requests) if access.is_administrator(viewer) else Value(0),
        _count(ending(day)) if access.is_coordinator(viewer) else Value(0),
    )
    return Ready(found)


def _same(moment: datetime) -> datetime:
    return moment


def _count(rows: QuerySet[Any]) -> Coalesce:
    """Return how many rows there are, as a column of another query."""
    counted = rows.order_by().annotate(all=Value(1)).values("all")
    return Coalesce(Subquery(counted.annotate(count=Count("pk")).values("count")), 0)


def todos(viewer: Viewer, now: datetime) -> list[Todo]:
    """Return what this room asks of a viewer; one query."""
    if not viewer.is_signed_in:
        return []
    waits = _waits(viewer, now)
    found = [
        Todo(
            _("An invitation to a role"),
            pgettext("to do", "Answer"),
            reverse("members:welcome"),
            expires_at,
        )
        for expires_at in waits.invitations
    ]
    if viewer.holds_any(sorted(STRONG_ROLES)) and not waits.has_second_factor:
        found.append(
            Todo(
                _("a passkey or an authenticator app"),
                _("Set up"),
                reverse("members:security"),
                note=_("Your role asks for it."),
            )
        )
    if waits.request_count:
        title = _("requests about own data ({count})").format(count=waits.request_count)
        found.append(Todo(title, pgettext("to do", "Answer"), reverse("members:data_requests")))
    if waits.ending_count:
        title = _("roles that end within 14 days ({count})").format(count=waits.ending_count)
        found.append(Todo(title, _("Look at"), reverse("members:grants")))
    return found


# ---------------------------------------------------------------- passkeys, apps, codes
@dataclass(frozen=True)
class AuthenticatorRow:
    """A passkey, an authenticator app, or the recovery codes of a person."""

    number: int
    name: str
    kind: str
    created_at: datetime
    latest_at: datetime | None


def authenticators(viewer: Viewer) -> list[AuthenticatorRow]:
    """Return the ways the viewer proves who they are, the oldest first."""
    rows = Authenticator.objects.filter(user_id=viewer.person_id).order_by("id")
    return [
        AuthenticatorRow(
            number=row.pk,
            name=str(row),
            kind=row.type,
            created_at=row.created_at,
            latest_at=row.last_used_at,
        )
        for row in rows
    ]


def own_authenticator(viewer: Viewer, number: int) -> Authenticator | None:
    """Return one passkey or app of the viewer."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return (
        Authenticator.objects.filter(user_id=viewer.person_id, pk=number, type__in=kinds)
        .select_related("user")
        .first()
    )


def recovery_codes(viewer: Viewer) -> list[str]:
    """Return the viewer's recovery codes not used yet."""
    row = Authenticator.objects.filter(
        user_id=viewer.person_id, type=Authenticator.Type.RECOVERY_CODES
    ).first()
    return list(row.wrap().get_unused_codes()) if row else []
