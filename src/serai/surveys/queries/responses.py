"""Responses as their readers find them."""

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from serai.base.access import NotFound, Viewer
from serai.base.ready import ANY_NUMBER, ANY_TEXT, Ready
from serai.members.queries import people_with_role
from serai.members.states import Role
from serai.surveys import access
from serai.surveys.models import Answer, Delegation, Response
from serai.surveys.states import ResponseState, Source

if TYPE_CHECKING:
    from serai.members.models import Person

WITH = (
    "wave__survey__initiative", "version", "invitation__organisation", "invitation__country",
    "invitation__lead", "invitation__signer",
)  # fmt: skip


def whole_responses() -> "QuerySet[Response]":
    """Return responses with what every rule and page of theirs asks; the form's text stays behind."""
    return Response.objects.select_related(*WITH).defer(
        "version__xform", "version__sheets", "version__warnings"
    )


@lru_cache(maxsize=1)
def _by_public_id() -> "Ready[Response]":
    return Ready(whole_responses().filter(public_id=ANY_TEXT))


@lru_cache(maxsize=1)
def _by_number() -> "Ready[Response]":
    return Ready(whole_responses().filter(pk=ANY_NUMBER))


@lru_cache(maxsize=1)
def _under_lock() -> "Ready[Response]":
    return Ready(whole_responses().filter(pk=ANY_NUMBER).select_for_update(of=("self",)))


@lru_cache(maxsize=1)
def _parts() -> "Ready[Delegation]":
    return Ready(Delegation.objects.filter(response_id=ANY_NUMBER).order_by("id"))


def with_parts(found: Response) -> Response:
    """Note the parts that were given away, as the rules ask for them."""
    found.parts_given = _parts().rows(number=found.pk)
    return found


def response(viewer: Viewer, public_id: str) -> Response:
    """Return one response; two queries.

    Raises:
        NotFound: there is none, or the viewer may not read any of it.
    """
    rows = _by_public_id().kept_rows(text=public_id)
    if not rows or not access.may_read_response(viewer, with_parts(rows[0])):
        raise NotFound(public_id)
    return rows[0]


def fillable_response(viewer: Viewer, public_id: str) -> Response:
    """Return a response whose workbook the viewer may have, or enter for its body.

    Raises:
        NotFound: there is none, or it is neither theirs to read nor to enter.
    """
    rows = _by_public_id().rows(text=public_id)
    found = with_parts(rows[0]) if rows else None
    if found is None or not (access.may_read_response(viewer, found) or enters_for(viewer, found)):
        raise NotFound(public_id)
    return found


def enters_for(viewer: Viewer, found: Response) -> bool:
    """Tell whether the secretariat enters what came back: it reads no drafts of the body itself."""
    return access.acts_on_behalf(viewer, found) and not (
        access.may_read_response(viewer, found) or has_begun(found)
    )


def locked_response(number: int, read: Response | None = None) -> Response:
    """Return a response under its row's lock, as an action needs it.

    Args:
        number: of the response.
        read: as its door read it, perhaps; the same object where nothing of it, nor of what
            stands beside it, is another by now.

    Raises:
        Response.DoesNotExist: there is none.
    """
    return with_parts(_one(_under_lock().rows(read, number=number)))


def fresh_response(number: int) -> Response:
    """Return a response with all that its rules ask, without a lock.

    Raises:
        Response.DoesNotExist: there is none.
    """
    return with_parts(_one(_by_number().rows(number=number)))


def _one(rows: list[Response]) -> Response:
    if not rows:
        raise Response.DoesNotExist
    return rows[0]


def own_responses(viewer: Viewer) -> "QuerySet[Response]":
    """Return the responses a person answers, signs or has a part of, and signed ones of colleagues."""
    if viewer.person_id is None:
        return Response.objects.none()
    led = _numbers(viewer.scopes("lead"))
    ours = [*led, *_numbers(viewer.scopes("contributor"))]
    given = Q(delegations__person_id=viewer.person_id, delegations__state__in=access.HELD_OPEN)
    signed = Q(signed_through__gt=0) & ~Q(state=ResponseState.WITHDRAWN)
    mine = (
        Q(invitation__lead_id=viewer.person_id)
        | Q(invitation__signer_id=viewer.person_id)
        | Q(person_id=viewer.person_id)
        | Q(invitation__organisation_id__in=led)
        | (Q(invitation__organisation_id__in=ours) & (given | signed))
    )
    return whole_responses().filter(mine).distinct().prefetch_related("delegations")


def _numbers(scopes: frozenset[str]) -> list[int]:
    """Return the organisations among the scopes of a role."""
    return [int(one) for one in scopes if one.isdigit()]


def colleagues(response: Response, now: datetime) -> "list[Person]":
    """Return who may be given a part of a response: those with a role in its organisation."""
    asked = response.invitation
    if asked is None or asked.organisation_id is None:
        return []
    found = {
        one.pk: one
        for role in (Role.LEAD, Role.CONTRIBUTOR)
        for one in people_with_role(role, now, organisation_id=asked.organisation_id)
    }
    return sorted(found.values(), key=lambda one: (one.full_name, one.pk))


def has_begun(response: Response) -> bool:
    """Tell whether somebody of the body itself has answered anything."""
    house = (Source.SECRETARIAT, Source.CALCULATION, Source.MIGRATION)
    return Answer.objects.filter(response=response).exclude(source__in=house).exists()
