"""The one programme of an installation."""

from django.db import models

from serai.base.models import PublicId, TranslatedField


class Programme(PublicId):
    """The programme, its secretariat and its clock."""

    code = models.SlugField(unique=True)
    name = TranslatedField()
    short_name = models.CharField(max_length=40)
    secretariat = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=64, default="UTC")
    languages = models.JSONField(default=list)
    technical_assistance = TranslatedField()
    technical_assistance_number = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return self.short_name
