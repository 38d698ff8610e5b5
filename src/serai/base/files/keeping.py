"""Keep files by the sum of their bytes, under the data folder, out of the web server's sight."""

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from serai.base.access import NotFound
from serai.base.files.kinds import ALL_KINDS, Checked, check_file, safe_name
from serai.base.files.refusals import Refused
from serai.base.models import FILE_ALLOWED, FileState, StoredFile


def keep_file(
    *,
    file: BinaryIO,
    name: str,
    thing: str,
    by: int | None,
    now: datetime,
    kinds: tuple[str, ...] = ALL_KINDS,
    sample: bool = False,
) -> StoredFile:
    """Check a file and keep it at once.

    Raises:
        Refused: with the sentence for its owner; nothing is kept.
    """
    return keep_checked(
        checked=check_file(file, name, kinds=kinds), thing=thing, by=by, now=now, sample=sample
    )


def keep_checked(
    *, checked: Checked, thing: str, by: int | None, now: datetime, sample: bool = False
) -> StoredFile:
    """Keep a file that a form has checked already."""
    key = _write(checked.content)
    return StoredFile.objects.create(
        name=checked.name,
        media_type=checked.media_type,
        bytes=len(checked.content),
        sha256=key.rpartition("/")[2],
        storage_key=key,
        thing=thing,
        state=FileState.CHECKED,
        received_at=now,
        received_by_id=by,
        sample=sample,
    )


def receive_file(
    *, content: bytes, name: str, thing: str, by: int | None, now: datetime, sample: bool = False
) -> StoredFile:
    """Take a file in unseen, for the job `base.check_file`; nobody can open it before."""
    key = _write(content)
    return StoredFile.objects.create(
        name=safe_name(name),
        media_type="application/octet-stream",
        bytes=len(content),
        sha256=key.rpartition("/")[2],
        storage_key=key,
        thing=thing,
        state=FileState.RECEIVED,
        received_at=now,
        received_by_id=by,
        sample=sample,
    )


def check_received(*, file_id: int) -> StoredFile:
    """Check a received file: it becomes checked, or refused with its reason and without its bytes."""
    with transaction.atomic():
        stored = StoredFile.objects.select_for_update().get(pk=file_id)
        if stored.state != FileState.RECEIVED:
            return stored
        former = stored.storage_key
        try:
            with place_of(former).open("rb") as file:
                checked = check_file(file, stored.name)
        except Refused as refused:
            stored.state, stored.refusal, stored.storage_key = FileState.REFUSED, refused.code, ""
        else:
            stored.storage_key = _write(checked.content)
            stored.sha256 = stored.storage_key.rpartition("/")[2]
            stored.bytes, stored.media_type = len(checked.content), checked.media_type
            stored.state = FileState.CHECKED
        stored.save()
        drop_unused(former)
    return stored


def remove_file(*, stored: StoredFile) -> StoredFile:
    """Remove a file's bytes; its row stays and says that it was."""
    if FileState.REMOVED not in FILE_ALLOWED[FileState(stored.state)]:
        return stored
    former = stored.storage_key
    with transaction.atomic():
        stored.state, stored.storage_key = FileState.REMOVED, ""
        stored.save(update_fields=["state", "storage_key"])
        drop_unused(former)
    return stored


def files_of(thing: str) -> list[StoredFile]:
    """Return a thing's files that can be opened, oldest first."""
    return list(
        StoredFile.objects.filter(thing=thing, state=FileState.CHECKED).order_by(
            "received_at", "id"
        )
    )


def files_before(kind: str, moment: datetime) -> list[StoredFile]:
    """Return the files of things of a kind, such as `surveys.export`, received before a moment."""
    return list(
        StoredFile.objects.filter(
            thing__startswith=f"{kind}:", state=FileState.CHECKED, received_at__lt=moment
        ).order_by("received_at", "id")
    )


def stored_file(public_id: str) -> StoredFile:
    """Return a file that can be opened; who may is the room's own rule.

    Raises:
        NotFound: no such file, or not checked yet.
    """
    found = StoredFile.objects.filter(public_id=public_id, state=FileState.CHECKED).first()
    if found is None:
        raise NotFound(public_id)
    return found


def place_of(key: str) -> Path:
    """Return where a file's bytes lie."""
    return Path(settings.FILES_DIR) / key


def _write(content: bytes) -> str:
    """Write bytes so that they are whole or absent, even if the power fails; return their key."""
    total = hashlib.sha256(content).hexdigest()
    key = f"{total[:2]}/{total}"
    place = place_of(key)
    if place.exists() and place.stat().st_size == len(content):
        return key
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, waiting = tempfile.mkstemp(dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(waiting).replace(place)
    finally:
        Path(waiting).unlink(missing_ok=True)
    return key


def drop_unused(key: str) -> None:
    """Delete bytes once the change is committed and no row keeps them: equal files share theirs."""

    def drop() -> None:
        if key and not StoredFile.objects.filter(storage_key=key).exists():
            place_of(key).unlink(missing_ok=True)

    transaction.on_commit(drop)
