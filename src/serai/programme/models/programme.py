"""The one programme of an installation."""

from django.db import models

from serai.base.models import PublicId, TranslatedField


class Programme(PublicId):
    """The programme, its secretariat and its clock.

    `opens_as_of`: the day as of which a trial installation shows its pages when none is asked for.
    """

    code = models.SlugField(unique=True)
    name = TranslatedField()
    short_name = TranslatedField()
    secretariat = models.ForeignKey(
        "members.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    time_zone = models.CharField(max_length=64, default="UTC")
    languages = models.JSONField(default=list)
    technical_assistance = TranslatedField()
    technical_assistance_number = models.CharField(max_length=60, blank=True)
    opens_as_of = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.short_name)
