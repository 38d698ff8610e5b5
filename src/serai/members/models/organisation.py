"""Organisations and who belongs to them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from serai.base.models import PublicId, Sampled, TranslatedField
from serai.members.states import OrganisationKind, OrganisationState


class Organisation(PublicId, Sampled):
    """A ministry, agency, partner, university or firm."""

    code = models.SlugField(max_length=60, blank=True)
    names = TranslatedField()
    short_name = TranslatedField()
    name_key = models.CharField(max_length=300, blank=True, editable=False, db_index=True)
    kind = models.CharField(
        max_length=16,
        choices=[(k.value, k.value) for k in OrganisationKind],
        default=OrganisationKind.GOVERNMENT,
    )
    member = models.ForeignKey(
        "members.Member", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    domains = models.JSONField(default=list, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        max_length=16,
        choices=[(s.value, s.value) for s in OrganisationState],
        default=OrganisationState.ACTIVE,
    )
    close_reason = models.TextField(blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    import_key = models.CharField(max_length=32, blank=True, db_index=True, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="organisation_code_once"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(state=OrganisationState.MERGED),
                name="organisation_merged_into_fits_state",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in OrganisationState]),
                name="organisation_state_known",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="organisation_not_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return str(self.names)


class Affiliation(models.Model):
    """A person's place in an organisation over time; gives no rights."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="affiliations"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="affiliations"
    )
    title = models.CharField(max_length=200, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="affiliation_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.organisation_id}"
