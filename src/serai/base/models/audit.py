"""Who did what to which thing, and the seals that show any later change."""

from django.db import models


class AuditEntry(models.Model):
    """One act. Holds numbers, codes and names of fields, never personal values.

    Persons are named by number without a foreign key: the line outlives whatever it names.
    Triggers of migration 0002 refuse every change and removal.
    """

    at = models.DateTimeField(db_index=True)
    by = models.BigIntegerField(null=True, blank=True)
    behalf_of = models.BigIntegerField(null=True, blank=True)
    verb = models.CharField(max_length=100)
    thing = models.CharField(max_length=100, db_index=True)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    request_id = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return f"{self.verb} {self.thing}"


class AuditSeal(models.Model):
    """One link of the chain: the entry's place, the hash before it, and its own.

    The database does not tie `entry` to its row, so that a removed row can be named.
    """

    number = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(
        AuditEntry, on_delete=models.DO_NOTHING, related_name="seal", db_constraint=False
    )
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"{self.number} {self.hash[:12]}"
