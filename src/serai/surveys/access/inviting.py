"""Who is asked, and who looks on while others answer."""

from serai.base.access import Viewer, rule
from serai.members.access import acts_for_country, is_lead, keys_after
from serai.surveys.access.managing import is_staff
from serai.surveys.models import Invitation, Wave
from serai.surveys.states import InvitationState, WaveState

ASKED = frozenset({InvitationState.SENT, InvitationState.OPENED, InvitationState.DONE})
MAY_DECLINE = frozenset({InvitationState.SENT, InvitationState.OPENED})


def is_asked(viewer: Viewer, invitation: Invitation) -> bool:
    """Tell whether the viewer is asked: named as lead or signer, or the organisation's lead."""
    if viewer.person_id is None:
        return False
    if viewer.person_id in {invitation.lead_id, invitation.signer_id}:
        return True
    return invitation.organisation_id is not None and is_lead(viewer, invitation.organisation_id)


def may_be_answered(invitation: Invitation) -> bool:
    """Tell whether there is time to answer: the wave is open, or this body was let in late."""
    return invitation.wave.state == WaveState.OPEN or invitation.has_late_day


@rule("Open an invitation to a survey: its lead and signer", roles=("lead", "owner"))
def may_open_invitation(viewer: Viewer, invitation: Invitation) -> bool:
    """Admit those who are asked, once the letter is out."""
    return invitation.state in ASKED and is_asked(viewer, invitation)


@rule("Decline an invitation to a survey", roles=("lead", "owner"))
def may_decline(viewer: Viewer, invitation: Invitation) -> bool:
    """Admit those who are asked, but one who only signs, until they are done."""
    is_only_signer = (
        viewer.person_id == invitation.signer_id and viewer.person_id != invitation.lead_id
    )
    return (
        invitation.state in MAY_DECLINE
        and may_be_answered(invitation)
        and is_asked(viewer, invitation)
        and not is_only_signer
    )


def board_countries(viewer: Viewer, wave: Wave) -> list[str] | None:
    """Return whose rows of a wave's board a viewer sees: None for all, else some countries'."""
    return None if is_staff(viewer, wave.survey) else keys_after(viewer, "country")


@rule(
    "See how far the answers of a wave have come; of one's own country, its agencies",
    roles=("officer", "coordinator", "focal_point", "deputy"),
)
def may_see_board(viewer: Viewer, wave: Wave) -> bool:
    """Admit its officers; a country's focal point and deputies once its agencies are written to."""
    if is_staff(viewer, wave.survey):
        return True
    if wave.state not in {WaveState.OPEN, WaveState.CLOSED} or not acts_for_country(viewer):
        return False
    own = keys_after(viewer, "country")
    asked = wave.invitations.filter(country__iso3__in=own)
    return asked.exclude(state__in=[InvitationState.DRAFTED, InvitationState.CANCELLED]).exists()
