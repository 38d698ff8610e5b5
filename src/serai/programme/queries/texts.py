"""What was written of milestones and initiatives, as known by a day."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from serai.base.models import Rows, TranslatedField
from serai.base.text import TranslatedText
from serai.programme.models import Initiative, InitiativeText, Milestone, MilestoneText
from serai.programme.queries.shared import KEPT_DAYS, place_name


@dataclass(frozen=True, slots=True)
class KnownText:
    """What was written of a milestone; nobody is named where an owner or country is gone."""

    name: TranslatedText
    kind: str
    order: int
    owner_id: int | None
    owner: TranslatedText | None
    country: str | None
    place: TranslatedText | None
    sample: bool


@dataclass(frozen=True, slots=True)
class KnownHome:
    """What was written of a milestone's initiative, as far as the milestone shows it."""

    name: TranslatedText
    order: int
    sample: bool


@dataclass(frozen=True, slots=True)
class KnownInitiative:
    """What was written of an initiative."""

    name: TranslatedText
    purpose: TranslatedText
    order: int
    sample: bool
    partners: tuple[TranslatedText, ...]
    national_studies: tuple[TranslatedText, ...]


def _text(
    name: TranslatedText,
    kind: str,
    order: int,
    owner_id: int | None,
    owner: TranslatedText | None,
    country: str | None,
    short: TranslatedText | None,
    whole: TranslatedText | None,
    sample: bool,
) -> KnownText:
    return KnownText(name, kind, order, owner_id, owner, country, _short(short, whole), sample)


def _initiative(
    name: TranslatedText,
    purpose: TranslatedText,
    order: int,
    sample: bool,
    partners: list[TranslatedText] | None,
    studies: list[TranslatedText] | None,
) -> KnownInitiative:
    # Rows within rows: where there are none, PostgreSQL gathers them as NULL.
    return KnownInitiative(
        name, purpose, order, sample, tuple(partners or ()), tuple(studies or ())
    )


def _name(name: TranslatedText) -> TranslatedText:
    return name


def _short(short: TranslatedText | None, whole: TranslatedText | None) -> TranslatedText | None:
    return short if short is not None and str(short) else whole


@lru_cache(maxsize=KEPT_DAYS)
def milestone_texts(as_of: date) -> Rows:
    """Return the texts of a milestone known by a day, as a column; the last one holds."""
    known = MilestoneText.objects.filter(milestone=OuterRef("pk"), known_from__lte=as_of)
    return Rows(
        _text, known.order_by("known_from", "id"), "name", "kind", "order", "owner_id",
        "owner__names", "country__iso3", "country__short_name", "country__names", "sample",
    )  # fmt: skip


@lru_cache(maxsize=KEPT_DAYS)
def homes(as_of: date) -> Rows:
    """Return the texts of a milestone's initiative known by a day, as a column."""
    known = InitiativeText.objects.filter(
        initiative=OuterRef("initiative_id"), known_from__lte=as_of
    )
    return Rows(KnownHome, known.order_by("known_from", "id"), "name", "order", "sample")


@lru_cache(maxsize=2 * KEPT_DAYS)
def initiative_texts(as_of: date, with_sample: bool) -> Rows:
    """Return the texts of an initiative known by a day, as a column; the last one holds."""
    known = InitiativeText.objects.filter(initiative=OuterRef("pk"), known_from__lte=as_of)
    known = known if with_sample else known.filter(sample=False)
    partners = InitiativeText.partners.through.objects.filter(initiativetext=OuterRef("pk"))
    studies = InitiativeText.national_studies.through.objects.filter(initiativetext=OuterRef("pk"))
    return Rows(
        _initiative,
        known.annotate(
            told_partners=Rows(_name, partners.order_by("organisation_id"), "organisation__names"),
            told_studies=Rows(
                _short, studies.order_by("member__order", "member__iso3"),
                "member__short_name", "member__names",
            ),
        ).order_by("known_from", "id"),
        "name", "purpose", "order", "sample", "told_partners", "told_studies",
    )  # fmt: skip


def text_of(one: Milestone) -> KnownText:
    """Return what was written of a milestone by the day; one without a text is read as it stands."""
    if one.known_texts:
        return one.known_texts[-1]
    owner, country = one.owner, one.country
    return KnownText(
        one.name, one.kind, one.order, one.owner_id, owner.names if owner else None,
        country.iso3 if country else None, place_name(country) if country else None, one.sample,
    )  # fmt: skip


def home_of(one: Milestone) -> KnownHome:
    """Return what was written of a milestone's initiative by the day."""
    home = one.initiative
    return one.known_homes[-1] if one.known_homes else KnownHome(home.name, home.order, home.sample)


def initiative_text(one: Initiative) -> KnownInitiative:
    """Return what was written of an initiative by the day."""
    if one.known_texts:
        return one.known_texts[-1]
    return KnownInitiative(one.name, one.purpose, one.order, one.sample, (), ())


@lru_cache(maxsize=4 * KEPT_DAYS)
def home_name(as_of: date, with_sample: bool) -> Coalesce:
    """Return the name an initiative had by a day, as a column of what belongs to it."""
    known = InitiativeText.objects.filter(
        initiative=OuterRef("initiative_id"), known_from__lte=as_of
    )
    return _latest(known, with_sample, "initiative__name")


@lru_cache(maxsize=2 * KEPT_DAYS)
def initiative_name(as_of: date, with_sample: bool) -> Coalesce:
    """Return the name an initiative had by a day, as a column of it."""
    known = InitiativeText.objects.filter(initiative=OuterRef("pk"), known_from__lte=as_of)
    return _latest(known, with_sample, "name")


@lru_cache(maxsize=2 * KEPT_DAYS)
def milestone_name(as_of: date, with_sample: bool) -> Coalesce:
    """Return the name a milestone had by a day, as a column of it."""
    known = MilestoneText.objects.filter(milestone=OuterRef("pk"), known_from__lte=as_of)
    return _latest(known, with_sample, "name")


def _latest(known: QuerySet[Any], with_sample: bool, stands: str) -> Coalesce:
    known = known if with_sample else known.filter(sample=False)
    latest = known.order_by("-known_from", "-id").values("name")[:1]
    return Coalesce(Subquery(latest), F(stands), output_field=TranslatedField())
