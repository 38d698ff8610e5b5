"""Which installation this is."""

from serai.base.models import Installation


def installation() -> Installation:
    """Return the one row; the first caller makes it."""
    row, _ = Installation.objects.get_or_create(only=True)
    return row
