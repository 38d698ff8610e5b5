"""The room home."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Registers the room."""

    name = "serai.home"
    label = "home"
