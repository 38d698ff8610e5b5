"""Copies of a response: asked for, and kept for whoever asked; of each kind the latest."""

from datetime import datetime

from serai.base import jobs
from serai.base.access import Viewer, require
from serai.base.files import Checked, files_of, keep_checked, remove_file
from serai.base.models import StoredFile
from serai.surveys import access
from serai.surveys.actions.acts import note_audit
from serai.surveys.models import Response
from serai.surveys.queries.copies import thing_of


def copy_key(response: Response, by: Viewer, kind: str) -> str:
    """Return the key of the job that makes one copy."""
    return f"surveys.build_copy:{response.pk}:{by.person_id or 'holder'}:{kind}"


def ask_copy(
    *, response: Response, kind: str, language: str, by: Viewer, now: datetime
) -> jobs.Asked:
    """Ask for a response as a document; twice is once."""
    require(access.may_have_copy, by, response)
    note_audit("ask_copy", response, by=by, now=now, after={"kind": kind})
    return jobs.enqueue(
        "surveys.build_copy", key=copy_key(response, by, kind), by=by.person_id,
        response_id=response.pk, kind=kind, language=language,
    )  # fmt: skip


def keep_copy(*, response: Response, checked: Checked, by: Viewer, now: datetime) -> StoredFile:
    """Keep a copy for its asker alone, in place of the one before."""
    require(access.may_have_copy, by, response)
    thing = thing_of(response)
    for former in files_of(thing):
        if (former.received_by_id, former.name) == (by.person_id, checked.name):
            remove_file(stored=former)
    stored = keep_checked(
        checked=checked, thing=thing, by=by.person_id, now=now, sample=response.sample
    )
    note_audit("copy", response, by=by, now=now, after={"sha256": stored.sha256})
    return stored
