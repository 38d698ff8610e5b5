"""Who may do what with a response: read, answer, sign, clear, ask back, remark."""

from dataclasses import dataclass
from typing import Protocol

from serai.base.access import Viewer, rule
from serai.members.access import acts_for_country, country_key
from serai.members.states import Audience
from serai.surveys.access.holding import holds
from serai.surveys.access.managing import is_staff
from serai.surveys.access.shares import (
    acts_on_behalf,
    is_of_country,
    is_own,
    is_read_by_country,
    is_read_by_secretariat,
    is_signer,
    iso3_of,
    pieces_of,
    share_of,
)
from serai.surveys.models import Delegation, Response, SignOff, Suggestion
from serai.surveys.states import UNLOCKED, ResponseState, Stance, WaveState

READERS = (
    "lead", "signer", "contributor", "delegate", "focal_point", "officer", "coordinator", "expert",
)  # fmt: skip
"""Roles that may read a response, each by its own measure."""


@rule(
    "Read answers of a response",
    roles=READERS,
)
def may_read_response(viewer: Viewer, response: Response) -> bool:
    """Admit its lead and signer, delegates their part; others once signed or cleared."""
    share = share_of(viewer, response)
    return share.reads_all or bool(share.pieces)


class OfResponse(Protocol):
    """A thing of one response."""

    @property
    def response(self) -> Response: ...


@rule(
    "Open a file that was handed in as an answer",
    roles=READERS,
)
def may_read_file(viewer: Viewer, file: OfResponse) -> bool:
    """Admit whoever reads the response; the answer itself was asked when the file was found."""
    return may_read_response(viewer, file.response)


@rule("Answer a response", roles=("lead", "delegate"))
def may_answer(viewer: Viewer, response: Response) -> bool:
    """Admit its lead, and delegates of a part."""
    share = share_of(viewer, response)
    return share.writes_all or any(piece.is_writable for piece in share.pieces)


@rule("Accept, decline or give back a part of a response", roles=("delegate",))
def may_answer_offer(viewer: Viewer, delegation: Delegation) -> bool:
    """Admit the person it was given to."""
    return viewer.person_id is not None and viewer.person_id == delegation.person_id


@rule("See a part that was given away", roles=("lead", "delegate"))
def may_see_delegation(viewer: Viewer, delegation: Delegation) -> bool:
    """Admit who gave it and who holds it."""
    return may_answer_offer(viewer, delegation) or is_own(viewer, delegation.response)


@rule("Take or decline a text proposed beside an answer", roles=("lead",))
def may_lead_suggestion(viewer: Viewer, suggestion: Suggestion) -> bool:
    """Admit the response's lead."""
    return is_own(viewer, suggestion.response)


@rule("Lead a response: delegate, hand in, decline suggestions, withdraw", roles=("lead",))
def may_lead(viewer: Viewer, response: Response) -> bool:
    """Admit its lead."""
    return is_own(viewer, response)


@rule("Sign a response", roles=("signer", "lead"))
def may_sign(viewer: Viewer, response: Response) -> bool:
    """Admit the signer who is named, else the lead, once it is handed in."""
    is_ready = response.state in {ResponseState.HANDED_IN, ResponseState.CORRECTING}
    return is_ready and response.wave.survey.has_signature and is_signer(viewer, response)


@rule(
    "Open the letter that came with a signature",
    roles=("lead", "signer", "focal_point", "deputy", "officer", "coordinator"),
)
def may_read_letter(viewer: Viewer, signed: SignOff) -> bool:
    """Admit its own lead and signer, its country once signed, the secretariat once cleared."""
    found = signed.response
    if is_own(viewer, found) or is_signer(viewer, found):
        return True
    if is_read_by_country(found) and is_of_country(viewer, found):
        return True
    is_cleared = any(one.stance == Stance.CLEARED for one in signed.clearances.all())
    is_read = is_cleared and is_read_by_secretariat(found)
    return is_read and is_staff(viewer, found.wave.survey)


@rule("Clear or return a signed response", roles=("focal_point", "deputy"))
def may_clear(viewer: Viewer, response: Response) -> bool:
    """Admit the country's focal point and deputies, once it is signed."""
    asked = response.invitation
    if asked is None or asked.country is None or response.state != ResponseState.SIGNED:
        return False
    return acts_for_country(viewer, asked.country.iso3)


