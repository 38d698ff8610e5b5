"""What the search knows of each thing, and who may find it."""

from django.db import models

from serai.base.models.marks import Sampled


class SearchEntry(Sampled):
    """One thing in one language, as tokens.

    `rank` is the second of the latest change and a number of the thing, so that newest first is
    one descending scan and the same on both engines. Triggers (SQLite) and generated columns
    (PostgreSQL) of migration 0003 keep the index beside these rows.
    """

    thing = models.CharField(max_length=100)
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=300)
    title_tokens = models.TextField(blank=True)
    tokens = models.TextField(blank=True)
    key_tokens = models.TextField(blank=True)
    address = models.CharField(max_length=300)
    updated_at = models.DateTimeField()
    rank = models.BigIntegerField(unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["thing", "language"], name="base_search_one_entry_a_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.thing} ({self.language})"


class SearchKey(models.Model):
    """One audience key that may find an entry."""

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="keys")
    key = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "key"], name="base_search_one_key_an_entry")
        ]

    def __str__(self) -> str:
        return self.key
