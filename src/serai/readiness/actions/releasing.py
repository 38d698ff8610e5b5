"""Results and plans' lines let out: asked for, granted by the country, released, withdrawn."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.mail import send_all
from serai.members.states import Audience
from serai.readiness import access, emails
from serai.readiness.actions.acts import Refused, actor, note_audit, take_step
from serai.readiness.models import Assessment, Release, ScenarioRun
from serai.readiness.queries.assessments import whole_assessments
from serai.readiness.queries.releases import (
    audience_now,
    audiences_to_ask,
    countries_to_ask,
    open_releases_of,
    whole_releases,
)
from serai.readiness.states import AssessmentState, ReleaseState

if TYPE_CHECKING:
    from serai.members.models import Member

LONGEST_REASON = 2_000


# ---------------------------------------------------------------- asking
@transaction.atomic
def ask_release(
    *, assessment: Assessment, audience: Audience, reason: str, by: Viewer, now: datetime
) -> Release:
    """Ask a country to let an office's confirmed results out, to members or then to the public.

    Raises:
        Refused: they are not confirmed, of no country, asked already, or not yet for members.
    """
    found = whole_assessments().select_for_update(of=("self",)).get(pk=assessment.pk)
    require(access.may_ask_release, by, found)
    if found.state != AssessmentState.CONFIRMED:
        raise Refused(_("Only confirmed results are let out. Confirm them first."))
    country = found.office.organisation.member
    if country is None:
        raise Refused(_("This organisation belongs to no country, so nobody could grant it."))
    if audience not in audiences_to_ask(found):
        raise Refused(
            _("The public comes after members: ask once members read it, and once only.")
            if audience is Audience.PUBLIC
            else _("This was asked already. Open it among the releases."),
            "audience",
        )
    made = Release(assessment=found, country=country, audience=audience.value)
    return _ask(made, reason, by, now, is_sample=found.sample)


@transaction.atomic
def ask_plan_release(
    *, run: ScenarioRun, country: "Member", reason: str, by: Viewer, now: datetime
) -> Release:
    """Ask a country to let members read its lines of a plan.

    Raises:
        Refused: the country is not in the plan, or is asked already.
    """
    found = ScenarioRun.objects.select_for_update().get(pk=run.pk)
    require(access.may_ask_release, by, run)
    if country.pk not in {one.pk for one in countries_to_ask(found)}:
        raise Refused(_("This country is asked already, or has no office in the plan."), "country")
    made = Release(run=found, country=country, audience=Audience.MEMBERS.value)
    return _ask(made, reason, by, now, is_sample=found.sample)


def _ask(made: Release, reason: str, by: Viewer, now: datetime, *, is_sample: bool) -> Release:
    made.reason = _said(reason, _("Say in a sentence who shall read it and what for."))
    made.asked_at, made.asked_by_id = now, actor(by)
    made.sample = is_sample or by.is_sample
    made.save()
    found = whole_releases().get(pk=made.pk)
    note_audit("ask_release", found, by=by, now=now, after={"audience": found.audience})
    send_all(emails.release_asked(found, now))
    return found


def _said(text: str, wanted: str) -> str:
    said = text.strip()
    if not said:
        raise Refused(wanted, "reason")
    if len(said) > LONGEST_REASON:
        raise Refused(_("This is longer than %(n)d letters.") % {"n": LONGEST_REASON}, "reason")
    return said


# ---------------------------------------------------------------- the country's word
@transaction.atomic
def grant_release(*, release: Release, by: Viewer, now: datetime) -> Release:
    """Grant for the country that it is let out; the secretariat then lets it out."""
    require(access.may_grant, by, release)
    _move(release, ReleaseState.GRANTED, by, now, granted_at=now, granted_by_id=actor(by))
    send_all(emails.release_granted(release, now))
    return release


@transaction.atomic
def decline_release(*, release: Release, reason: str, by: Viewer, now: datetime) -> Release:
    """Decline for the country, with a reason."""
    require(access.may_grant, by, release)
    said = _said(reason, _("Say in a sentence why not."))
    return _move(
        release, ReleaseState.DECLINED, by, now, said=said, withdrawn_at=now,
        withdrawn_by_id=actor(by),
    )  # fmt: skip


# ---------------------------------------------------------------- letting out, taking back
@transaction.atomic
def let_out(*, release: Release, by: Viewer, now: datetime) -> Release:
    """Let out what the country granted.

    Raises:
        Refused: results are no longer confirmed, or members do not read them and the public would.
    """
    require(access.may_let_out, by, release)
    found = release.assessment
    if found is not None:
        found = whole_assessments().select_for_update(of=("self",)).get(pk=found.pk)
        if found.state != AssessmentState.CONFIRMED:
            raise Refused(
                _("Newer results have replaced these. Ask for a release of the new ones.")
            )
        stands = {one.audience: one.state for one in open_releases_of(found)}
        if release.audience == Audience.PUBLIC and (
            stands.get(Audience.MEMBERS) != ReleaseState.RELEASED
        ):
            raise Refused(_("Members do not read these results. They come before the public."))
    _move(release, ReleaseState.RELEASED, by, now, released_at=now, released_by_id=actor(by))
    if found is not None:
        _set_audience(found)
    return release


@transaction.atomic
def withdraw_release(*, release: Release, reason: str, by: Viewer, now: datetime) -> Release:
    """Take back what was asked, granted or let out; what is for the public goes with members'.

    From here on nobody reads it, and no later edition holds it; what was issued stays as it was.
    """
    require(access.may_withdraw, by, release)
    said = _said(reason, _("Say in a sentence why."))
    found = release.assessment
    wider = []
    if found is not None:
        found = whole_assessments().select_for_update(of=("self",)).get(pk=found.pk)
        if release.audience == Audience.MEMBERS:
            wider = [one for one in open_releases_of(found) if one.audience == Audience.PUBLIC]
    for one in (release, *wider):
        _move(
            one, ReleaseState.WITHDRAWN, by, now, said=said, withdrawn_at=now,
            withdrawn_by_id=actor(by),
        )  # fmt: skip
    if found is not None:
        _set_audience(found)
    send_all(emails.release_withdrawn(release, by=by, now=now))
    return release


def _set_audience(found: Assessment) -> None:
    found.audience = audience_now(found).value
    found.save(update_fields=["audience"])


def _move(
    release: Release, wanted: ReleaseState, by: Viewer, now: datetime, **fields: object
) -> Release:
    before = release.state
    take_step(release, wanted, **fields)
    note_audit(
        "move_release", release, by=by, now=now, before={"state": before},
        after={"state": wanted.value, "audience": release.audience},
    )  # fmt: skip
    return release
