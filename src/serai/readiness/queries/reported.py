"""Which offices an edition of the report shows, by which assessment, as of a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import get_language

from serai.base.access import ANONYMOUS, Viewer
from serai.base.shown import counted
from serai.readiness.models import Assessment, Office
from serai.readiness.queries.assessments import sees_results, whole_assessments
from serai.readiness.queries.own_offices import offices_seen
from serai.readiness.queries.released import let_out
from serai.readiness.states import LET_OUT, AssessmentState, Edition


@dataclass(frozen=True)
class Whose:
    """Whose results an edition shows: of one organisation, one country, all, or what was let out."""

    edition: Edition
    iso3: str = ""
    organisation_id: int | None = None


@dataclass(frozen=True)
class Reported:
    """What an edition shows.

    Attributes:
        shown: one assessment an office, by country, organisation and name.
        waiting: offices of the edition without results yet; none in what was let out.
    """

    shown: tuple[Assessment, ...]
    waiting: tuple[Office, ...]


def edition_choices(viewer: Viewer) -> tuple[tuple[str, str], ...]:
    """Return countries, then organisations, whose offices a viewer sees; one query.

    Returns:
        `country:GEO`, or `organisation:7:GEO` with its country, each with its name.
    """
    language = get_language() or "en"
    countries: dict[str, str] = {}
    places: dict[str, str] = {}
    for one in offices_seen(viewer).filter(is_closed=False):
        place = one.organisation
        if place.member is not None:
            countries[f"country:{place.member.iso3}"] = place.member.shown_name.pick(language)[0]
        iso3 = place.member.iso3 if place.member else ""
        places[f"organisation:{place.pk}:{iso3}"] = place.names.pick(language)[0]
    return (*_by_name(countries), *_by_name(places))


def _by_name(found: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(found.items(), key=lambda one: (one[1], one[0]))


def reported(viewer: Viewer, day: date, whose: Whose) -> Reported:
    """Return the offices of an edition as of a day; three queries.

    What its readers may not read is neither shown nor counted.
    """
    rows = whole_assessments().filter(as_of__lte=day, office__is_closed=False)
    if whose.edition in LET_OUT:
        readers = ANONYMOUS if whose.edition is Edition.PUBLIC else viewer
        numbers = [one.assessment.pk for one in let_out(readers, day) if one.assessment]
        return Reported(_sorted(rows.filter(pk__in=numbers)), ())
    rows = rows.filter(sees_results(viewer), _within(whose, "office__"))
    shown = _sorted(_chosen(rows.order_by("office_id", "confirmed_at", "id"), day))
    known = {one.office_id for one in shown}
    offices = offices_seen(viewer).filter(_within(whose, ""), is_closed=False)
    others = [one for one in offices.filter(made_at__date__lte=day) if one.pk not in known]
    kept = [one for one in others if not one.sample or all(each.sample for each in shown)]
    return Reported(shown, tuple(counted(kept)))


def _sorted(found: Iterable[Assessment]) -> tuple[Assessment, ...]:
    return tuple(sorted(counted(list(found)), key=_place))


def _within(whose: Whose, path: str) -> Q:
    if whose.edition is Edition.AGENCY:
        return Q(**{f"{path}organisation_id": whose.organisation_id})
    if whose.edition is Edition.COUNTRY:
        return Q(**{f"{path}organisation__member__iso3": whose.iso3})
    return Q()


def _chosen(rows: Iterable[Assessment], day: date) -> list[Assessment]:
    """Choose for each office what was confirmed by the day, else what is under review."""
    best: dict[int, Assessment] = {}
    for one in rows:
        held = best.get(one.office_id)
        is_open = one.state == AssessmentState.UNDER_REVIEW
        is_better = is_open and (held is None or not _is_confirmed(held, day))
        if _is_confirmed(one, day) or is_better:
            best[one.office_id] = one
    return list(best.values())


def _is_confirmed(one: Assessment, day: date) -> bool:
    return one.confirmed_at is not None and one.confirmed_at.date() <= day


def _place(one: Assessment) -> tuple[int, str, str, int]:
    place = one.office.organisation
    order = place.member.order if place.member else 1_000_000
    return order, place.name_key, one.office.name, one.office_id
