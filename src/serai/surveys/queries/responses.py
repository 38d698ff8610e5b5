"""Responses as their readers find them."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from serai.base.access import NotFound, Viewer
from serai.members.queries import people_with_role
from serai.members.states import Role
from serai.surveys import access
from serai.surveys.models import Answer, Response
from serai.surveys.states import Source

if TYPE_CHECKING:
    from serai.members.models import Person

WITH = (
    "wave__survey__initiative", "version", "invitation__organisation", "invitation__country",
    "invitation__lead", "invitation__signer",
)  # fmt: skip


def whole_responses() -> "QuerySet[Response]":
    """Return responses with what every rule and page of theirs asks; the form's text stays behind."""
    return (
        Response.objects.select_related(*WITH)
        .defer("version__xform", "version__sheets", "version__warnings")
        .prefetch_related("delegations")
    )


def response(viewer: Viewer, public_id: str) -> Response:
    """Return one response; two queries.

    Raises:
        NotFound: there is none, or the viewer may not read any of it.
    """
    found = whole_responses().filter(public_id=public_id).first()
    if found is None or not access.may_read_response(viewer, found):
        raise NotFound(public_id)
    return found


def fillable_response(viewer: Viewer, public_id: str) -> Response:
    """Return a response whose workbook the viewer may have, or enter for its body.

    Raises:
        NotFound: there is none, or it is neither theirs to read nor to enter.
    """
    found = whole_responses().filter(public_id=public_id).first()
    if found is None or not (access.may_read_response(viewer, found) or enters_for(viewer, found)):
        raise NotFound(public_id)
    return found


def enters_for(viewer: Viewer, found: Response) -> bool:
    """Tell whether the secretariat enters what came back: it reads no drafts of the body itself."""
    return access.acts_on_behalf(viewer, found) and not (
        access.may_read_response(viewer, found) or has_begun(found)
    )


def locked_response(number: int) -> Response:
    """Return a response under its row's lock, as an action needs it."""
    return whole_responses().select_for_update(of=("self",)).get(pk=number)


def fresh_response(number: int) -> Response:
    """Return a response with all that its rules ask, without a lock."""
    return whole_responses().get(pk=number)


def own_responses(viewer: Viewer) -> "QuerySet[Response]":
    """Return the responses a person answers, signs or has a part of."""
    if viewer.person_id is None:
        return Response.objects.none()
    mine = (
        Q(invitation__lead_id=viewer.person_id)
        | Q(invitation__signer_id=viewer.person_id)
        | Q(person_id=viewer.person_id)
        | Q(delegations__person_id=viewer.person_id, delegations__state__in=access.HELD_OPEN)
    )
    led = viewer.scopes("lead")
    mine |= Q(invitation__organisation_id__in=[int(one) for one in led if one.isdigit()])
    return whole_responses().filter(mine).distinct()


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
