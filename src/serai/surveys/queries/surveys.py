"""Surveys as a list shows them, and one of them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from serai.base.access import NotFound, Viewer
from serai.base.text import TranslatedText
from serai.members.access import is_programme_officer
from serai.members.states import Role
from serai.surveys.models import Delegation, Invitation, Response, Survey, Translator
from serai.surveys.states import HANDED, WRITTEN_TO, SurveyKind, SurveyState


@dataclass(frozen=True)
class SurveyRow:
    """A survey as the list shows it.

    Attributes:
        asked_count: bodies written to in all its waves, but those cancelled.
        answered_count: those whose answers are handed in, or further.
    """

    public_id: str
    code: str
    title: TranslatedText
    kind: SurveyKind
    state: SurveyState
    initiative: TranslatedText
    wave_count: int
    asked_count: int
    answered_count: int
    due_on: date | None
    sample: bool

    @property
    def answered_percent(self) -> int | None:
        """Return the share of answers that are in; None where nobody is asked yet."""
        return 100 * self.answered_count // self.asked_count if self.asked_count else None


def looked_after(viewer: Viewer) -> QuerySet[Survey]:
    """Return the surveys whose pages a viewer may open: an officer's, a translator's."""
    if viewer.person_id is None:
        return Survey.objects.none()
    if is_programme_officer(viewer):
        return Survey.objects.all()
    codes = viewer.scopes(Role.OFFICER) | viewer.scopes(Role.COORDINATOR)
    translated = Translator.objects.filter(person_id=viewer.person_id).values("survey_id")
    return Survey.objects.filter(Q(initiative__code__in=sorted(codes)) | Q(pk__in=translated))


ANSWERING = ("officer", "coordinator", "focal_point", "deputy", "lead", "contributor")


def has_surveys(viewer: Viewer) -> bool:
    """Tell whether surveys are shown to a viewer: by role, else by an invitation or a part given.

    Only who has no role is asked about in the database: everybody's pages carry this.
    """
    if viewer.person_id is None or viewer.roles:
        return viewer.holds_any(ANSWERING)
    mine = Q(lead_id=viewer.person_id) | Q(signer_id=viewer.person_id)
    given = Delegation.objects.filter(person_id=viewer.person_id)
    asked = Invitation.objects.filter(mine, state__in=WRITTEN_TO)
    return asked.values("pk").union(given.values("pk")).exists()


def surveys(viewer: Viewer, *, state: str = "") -> list[SurveyRow]:
    """Return the surveys a viewer looks after, open ones and those with waves first; one query."""
    asked = Invitation.objects.filter(wave__survey=OuterRef("pk"), state__in=WRITTEN_TO)
    answered = Response.objects.filter(
        wave__survey=OuterRef("pk"), invitation__isnull=False, state__in=HANDED
    )
    rows = (
        looked_after(viewer)
        .select_related("initiative")
        .annotate(
            wave_count=Count("waves", distinct=True),
            latest_due_on=Max("waves__due_on"),
            asked_count=_count(asked.filter(sample=False), "wave__survey"),
            answered_count=_count(answered.filter(sample=False), "wave__survey"),
            sample_asked_count=_count(asked.filter(sample=True), "wave__survey"),
            sample_answered_count=_count(answered.filter(sample=True), "wave__survey"),
        )
    )
    if state:
        rows = rows.filter(state=state)
    found = [_row(one) for one in rows.order_by("code")]
    order = list(SurveyState)
    return sorted(
        found,
        key=lambda row: (order.index(row.state) != 1, order.index(row.state), not row.wave_count),
    )


def _count(rows: QuerySet[Invitation] | QuerySet[Response], group: str) -> Coalesce:
    """Count rows of a survey in a question of their own: joined, they would count each other."""
    counted = rows.order_by().values(group).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _row(one: Survey) -> SurveyRow:
    """Read a row; sample bodies are counted where there are no real ones, and then marked."""
    real = (one.asked_count, one.answered_count)  # type: ignore[attr-defined]
    made_up = (one.sample_asked_count, one.sample_answered_count)  # type: ignore[attr-defined]
    asked, answered = real if real[0] else made_up
    return SurveyRow(
        public_id=one.public_id,
        code=one.code,
        title=one.title,
        kind=SurveyKind(one.kind),
        state=SurveyState(one.state),
        initiative=one.initiative.name if one.initiative else TranslatedText(),
        wave_count=one.wave_count,  # type: ignore[attr-defined]
        asked_count=asked,
        answered_count=answered,
        due_on=one.latest_due_on,  # type: ignore[attr-defined]
        sample=one.sample or bool(asked and not real[0]),
    )


def survey(viewer: Viewer, number: str) -> Survey:
    """Return one survey.

    Raises:
        NotFound: if there is none the viewer looks after.
    """
    found = looked_after(viewer).select_related("initiative").filter(public_id=number).first()
    if found is None:
        raise NotFound("There is no such survey.")
    return found


def survey_by_code(code: str) -> Survey | None:
    """Return a survey by its code, for presets; None if there is none."""
    return Survey.objects.filter(code=code).first()
