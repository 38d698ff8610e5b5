"""Responses: begun once for each invitation."""

from datetime import datetime

from django.db import transaction

from serai.base.access import Viewer, require
from serai.surveys import access
from serai.surveys.actions.acts import note_audit
from serai.surveys.models import Invitation, Response


@transaction.atomic
def start_response(*, invitation: Invitation, by: Viewer, now: datetime) -> Response:
    """Return the response of an invitation, begun with the first asking."""
    require(access.may_open_invitation, by, invitation)
    Invitation.objects.select_for_update().get(pk=invitation.pk)
    found = Response.objects.filter(invitation=invitation).order_by("id").first()
    if found is not None:
        return found
    country = invitation.country
    made = Response.objects.create(
        wave=invitation.wave, invitation=invitation, version=invitation.wave.version,
        language=invitation.language, time_zone=country.time_zone if country else by.time_zone,
        started_at=now, changed_at=now, sample=invitation.sample,
    )  # fmt: skip
    note_audit("start_response", made, by=by, now=now, after={"invitation": invitation.pk})
    return made
