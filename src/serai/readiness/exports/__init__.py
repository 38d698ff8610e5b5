"""The room's lists as tables, and sheets read back."""

__all__ = []
