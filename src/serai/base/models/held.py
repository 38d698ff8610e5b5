"""What was typed before a sign-in ended, and what a sent form led to."""

from django.conf import settings
from django.db import models


class HeldInput(models.Model):
    """The body of a form that arrived without a sign-in, encrypted, for half an hour."""

    cookie_hash = models.CharField(max_length=64)
    path = models.CharField(max_length=500)
    body = models.BinaryField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cookie_hash", "path"], name="base_held_one_a_form")
        ]

    def __str__(self) -> str:
        return self.path


class Receipt(models.Model):
    """The first result of a form; sending the form again leads there."""

    key = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    path = models.CharField(max_length=500)
    result_address = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key
