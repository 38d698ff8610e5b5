"""Single answers that countries let members or everybody read, as they were consented to."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from serai.base.access import NotFound, Viewer
from serai.calc.xforms import EntryAt
from serai.members.states import Audience
from serai.surveys import access
from serai.surveys.access import Share
from serai.surveys.models import Release, Response, Wave
from serai.surveys.queries.cleared import (
    Asking,
    Told,
    as_cleared,
    cleared_responses,
    questions,
)
from serai.surveys.queries.days import programme_clock
from serai.surveys.queries.filling import entries_of
from serai.surveys.queries.own import in_words
from serai.surveys.queries.responses import whole_responses
from serai.surveys.states import ReleaseOf, ReleaseStep, ResponseState

READS = Share(reads_all=True)
"""What an audience reads of a response that was let out: no narrow question."""


@dataclass(frozen=True)
class ReleasedRow:
    """One answer that a country let out, as its readers see it.

    Attributes:
        key: of this answer among all that are let out.
        entry: its number among those of the body; 0 outside a repeat.
        value: as it was given; `words` as a reader knows it, or the reason why there is none.
        as_of: the day of the consent, on the programme's calendar; today before it is given.
    """

    key: str
    country: str
    iso3: str
    place: str
    path: str
    question: str
    entry: int
    value: str
    words: str
    as_of: date
    audience: Audience
    sample: bool


def showable(wave: Wave, language: str = "en") -> list[Asking]:
    """Return the questions whose answers may be let out one by one: of no narrower audience, no files."""
    return [one for one in questions(wave, language) if not one.is_narrow and not one.is_file]


def showable_countries(wave: Wave) -> list[tuple[int, str]]:
    """Return number and name of the countries with cleared answers; one query."""
    rows = cleared_responses(wave).exclude(invitation__country=None)
    found = {
        one.invitation.country_id: in_words(one.invitation.country.shown_name)
        for one in rows.order_by("invitation__country__order", "id")
        if one.invitation and one.invitation.country
    }
    return [(number, name) for number, name in found.items() if number is not None]


# ---------------------------------------------------------------- what is consented to
def basis_of(release: Release) -> dict[str, Any]:
    """Return what a country would let out now: by response the newest cleared answer, the entries."""
    rows = cleared_responses(release.wave).filter(invitation__country_id=release.country_id)
    return {
        str(one.pk): {
            "through": one.cleared_through,
            "entries": [list(entry) for entry in entries_of(one, access.cleared_acts_of(one))],
        }
        for one in rows.order_by("id")
    }


def seal_of(basis: Mapping[str, Any]) -> str:
    """Return by what a page proves that what it showed is what is consented to."""
    return hashlib.sha256(json.dumps(basis, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class LetOut:
    """What a country would let out, or has.

    Attributes:
        seal: proves what was shown when the country consents; "" of what it has let out already.
        responses: in which the answers stand.
    """

    rows: tuple[ReleasedRow, ...]
    seal: str
    responses: tuple[Response, ...]


def let_out(release: Release, now: datetime, language: str) -> LetOut:
    """Return what readers will see if the country consents now, or see since it did."""
    is_asked = release.state == ReleaseStep.ASKED
    basis = basis_of(release) if is_asked else release.basis
    return LetOut(
        tuple(_rows([release], {release.pk: basis}, now, language)),
        seal_of(basis) if is_asked else "",
        tuple(whole_responses().filter(pk__in=[int(number) for number in basis])),
    )


# ---------------------------------------------------------------- readers
def _given() -> "QuerySet[Release]":
    return (
        Release.objects.filter(of=ReleaseOf.ANSWERS, state=ReleaseStep.CONSENTED)
        .select_related("wave__survey__initiative", "wave__version", "country")
        .order_by("given_at", "id")
    )


def released(viewer: Viewer, number: str, now: datetime, language: str) -> list[ReleasedRow]:
    """Return the answers of a wave that countries let a viewer read.

    Five queries, and one more for each time that a country was asked again.
    """
    rows = [
        one
        for one in _given().filter(wave__public_id=number)
        if access.may_see_released(viewer, one)
    ]
    return _rows(rows, {one.pk: one.basis for one in rows}, now, language)


def first_released(viewer: Viewer, number: str) -> Release:
    """Return the first release of single answers of a wave that a viewer reads.

    Raises:
        NotFound: there is none.
    """
    for row in _given().filter(wave__public_id=number):
        if access.may_see_released(viewer, row):
            return row
    raise NotFound("No answer of this round is yours to read.")


def has_released(viewer: Viewer, wave: Wave) -> bool:
    """Tell whether a viewer reads single answers of a wave that were let out; one query."""
    return any(access.may_see_released(viewer, one) for one in _given().filter(wave=wave))


def waves_released(viewer: Viewer) -> list[tuple[str, str]]:
    """Return number and title of the waves of which a viewer reads single answers; one query."""
    found = {
        row.wave.public_id: f"{in_words(row.wave.survey.title)}: {in_words(row.wave.title)}"
        for row in _given()
        if access.may_see_released(viewer, row)
    }
    return list(found.items())


# ---------------------------------------------------------------- rows
def _rows(
    releases: Sequence[Release],
    bases: Mapping[int, Mapping[str, Any]],
    now: datetime,
    language: str,
) -> list[ReleasedRow]:
    """Return what releases of one wave show; of an answer let out twice, the later one."""
    if not releases:
        return []
    asked = {one.path: one for one in showable(releases[0].wave, language)}
    numbers = {int(number) for basis in bases.values() for number in basis}
    responses = (
        whole_responses()
        .filter(pk__in=numbers, wave=releases[0].wave)
        .exclude(state=ResponseState.WITHDRAWN)
        .order_by(
            "invitation__country__order", "invitation__organisation__name_key",
            "invitation__unit_label", "id",
        )
    )  # fmt: skip
    whole = {str(one.pk): one for one in responses}
    found: dict[str, ReleasedRow] = {}
    zone = programme_clock()
    for layer in _layers(releases):
        owners = {number: one for one in layer for number in bases[one.pk] if number in whole}
        wanted = {path for one in layer for path in one.paths}
        told = _told(
            [(whole[number], bases[one.pk][number]) for number, one in owners.items()],
            [one for path, one in asked.items() if path in wanted],
            now,
        )
        by_response = {whole[number].public_id: one for number, one in owners.items()}
        for question, row in told:
            release = by_response[row.response]
            if question.path in release.paths:
                day = (release.given_at or now).astimezone(zone).date()
                found[f"{row.response}/{row.name}"] = _row(release, question, row, day)
    order = {one.public_id: place for place, one in enumerate(whole.values())}
    return [found[key] for key in sorted(found, key=lambda key: order[key.partition("/")[0]])]


def _layers(releases: Sequence[Release]) -> list[list[Release]]:
    """Return releases in turn, none of a country twice: each turn is read at once."""
    layers: list[list[Release]] = []
    for one in releases:
        for layer in layers:
            if all(other.country_id != one.country_id for other in layer):
                layer.append(one)
                break
        else:
            layers.append([one])
    return layers


def _told(
    found: Sequence[tuple[Response, Mapping[str, Any]]], asked: Sequence[Asking], now: datetime
) -> list[tuple[Asking, Told]]:
    """Return question and answer of responses as they stood at a consent; what says nothing is left out."""
    entries = {}
    for one, then in found:
        one.cleared_through = then["through"]
        entries[one.pk] = [EntryAt(*entry) for entry in then["entries"]]
    told = as_cleared([(one, READS) for one, _then in found], asked, now, entries).told
    return [(one, row) for one in asked for row in told[one.path] if row.words]


def _row(release: Release, question: Asking, row: Told, as_of: date) -> ReleasedRow:
    return ReleasedRow(
        key=f"{row.response}/{row.name}",
        country=row.country,
        iso3=row.iso3,
        place=row.place,
        path=question.path,
        question=question.label,
        entry=row.entry,
        value=row.value,
        words=row.words,
        as_of=as_of,
        audience=Audience(release.wanted),
        sample=release.sample,
    )
