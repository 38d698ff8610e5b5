"""What surveys keep about a person, for the copy of their data: what they are asked."""

from django.db.models import Q

from serai.members.queries import OwnPart
from serai.surveys.models import Invitation


def own_parts(person_id: int) -> list[OwnPart]:
    """Return which surveys a person is asked to answer or sign."""
    rows = (
        Invitation.objects.filter(Q(lead_id=person_id) | Q(signer_id=person_id))
        .select_related("wave", "organisation")
        .order_by("id")
    )
    return [
        OwnPart(
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
    ]
