"""The room members."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Registers the room."""

    name = "serai.members"
    label = "members"
