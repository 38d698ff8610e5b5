"""Who may do what in the programme; reads are scoped in `queries`, these are the named rights."""

from serai.base.access import Viewer, rule
from serai.members.states import Audience
from serai.programme.models import (
    ActionItem,
    Initiative,
    Meeting,
    Milestone,
    Paper,
    Plan,
    Request,
    RequestAddressee,
    Risk,
    StatusNote,
)
from serai.programme.states import MeetingState

STAFF = ("officer", "coordinator")
PUBLIC, MEMBERS = Audience.PUBLIC.value, Audience.MEMBERS.value
SECRETARIAT, COUNTRY = Audience.SECRETARIAT.value, Audience.COUNTRY.value


def is_staff(viewer: Viewer, initiative: str | None = None) -> bool:
    """Tell whether the viewer works in the secretariat, for one initiative or at all."""
    return viewer.holds_any(STAFF, initiative)


def countries_of(viewer: Viewer) -> frozenset[str]:
    """Return the ISO codes of the countries the viewer belongs to."""
    return frozenset(key.removeprefix("country:") for key in viewer.keys if key[:8] == "country:")


def speaks_for(viewer: Viewer) -> frozenset[str]:
    """Return the ISO codes of the countries the viewer answers for."""
    return viewer.scopes("focal_point") | viewer.scopes("deputy")


def organisations_of(viewer: Viewer) -> frozenset[int]:
    """Return the numbers of the organisations the viewer belongs to."""
    found = (key.partition(":") for key in viewer.keys)
    return frozenset(int(n) for kind, _, n in found if kind == "organisation" and n.isdigit())


def reads_secretariat(viewer: Viewer, initiative: str | None, country: str | None = None) -> bool:
    """Tell whether the viewer reads what is kept for the secretariat, or a report built for it."""
    if "secretariat" in viewer.keys or is_staff(viewer, initiative):
        return True
    if initiative is None:
        return any(key.startswith("secretariat") for key in viewer.keys)
    expert = f"expert:{initiative}:{country}"
    return f"secretariat:{initiative}" in viewer.keys or bool(country and expert in viewer.keys)


def _owns(viewer: Viewer, organisation_id: int | None) -> bool:
    return organisation_id is not None and organisation_id in organisations_of(viewer)


def _sees(viewer: Viewer, audience: str, initiative: str | None, country: str | None) -> bool:
    """Apply an audience: closest first, each wider one including the nearer."""
    if audience in (PUBLIC, MEMBERS) and (audience in viewer.keys or "members" in viewer.keys):
        return True
    if country is not None and f"country:{country}" in viewer.keys and audience != "organisation":
        return True
    if audience in (PUBLIC, MEMBERS, SECRETARIAT):
        return reads_secretariat(viewer, initiative, country)
    return False


@rule("Open the programme's pages", roles=("visitor", "signed-in"))
def may_open_programme(viewer: Viewer) -> bool:
    """Admit everybody; each page holds what the viewer may see."""
    return True


@rule("See an initiative", roles=("visitor", "signed-in"))
def may_see_initiative(viewer: Viewer, initiative: Initiative) -> bool:
    """Admit an initiative's audience."""
    return _sees(viewer, initiative.audience, initiative.code, None)


@rule("See a milestone", roles=("audience", "officer", "coordinator", "owner"))
def may_see_milestone(viewer: Viewer, milestone: Milestone) -> bool:
    """Admit a milestone's audience, its country and its owner."""
    country = milestone.country.iso3 if milestone.country else None
    return _owns(viewer, milestone.owner_id) or _sees(
        viewer, milestone.audience, milestone.initiative.code, country
    )


def _keeps(viewer: Viewer, initiative: Initiative) -> bool:
    is_keeper = viewer.person_id is not None and viewer.person_id == initiative.keeper_id
    return is_keeper or is_staff(viewer, initiative.code)


