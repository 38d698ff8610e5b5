"""What devices send: kept as it came."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from serai.base.models import PublicId, Sampled
from serai.surveys.models.invitation import DeviceKey
from serai.surveys.models.response import Response
from serai.surveys.models.row import choices, known
from serai.surveys.models.survey import FormVersion
from serai.surveys.states import SubmissionState


class Submission(PublicId, Sampled):
    """One instance of a form from a device; what came is append-only, only its text may be emptied.

    Attributes:
        instance_id, deprecated_id: its own name, and that of the one it replaces.
        xml, sha256: as received; emptied together when personal data in it is erased.
    """

    device_key = models.ForeignKey(DeviceKey, on_delete=models.PROTECT, related_name="submissions")
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    instance_id = models.CharField(max_length=200, unique=True)
    deprecated_id = models.CharField(max_length=200, blank=True, db_index=True)
    xml = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.instance_id


class SubmissionStep(models.Model):
    """Where a submission stands: the response it was applied to, what was found wrong.

    Attributes:
        issues: [kind, path, entry, message] for each.
        is_late: it came after the wave had closed.
        waiting: names of files that are still to come.
        looked_by, looked_at: who looked at it by hand after it was flagged, and when.
    """

    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, related_name="step")
    response = models.ForeignKey(
        Response, null=True, blank=True, on_delete=models.SET_NULL, related_name="submissions"
    )
    state = models.CharField(
        max_length=10, choices=choices(SubmissionState), default=SubmissionState.RECEIVED.value
    )
    issues = models.JSONField(default=list, blank=True)
    waiting = models.JSONField(default=list, blank=True)
    is_late = models.BooleanField(default=False)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    looked_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=known("state", SubmissionState), name="submission_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.state}"


class SubmissionFile(models.Model):
    """A file that came with a submission, perhaps later than its XML."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    file = models.ForeignKey("base.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "name"], name="submission_file_once"),
        ]

    def __str__(self) -> str:
        return self.name
