"""Responses and their answers: rows are added, the head moves."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from serai.base.models import PublicId, Sampled
from serai.calc.xforms import IssueKind
from serai.members.states import Audience
from serai.surveys.models.invitation import Invitation
from serai.surveys.models.row import Placed, choices, known
from serai.surveys.models.survey import FormVersion
from serai.surveys.models.wave import Wave
from serai.surveys.states import EntryVerb, Reason, ResponseState, Source

if TYPE_CHECKING:
    from serai.surveys.models.delegation import Delegation


class Response(PublicId, Sampled):
    """What one body answers in one wave.

    Attributes:
        person: whose it is where nobody was invited (an open link, signed in); none when anonymous.
        completeness, sufficiency: shares of weight, 0 to 1; none where nothing is asked.
        revision: grows with every change of answers, entries or state: what a page was made of.
        signed_through, cleared_through: number of the newest answer that was signed, and cleared:
            the country reads answers up to the first, the secretariat up to the second; 0 for none.
        signed_acts, cleared_acts: number of the newest act on an entry of then, likewise: which
            entries were signed, and cleared.
        more_time_asked_at: when its lead asked for more time and was not given it since.
        is_on_behalf: all its answers so far were entered by the secretariat, from what came back.
        holder_hash: of the secret in the browser that fills it in without a name; none once handed in.
    """

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="responses")
    invitation = models.ForeignKey(
        Invitation, null=True, blank=True, on_delete=models.PROTECT, related_name="responses"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="responses")
    language = models.CharField(max_length=40, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    completeness = models.FloatField(null=True, blank=True)
    sufficiency = models.FloatField(null=True, blank=True)
    audience = models.CharField(
        max_length=16, choices=choices(Audience), default=Audience.ORGANISATION.value
    )
    state = models.CharField(
        max_length=10, choices=choices(ResponseState), default=ResponseState.FILLING.value
    )
    revision = models.PositiveIntegerField(default=0)
    signed_through = models.PositiveBigIntegerField(default=0)
    cleared_through = models.PositiveBigIntegerField(default=0)
    signed_acts = models.PositiveBigIntegerField(default=0)
    cleared_acts = models.PositiveBigIntegerField(default=0)
    is_on_behalf = models.BooleanField(default=False)
    holder_hash = models.CharField(max_length=64, blank=True, default="")
    more_time_asked_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)

    # The parts in other hands, where they were read along with the response.
    parts_given: "list[Delegation] | None" = None

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=known("state", ResponseState), name="response_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Entry(models.Model):
    """One entry of a repeat, as its acts have left it; `parent` is a key, "" outside."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="entries")
    repeat_path = models.CharField(max_length=300)
    parent = models.CharField(max_length=40, blank=True, default="")
    key = models.CharField(max_length=40)
    position = models.PositiveIntegerField(default=0)
    is_removed = models.BooleanField(default=False)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["response", "key"], name="entry_key_once"),
        ]

    def __str__(self) -> str:
        return self.key


class EntryAct(Sampled):
    """One act on an entry; append-only."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="acts")
    verb = models.CharField(max_length=8, choices=choices(EntryVerb))
    position = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.CharField(max_length=12, choices=choices(Source))
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.verb} {self.entry_id}"


class Answer(Placed, Sampled):
    """One answer as given; append-only, only its value and salt may be emptied.

    Attributes:
        reason: why there is no value.
        on_behalf_of: the body for which the secretariat entered it.
        client_id: the sender's own name for the change; a repeat of it is harmless.
        salt: random; a SHA-256 over it, place, reason, way and value stands in the audit.
    """

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    value = models.TextField(blank=True)
    reason = models.CharField(max_length=14, choices=choices(Reason), blank=True)
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    on_behalf_of = models.ForeignKey(
        "members.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.CharField(max_length=12, choices=choices(Source))
    client_id = models.CharField(max_length=40)
    at = models.DateTimeField(null=True, blank=True)
    salt = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["response", "client_id"], name="answer_sent_once"),
            models.CheckConstraint(condition=Q(value="") | Q(reason=""), name="answer_or_reason"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["response", "path", "entry"], name="answer_of_place"),
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.pk}"


class AnswerHead(Placed):
    """The answer that holds now at one place."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="heads")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["response", "path", "entry"], name="head_once"),
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.entry}"


class AnswerIssue(Placed):
    """What is wrong with the answer that holds now."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="issues")
    kind = models.CharField(max_length=10, choices=choices(IssueKind))
    message = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.kind} {self.path}"


class SectionMark(models.Model):
    """How far one section, or one entry of it, has come."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="marks")
    section = models.CharField(max_length=300)
    entry = models.CharField(max_length=40, blank=True, default="")
    mark = models.CharField(max_length=16)
    completeness = models.FloatField(null=True, blank=True)
    visited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["response", "section", "entry"], name="mark_once"),
        ]

    def __str__(self) -> str:
        return f"{self.section}: {self.mark}"
