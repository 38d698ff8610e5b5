"""The sections and questions of a form's version: an index of the compiled form."""

from typing import ClassVar

from django.db import models

from serai.surveys.models.survey import FormVersion


class Section(models.Model):
    """One page of a form: a group or repeat at the top, or questions that stand in none.

    `path` is that of the group; "" for questions before any, else the page's name.
    """

    version = models.ForeignKey(FormVersion, on_delete=models.CASCADE, related_name="sections")
    path = models.CharField(max_length=300)
    order = models.PositiveIntegerField()
    is_repeat = models.BooleanField(default=False)

    class Meta:
        ordering = ("order",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "path"], name="section_once"),
        ]

    def __str__(self) -> str:
        return self.path


class Question(models.Model):
    """One question; `audience` narrows who reads its answers ("" for no narrower one)."""

    version = models.ForeignKey(FormVersion, on_delete=models.CASCADE, related_name="questions")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    path = models.CharField(max_length=300)
    repeat_path = models.CharField(max_length=300, blank=True)
    type = models.CharField(max_length=20)
    kind = models.CharField(max_length=16)
    order = models.PositiveIntegerField()
    weight = models.FloatField(default=1.0)
    audience = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("order",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "path"], name="question_once"),
        ]

    def __str__(self) -> str:
        return self.path
