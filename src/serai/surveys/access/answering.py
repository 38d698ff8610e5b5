"""Who reads and who writes answers."""

from dataclasses import dataclass
from typing import Protocol

from serai.base.access import Viewer, rule
from serai.members.access import (
    acts_for_country,
    acts_for_organisation,
    country_key,
    expert_key,
    is_lead,
    share_key,
)
from serai.members.states import Audience
from serai.surveys.access.holding import has_just_handed_in, holds
from serai.surveys.access.managing import is_staff
from serai.surveys.models import (
    Delegation,
    DeviceKey,
    Invitation,
    Response,
    SignOff,
    SubmissionStep,
    Suggestion,
)
from serai.surveys.states import (
    UNLOCKED,
    DelegationScope,
    DelegationState,
    ResponseState,
    WaveState,
)

HELD_OPEN = frozenset({DelegationState.ACCEPTED, DelegationState.RETURNED, DelegationState.OFFERED})


@dataclass(frozen=True)
class Piece:
    """One section, or one entry of it, that a person was given."""

    section: str
    entry: str
    scope: DelegationScope
    is_writable: bool

    def holds(self, section: str, entry: str) -> bool:
        """Tell whether a place is within this piece."""
        return self.section == section and self.entry in {"", entry}


@dataclass(frozen=True)
class Share:
    """What one person may do with the answers of one response.

    Attributes:
        reads_all: reads every answer.
        writes_all: is its lead.
        reads_narrow: reads answers to questions with a narrower audience too.
        pieces: what was delegated to them.
    """

    reads_all: bool = False
    writes_all: bool = False
    reads_narrow: bool = False
    pieces: tuple[Piece, ...] = ()

    def reads(self, section: str, entry: str, narrow: str = "") -> bool:
        """Tell whether the answers at a place are readable; `narrow` names a narrower audience."""
        if any(piece.holds(section, entry) for piece in self.pieces):
            return True
        return self.reads_all and (not narrow or self.reads_narrow)

    def writes(self, section: str, entry: str) -> bool:
        """Tell whether answers at a place may be given."""
        return self.writes_all or self._piece(section, entry, DelegationScope.EDIT)

    def suggests(self, section: str, entry: str) -> bool:
        """Tell whether texts may be proposed beside the answers at a place."""
        return self._piece(section, entry, DelegationScope.SUGGEST)

    def _piece(self, section: str, entry: str, scope: DelegationScope) -> bool:
        return any(
            piece.is_writable and piece.scope == scope and piece.holds(section, entry)
            for piece in self.pieces
        )


NOTHING = Share()


def is_own(viewer: Viewer, response: Response) -> bool:
    """Tell whether the viewer leads the response: named in the invitation, or its agency's lead.

    Of one without a name, whose browser holds it.
    """
    if holds(viewer, response):
        return True
    if viewer.person_id is None:
        return False
    asked = response.invitation
    if asked is None:
        return response.person_id == viewer.person_id
    if asked.lead_id == viewer.person_id:
        return True
    return asked.organisation_id is not None and is_lead(viewer, asked.organisation_id)


def is_signer(viewer: Viewer, response: Response) -> bool:
    """Tell whether the viewer signs the response: who is named, else its lead."""
    asked = response.invitation
    if asked is None or asked.signer_id is None:
        return is_own(viewer, response)
    return viewer.person_id is not None and viewer.person_id == asked.signer_id


def share_of(viewer: Viewer, response: Response) -> Share:
    """Return what the viewer may do with the answers of a response."""
    if is_own(viewer, response):
        return Share(reads_all=True, writes_all=True, reads_narrow=True)
    if is_signer(viewer, response):
        return Share(reads_all=True, reads_narrow=True, pieces=pieces_of(viewer, response))
    if has_just_handed_in(viewer, response):
        return Share(reads_all=True, reads_narrow=True)
    if response.is_on_behalf and acts_on_behalf(viewer, response):
        return Share(reads_all=True, writes_all=True, reads_narrow=True)
    pieces = pieces_of(viewer, response)
    sees_rest = any(one.sees_rest for one in _delegations(viewer, response))
    outside, narrow = _reads_from_outside(viewer, response)
    if pieces and not _is_without_drafts(viewer, response):
        # Their part shows drafts, so the rest must wait, or its drafts would show as well.
        outside = narrow = False
    return Share(reads_all=outside or sees_rest, reads_narrow=narrow, pieces=pieces)


def pieces_of(viewer: Viewer, response: Response) -> tuple[Piece, ...]:
    """Return what was delegated to the viewer and is still in their hands."""
    return tuple(
        Piece(
            section=one.section,
            entry=one.entry,
            scope=DelegationScope(one.scope),
            is_writable=one.state == DelegationState.ACCEPTED,
        )
        for one in _delegations(viewer, response)
    )


def parts_given(response: Response) -> list[Delegation]:
    """Return the parts that are or were in other hands, as read with the response or anew."""
    known = response.parts_given
    return list(response.delegations.all()) if known is None else known


