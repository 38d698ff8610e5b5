"""Questionnaires that a preset brings along: entered with their published form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from serai.base.access import Viewer
from serai.base.files import Checked, keep_checked
from serai.base.text import TranslatedText
from serai.members.queries import people_with_role
from serai.members.states import Role
from serai.surveys.actions.acts import label, note_audit
from serai.surveys.actions.finding import index_survey, index_wave
from serai.surveys.actions.forms import acknowledge, publish
from serai.surveys.actions.versions import keep_version, read_upload
from serai.surveys.models import FormVersion, Invitation, Survey, Wave
from serai.surveys.queries import faults
from serai.surveys.queries.forms import compiled
from serai.surveys.queries.versions import findings
from serai.surveys.states import (
    DEFAULTS,
    InvitationState,
    SurveyKind,
    VersionState,
    WaveState,
)

if TYPE_CHECKING:
    from serai.programme.models import Initiative


MARKDOWN = "text/markdown"


class FormNotRead(ValueError):
    """A preset's form cannot be used; `problems` holds one sentence each."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@transaction.atomic
def put_survey(
    *, code: str, kind: str, title: TranslatedText, initiative: "Initiative | None",
    languages: Sequence[str], now: datetime,
) -> Survey:  # fmt: skip
    """Enter a survey of a preset, with what its kind begins with."""
    usual = DEFAULTS[SurveyKind(kind)]
    survey = Survey.objects.create(
        code=code, kind=kind, title=title, initiative=initiative, languages=list(languages),
        has_signature=usual.has_signature, has_clearance=usual.has_clearance,
        is_anonymous=usual.is_anonymous, made_at=now,
    )  # fmt: skip
    index_survey(survey, now)
    note_audit("put_survey", survey, by=None, now=now, after={"code": code, "kind": kind})
    return survey


@transaction.atomic
def put_form(
    *, survey: Survey, content: bytes, name: str, by: Viewer, now: datetime
) -> FormVersion:
    """Read and publish a survey's first form; what it is warned of is known to its writers.

    Raises:
        FormNotRead: with every fault found.
    """
    checked = Checked(content=content, name=name, media_type=MARKDOWN)
    stored = keep_checked(checked=checked, thing=label(survey), by=None, now=now)
    version = keep_version(
        survey=survey, stored=stored, read=read_upload(survey=survey, stored=stored), by=by, now=now
    )
    if version.state == VersionState.REFUSED:
        raise FormNotRead([str(faults.shown(one)) for one in version.refused_for])
    names = {one.name for one in findings(version, compiled(version))}
    return publish(
        version=acknowledge(version=version, names=names, by=by, now=now), by=by, now=now
    )


@dataclass(frozen=True)
class SampleWave:
    """A round of the sample: organisations, each with its country, by number; open or over."""

    title: TranslatedText
    opens_on: date
    due_on: date
    organisations: Sequence[tuple[int, int | None]]
    state: WaveState = WaveState.OPEN


@transaction.atomic
def put_sample_wave(*, survey: Survey, facts: SampleWave, now: datetime) -> list[Invitation]:
    """Enter a round of the sample; no letter is written.

    Whoever nobody leads is not asked yet where it is under way, and was asked where it is over.
    """
    version = survey.versions.get(state=VersionState.PUBLISHED)
    wave = Wave.objects.create(
        survey=survey, version=version, title=facts.title, opens_on=facts.opens_on,
        due_on=facts.due_on, state=facts.state.value, made_at=now, sample=True,
    )  # fmt: skip
    asked = []
    for number, country in facts.organisations:
        leads = people_with_role(Role.LEAD, now, organisation_id=number)
        lead = leads[0] if leads else None
        is_sent = lead is not None or facts.state == WaveState.CLOSED
        state = InvitationState.SENT if is_sent else InvitationState.DRAFTED
        asked.append(
            Invitation.objects.create(
                wave=wave, organisation_id=number, country_id=country, lead=lead,
                language=lead.language if lead else "en", state=state.value,
                sent_at=now if is_sent else None, sample=True,
            )
        )  # fmt: skip
    index_wave(wave, now)
    note_audit("put_sample_wave", wave, by=None, now=now, after={"asked": len(asked)})
    return asked
