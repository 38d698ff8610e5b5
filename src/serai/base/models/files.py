"""Files that people hand in."""

from enum import StrEnum

from django.conf import settings
from django.db import models

from serai.base.models.marks import PublicId, Sampled


class FileState(StrEnum):
    """Where a file stands; the worker or the request that took it in moves it on."""

    RECEIVED = "received"
    CHECKED = "checked"
    REFUSED = "refused"
    REMOVED = "removed"


FILE_ALLOWED: dict[FileState, frozenset[FileState]] = {
    FileState.RECEIVED: frozenset({FileState.CHECKED, FileState.REFUSED}),
    FileState.CHECKED: frozenset({FileState.REMOVED}),
    FileState.REFUSED: frozenset({FileState.REMOVED}),
    FileState.REMOVED: frozenset(),
}


class StoredFile(PublicId, Sampled):
    """One file of one thing; equal bytes share one place on disk.

    `refusal` names a sentence of `base.files.refusals`, so that it can be read in any language.
    """

    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    storage_key = models.CharField(max_length=100, blank=True)
    thing = models.CharField(max_length=100, blank=True, db_index=True)
    state = models.CharField(
        max_length=10,
        choices=[(state.value, state.value) for state in FileState],
        default=FileState.RECEIVED.value,
    )
    refusal = models.CharField(max_length=40, blank=True)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="base_file_state_known",
                condition=models.Q(state__in=[state.value for state in FileState]),
            ),
            models.CheckConstraint(
                name="base_file_checked_has_place",
                condition=~models.Q(state=FileState.CHECKED.value) | ~models.Q(storage_key=""),
            ),
            models.CheckConstraint(
                name="base_file_removed_has_none",
                condition=~models.Q(state=FileState.REMOVED.value) | models.Q(storage_key=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name
