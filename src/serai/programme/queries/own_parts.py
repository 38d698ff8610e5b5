"""What the programme keeps about a person, for the copy of their data."""

from serai.members.queries import OwnPart
from serai.programme.models import (
    ActionItem,
    ActionNote,
    Attendance,
    CalendarFeed,
    Initiative,
    Risk,
    StatusNote,
)


def own_parts(person_id: int) -> list[OwnPart]:
    """Return where a person was invited, what is in their care, and what they wrote."""
    return [
        _meetings(person_id),
        _actions(person_id),
        _notes(person_id),
        _action_notes(person_id),
        _feeds(person_id),
        OwnPart(
            "initiatives_kept",
            [
                {"initiative": row.code, "name": row.name.to_json()}
                for row in Initiative.objects.filter(keeper_id=person_id).order_by("id")
            ],
        ),
        OwnPart(
            "risks_owned",
            [
                {"initiative": row.initiative.code, "text": row.text.to_json(), "state": row.state}
                for row in Risk.objects.filter(owner_id=person_id)
                .select_related("initiative")
                .order_by("id")
            ],
        ),
    ]


def _meetings(person_id: int) -> OwnPart:
    rows = Attendance.objects.filter(person_id=person_id).select_related("meeting", "organisation")
    return OwnPart(
        "meetings",
        [
            {
                "meeting": row.meeting.title.to_json(),
                "starts_at": row.meeting.starts_at,
                "organisation": row.organisation.names.to_json() if row.organisation else None,
                "role": row.role,
                "answer": row.answer,
                "attended": row.attended,
            }
            for row in rows.order_by("id")
        ],
    )


def _actions(person_id: int) -> OwnPart:
    return OwnPart(
        "action_items",
        [
            {"text": row.text.to_json(), "due_on": row.due_on, "state": row.state}
            for row in ActionItem.objects.filter(person_id=person_id).order_by("id")
        ],
    )


def _notes(person_id: int) -> OwnPart:
    rows = StatusNote.objects.filter(author_id=person_id).select_related("initiative")
    return OwnPart(
        "notes_written",
        [
            {
                "initiative": row.initiative.code,
                "part": row.part,
                "text": row.text.to_json(),
                "written_on": row.written_on,
                "state": row.state,
            }
            for row in rows.order_by("id")
        ],
    )


def _action_notes(person_id: int) -> OwnPart:
    rows = ActionNote.objects.filter(recorded_by_id=person_id).order_by("id")
    return OwnPart("notes_on_action_items", list(rows.values("text", "recorded_at")))


def _feeds(person_id: int) -> OwnPart:
    """Return calendar links by what they show; the link itself is kept nowhere."""
    rows = CalendarFeed.objects.filter(person_id=person_id).order_by("id")
    return OwnPart(
        "calendar_links", list(rows.values("scope", "made_at", "revoked_at", "last_read_at"))
    )