@rule("Look after a response: accept it, ask back", roles=("officer", "coordinator"))
def may_review(viewer: Viewer, response: Response) -> bool:
    """Admit officers of its survey once it is cleared."""
    return is_staff(viewer, response.wave.survey) and is_read_by_secretariat(response)


@rule("Enter what a body sent as a letter or workbook", roles=("officer", "coordinator"))
def may_enter(viewer: Viewer, response: Response) -> bool:
    """Admit officers of the survey while all that stands was entered by the secretariat."""
    return response.is_on_behalf and acts_on_behalf(viewer, response)


@rule(
    "Download the workbook of a response",
    roles=("lead", "signer", "delegate", "focal_point", "officer", "coordinator", "expert"),
)
def may_have_workbook(viewer: Viewer, response: Response) -> bool:
    """Admit whoever reads the response; officers, without drafts, to enter what comes back."""
    return may_read_response(viewer, response) or acts_on_behalf(viewer, response)


@rule(
    "Bring the workbook of a response back",
    roles=("lead", "delegate", "officer", "coordinator"),
)
def may_bring_workbook(viewer: Viewer, response: Response) -> bool:
    """Admit whoever answers, and officers where nobody of the body has begun."""
    return may_answer(viewer, response) or acts_on_behalf(viewer, response)


@rule(
    "Take along all rows of a response with their proofs",
    roles=("lead", "signer", "officer", "coordinator"),
)
def may_have_trail(viewer: Viewer, response: Response) -> bool:
    """Admit its own lead and signer, and the secretariat once it is cleared, up to there."""
    own = is_own(viewer, response) or is_signer(viewer, response)
    return own or may_review(viewer, response)


def is_unlocked(response: Response) -> bool:
    """Tell whether any answer may still change."""
    return response.state in UNLOCKED


def is_handed_in_next(response: Response) -> bool:
    """Tell whether handing in comes next: first, or again after a correction that nobody signs."""
    is_corrected = response.state == ResponseState.CORRECTING
    is_unsigned = not response.wave.survey.has_signature
    return response.state == ResponseState.FILLING or (is_corrected and is_unsigned)


def lacks_time(response: Response) -> bool:
    """Tell whether the wave closed while it was filled in: kept as a draft, not handed in.

    A body that was given a later day of its own has time.
    """
    asked = response.invitation
    is_closed = response.wave.state == WaveState.CLOSED
    has_late_day = asked is not None and asked.has_late_day
    return is_closed and not has_late_day and response.state == ResponseState.FILLING


@rule(
    "Leave a remark beside an answer",
    roles=("lead", "signer", "delegate", "focal_point", "officer"),
)
def may_remark(viewer: Viewer, response: Response) -> bool:
    """Admit whoever reads the response and is signed in; nobody beside what they write unnamed."""
    return (
        viewer.is_signed_in and not holds(viewer, response) and may_read_response(viewer, response)
    )


@rule(
    "See one answer's history and remarks",
    roles=READERS,
)
def may_read_answer(viewer: Viewer, place: OfResponse) -> bool:
    """Admit whoever reads the response; the place itself was asked when it was found."""
    return may_read_response(viewer, place.response)


@rule("Answer a question the secretariat asked back", roles=("lead", "officer", "coordinator"))
def may_see_request(viewer: Viewer, request: OfResponse) -> bool:
    """Admit its lead, and the officers who ask and close."""
    return is_own(viewer, request.response) or may_review(viewer, request.response)


@rule("Ask again about what is answered", roles=("officer", "coordinator"))
def may_ask_again(viewer: Viewer, request: OfResponse) -> bool:
    """Admit the officers who ask and close."""
    return may_review(viewer, request.response)


def may_read_remark(viewer: Viewer, response: Response, audience: str) -> bool:
    """Tell whether a remark of an audience is for the viewer, who reads the response."""
    if is_own(viewer, response) or is_signer(viewer, response) or pieces_of(viewer, response):
        return True
    if audience == Audience.ORGANISATION:
        return False
    if audience == Audience.COUNTRY:
        return country_key(iso3_of(response)) in viewer.keys
    return is_read_by_country(response)


@dataclass(frozen=True)
class Place:
    """One page of a response: a section, or one entry of it."""

    response: Response
    section: str
    entry: str = ""


@rule(
    "Open one section of a response",
    roles=READERS,
)
def may_open_place(viewer: Viewer, place: Place) -> bool:
    """Admit whoever reads the answers there."""
    return share_of(viewer, place.response).reads(place.section, place.entry)
