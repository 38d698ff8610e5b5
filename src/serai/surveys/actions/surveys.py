"""Surveys: made, changed, opened, closed, put away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.text import TranslatedText
from serai.surveys import access
from serai.surveys.actions.acts import Refused, actor, note_audit, take_step
from serai.surveys.actions.finding import index_all_of, index_survey
from serai.surveys.models import Survey
from serai.surveys.queries.plugs import PLUGS
from serai.surveys.states import SurveyEvent, SurveyKind, SurveyState, VersionState, WaveState

if TYPE_CHECKING:
    from serai.programme.models import Initiative

UNDER_WAY = [WaveState.SENDING.value, WaveState.OPEN.value]


@dataclass(frozen=True)
class SurveyFacts:
    """What an officer says of a survey.

    Attributes:
        on_event: job to run at each event; None leaves what stands.
    """

    title: TranslatedText
    languages: Sequence[str]
    reasons: Sequence[str]
    has_signature: bool
    has_clearance: bool
    is_anonymous: bool
    on_event: Mapping[SurveyEvent, str] | None = None

    def check(self) -> None:
        """Hold the facts together.

        Raises:
            Refused: naming the field.
        """
        if not self.title.texts:
            raise Refused(_("Write the title in at least one language."), "title_en")
        if not self.languages:
            raise Refused(_("Choose at least one language."), "languages")
        if self.has_clearance and not self.has_signature:
            raise Refused(
                _("What a country clears is signed first. Choose the signature too."),
                "has_clearance",
            )
        if self.is_anonymous and self.has_signature:
            raise Refused(
                _("Who signs is known by name: choose either the signature or no names."),
                "is_anonymous",
            )
        for event, name in (self.on_event or {}).items():
            if name not in PLUGS.event_jobs:
                raise Refused(
                    _("This is not offered here any more. Choose another."), f"on_{event}"
                )
            if self.is_anonymous:
                raise Refused(
                    _("A job notes its hour: of answers without a name nothing is run."),
                    f"on_{event}",
                )

    def columns(self) -> dict[str, object]:
        """Return the survey's own fields."""
        return {
            "title": self.title,
            "languages": list(self.languages),
            "reasons": list(self.reasons),
            "has_signature": self.has_signature,
            "has_clearance": self.has_clearance,
            "is_anonymous": self.is_anonymous,
            **({} if self.on_event is None else {"on_event": dict(self.on_event)}),
        }


@transaction.atomic
def make_survey(
    *, code: str, kind: str, initiative: "Initiative | None", facts: SurveyFacts,
    by: Viewer, now: datetime,
) -> Survey:  # fmt: skip
    """Make a survey without a form; its kind only set the defaults."""
    survey = Survey(
        code=code, kind=SurveyKind(kind).value, initiative=initiative,
        made_at=now, made_by_id=actor(by), sample=by.is_sample, **facts.columns(),
    )  # fmt: skip
    require(access.may_keep_survey, by, survey)
    facts.check()
    if Survey.objects.filter(code=code).exists():
        raise Refused(_("“%(code)s” is taken. Choose another code.") % {"code": code}, "code")
    survey.save()
    index_survey(survey, now)
    note_audit("make_survey", survey, by=by, now=now, after={"code": code, "kind": kind})
    return survey


@transaction.atomic
def edit_survey(*, survey: Survey, facts: SurveyFacts, by: Viewer, now: datetime) -> Survey:
    """Change a survey; what its letters promised stays once they are out.

    Raises:
        Refused: what does not fit together, or was promised otherwise.
    """
    require(access.may_keep_survey, by, survey)
    facts.check()
    wanted = facts.columns()
    promised = ("has_signature", "has_clearance", "is_anonymous")
    is_out = survey.waves.exclude(state=WaveState.PLANNED).exists()
    changed = [name for name in wanted if wanted[name] != getattr(survey, name)]
    for name in promised:
        if is_out and name in changed:
            raise Refused(
                _("Its letters already said who signs, clears and reads. Make a new survey."), name
            )
    for name in changed:
        setattr(survey, name, wanted[name])
    survey.save(update_fields=changed)
    if "title" in changed:
        index_all_of(survey, now)
    note_audit("edit_survey", survey, by=by, now=now, after={"fields": sorted(changed)})
    return survey


@transaction.atomic
def move_survey(*, survey: Survey, state: str, by: Viewer, now: datetime) -> Survey:
    """Open, close or put away a survey.

    Raises:
        Refused: without a published form, or while a wave is under way.
    """
    require(access.may_keep_survey, by, survey)
    wanted = SurveyState(state)
    published = survey.versions.filter(state=VersionState.PUBLISHED)
    if wanted is SurveyState.OPEN and not published.exists():
        raise Refused(_("It has no form yet. Publish a version first."))
    if wanted is not SurveyState.OPEN and survey.waves.filter(state__in=UNDER_WAY).exists():
        raise Refused(_("A wave is still open. Close it first."))
    before = survey.state
    take_step(survey, wanted)
    note_audit(
        "move_survey", survey, by=by, now=now, before={"state": before},
        after={"state": wanted.value},
    )  # fmt: skip
    return survey
