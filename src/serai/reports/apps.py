"""The room reports."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Registers the room."""

    name = "serai.reports"
    label = "reports"
