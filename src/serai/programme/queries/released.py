"""Which things of a country the programme holds, and who reads them: for its focal point."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base.access import Viewer
from serai.base.text import TranslatedText
from serai.members.access import acts_for_country
from serai.members.queries import AudienceThing
from serai.members.states import Audience, narrowest
from serai.programme.models import Milestone, RequestAddressee


def _words(text: TranslatedText) -> str:
    return text.pick(get_language() or "en")[0]


def things_of_country(viewer: Viewer, iso3: str) -> list[AudienceThing]:
    """Return a country's answers and milestones with their audience; two queries.

    Nothing for a viewer who does not act for the country.
    """
    if not acts_for_country(viewer, iso3):
        return []
    return [*_answers(iso3), *_milestones(iso3)]


def _answers(iso3: str) -> list[AudienceThing]:
    """Return what became of each request; by name only the secretariat reads it until release."""
    rows = (
        RequestAddressee.objects.filter(Q(country__iso3=iso3) | Q(organisation__member__iso3=iso3))
        .select_related("request", "organisation")
        .order_by("id")
    )
    return [
        AudienceThing(
            thing=f"programme.requestaddressee:{row.pk}",
            title=_words(row.request.text),
            address=reverse("programme:request", args=[row.request.public_id]),
            audience=_answer_audience(row),
            kind=_("Answer to a request"),
            owner=_words(row.organisation.names) if row.organisation else "",
            is_sample=row.sample,
        )
        for row in rows
    ]


def _answer_audience(row: RequestAddressee) -> Audience:
    asked = Audience(row.request.audience)
    if row.request.names_released_on is not None:
        return asked
    return narrowest(asked, Audience.SECRETARIAT)


def _milestones(iso3: str) -> list[AudienceThing]:
    rows = (
        Milestone.objects.filter(country__iso3=iso3)
        .select_related("owner")
        .order_by("initiative_id", "order", "number", "id")
    )
    return [
        AudienceThing(
            thing=f"programme.milestone:{row.pk}",
            title=_words(row.name),
            address=reverse("programme:milestone", args=[row.public_id]),
            audience=Audience(row.audience),
            kind=_("Milestone"),
            owner=_words(row.owner.names) if row.owner else "",
            is_sample=row.sample,
        )
        for row in rows
    ]
