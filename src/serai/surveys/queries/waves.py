"""Waves, and who is asked in one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from serai.base.access import NotFound, Viewer
from serai.base.shown import JobShown
from serai.base.text import TranslatedText
from serai.members.access import acts_for_country, keys_after
from serai.surveys.models import FormVersion, Invitation, Response, Survey, Wave
from serai.surveys.queries.days import due_of
from serai.surveys.queries.surveys import looked_after
from serai.surveys.states import (
    HANDED,
    WRITTEN_TO,
    InvitationState,
    ResponseState,
    VersionState,
    WaveState,
)


@dataclass(frozen=True)
class WaveRow:
    """A wave as its survey's page lists it."""

    public_id: str
    title: TranslatedText
    version: str
    opens_on: date
    due_on: date
    state: WaveState
    asked_count: int
    answered_count: int
    sample: bool


@dataclass(frozen=True)
class InvitationRow:
    """One body asked, as the wave's page lists it."""

    public_id: str
    place: str
    country: str
    iso3: str
    lead: str
    signer: str
    language: str
    due_on: date
    has_own_due: bool
    state: InvitationState
    response_state: ResponseState | None
    sample: bool


def waves(viewer: Viewer, survey: Survey) -> list[WaveRow]:
    """Return a survey's waves, the latest due first; one query."""
    del viewer  # whoever opens the survey's page sees its waves
    # Sample bodies of a real wave never mix with its real ones.
    asked = Q(invitations__state__in=[state.value for state in WRITTEN_TO]) & Q(
        invitations__sample=F("sample")
    )
    answered = asked & Q(invitations__responses__state__in=[state.value for state in HANDED])
    rows = (
        Wave.objects.filter(survey=survey)
        .select_related("version")
        .annotate(
            asked_count=Count("invitations", filter=asked, distinct=True),
            answered_count=Count("invitations", filter=answered, distinct=True),
        )
        .order_by("-due_on", "-id")
    )
    return [
        WaveRow(
            public_id=one.public_id,
            title=one.title,
            version=one.version.version,
            opens_on=one.opens_on,
            due_on=one.due_on,
            state=WaveState(one.state),
            asked_count=one.asked_count,
            answered_count=one.answered_count,
            sample=one.sample,
        )
        for one in rows
    ]


@dataclass(frozen=True)
class WaveSeen:
    """A wave that a viewer may follow, and how far it has come as far as they see it."""

    public_id: str
    survey: str
    title: TranslatedText
    version: str
    opens_on: date
    due_on: date
    state: WaveState
    asked_count: int
    answered_count: int
    sample: bool


def waves_seen(viewer: Viewer, survey: str = "") -> list[WaveSeen]:
    """Return the waves a viewer looks after, and those that ask their country; two queries at most.

    A country's people count their own bodies alone.
    """
    mine = Wave.objects.filter(survey__in=looked_after(viewer))
    found = {one.pk: _seen(one) for one in _counted(mine, Q())}
    codes = keys_after(viewer, "country") if acts_for_country(viewer) else []
    if codes:
        asked = Q(invitations__country__iso3__in=codes)
        written = Q(invitations__state__in=[state.value for state in WRITTEN_TO])
        theirs = Wave.objects.filter(asked & written, state__in=[WaveState.OPEN, WaveState.CLOSED])
        numbers = theirs.exclude(pk__in=list(found)).values("pk")
        rows = _counted(Wave.objects.filter(pk__in=numbers), asked)
        found |= {one.pk: _seen(one) for one in rows}
    rows_seen = [one for one in found.values() if survey in {"", one.survey}]
    return sorted(rows_seen, key=lambda one: one.public_id)


def _counted(rows: QuerySet[Wave], within: Q) -> QuerySet[Wave]:
    asked = within & Q(invitations__state__in=[state.value for state in WRITTEN_TO])
    asked &= Q(invitations__sample=F("sample"))
    answered = asked & Q(invitations__responses__state__in=[state.value for state in HANDED])
    return rows.select_related("survey", "version").annotate(
        asked_count=Count("invitations", filter=asked, distinct=True),
        answered_count=Count("invitations", filter=answered, distinct=True),
    )


def _seen(one: Wave) -> WaveSeen:
    return WaveSeen(
        one.public_id, one.survey.code, one.title, one.version.version, one.opens_on, one.due_on,
        WaveState(one.state), one.asked_count, one.answered_count,  # type: ignore[attr-defined]
        one.sample,
    )  # fmt: skip


def wave(viewer: Viewer, number: str) -> Wave:
    """Return one wave of a survey the viewer looks after.

    Raises:
        NotFound: if there is none.
    """
    found = _waves().filter(public_id=number, survey__in=looked_after(viewer)).first()
    if found is None:
        raise NotFound("There is no such wave.")
    return found


def any_wave(viewer: Viewer, number: str) -> Wave:
    """Return one wave, whoever looks; the rule of its page says who may.

    Raises:
        NotFound: if there is none, or nobody is signed in.
    """
    found = _waves().filter(public_id=number).first() if viewer.is_signed_in else None
    if found is None:
        raise NotFound("There is no such wave.")
    return found


