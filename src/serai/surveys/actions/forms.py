"""Forms from checked to published: acknowledge, confirm moves, publish, refuse."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.jobs import enqueue
from serai.calc.xforms import CompiledForm
from serai.surveys import access
from serai.surveys.actions.acts import Refused, note_audit, take_step
from serai.surveys.actions.finding import forget_form, index_form
from serai.surveys.actions.indexing import write_index
from serai.surveys.models import FormVersion, Response, Survey, Wave
from serai.surveys.queries.comparing import moves_to_confirm
from serai.surveys.queries.forms import compiled
from serai.surveys.queries.versions import findings, version_in_use
from serai.surveys.states import UNLOCKED, SurveyState, VersionState, WaveState

# A wave that is over keeps the version it was asked in.
MOVING_WAVES = (WaveState.PLANNED.value, WaveState.SENDING.value, WaveState.OPEN.value)


def acknowledge(*, version: FormVersion, names: set[str], by: Viewer, now: datetime) -> FormVersion:
    """Say which warnings, by name, are known and accepted.

    Raises:
        Refused: the version does not wait to be published.
    """
    require(access.may_keep_survey, by, version)
    with transaction.atomic():
        fresh = _waiting(version)
        known = {one.name for one in findings(fresh, compiled(fresh)) if not one.is_refused}
        fresh.acknowledged = sorted(names & known)
        fresh.save(update_fields=["acknowledged"])
        note_audit(
            "acknowledge", fresh, by=by, now=now,
            before={"warnings": version.acknowledged}, after={"warnings": fresh.acknowledged},
        )  # fmt: skip
    return fresh


def confirm_moves(
    *, version: FormVersion, moves: Mapping[str, str], by: Viewer, now: datetime
) -> FormVersion:
    """Say which new questions are old ones under another path: old path by new path.

    Raises:
        Refused: a path is not one to choose, or two new questions claim one old.
    """
    require(access.may_keep_survey, by, version)
    with transaction.atomic():
        fresh = _waiting(version)
        former = version_in_use(fresh.survey)
        added, removed = moves_to_confirm(former, fresh) if former else ({}, {})
        chosen = {new: old for new, old in moves.items() if old}
        if chosen.keys() - added.keys() or {*chosen.values()} - removed.keys():
            raise Refused(_("The form has changed meanwhile. Reload the page and choose again."))
        if len({*chosen.values()}) < len(chosen):
            raise Refused(_("One question cannot become two. Choose another for one of them."))
        before, fresh.moves = fresh.moves, chosen
        fresh.save(update_fields=["moves"])
        note_audit(
            "confirm_moves", fresh, by=by, now=now, before={"moves": before},
            after={"moves": chosen},
        )  # fmt: skip
    return fresh


def refuse(*, version: FormVersion, by: Viewer, now: datetime) -> FormVersion:
    """Put a checked version aside: it will not be published."""
    require(access.may_keep_survey, by, version)
    with transaction.atomic():
        take_step(version, VersionState.REFUSED)
        note_audit("refuse", version, by=by, now=now, after={"state": version.state})
    return version


def publish(
    *, version: FormVersion, by: Viewer, now: datetime, change_note: str = ""
) -> FormVersion:
    """Make a checked version the one that is asked; answers in open waves follow it.

    Raises:
        Refused: the survey is archived, something must be put right, or a warning is not
            acknowledged.
    """
    require(access.may_keep_survey, by, version)
    with transaction.atomic():
        survey = Survey.objects.select_for_update().get(pk=version.survey_id)
        if survey.state == SurveyState.ARCHIVED:
            raise Refused(_("The survey is archived: none of its forms can be published."))
        fresh = _waiting(version)
        _refuse_older(fresh)
        form = compiled(fresh)
        _refuse_unfit(fresh, form)
        former = version_in_use(survey)
        if former is not None and former.state == VersionState.PUBLISHED:
            take_step(former, VersionState.SUPERSEDED)
            forget_form(former)
        take_step(
            fresh, VersionState.PUBLISHED, published_at=now, published_by_id=by.person_id,
            change_note=change_note,
        )  # fmt: skip
        write_index(fresh, form)
        index_form(fresh, now)
        if survey.state == SurveyState.DRAFT:
            take_step(survey, SurveyState.OPEN)
        note_audit(
            "publish", fresh, by=by, now=now,
            before={"published": former.pk if former else None},
            after={"published": fresh.pk, "sha256": fresh.sha256},
        )  # fmt: skip
        _move_waves(fresh)
    return fresh


def _waiting(version: FormVersion) -> FormVersion:
    """Return a version under its row's lock, with its survey.

    Raises:
        Refused: it does not wait to be published.
    """
    fresh = FormVersion.objects.select_for_update().get(pk=version.pk)
    if fresh.state != VersionState.CHECKED:
        raise Refused(_("This version is no longer waiting. Reload the page to see it."))
    fresh.survey = version.survey
    return fresh


def _refuse_older(version: FormVersion) -> None:
    former = version_in_use(version.survey)
    if former is not None and former.number > version.number:
        raise Refused(
            _("Version %(number)s was published after this one was handed in. Upload it again.")
            % {"number": former.version}
        )


def _refuse_unfit(version: FormVersion, form: CompiledForm) -> None:
    """Hold a version against every rule of publishing.

    Raises:
        Refused: naming the first that stops it.
    """
    found = findings(version, form)
    stops = [one for one in found if one.is_refused]
    if stops:
        raise Refused(stops[0].title)
    open_ = [one for one in found if one.name not in version.acknowledged]
    if open_:
        said = open_[0].title or open_[0].places[0].text
        raise Refused(_("Say first that this is known: %(warning)s") % {"warning": said})


def _move_waves(version: FormVersion) -> None:
    """Let waves that are not over ask the new version, and ask for each response to follow."""
    waves = Wave.objects.select_for_update().filter(
        survey_id=version.survey_id, state__in=MOVING_WAVES
    )
    for wave in waves.order_by("id"):
        wave.version = version
        wave.save(update_fields=["version"])
        responses = Response.objects.filter(wave=wave, state__in=UNLOCKED, cleared_through=0)
        for response_id in responses.order_by("id").values_list("pk", flat=True):
            ask_to_follow(response_id, version.pk)


def ask_to_follow(response_id: int, version_id: int) -> None:
    """Ask for the job that takes a response to the version its wave now asks."""
    enqueue(
        "surveys.migrate_response", key=f"surveys.migrate_response:{response_id}:{version_id}",
        response_id=response_id,
    )  # fmt: skip
