"""The base room: tools with no programme noun in them."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """Registers the base models and system checks."""

    name = "serai.base"
    label = "base"
    verbose_name = "Base"
    # `base.jobs` is the queue itself; the house's own jobs stand here.
    jobs_module = "serai.base.chores"

    def ready(self) -> None:
        """Register the check of doors with Django."""
        from serai.base import checks  # noqa: F401, PLC0415  it reads what apps have loaded
