"""What a person has to do with responses: their list, offers of parts, the steps so far."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base.access import NotFound, Viewer
from serai.base.text import TranslatedText
from serai.members.access import keys_after
from serai.members.states import Clearance
from serai.surveys import access
from serai.surveys.access import Place
from serai.surveys.models import Delegation, Invitation, Response, SignOff, Suggestion
from serai.surveys.queries.filling import given_back
from serai.surveys.queries.forms import parts_of
from serai.surveys.queries.overview import overview
from serai.surveys.queries.responses import fresh_response, own_responses, whole_responses
from serai.surveys.queries.responses import response as one_response
from serai.surveys.queries.sections import filling_for
from serai.surveys.states import DelegationState, Reason, ResponseState
from serai.surveys.states.words import word

if TYPE_CHECKING:
    from serai.base.models import StoredFile


@dataclass(frozen=True)
class ResponseHead:
    """What every page of a response is headed by.

    Attributes:
        is_named: its answers bear names; else the browser alone leads back to it.
    """

    public_id: str
    title: str
    wave: str
    organisation: str
    unit: str
    country: str
    due_on: date
    state: ResponseState
    percent: int | None
    is_named: bool = True


@dataclass(frozen=True)
class OwnRow:
    """One response in the list of those one has to do with.

    Attributes:
        role: "lead", "signer", "delegate", "colleague" or "country"; the last two only read.
    """

    head: ResponseHead
    role: str
    sample: bool


@dataclass(frozen=True)
class Step:
    """One signature or word of the country on a response; a letter for who may open it."""

    verb: str
    who: str
    at: datetime
    note: str = ""
    letter: "StoredFile | None" = None


def in_words(text: TranslatedText) -> str:
    """Write a text plainly in the page's language."""
    return text.pick(get_language() or "en")[0]


def head_of(found: Response) -> ResponseHead:
    """Return what a response is called, whose it is, and until when."""
    asked, wave = found.invitation, found.wave
    place = asked.organisation if asked else None
    country = asked.country if asked else None
    return ResponseHead(
        public_id=found.public_id,
        title=in_words(wave.survey.title),
        wave=in_words(wave.title),
        organisation=in_words(place.names) if place else "",
        unit=asked.unit_label if asked else "",
        country=in_words(country.shown_name) if country else "",
        due_on=(asked.due_on if asked and asked.due_on else wave.due_on),
        state=ResponseState(found.state),
        percent=None if found.completeness is None else round(found.completeness * 100),
        is_named=not wave.survey.is_anonymous,
    )


def own_rows(viewer: Viewer) -> list[OwnRow]:
    """Return the responses a viewer answers, signs, holds a part of or clears, soonest due first."""
    rows = [OwnRow(head_of(one), _role(viewer, one), one.sample) for one in own_responses(viewer)]
    known = {row.head.public_id for row in rows}
    codes = keys_after(viewer, "country")
    country = whole_responses().filter(
        ~Q(state=ResponseState.WITHDRAWN), invitation__country__iso3__in=codes, signed_through__gt=0
    )
    rows += [
        OwnRow(head_of(one), "country", one.sample)
        for one in country
        if codes and one.public_id not in known
    ]
    return sorted(rows, key=lambda row: (row.head.due_on, row.head.public_id))


def _role(viewer: Viewer, found: Response) -> str:
    if access.is_own(viewer, found):
        return "lead"
    if access.is_signer(viewer, found):
        return "signer"
    return "delegate" if access.pieces_of(viewer, found) else "colleague"


def again(here: Place) -> Place:
    """Return the same page of the response as it is stored by now."""
    return Place(fresh_response(here.response.pk), here.section, here.entry)


def next_place(viewer: Viewer, here: Place, now: datetime) -> Place | None:
    """Return the page after this one that the viewer may open."""
    filling = filling_for(viewer, here.response, now)
    pages: list[tuple[str, str]] = []
    for part in parts_of(filling.form):
        keys = filling.state.entries(part.repeat_path) if part.repeat_path else [""]
        pages += [(part.slug, key) for key in keys]
    if access.reads_through(viewer, here.response) is None:
        given_back(here.response, filling)
    share = access.share_of(viewer, here.response)
    after = pages[pages.index((here.section, here.entry)) + 1 :]
    found = next((one for one in after if share.reads(*one)), None)
    return Place(here.response, *found) if found else None


def reasons_of(found: Response) -> list[tuple[str, str]]:
    """Return the reasons a survey accepts instead of an answer."""
    return [(one, word(Reason(one))) for one in found.wave.survey.reasons]


def offers(viewer: Viewer, found: Response) -> list[Delegation]:
    """Return the parts a viewer was given and has not ended."""
    live = (DelegationState.OFFERED, DelegationState.ACCEPTED, DelegationState.RETURNED)
    return [
        one for one in access.parts_given(found)
        if one.person_id == viewer.person_id and one.state in live
    ]  # fmt: skip


