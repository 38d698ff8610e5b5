"""One run of a report: what was asked, what was written, what was issued."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from serai.base.models import PublicId, Sampled, TranslatedField
from serai.members.states import Audience
from serai.reports.states import FileFormat, RunState


class Run(PublicId, Sampled):
    """A report of one kind as of one day for one audience.

    `snapshot` is the canonical JSON of all facts and narrative at issue; `recipe_sha256` covers
    template, engine versions, catalogue and fonts. Files are functions of the two.
    """

    number = models.PositiveIntegerField(unique=True)
    kind = models.CharField(max_length=40)
    scope = models.JSONField(default=dict, blank=True)
    as_of = models.DateField()
    languages = models.JSONField(default=list)
    audience = models.CharField(max_length=12, choices=[(a.value, a.value) for a in Audience])
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in RunState], default=RunState.DRAFT
    )
    meeting = models.ForeignKey(
        "programme.Meeting", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    previous_run = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="later_runs"
    )
    corrects = models.BooleanField(default=False)
    remarks_until = models.DateField(null=True, blank=True)
    snapshot = models.TextField(blank=True)
    snapshot_sha256 = models.CharField(max_length=64, blank=True)
    recipe = models.JSONField(default=dict, blank=True)
    recipe_sha256 = models.CharField(max_length=64, blank=True)
    rebuilt = models.JSONField(default=dict, blank=True)
    rebuilt_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField()
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cleared_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)
    problem = models.TextField(blank=True)

    class Meta:
        ordering = ["-as_of", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="issued")
                | (~Q(snapshot_sha256="") & ~Q(recipe_sha256="") & Q(issued_at__isnull=False)),
                name="issued_run_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(cleared_by__isnull=True) | ~Q(cleared_by=F("started_by")),
                name="nobody_clears_own_run",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Narrative(models.Model):
    """One narrative block of a run: the text, who wrote it and when."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="narratives")
    block = models.CharField(max_length=80)
    text = TranslatedField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    author_name = models.CharField(max_length=200, blank=True)
    written_on = models.DateField()
    version = models.PositiveIntegerField(default=1)
    sample = models.BooleanField(default=False)
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["run_id", "block"]
        constraints = [models.UniqueConstraint(fields=["run", "block"], name="one_text_a_block")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.block}"


class RunFile(models.Model):
    """One issued file; never changed, kept when the recipe changes."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(max_length=4, choices=[(f.value, f.value) for f in FileFormat])
    language = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64)
    bytes = models.PositiveIntegerField()
    pages = models.PositiveIntegerField(null=True, blank=True)
    storage_key = models.CharField(max_length=200)
    parts = models.JSONField(default=dict, blank=True)  # DOCX: zip member name -> SHA-256

    class Meta:
        ordering = ["run_id", "language", "format"]
        constraints = [
            models.UniqueConstraint(fields=["run", "format", "language"], name="one_file_a_format")
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.language} {self.format}"


class CountryRemark(models.Model):
    """What a focal point remarks on a block, and what was done about it."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="remarks")
    country = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+")
    block = models.CharField(max_length=80)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["run_id", "at", "id"]

    def __str__(self) -> str:
        return f"{self.run_id} {self.country_id} {self.block}"


@dataclass(frozen=True)
class RunDraft:
    """A run that is not issued, in one language and format."""

    run: Run
    language: str
    format: FileFormat


@dataclass(frozen=True)
class HeldFile:
    """A file of a run, found for somebody who asks for it."""

    run: Run
    file: RunFile
