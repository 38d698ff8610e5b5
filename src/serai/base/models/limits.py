"""How often something was asked, and the keys of the open API."""

from django.conf import settings
from django.db import models

from serai.base.models.marks import PublicId


class RateWindow(models.Model):
    """The count of one bucket in one window of time."""

    bucket = models.CharField(max_length=100)
    window_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bucket", "window_at"], name="base_rate_one_a_window")
        ]

    def __str__(self) -> str:
        return self.bucket


class ApiKey(PublicId):
    """A person's key for the open API; only its hash is kept."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_keys"
    )
    name = models.CharField(max_length=100)
    key_hash = models.CharField(max_length=64, unique=True)
    issued_on = models.DateField()
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="base_api_key_expires_after_issue",
                condition=models.Q(expires_on__gt=models.F("issued_on")),
            )
        ]

    def __str__(self) -> str:
        return self.name