@dataclass(frozen=True)
class PartRow:
    """A part of somebody's response that the viewer was offered or holds."""

    public_id: str
    survey: TranslatedText
    wave: TranslatedText
    place: str
    due_on: date
    is_offer: bool
    sample: bool


def parts_in_hand(viewer: Viewer) -> list[PartRow]:
    """Return the parts a viewer was offered or holds, soonest due first; one query."""
    if viewer.person_id is None:
        return []
    rows = Delegation.objects.filter(
        person_id=viewer.person_id, state__in=[DelegationState.OFFERED, DelegationState.ACCEPTED]
    ).select_related("response__wave__survey", "response__invitation__organisation")
    found = [_part(one) for one in rows]
    return sorted(found, key=lambda row: (row.due_on, row.public_id))


def _part(one: Delegation) -> PartRow:
    asked = one.response.invitation
    place = asked.organisation if asked else None
    return PartRow(
        public_id=one.public_id,
        survey=one.response.wave.survey.title,
        wave=one.response.wave.title,
        place=in_words(place.names) if place else "",
        due_on=one.due_on or one.response.wave.due_on,
        is_offer=one.state == DelegationState.OFFERED,
        sample=one.sample,
    )


def delegation(viewer: Viewer, public_id: str) -> Delegation:
    """Return a part that was given to the viewer, or that the viewer gave.

    Raises:
        NotFound: there is none.
    """
    found = (
        Delegation.objects.select_related("person", "response").filter(public_id=public_id).first()
    )
    if found is None:
        raise NotFound(public_id)
    found.response = fresh_response(found.response_id)
    if found.person_id != viewer.person_id and not access.is_own(viewer, found.response):
        raise NotFound(public_id)
    return found


def suggestion(viewer: Viewer, public_id: str) -> Suggestion:
    """Return a suggestion to the viewer's own response.

    Raises:
        NotFound: there is none.
    """
    found = Suggestion.objects.filter(public_id=public_id).first()
    if found is None:
        raise NotFound(public_id)
    found.response = fresh_response(found.response_id)
    if not access.is_own(viewer, found.response):
        raise NotFound(public_id)
    return found


def steps_of(viewer: Viewer, found: Response) -> list[Step]:
    """Return who signed and who cleared or returned a response, oldest first."""
    steps = [
        Step("signed", f"{one.name}, {one.position}", one.at, letter=letter_of(viewer, found, one))
        for one in found.signatures.select_related("letter")
    ]
    steps += [
        Step(one.stance, one.by.full_name, one.at, one.note)
        for one in found.clearances.select_related("by")
    ]
    return sorted(steps, key=lambda step: step.at)


def response_again(found: Response) -> Response:
    """Return a response as it is stored by now."""
    return fresh_response(found.pk)


def last_signature(found: Response) -> SignOff | None:
    """Return the newest signature under a response."""
    return found.signatures.select_related("letter").order_by("-round").first()


def letter_of(viewer: Viewer, found: Response, signed: SignOff) -> "StoredFile | None":
    """Return the letter that came with a signature, for who may open it."""
    if signed.letter_id is None:
        return None
    signed.response = found
    return signed.letter if access.may_read_letter(viewer, signed) else None


def letter(viewer: Viewer, public_id: str, number: str) -> SignOff:
    """Return a signature with its letter.

    Raises:
        NotFound: there is none, or it is not theirs to open.
    """
    found = one_response(viewer, public_id)
    signed = found.signatures.select_related("letter").filter(letter__public_id=number).first()
    if signed is None or letter_of(viewer, found, signed) is None:
        raise NotFound(number)
    return signed


def readers_after_signing(found: Response) -> list[str]:
    """Say who reads the answers once they are signed, in order."""
    asked = found.invitation
    country = in_words(asked.country.shown_name) if asked and asked.country else ""
    way = asked.country.clearance if asked and asked.country else Clearance.DIRECT
    if found.wave.survey.has_clearance and way == Clearance.FOCAL_POINT:
        return [
            _("At once: the focal point of %(country)s.") % {"country": country},
            _("Once the focal point has cleared them: the secretariat."),
        ]
    return [_("At once: the secretariat.")]


def part_choices(viewer: Viewer, found: Response, now: datetime) -> list[tuple[str, str]]:
    """Return the sections and entries of a response, to give one away."""
    rows: list[tuple[str, str]] = []
    for row in overview(viewer, found, now).rows:
        label = f"{row.label} {row.number}" if row.entry else row.label
        rows.append((f"{row.slug}@{row.entry}" if row.entry else row.slug, label))
    return rows


def part_label(viewer: Viewer, found: Delegation, now: datetime) -> str:
    """Return what a part that was given is called."""
    name = f"{found.section}@{found.entry}" if found.entry else found.section
    return dict(part_choices(viewer, found.response, now)).get(name, found.section)


def invitation_of(found: Response) -> Invitation:
    """Return the invitation a response answers.

    Raises:
        NotFound: nobody was invited for it.
    """
    if found.invitation is None:
        raise NotFound(found.public_id)
    return found.invitation
