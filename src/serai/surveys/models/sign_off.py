"""Signatures and clearances; append-only."""

from django.conf import settings
from django.db import models

from serai.base.models import PublicId, Sampled
from serai.surveys.models.response import Response
from serai.surveys.models.row import choices
from serai.surveys.states import Stance


class SignOff(PublicId, Sampled):
    """One signature under all answers of a response.

    Attributes:
        round: 1 for the first, one more after each correction.
        answers_hash: SHA-256 over the answers signed, which `verify_answers` compares.
        last_answer: number of the newest answer signed; the signer's copy is written anew up to it.
        letter: a signed letter that came with it.
    """

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="signatures")
    round = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    position = models.CharField(max_length=200)
    at = models.DateTimeField()
    answers_hash = models.CharField(max_length=64)
    last_answer = models.PositiveBigIntegerField(default=0)
    letter = models.ForeignKey(
        "base.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("response", "round"), name="signed_once_a_round"),
        )

    def __str__(self) -> str:
        return f"{self.response_id}: {self.round}"


class Clearance(Sampled):
    """A country's word on a signed response."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="clearances")
    sign_off = models.ForeignKey(SignOff, on_delete=models.PROTECT, related_name="clearances")
    stance = models.CharField(max_length=8, choices=choices(Stance))
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.response_id}: {self.stance}"