@rule("Propose a new date for a milestone", roles=("officer", "coordinator", "owner"))
def may_replan(viewer: Viewer, milestone: Milestone) -> bool:
    """Admit the keeper, officers of the initiative and the owning partner."""
    return _keeps(viewer, milestone.initiative) or (
        viewer.holds("partner") and _owns(viewer, milestone.owner_id)
    )


@rule("Approve or reject a proposed date, not one's own", roles=("coordinator",))
def may_approve_plan(viewer: Viewer, plan: Plan) -> bool:
    """Admit coordinators, never to their own proposal."""
    is_own = viewer.person_id is not None and plan.recorded_by_id == viewer.person_id
    return viewer.holds("coordinator", plan.milestone.initiative.code) and not is_own


@rule("See the dates that wait for approval", roles=("coordinator",))
def may_see_proposals(viewer: Viewer) -> bool:
    """Admit coordinators."""
    return viewer.holds("coordinator")


@rule("Record that a milestone is reached", roles=("officer", "coordinator", "owner"))
def may_complete(viewer: Viewer, milestone: Milestone) -> bool:
    """Admit whom `may_replan` admits."""
    return may_replan(viewer, milestone)


@rule("Set a baseline of an initiative's dates", roles=("coordinator",))
def may_set_baseline(viewer: Viewer, initiative: Initiative) -> bool:
    """Admit coordinators."""
    return viewer.holds("coordinator", initiative.code)


@rule("Add milestones, links and warnings to an initiative", roles=("officer", "coordinator"))
def may_keep_initiative(viewer: Viewer, initiative: Initiative) -> bool:
    """Admit the keeper and officers of the initiative."""
    return _keeps(viewer, initiative)


@rule("Change an initiative's state, citing a decision", roles=("officer", "coordinator"))
def may_move_initiative(viewer: Viewer, initiative: Initiative) -> bool:
    """Admit officers of the initiative."""
    return is_staff(viewer, initiative.code)


@rule("Clear a status note", roles=("officer", "coordinator"))
def may_clear_note(viewer: Viewer, note: StatusNote) -> bool:
    """Admit officers of the initiative."""
    return is_staff(viewer, note.initiative.code)


@rule("Call meetings and keep their papers", roles=("officer", "coordinator"))
def may_call_meeting(viewer: Viewer, meeting: Meeting | None = None) -> bool:
    """Admit officers; for an initiative's meeting, that initiative's."""
    scope = meeting.initiative.code if meeting and meeting.initiative else None
    return is_staff(viewer, scope)


def takes_part(viewer: Viewer, meeting: Meeting) -> bool:
    """Tell whether the viewer is on a meeting's list of participants."""
    if viewer.person_id is None:
        return False
    return any(a.person_id == viewer.person_id for a in meeting.attendances.all())


@rule("See a meeting and its agenda", roles=("audience", "officer", "coordinator", "participant"))
def may_see_meeting(viewer: Viewer, meeting: Meeting) -> bool:
    """Admit the meeting's audience and participants; plans stay with the secretariat."""
    scope = meeting.initiative.code if meeting.initiative else None
    if is_staff(viewer, scope) or takes_part(viewer, meeting):
        return True
    return meeting.state != MeetingState.PLANNED and _sees(viewer, meeting.audience, scope, None)


@rule("See who comes and the link to join", roles=("officer", "coordinator", "participant"))
def may_see_participants(viewer: Viewer, meeting: Meeting) -> bool:
    """Admit that meeting's participants and its officers."""
    return may_call_meeting(viewer, meeting) or takes_part(viewer, meeting)


@rule("Answer an invitation to a meeting", roles=("participant",))
def may_answer_invitation(viewer: Viewer, meeting: Meeting) -> bool:
    """Admit participants."""
    return takes_part(viewer, meeting)