def _delegations(viewer: Viewer, response: Response) -> list[Delegation]:
    """Return the parts in the viewer's hands; with the role in the body they end at once."""
    if viewer.person_id is None or not is_colleague(viewer, response):
        return []
    return [
        one
        for one in parts_given(response)
        if one.person_id == viewer.person_id and one.state in HELD_OPEN
    ]


def _reads_from_outside(viewer: Viewer, response: Response) -> tuple[bool, bool]:
    """Return whether country, colleagues, secretariat or experts read it now, narrow ones too."""
    is_signed = is_read_by_country(response)
    if is_signed and is_of_country(viewer, response):
        return True, True
    is_ours = is_signed and is_colleague(viewer, response)
    if not is_read_by_secretariat(response):
        return is_ours, False
    survey = response.wave.survey
    if share_key(f"surveys.response:{response.pk}") in viewer.keys:
        return True, True
    if is_ours or is_staff(viewer, survey):
        return True, False
    code, iso3 = survey.initiative.code if survey.initiative else "", iso3_of(response)
    return bool(code and iso3 and expert_key(code, iso3) in viewer.keys), False


def is_of_country(viewer: Viewer, response: Response) -> bool:
    """Tell whether the viewer is focal point or deputy of the country a response belongs to."""
    iso3 = iso3_of(response)
    return bool(iso3) and country_key(iso3) in viewer.keys


def is_colleague(viewer: Viewer, response: Response) -> bool:
    """Tell whether the viewer has a role in the organisation a response is of."""
    asked = response.invitation
    if asked is None or asked.organisation_id is None:
        return False
    return acts_for_organisation(viewer, asked.organisation_id)


def _is_without_drafts(viewer: Viewer, response: Response) -> bool:
    """Tell whether the newest answers are all the viewer's to read from outside."""
    if response.state == ResponseState.SIGNED:
        return is_of_country(viewer, response) or is_colleague(viewer, response)
    return response.state in {ResponseState.CLEARED, ResponseState.ACCEPTED}


def iso3_of(response: Response) -> str:
    """Return the country a response belongs to; "" for none."""
    asked = response.invitation
    return asked.country.iso3 if asked is not None and asked.country is not None else ""


def is_read_by_country(response: Response) -> bool:
    """Tell whether its country reads it: signed once, and not withdrawn since."""
    return response.signed_through > 0 and response.state != ResponseState.WITHDRAWN


def is_read_by_secretariat(response: Response) -> bool:
    """Tell whether the secretariat reads it: cleared once, and not withdrawn since."""
    return response.cleared_through > 0 and response.state != ResponseState.WITHDRAWN


def reads_through(viewer: Viewer, response: Response) -> int | None:
    """Return the newest answer's number the viewer reads; None for all, drafts included."""
    if is_own(viewer, response) or is_signer(viewer, response) or pieces_of(viewer, response):
        return None
    if response.is_on_behalf and acts_on_behalf(viewer, response):
        return None
    if has_just_handed_in(viewer, response):
        return None
    if is_of_country(viewer, response) or is_colleague(viewer, response):
        return response.signed_through
    return response.cleared_through


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
    is_cleared = is_read_by_secretariat(found) and signed.last_answer <= found.cleared_through
    return is_cleared and is_staff(viewer, found.wave.survey)


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


def acts_on_behalf(viewer: Viewer, response: Response) -> bool:
    """Tell whether the secretariat may enter a letter or workbook that came back: never over drafts."""
    asked = response.invitation
    if asked is None or asked.organisation is None or response.state != ResponseState.FILLING:
        return False
    return is_staff(viewer, response.wave.survey)


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


@rule("Make a key for a device that hands in answers", roles=("lead",))
def may_make_key(viewer: Viewer, invitation: Invitation) -> bool:
    """Admit the lead of an invitation."""
    if viewer.person_id is None:
        return False
    organisation = invitation.organisation_id
    is_ours = organisation is not None and is_lead(viewer, organisation)
    return invitation.lead_id == viewer.person_id or is_ours


def may_decide(viewer: Viewer, response: Response) -> bool:
    """Tell whether the viewer takes in or leaves out what a wave's device handed in: its officers."""
    is_of_wave = response.invitation is None and response.submissions.exists()
    is_waiting = response.state == ResponseState.FILLING
    return is_of_wave and is_waiting and is_staff(viewer, response.wave.survey)


@rule("Look at what a device handed in and was flagged", roles=("lead", "officer", "coordinator"))
def may_look_at(viewer: Viewer, step: SubmissionStep) -> bool:
    """Admit the lead of its response, and officers of the survey."""
    key = step.submission.device_key
    wave = key.wave if key.invitation is None else key.invitation.wave
    if wave is not None and is_staff(viewer, wave.survey):
        return True
    return step.response is not None and is_own(viewer, step.response)


@rule("End the key of a device", roles=("lead", "officer", "coordinator"))
def may_revoke_key(viewer: Viewer, key: DeviceKey) -> bool:
    """Admit who may make it, and officers of the survey."""
    asked = key.invitation
    if asked is not None and may_make_key(viewer, asked):
        return True
    wave = key.wave if asked is None else asked.wave
    return wave is not None and is_staff(viewer, wave.survey)
