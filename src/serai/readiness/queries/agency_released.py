"""Offices as an edition for others tells them: what `released` shows of each, and nothing else."""

from collections.abc import Iterable

from django.utils.translation import get_language

from serai.base.access import Viewer
from serai.readiness.models import Assessment
from serai.readiness.queries.agency_page import AgencyPage
from serai.readiness.queries.definitions import definition_of, said_in
from serai.readiness.queries.released import ReleasedResults, released_results
from serai.readiness.queries.results import DimensionShown, target_of


def released_pages(
    viewer: Viewer, found: Iterable[Assessment], audience: str
) -> tuple[AgencyPage, ...]:
    """Return the pages of offices as one audience reads them; some eight queries each."""
    return tuple(_page(one, released_results(viewer, one, audience)) for one in found)


def _page(one: Assessment, shown: ReleasedResults) -> AgencyPage:
    language = get_language() or "en"
    member = one.office.organisation.member
    return AgencyPage(
        office=one.office.public_id, assessment=one.public_id, name=shown.office,
        organisation=shown.organisation.pick(language)[0], country=shown.country.pick(language)[0],
        iso3=member.iso3 if member else "", city=shown.city, state=one.state, as_of=shown.as_of,
        confirmed_at=one.confirmed_at, edition=shown.edition, score=shown.score,
        score_low=shown.low, score_high=shown.high, known_share=shown.known_share,
        measured_share=shown.measured_share, attends=one.headline_attend, hosts=one.headline_host,
        target=target_of(shown.rungs, one.headline_host), dimensions=_dimensions(one, shown),
        rungs=shown.rungs, line=None, steps=(), gaps=(), contradictions=(), gate={}, card=(),
        advice=(), answers="", fact_keys=(), sample=shown.sample, audience=shown.audience,
        not_met=shown.not_met,
    )  # fmt: skip


def _dimensions(one: Assessment, shown: ReleasedResults) -> tuple[DimensionShown, ...]:
    """Return scores alone: levels of criteria would tell the facts behind them."""
    scores, language = dict(shown.dimensions), get_language() or "en"
    named = (
        (each.code, said_in(each.name, language))
        for each in definition_of(one.framework).framework.dimensions
    )
    return tuple(
        DimensionShown(code, name, scores[name], ()) for code, name in named if name in scores
    )
