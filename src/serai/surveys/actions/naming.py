"""Somebody is let read one response by name, its narrow questions too; and no longer."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.members import actions as members
from serai.members.access import person_key
from serai.members.queries import ShareFound, share_of_thing
from serai.surveys import access
from serai.surveys.actions.acts import Refused, label
from serai.surveys.models import Response
from serai.surveys.queries.naming import possible_readers
from serai.surveys.queries.responses import locked_response

TITLE_LENGTH = 300


@transaction.atomic
def let_read(
    *, response: Response, person_id: int, until_on: date | None, by: Viewer, now: datetime
) -> ShareFound:
    """Show a cleared response, narrow questions included, to one person until a day."""
    found = locked_response(response.pk)
    require(access.may_let_read, by, found)
    if person_id not in dict(possible_readers(by, found, now)):
        raise Refused(_("Choose somebody from the list."), "person")
    if until_on is not None and until_on < now.date():
        raise Refused(_("The last day is in the past. Give today or a later day."), "until_on")
    asked = found.invitation
    place = asked.organisation.names.pick("en")[0] if asked and asked.organisation else ""
    title = ": ".join(filter(None, [found.wave.survey.title.pick("en")[0], place]))
    released = members.Released(
        label(found), title[:TITLE_LENGTH], access.shared_as(found), found.sample
    )
    return members.share_by_name(
        released=released, key=person_key(person_id), until_on=until_on, by=by, now=now
    )


@transaction.atomic
def end_reading(*, response: Response, share: str, by: Viewer, now: datetime) -> None:
    """Stop showing a response to somebody; who let them, or the focal point.

    Raises:
        Denied: somebody else let them, and the viewer is not the focal point.
    """
    found = locked_response(response.pk)
    require(access.may_let_read, by, found)
    members.end_share(share=share_of_thing(label(found), share), by=by, now=now)
