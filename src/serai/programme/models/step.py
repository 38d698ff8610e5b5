"""Every change of state, as a row of its own, so that a state can be read as of any day."""

from django.db import models
from django.db.models import Q

from serai.programme.models.fact import Fact

THINGS = ("initiative", "note", "meeting", "decision", "action", "request", "addressee", "risk")


def _one_thing() -> Q:
    """Say that exactly one of the things is named."""
    either = Q()
    for name in THINGS:
        either |= Q(**{f"{other}__isnull": other != name for other in THINGS})
    return either


class Step(Fact):
    """One thing reached one state; append-only."""

    initiative = models.ForeignKey(
        "programme.Initiative", null=True, on_delete=models.CASCADE, related_name="steps"
    )
    note = models.ForeignKey(
        "programme.StatusNote", null=True, on_delete=models.CASCADE, related_name="steps"
    )
    meeting = models.ForeignKey(
        "programme.Meeting", null=True, on_delete=models.CASCADE, related_name="steps"
    )
    decision = models.ForeignKey(
        "programme.Decision", null=True, on_delete=models.CASCADE, related_name="steps"
    )
    action = models.ForeignKey(
        "programme.ActionItem", null=True, on_delete=models.CASCADE, related_name="steps"
    )
    request = models.ForeignKey(
        "programme.Request", null=True, on_delete=models.CASCADE, related_name="steps"
    )
    addressee = models.ForeignKey(
        "programme.RequestAddressee", null=True, on_delete=models.CASCADE, related_name="steps"
    )
    risk = models.ForeignKey(
        "programme.Risk", null=True, on_delete=models.CASCADE, related_name="steps"
    )
    state = models.CharField(max_length=16)
    reason = models.TextField(blank=True)
    citing = models.ForeignKey(
        "programme.Decision", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("known_from", "id")
        constraints = (models.CheckConstraint(condition=_one_thing(), name="step_of_one_thing"),)

    def __str__(self) -> str:
        return self.state
