"""Exports of answers: asked for, and kept for whoever asked."""

from datetime import datetime

from serai.base import jobs
from serai.base.access import Viewer, require
from serai.base.files import Checked, keep_checked
from serai.base.models import StoredFile
from serai.surveys import access
from serai.surveys.actions.acts import actor, note_audit
from serai.surveys.models import Wave
from serai.surveys.queries.exporting import thing_of_wave


def export_key(wave: Wave, by: Viewer, kind: str, with_labels: bool) -> str:
    """Return the key of the job that makes one file."""
    return f"surveys.build_export:{wave.pk}:{by.person_id}:{kind}:{int(with_labels)}"


def ask_export(
    *, wave: Wave, kind: str, with_labels: bool, language: str, by: Viewer, now: datetime
) -> jobs.Asked:
    """Ask for a file of a wave's answers; twice is once."""
    require(access.may_export, by, wave)
    note_audit("ask_export", wave, by=by, now=now, after={"kind": kind})
    return jobs.enqueue(
        "surveys.build_export", key=export_key(wave, by, kind, with_labels), by=actor(by),
        wave_id=wave.pk, kind=kind, with_labels=with_labels, language=language,
    )  # fmt: skip


def keep_export(
    *, wave: Wave, content: bytes, name: str, media_type: str, by: Viewer, now: datetime
) -> StoredFile:
    """Keep a file that was made, for its asker alone."""
    require(access.may_export, by, wave)
    stored = keep_checked(
        checked=Checked(content, name, media_type), thing=thing_of_wave(wave), by=actor(by),
        now=now, sample=wave.sample,
    )  # fmt: skip
    note_audit("export", wave, by=by, now=now, after={"sha256": stored.sha256})
    return stored
