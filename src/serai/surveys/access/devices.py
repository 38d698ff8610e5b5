"""Who makes and ends keys of devices, and looks at what devices hand in."""

from serai.base.access import Viewer, rule
from serai.members.access import is_lead
from serai.surveys.access.managing import is_staff
from serai.surveys.access.shares import is_own
from serai.surveys.models import DeviceKey, Invitation, Response, SubmissionStep
from serai.surveys.states import ResponseState


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