@rule("Read a paper of a meeting", roles=("audience", "officer", "coordinator"))
def may_read_paper(viewer: Viewer, paper: Paper) -> bool:
    """Admit the paper's audience among those who see the meeting, once papers are out."""
    meeting = paper.item.meeting
    if may_call_meeting(viewer, meeting):
        return True
    held_back = {MeetingState.PLANNED, MeetingState.CALLED, MeetingState.CANCELLED}
    if meeting.state in held_back or not may_see_meeting(viewer, meeting):
        return False
    scope = meeting.initiative.code if meeting.initiative else None
    return takes_part(viewer, meeting) or _sees(viewer, paper.audience, scope, None)


@rule("Record decisions of a meeting", roles=("officer", "coordinator"))
def may_record_decision(viewer: Viewer, meeting: Meeting) -> bool:
    """Admit whom `may_call_meeting` admits."""
    return may_call_meeting(viewer, meeting)


def _owns_action(viewer: Viewer, action: ActionItem) -> bool:
    if viewer.person_id is not None and viewer.person_id == action.person_id:
        return True
    if _owns(viewer, action.owner_id):
        return True
    return any(country.iso3 in speaks_for(viewer) for country in action.countries.all())


@rule("Say that an action item is done or dropped", roles=("owner", "officer", "coordinator"))
def may_work_on_action(viewer: Viewer, action: ActionItem) -> bool:
    """Admit the owner, the countries' focal points, and officers."""
    scope = action.initiative.code if action.initiative else None
    return _owns_action(viewer, action) or is_staff(viewer, scope)


@rule("Verify an action item that is done", roles=("officer", "coordinator"))
def may_verify_action(viewer: Viewer, action: ActionItem) -> bool:
    """Admit officers of the action's initiative."""
    return is_staff(viewer, action.initiative.code if action.initiative else None)


@rule("Open requests to members", roles=("officer", "coordinator"))
def may_open_request(viewer: Viewer, initiative: Initiative | None = None) -> bool:
    """Admit officers of the initiative."""
    return is_staff(viewer, initiative.code if initiative else None)


@rule("Answer a request for one's country or organisation", roles=("focal_point", "deputy", "lead"))
def may_answer_request(viewer: Viewer, addressee: RequestAddressee) -> bool:
    """Admit focal points and deputies of the country, people of the organisation, officers."""
    if addressee.country is not None:
        return addressee.country.iso3 in speaks_for(viewer) or may_see_request_board(
            viewer, addressee.request
        )
    return _owns(viewer, addressee.organisation_id) or may_see_request_board(
        viewer, addressee.request
    )


@rule("See which member has answered what", roles=("officer", "coordinator"))
def may_see_request_board(viewer: Viewer, request: Request | None = None) -> bool:
    """Admit the secretariat; others see their own row and counts."""
    scope = request.initiative.code if request and request.initiative else None
    return is_staff(viewer, scope)


@rule("Release the names of members without an answer", roles=("officer", "coordinator"))
def may_release_names(viewer: Viewer, request: Request) -> bool:
    """Admit whom `may_see_request_board` admits."""
    return may_see_request_board(viewer, request)


@rule("See risks", roles=("officer", "coordinator"))
def may_see_risks(viewer: Viewer) -> bool:
    """Admit the secretariat, and others to what was released to them."""
    return viewer.is_signed_in


@rule("Record and review risks", roles=("officer", "coordinator"))
def may_manage_risk(viewer: Viewer, risk: Risk) -> bool:
    """Admit the keeper and officers of the initiative."""
    return _keeps(viewer, risk.initiative)


@rule("Make a calendar link of one's own", roles=("signed-in",))
def may_make_feed(viewer: Viewer) -> bool:
    """Admit every signed-in person."""
    return viewer.is_signed_in


@rule("Bring dates in from a file", roles=("officer", "coordinator"))
def may_exchange(viewer: Viewer, initiative: Initiative | None = None) -> bool:
    """Admit the keeper and officers of the initiative."""
    if initiative is None:
        return is_staff(viewer)
    return _keeps(viewer, initiative)