def _waves() -> QuerySet[Wave]:
    return Wave.objects.select_related("survey__initiative", "version", "milestone__initiative")


def waves_of_country(viewer: Viewer) -> list[tuple[str, TranslatedText, TranslatedText, date]]:
    """Return the open waves that ask agencies of the countries a viewer speaks for; one query."""
    codes = keys_after(viewer, "country") if acts_for_country(viewer) else []
    if not codes:
        return []
    asked = Invitation.objects.filter(
        country__iso3__in=codes, state__in=[state.value for state in WRITTEN_TO]
    )
    rows = Wave.objects.filter(state=WaveState.OPEN, pk__in=asked.values("wave_id"))
    rows = rows.select_related("survey").order_by("due_on", "id")
    return [(one.public_id, one.survey.title, one.title, one.due_on) for one in rows]


def version_choices(survey: Survey) -> list[tuple[str, str]]:
    """Return (number, words) of the versions a new wave may ask: published, the latest first."""
    rows = FormVersion.objects.filter(survey=survey, state=VersionState.PUBLISHED)
    return [(one.public_id, one.version) for one in rows.order_by("-number")]


def version_of(survey: Survey, number: str) -> FormVersion | None:
    """Return a version of a survey by its public number."""
    return FormVersion.objects.filter(survey=survey, public_id=number).first()


def invitations_of(viewer: Viewer, wave: Wave) -> list[InvitationRow]:
    """Return who is asked in a wave, by country and name; one query."""
    del viewer  # the page's rule has let them in
    given = Response.objects.filter(invitation=OuterRef("pk")).order_by("-id").values("state")[:1]
    rows = (
        Invitation.objects.filter(wave=wave)
        .select_related("country", "organisation", "lead", "signer", "wave")
        .annotate(response_state=Subquery(given))
        .order_by("country__order", "organisation__name_key", "unit_label", "id")
    )
    return [_row(one) for one in rows]


def drafted(wave: Wave) -> list[Invitation]:
    """Return the invitations whose letters are still to be written, as letters need them."""
    rows = Invitation.objects.filter(wave=wave, state=InvitationState.DRAFTED).select_related(
        "wave__survey", "country", "organisation", "lead", "signer"
    )
    return list(rows.order_by("country__order", "organisation__name_key", "unit_label", "id"))


def _row(one: Invitation) -> InvitationRow:
    given = one.response_state  # type: ignore[attr-defined]
    return InvitationRow(
        public_id=one.public_id,
        place=place_of(one),
        country=_said(one.country.shown_name) if one.country else "",
        iso3=one.country.iso3 if one.country else "",
        lead=str(one.lead) if one.lead else "",
        signer=str(one.signer) if one.signer else "",
        language=one.language,
        due_on=due_of(one),
        has_own_due=one.due_on is not None,
        state=InvitationState(one.state),
        response_state=ResponseState(given) if given else None,
        sample=one.sample,
    )


def place_of(invitation: Invitation, language: str = "") -> str:
    """Name whom an invitation asks: the organisation with its office, else the person."""
    if invitation.organisation is None:
        return str(invitation.lead or "")
    name = invitation.organisation.names.pick(language or get_language() or "en")[0]
    return f"{name}, {invitation.unit_label}" if invitation.unit_label else name


def full_title(wave: Wave, language: str) -> str:
    """Name a wave with its survey, as letters do: "Second round" alone says little in a mailbox."""
    title: str = wave.title.pick(language)[0]
    survey: str = wave.survey.title.pick(language)[0]
    if survey.casefold() in title.casefold():
        return title
    with override(language):
        return _("%(survey)s, %(wave)s") % {"survey": survey, "wave": title}


def _said(text: TranslatedText) -> str:
    return text.pick(get_language() or "en")[0]


def leaderless(rows: Iterable[InvitationRow]) -> list[InvitationRow]:
    """Return those of whom nobody is named to answer, which keeps a wave from being sent."""
    return [row for row in rows if row.state is InvitationState.DRAFTED and not row.lead]


def faults_of(rows: Iterable[InvitationRow]) -> list[str]:
    """Return what keeps a wave from being sent, in sentences."""
    return [
        _("%(place)s: nobody is named to answer. Choose a person or write an e-mail address.")
        % {"place": row.place}
        for row in leaderless(rows)
    ]


def sending(wave: Wave, address: str, asked_count: int = 0) -> JobShown | None:
    """Return how far the letters of a wave are; None where it is not being sent."""
    if wave.state != WaveState.SENDING:
        return None
    rows = Invitation.objects.filter(wave=wave).exclude(state=InvitationState.CANCELLED)
    states = list(rows.values_list("state", flat=True))
    waiting = sum(state == InvitationState.DRAFTED for state in states)
    return JobShown(
        id=wave.public_id,
        step=_("Letters are being written"),
        is_running=True,
        address=address,
        done=len(states) - waiting,
        total=len(states),
        unit=_("letters"),
        asked_count=asked_count,
    )


def late_waves(now: datetime) -> list[Wave]:
    """Return the open waves whose due day lies before a moment's day, for the job that closes."""
    rows = Wave.objects.filter(state=WaveState.OPEN, due_on__lte=now.date())
    return list(rows.select_related("survey__initiative").order_by("id"))
