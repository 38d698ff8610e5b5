"""Answers for others: consent asked of each country, given or not; tallies frozen with them."""

import hashlib
import json
from collections.abc import Sequence
from copy import copy
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.models import new_public_id
from serai.calc.xforms import Contributor, Kind, differs_safely, protect
from serai.members import actions as members
from serai.members.access import Release as Step
from serai.members.queries import ProposalFound
from serai.members.states import Audience
from serai.surveys import access, emails, queries
from serai.surveys.actions.acts import Refused, actor, label, note_audit, take_step
from serai.surveys.actions.finding import index_figure, index_figures_of, index_release
from serai.surveys.models import Figure, Release, Wave
from serai.surveys.models.invitation import Invitation
from serai.surveys.queries import Asking, Told
from serai.surveys.queries.cleared import cleared_responses
from serai.surveys.queries.released import basis_of, seal_of
from serai.surveys.states import ReleaseOf, ReleaseStep

TITLE_LENGTH = 300
FOR = (Audience.MEMBERS, Audience.PUBLIC)
STATISTICS = {Kind.NUMBER: "quartiles", Kind.RANK: "ranks"}


@dataclass(frozen=True)
class ReleaseAsked:
    """What became of an asking: the rows, and the countries where nobody could consent."""

    releases: tuple[Release, ...]
    without_anybody: tuple[str, ...]


@dataclass(frozen=True)
class Frozen:
    """The figures made, and the questions of which too few answers may be counted."""

    figures: tuple[Figure, ...]
    withheld: tuple[str, ...]


@transaction.atomic
def ask_release(
    *, wave: Wave, paths: Sequence[str], to: Audience, reason: str, by: Viewer, now: datetime
) -> ReleaseAsked:
    """Ask each country whose answers are cleared that they be counted in figures for others.

    Raises:
        Refused: nothing to release, an asking that waits, or nobody who could consent.
    """
    require(access.may_coordinate, by, wave)
    known = {one.path for one in queries.releasable(wave)}
    chosen = [path for path in dict.fromkeys(paths) if path in known]
    check_asking(chosen, to, reason)
    if Release.objects.filter(wave=wave, of=ReleaseOf.FIGURES, state=ReleaseStep.ASKED).exists():
        raise Refused(_("An asking of this wave waits for consents. It is answered first."))
    countries = _countries(wave)
    if not countries:
        raise Refused(_("No answer of this wave is cleared yet."))
    pattern = Release(
        wave=wave, paths=chosen, wanted=to.value, asked_by_id=actor(by), asked_at=now,
        sample=wave.sample or by.is_sample,
    )  # fmt: skip
    return ask_each(pattern, countries, reason=reason, by=by, now=now)


def check_asking(paths: Sequence[str], to: Audience, reason: str) -> None:
    """Refuse an asking that does not say what, for whom and why."""
    if not paths:
        raise Refused(_("Choose at least one question."), "paths")
    if to not in FOR:
        raise Refused(_("They go to the members or to the public."), "audience")
    if not reason.strip():
        raise Refused(_("Say why: whoever is asked to consent reads this sentence."), "reason")


def ask_each(
    pattern: Release,
    countries: Sequence[tuple[int | None, str]],
    *,
    reason: str,
    by: Viewer,
    now: datetime,
) -> ReleaseAsked:
    """Ask countries, given by number and name, for the same; name those where nobody can consent."""
    found: list[Release] = []
    without = []
    for number, name in countries:
        row = copy(pattern)
        row.public_id, row.country_id = new_public_id(), number
        row.ask = found[0].ask if found else ""
        try:
            found.append(_ask_one(row, reason, by, now))
        except members.Refused:
            without.append(name)
    if not found:
        raise Refused(_("Nobody could consent: name the countries' focal points first."))
    return ReleaseAsked(tuple(found), tuple(without))


def _countries(wave: Wave) -> list[tuple[int | None, str]]:
    """Return the countries whose answers are cleared, with their names; None for those of none."""
    asked = Invitation.objects.filter(responses__in=cleared_responses(wave).order_by()).distinct()
    rows = {
        one.country_id: str(one.country) if one.country else ""
        for one in asked.select_related("country").order_by("country__order", "id")
    }
    return list(rows.items())


