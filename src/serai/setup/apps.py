"""The room setup."""

from django.apps import AppConfig


class SetupConfig(AppConfig):
    """Registers the room."""

    name = "serai.setup"
    label = "setup"
