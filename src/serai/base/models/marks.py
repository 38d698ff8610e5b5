"""Marks that many models carry: a random public number, and whether a row is sample data."""

import secrets

from django.db import models

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def new_public_id() -> str:
    """Return 12 random signs without look-alikes (59 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(12))


class PublicId(models.Model):
    """A row that stands in addresses."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)

    class Meta:
        abstract = True


class Sampled(models.Model):
    """A row that may be demonstration data."""

    sample = models.BooleanField(default=False, db_index=True)

    class Meta:
        abstract = True