@transaction.atomic
def _ask_one(row: Release, reason: str, by: Viewer, now: datetime) -> Release:
    row.save()
    if not row.ask:
        row.ask = row.public_id
        row.save(update_fields=["ask"])
    released = _step(row, Audience(row.wanted))
    if released.release.needs_consent:
        members.propose_release(
            released=released, reason=reason, by=by, now=now,
            letter=lambda proposal, person: emails.release_asked(row, proposal, person),
        )  # fmt: skip
    else:
        members.change_audience(released=released, reason=reason, by=by, now=now)
        _consented(row, now)
    note_audit(
        "ask_release", row, by=by, now=now,
        after={"of": row.of, "questions": len(row.paths), "audience": row.wanted},
    )  # fmt: skip
    return row


def _step(row: Release, to: Audience) -> members.Released:
    initiative = row.wave.survey.initiative
    title = row.wave.title.pick("en")[0][:TITLE_LENGTH]
    return members.Released(
        label(row),
        title,
        Step(
            Audience(row.audience), to, iso3=row.country.iso3 if row.country else None,
            initiative=initiative.code if initiative else None,
        ),
        row.sample,
    )  # fmt: skip


def _consented(row: Release, now: datetime) -> None:
    take_step(row, ReleaseStep.CONSENTED, audience=row.wanted, given_at=now, basis=row.basis)
    index_release(row, now)


@transaction.atomic
def consent_to_release(
    *, proposal: ProposalFound, by: Viewer, now: datetime, seen: str = ""
) -> Release:
    """Consent that a country's answers are counted, or shown by themselves.

    Args:
        proposal: what is asked.
        by: who consents.
        now: when.
        seen: the seal of the answers that stood on the page, where they are shown by themselves.

    Raises:
        Refused: these answers are not those of the page any more, or it was answered before.
    """
    row = queries.proposed_release(proposal)
    if row.of == ReleaseOf.ANSWERS:
        row.basis = basis_of(row)
        if seal_of(row.basis) != seen:
            raise Refused(
                _("The answers have changed since you opened this page. Look at them again.")
            )
    try:
        members.consent_to_release(
            proposal=proposal, released=_step(row, Audience(row.wanted)), by=by, now=now
        )
    except members.Refused as refusal:
        raise Refused(str(refusal)) from refusal
    _consented(row, now)
    note_audit(
        "consent_to_release", row, by=by, now=now,
        after={"audience": row.audience, "of": row.of, "responses": sorted(row.basis)},
    )  # fmt: skip
    return row


@transaction.atomic
def decline_release(*, proposal: ProposalFound, note: str, by: Viewer, now: datetime) -> Release:
    """Decline, with the reason: the country's answers are not counted."""
    row = queries.proposed_release(proposal)
    try:
        members.decline_release(proposal=proposal, note=note, by=by, now=now)
    except members.Refused as refusal:
        raise Refused(str(refusal), "reason") from refusal
    return take_step(row, ReleaseStep.DECLINED)


@transaction.atomic
def withdraw_release(*, proposal: ProposalFound, by: Viewer, now: datetime) -> Release:
    """Take back what one has asked and nobody has answered yet."""
    row = queries.proposed_release(proposal)
    try:
        members.withdraw_release(proposal=proposal, by=by, now=now)
    except members.Refused as refusal:
        raise Refused(str(refusal)) from refusal
    return take_step(row, ReleaseStep.WITHDRAWN)


@transaction.atomic
def take_back_release(*, release: Release, reason: str, by: Viewer, now: datetime) -> Release:
    """Take a consent back: nobody else is shown the answers, or figures with them, any more."""
    step = _step(release, Audience.SECRETARIAT)
    try:
        members.change_audience(released=step, reason=reason, by=by, now=now)
    except members.Refused as refusal:
        raise Refused(str(refusal), "reason") from refusal
    take_step(release, ReleaseStep.TAKEN_BACK, audience=Audience.SECRETARIAT.value)
    count = Figure.objects.filter(ask=release.ask).update(audience=Audience.SECRETARIAT.value)
    index_release(release, now)
    index_figures_of(release.ask, now)
    note_audit("take_back_release", release, by=by, now=now, after={"figures": count})
    return release


