"""The room readiness."""

from django.apps import AppConfig


class ReadinessConfig(AppConfig):
    """Registers the room."""

    name = "serai.readiness"
    label = "readiness"
