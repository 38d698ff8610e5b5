"""One invitation: for the officer, for whoever is asked, by its link."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from serai.base.access import NotFound, Viewer
from serai.base.mail import went_to
from serai.base.text import TranslatedText
from serai.members.queries import Choice, led_organisations, organisation_people, token_hash
from serai.members.queries import organisations_offered as offered
from serai.members.states import Clearance, OrganisationKind, PersonState
from serai.surveys.access import ASKED, MAY_DECLINE, may_be_answered
from serai.surveys.models import Invitation, Response, Wave
from serai.surveys.queries.days import due_of
from serai.surveys.queries.surveys import looked_after
from serai.surveys.queries.waves import place_of
from serai.surveys.states import HANDED, InvitationState, ResponseState, WaveState

LINK_LETTERS = ("invitation", "new_link", "private_link")
SILENT = frozenset({PersonState.PAUSED.value, PersonState.CLOSED.value})


@dataclass(frozen=True)
class Asked:
    """A survey that somebody is asked to answer, as their own list shows it.

    Attributes:
        is_open: it is answered now.
        waits: it is answered, corrected or signed by the viewer now; else it is only read.
    """

    public_id: str
    survey: TranslatedText
    title: TranslatedText
    place: str
    due_on: date
    state: InvitationState
    response: str
    response_state: ResponseState | None
    percent: int | None
    is_open: bool
    waits: bool
    is_lead: bool
    signs: bool
    sample: bool


@dataclass(frozen=True)
class Sight:
    """Who will see what of a response: what letters and pages say in sentences."""

    has_signature: bool
    has_clearance: bool
    is_anonymous: bool

    @classmethod
    def of(cls, invitation: Invitation) -> "Sight":
        """Read it off a survey; a country that clears by signing has no clearance of its own."""
        survey, country = invitation.wave.survey, invitation.country
        is_direct = country is None or country.clearance == Clearance.DIRECT
        return cls(
            has_signature=survey.has_signature,
            has_clearance=survey.has_clearance and not is_direct,
            is_anonymous=survey.is_anonymous,
        )

    @classmethod
    def of_open(cls, wave: Wave) -> "Sight":
        """Read it off a round that anybody with its link may answer: no country stands between."""
        survey = wave.survey
        return cls(survey.has_signature, has_clearance=False, is_anonymous=survey.is_anonymous)


def _rows() -> QuerySet[Invitation]:
    return Invitation.objects.select_related(
        "wave__survey__initiative", "wave__version", "country", "organisation", "lead", "signer"
    )


def invitation(viewer: Viewer, number: str) -> Invitation:
    """Return one invitation of a survey the viewer looks after.

    Raises:
        NotFound: if there is none.
    """
    mine = looked_after(viewer)
    found = _rows().filter(public_id=number, wave__survey__in=mine).first()
    if found is None:
        raise NotFound("There is no such invitation.")
    return found


def asked(viewer: Viewer, number: str) -> Invitation:
    """Return one invitation, whoever looks; the rule of its page says who may.

    Raises:
        NotFound: if there is none, or nobody is signed in.
    """
    found = _rows().filter(public_id=number).first() if viewer.is_signed_in else None
    if found is None:
        raise NotFound("There is no such invitation.")
    return found


def invitation_by_token(token: str) -> Invitation:
    """Return the invitation of a letter's link.

    Raises:
        NotFound: if the link is none of ours.
    """
    found = _rows().filter(token_hash=token_hash(token)).exclude(token_hash="").first()
    if found is None or found.state not in ASKED:
        raise NotFound("This link is none of ours.")
    return found


def is_expired(invitation: Invitation, now: datetime) -> bool:
    """Tell whether a letter's link is no longer good."""
    return invitation.expires_at is not None and invitation.expires_at <= now


def letter_key(kind: str, invitation: Invitation, person_id: int | None, mark: str) -> str:
    """Return the key of a letter about an invitation: it is written once."""
    return f"surveys.{kind}:{invitation.pk}:{person_id}:{mark}"


def link_mark(invitation: Invitation) -> str:
    """Return the mark of the letter that carries an invitation's link."""
    return invitation.token_hash[:24]


def is_reached(invitation: Invitation) -> bool:
    """Tell whether the letter with the link went to the address its reader still has.

    Whoever opens the link has read that letter, so the address is no news to them. Not so where
    somebody else was named since, or has another address by now.
    """
    lead = invitation.lead
    mark = link_mark(invitation)
    keys = [letter_key(kind, invitation, invitation.lead_id, mark) for kind in LINK_LETTERS]
    return lead is not None and lead.email != "" and lead.email == went_to(keys)