# ---------------------------------------------------------------- figures
@transaction.atomic
def freeze_figures(*, wave: Wave, ask: str, by: Viewer, now: datetime) -> Frozen:
    """Make the figures of an asking, of the countries that consented; then they never change.

    Raises:
        Refused: somebody has not answered yet, nobody consented, or it was done before.
    """
    require(access.may_coordinate, by, wave)
    rows = list(
        Release.objects.select_for_update(of=("self",))
        .filter(wave=wave, ask=ask, of=ReleaseOf.FIGURES)
        .select_related("country")
    )
    if any(row.state == ReleaseStep.ASKED for row in rows):
        raise Refused(_("Some countries have not answered yet. Wait, or withdraw what you asked."))
    given = [row for row in rows if row.state == ReleaseStep.CONSENTED]
    if not given:
        raise Refused(_("No country has consented."))
    if any(row.frozen_at for row in rows):
        raise Refused(_("The figures of this asking are made already."))
    questions = [one for one in queries.releasable(wave) if one.path in given[0].paths]
    countries = {row.country.iso3 if row.country else "" for row in given}
    found = queries.cleared(by, wave, questions, now, countries=countries)
    figures: list[Figure] = []
    withheld = []
    for one in questions:
        made = _figures(wave, one, found.told[one.path], found.bodies, given[0], by, now)
        figures += made
        if not made:
            withheld.append(one.label)
    Release.objects.filter(pk__in=[row.pk for row in rows]).update(frozen_at=now)
    note_audit(
        "freeze_figures", given[0], by=by, now=now,
        after={"figures": [one.hash for one in figures], "withheld": len(withheld)},
    )  # fmt: skip
    return Frozen(tuple(figures), tuple(withheld))


def _figures(
    wave: Wave,
    question: Asking,
    rows: Sequence[Told],
    bodies: Sequence[Contributor],
    release: Release,
    by: Viewer,
    now: datetime,
) -> list[Figure]:
    """Return the figure of one question, and by kind of organisation; none where it is too narrow."""
    records = [row.record(row.sort) for row in rows]
    told = protect(records, choices=question.values, kind=question.kind)
    counted = {row.response for row, record in zip(rows, records, strict=True) if record.counts}
    basis = [one for one in bodies if one.body in counted]
    before = Figure.objects.filter(wave=wave, path=question.path, breakdown="")
    if not told or not all(
        differs_safely([Contributor(*one) for one in known], basis)
        for known in before.values_list("basis", flat=True)
    ):
        return []
    whole = {name: asdict(one) for name, one in told.items() if not name}
    groups = {name: asdict(one) for name, one in told.items() if name}
    found = []
    for breakdown, values in (("", whole), (queries.SORT, groups)):
        if values and (not breakdown or len(values) > 1):
            row = Figure(
                ask=release.ask, wave=wave, path=question.path,
                statistic=STATISTICS.get(question.kind, "shares"), breakdown=breakdown,
                as_of=now.astimezone(queries.programme_clock()).date(), audience=release.wanted,
                values=values, n=told[""].n, made_at=now, made_by_id=actor(by),
                basis=[[one.body, one.organisation, one.country, one.mark] for one in basis],
                sample=wave.sample or by.is_sample,
            )  # fmt: skip
            row.hash = figure_hash(row)
            row.save()
            index_figure(row, now)
            found.append(row)
    return found


def figure_hash(row: Figure) -> str:
    """Return what proves a figure: SHA-256 of what it tells, written the same way each time."""
    facts = {
        "wave": row.wave.public_id, "path": row.path, "statistic": row.statistic,
        "breakdown": row.breakdown, "as_of": row.as_of.isoformat(), "n": row.n,
        "values": row.values,
    }  # fmt: skip
    return hashlib.sha256(
        json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    ).hexdigest()
