"""Whose a response is, and how much of its answers each person reads and writes."""

from dataclasses import dataclass

from serai.base.access import Viewer
from serai.members.access import acts_for_organisation, country_key, expert_key, is_lead, share_key
from serai.surveys.access.holding import has_just_handed_in, holds
from serai.surveys.access.managing import is_staff
from serai.surveys.models import Delegation, Response
from serai.surveys.states import DelegationScope, DelegationState, ResponseState

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


def acts_on_behalf(viewer: Viewer, response: Response) -> bool:
    """Tell whether the secretariat may enter a letter or workbook that came back: never over drafts."""
    asked = response.invitation
    if asked is None or asked.organisation is None or response.state != ResponseState.FILLING:
        return False
    return is_staff(viewer, response.wave.survey)


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


def cleared_acts_of(response: Response) -> int | None:
    """Return the newest act on an entry that was cleared; None where no act came since."""
    is_settled = response.state in {ResponseState.CLEARED, ResponseState.ACCEPTED}
    return None if is_settled else response.cleared_acts


def reads_acts(viewer: Viewer, response: Response) -> int | None:
    """Return the newest act on an entry that the viewer reads; None for all."""
    if reads_through(viewer, response) is None:
        return None
    acts = cleared_acts_of(response)
    if acts is None:
        return None
    is_near = is_of_country(viewer, response) or is_colleague(viewer, response)
    return response.signed_acts if is_near else acts


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
