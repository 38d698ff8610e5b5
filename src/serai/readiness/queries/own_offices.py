"""Which offices a viewer sees, as a filter: the many to `access.may_see_office`'s one."""

from django.db.models import CharField, QuerySet, Value

from serai.base.access import Viewer
from serai.members.access import visible
from serai.members.states import Audience
from serai.readiness.models import Office


def offices_seen(viewer: Viewer) -> QuerySet[Office]:
    """Return the offices a viewer sees, with their organisation and country."""
    # An office as such is read at secretariat level, whatever its runs' audience is.
    level = Value(Audience.SECRETARIAT.value, output_field=CharField())
    return (
        Office.objects.annotate(seen_as=level)
        .filter(
            visible(
                viewer,
                audience="seen_as",
                country="organisation__member__iso3",
                organisation="organisation_id",
                initiative="initiative__code",
            )
        )
        .select_related("organisation__member", "initiative")
        .order_by("organisation__member__iso3", "name", "id")
    )
