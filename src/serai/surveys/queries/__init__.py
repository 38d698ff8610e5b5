"""Every read of the room surveys."""

from serai.surveys.queries.forms import compiled

__all__ = ["compiled"]
