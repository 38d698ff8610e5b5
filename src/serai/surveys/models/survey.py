"""Surveys and the versions of their forms."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from serai.base.models import PublicId, Sampled, TranslatedField
from serai.surveys.models.row import choices, known
from serai.surveys.states import PhraseState, Reason, SurveyKind, SurveyState, VersionState


def every_reason() -> list[str]:
    """Return the reasons a new survey accepts instead of an answer."""
    return [reason.value for reason in Reason]


class Survey(PublicId, Sampled):
    """One questionnaire, through all its versions and waves.

    Attributes:
        reasons: what may stand instead of a required answer.
        on_event: names of jobs that another room wants run: `signed`, `cleared`, `changed`.
        has_signature, has_clearance: whether responses are signed, and cleared by the country.
        is_anonymous: no person, address or time is kept with a response.
    """

    initiative = models.ForeignKey(
        "programme.Initiative", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    code = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=16, choices=choices(SurveyKind))
    title = TranslatedField()
    languages = models.JSONField(default=list)
    reasons = models.JSONField(default=every_reason)
    on_event = models.JSONField(default=dict, blank=True)
    has_signature = models.BooleanField(default=True)
    has_clearance = models.BooleanField(default=True)
    is_anonymous = models.BooleanField(default=False)
    state = models.CharField(
        max_length=12, choices=choices(SurveyState), default=SurveyState.DRAFT.value
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=known("state", SurveyState), name="survey_state_known"
            ),
            models.CheckConstraint(
                condition=Q(has_signature=True) | Q(has_clearance=False),
                name="survey_cleared_after_signing",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class FormVersion(PublicId):
    """One version of a survey's form; what is published never changes.

    Attributes:
        source: the XLSForm as it was handed in; none for one kept as text.
        sheets: its rows by sheet, as read, for translations and for the way out as XLSX.
        sha256: of the XForm: names the compiled form.
        warnings: what the engine warned of, each with its name.
        acknowledged: names of the warnings an officer has accepted.
        refused_for: what was wrong with it when it was handed in; such a version has no form.
        moves: old path by new path of questions that moved, as an officer confirmed.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    form_id = models.CharField(max_length=64)
    version = models.CharField(max_length=40)
    source = models.ForeignKey(
        "base.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sheets = models.JSONField(default=dict)
    xform = models.TextField()
    sha256 = models.CharField(max_length=64, db_index=True)
    default_language = models.CharField(max_length=40, blank=True)
    languages = models.JSONField(default=list)
    warnings = models.JSONField(default=list, blank=True)
    acknowledged = models.JSONField(default=list, blank=True)
    refused_for = models.JSONField(default=list, blank=True)
    moves = models.JSONField(default=dict, blank=True)
    change_note = models.TextField(blank=True)
    state = models.CharField(
        max_length=12, choices=choices(VersionState), default=VersionState.CHECKED.value
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("survey", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["form_id", "version"],
                condition=~Q(state="refused"),
                name="version_of_form_once",
            ),
            models.UniqueConstraint(
                fields=["survey"], condition=Q(state="published"), name="version_published_once"
            ),
            models.CheckConstraint(
                condition=known("state", VersionState), name="version_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form_id} {self.version}"


class FormFile(models.Model):
    """A file that a form names: a picture of a question, a list of choices."""

    version = models.ForeignKey(FormVersion, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    file = models.ForeignKey("base.StoredFile", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "name"], name="form_file_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Phrase(models.Model):
    """One text of a survey's forms in one language, remembered from version to version."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="phrases")
    source = models.TextField()
    source_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    state = models.CharField(
        max_length=8, choices=choices(PhraseState), default=PhraseState.MISSING.value
    )
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["survey", "source_hash", "language"], name="phrase_once"
            ),
            models.CheckConstraint(
                condition=Q(state=PhraseState.MISSING, text="")
                | (~Q(state=PhraseState.MISSING) & ~Q(text="")),
                name="phrase_missing_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.source[:40]}"


class Translator(models.Model):
    """Who may translate a survey's forms into one language."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="translators")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["survey", "person", "language"], name="translator_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.language}"
