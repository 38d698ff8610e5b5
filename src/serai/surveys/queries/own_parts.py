"""What surveys keep about a person, for the copy of their data: asked, written and read."""

from typing import Any

from django.db.models import F, Model, Q

from serai.members.queries import OwnPart
from serai.surveys.models import (
    Answer,
    Clearance,
    Delegation,
    Invitation,
    Reading,
    Remark,
    SignOff,
    Submission,
    Suggestion,
)


def own_parts(person_id: int) -> list[OwnPart]:
    """Return which surveys a person is asked in, what they wrote there and whose answers they read; a query for each."""
    given = Q(person_id=person_id) | Q(given_by_id=person_id)
    return [
        OwnPart("survey_invitations", _invitations(person_id)),
        _written("survey_answers", Answer, Q(author_id=person_id),
                 "path", "entry", "value", "reason", "source", "at"),
        _written("survey_suggestions", Suggestion, Q(by_id=person_id),
                 "path", "entry", "value", "note", "state", "at"),
        _written("survey_remarks", Remark, Q(by_id=person_id),
                 "path", "entry", "text", "audience", "at"),
        _written("survey_parts", Delegation, given,
                 "section", "entry", "scope", "state", "note", "reply", "due_on", "given_at"),
        _written("survey_signatures", SignOff, Q(by_id=person_id),
                 "round", "name", "position", "at"),
        _written("survey_clearances", Clearance, Q(by_id=person_id),
                 "stance", "note", "at"),
        OwnPart("survey_submissions", _submissions(person_id)),
        _read(person_id),
    ]  # fmt: skip


def _written(name: str, model: type[Model], of: Q, *fields: str) -> OwnPart:
    """Return the rows of one kind, each with the response that it stands in."""
    rows = model._default_manager.filter(of).order_by("pk")
    return OwnPart(name, list(rows.values(*fields, in_response=F("response__public_id"))))


def _submissions(person_id: int) -> list[dict[str, Any]]:
    """Return what a person's devices handed in for their own invitation, as it came.

    A wave's device belongs to those who answer on it, not to the officer who made its key.
    """
    rows = Submission.objects.filter(
        device_key__person_id=person_id, device_key__invitation__isnull=False
    ).order_by("pk")
    return [
        {
            "instance": row.instance_id,
            "received_at": row.received_at,
            "xml": bytes(row.xml).decode(errors="replace"),
        }
        for row in rows
    ]


def _invitations(person_id: int) -> list[dict[str, Any]]:
    rows = (
        Invitation.objects.filter(Q(lead_id=person_id) | Q(signer_id=person_id))
        .select_related("wave", "organisation")
        .order_by("id")
    )
    return [
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
    ]


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
