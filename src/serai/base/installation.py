"""Which installation this is."""

from serai.base.models import Installation


def installation() -> Installation:
    """Return the one row; the first caller makes it."""
    row, _ = Installation.objects.get_or_create(only=True)
    return row


def describe(*, mode: str = "", preset: str = "") -> None:
    """Write down in which mode the house runs, or which preset it was given; empty stays as it is."""
    row = installation()
    row.mode, row.preset = mode or row.mode, preset or row.preset
    row.save(update_fields=["mode", "preset"])
