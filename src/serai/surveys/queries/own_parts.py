"""What surveys keep about a person, for the copy of their data: what they are asked, and read."""

from django.db.models import Q

from serai.members.queries import OwnPart
from serai.surveys.models import Invitation, Reading


def own_parts(person_id: int) -> list[OwnPart]:
    """Return which surveys a person is asked to answer or sign, and whose answers they read."""
    return [_asked(person_id), _read(person_id)]


def _asked(person_id: int) -> OwnPart:
    rows = (
        Invitation.objects.filter(Q(lead_id=person_id) | Q(signer_id=person_id))
        .select_related("wave", "organisation")
        .order_by("id")
    )
    return OwnPart(
        "survey_invitations",
        [
            {
                "survey": row.wave.title.to_json(),
                "organisation": row.organisation.names.to_json() if row.organisation else None,
                "answers": row.lead_id == person_id,
                "signs": row.signer_id == person_id,
                "sent_at": row.sent_at,
                "opened_at": row.opened_at,
                "state": row.state,
            }
            for row in rows
        ],
    )


def _read(person_id: int) -> OwnPart:
    rows = (
        Reading.objects.filter(reader_id=person_id)
        .select_related("response__wave", "response__invitation__organisation")
        .order_by("id")
    )
    return OwnPart(
        "survey_answers_read",
        [
            {
                "survey": row.response.wave.title.to_json(),
                "organisation": row.response.invitation.organisation.names.to_json()
                if row.response.invitation and row.response.invitation.organisation
                else None,
                "day": row.day,
                "role": row.role,
                "way": row.way,
                "first_at": row.first_at,
            }
            for row in rows
        ],
    )
