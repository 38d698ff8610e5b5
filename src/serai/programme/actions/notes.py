"""Status notes: drafted by the keeper, cleared by an officer, then never changed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.text import TranslatedText
from serai.programme import access
from serai.programme.actions.facts import (
    NOW,
    Refused,
    Told,
    as_text,
    first_step,
    note_audit,
    required,
    stamp,
    take_step,
    today,
)
from serai.programme.models import Initiative, StatusNote
from serai.programme.states import NotePart, NoteState


@transaction.atomic
def draft_note(
    *,
    initiative: Initiative,
    part: str,
    text: str | TranslatedText,
    by: Viewer,
    now: datetime,
    told: Told = NOW,
) -> StatusNote:
    """Write one part of an initiative's story, as a draft."""
    require(access.may_keep_initiative, by, initiative)
    required(text, _("The note"))
    facts = stamp(by=by, now=now, told=told)
    note = StatusNote.objects.create(
        initiative=initiative,
        part=NotePart(part).value,
        text=as_text(text, by.language),
        author_id=by.person_id,
        written_on=told.known_from or today(now),
        **facts,
    )
    first_step("note", note, NoteState.DRAFT, facts)
    note_audit("draft_note", note, by=by, now=now, after={"part": part})
    return note


@transaction.atomic
def change_note(*, note: StatusNote, text: TranslatedText, by: Viewer, now: datetime) -> StatusNote:
    """Change a draft in every language; a cleared note is answered by a new one."""
    require(access.may_keep_initiative, by, note.initiative)
    required(text, _("The note"))
    if note.state != NoteState.DRAFT:
        raise Refused(_("This note is cleared and stays as it is. Write a new note instead."))
    note.text = text
    note.save(update_fields=["text"])
    note_audit("change_note", note, by=by, now=now)
    return note


@transaction.atomic
def clear_note(*, note: StatusNote, by: Viewer, now: datetime, told: Told = NOW) -> StatusNote:
    """Clear a note, so that reports use it."""
    require(access.may_clear_note, by, note)
    take_step("note", note, NoteState.CLEARED, by=by, now=now, told=told)
    note_audit("clear_note", note, by=by, now=now)
    return note