def response_of(invitation: Invitation) -> Response | None:
    """Return the response begun for an invitation."""
    return Response.objects.filter(invitation=invitation).order_by("id").first()


def own_invitations(viewer: Viewer) -> list[Asked]:
    """Return what the viewer is named to answer or sign, the soonest due first; two queries."""
    if viewer.person_id is None:
        return []
    person = viewer.person_id
    named = _rows().filter(lead_id=person) | _rows().filter(signer_id=person)
    rows = list(
        named.filter(state__in=[state.value for state in ASKED]).exclude(
            wave__state__in=[WaveState.PLANNED, WaveState.SENDING]
        )
    )
    given = {
        one.invitation_id: one
        for one in Response.objects.filter(invitation_id__in=[row.pk for row in rows])
    }
    found = [_asked(one, given.get(one.pk), person) for one in rows]
    return sorted(found, key=lambda row: (not row.is_open, row.due_on, row.public_id))


def _asked(one: Invitation, response: Response | None, person: int) -> Asked:
    share = response.completeness if response is not None else None
    given = ResponseState(response.state) if response is not None else None
    is_open = may_be_answered(one) and given not in HANDED
    signs = (one.signer_id or one.lead_id) == person
    is_signed_next = one.wave.survey.has_signature and given is ResponseState.HANDED_IN
    return Asked(
        public_id=one.public_id,
        survey=one.wave.survey.title,
        title=one.wave.title,
        place=place_of(one),
        due_on=due_of(one),
        state=InvitationState(one.state),
        response=response.public_id if response is not None else "",
        response_state=given,
        percent=None if share is None else int(100 * share),
        is_open=is_open,
        waits=is_open or given is ResponseState.CORRECTING or (signs and is_signed_next),
        is_lead=one.lead_id == person,
        signs=signs,
        sample=one.sample,
    )


# ---------------------------------------------------------------- whom to ask
@dataclass(frozen=True)
class Body:
    """An organisation that may be asked: with its member, if it is asked already, if it has a lead."""

    id: int
    public_id: str
    name: str
    iso3: str
    is_asked: bool
    has_lead: bool


def bodies(viewer: Viewer, wave: Wave, now: datetime, iso3: str = "") -> list[Body]:
    """Return the government organisations of members, by country; three queries."""
    known = set(
        Invitation.objects.filter(wave=wave)
        .exclude(state=InvitationState.CANCELLED)
        .values_list("organisation_id", flat=True)
    )
    led = led_organisations(now)
    return [
        Body(row.id, row.public_id, _said(row.names), row.iso3, row.id in known, row.id in led)
        for row in offered(viewer, iso3=iso3)
        if row.kind is OrganisationKind.GOVERNMENT and row.iso3
    ]


def people_to_ask(viewer: Viewer, invitation: Invitation) -> list[Choice]:
    """Return the people of an invited organisation, and whoever is named already."""
    if invitation.organisation is None:
        rows = []
    else:
        rows = [
            Choice(row.person_public_id, f"{row.person_name}, {row.title}" if row.title else row.person_name)
            for row in organisation_people(viewer, invitation.organisation)
        ]  # fmt: skip
    known = {row.code for row in rows}
    named = [one for one in (invitation.lead, invitation.signer) if one is not None]
    rows += [Choice(one.public_id, str(one)) for one in named if one.public_id not in known]
    return list({row.code: row for row in rows}.values())


def _said(text: TranslatedText) -> str:
    return text.pick(get_language() or "en")[0]


# ---------------------------------------------------------------- letters
def writes_to(person: Any) -> bool:
    """Tell whether a person is written to: not who has left, or rests."""
    return person is not None and person.state not in SILENT


def unanswered(rows: Iterable[Invitation]) -> list[Invitation]:
    """Return the invitations whose answers are not handed in; one query."""
    found = [one for one in rows if one.state in MAY_DECLINE]
    done = set(
        Response.objects.filter(
            invitation_id__in=[one.pk for one in found], state__in=[s.value for s in HANDED]
        ).values_list("invitation_id", flat=True)
    )
    return [one for one in found if one.pk not in done]


def open_invitations(wave: Wave | None = None) -> Sequence[Invitation]:
    """Return the invitations that can be answered, were written to and are not done."""
    rows = _rows().filter(
        Q(wave__state=WaveState.OPEN) | Q(has_late_day=True),
        state__in=[state.value for state in MAY_DECLINE],
    )
    return list((rows.filter(wave=wave) if wave is not None else rows).order_by("id"))
