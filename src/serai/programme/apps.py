"""The room programme."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """Registers the room."""

    name = "serai.programme"
    label = "programme"
