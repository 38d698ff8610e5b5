"""The top of the house: once every room stands, rooms are told what they ask of one another."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Plugs the rooms together in every process: web, worker and command line alike."""

    name = "serai.config"
    label = "config"

    def ready(self) -> None:
        """Plug, now that the rooms' tables are known."""
        from serai.config import checks, plugs  # noqa: F401, PLC0415  the rooms' models load before

        plugs.plug()
