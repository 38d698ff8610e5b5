"""The room surveys."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Registers the room."""

    name = "serai.surveys"
    label = "surveys"
