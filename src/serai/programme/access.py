"""Who may do what in the programme; reads are scoped in `queries`, these are the named rights."""

from serai.base.access import Viewer, rule
from serai.members.access import (
    is_coordinator,
    is_focal_point,
    is_lead,
    is_officer,
    is_programme_officer,
    keys_after,
    may_see_thing,
)
from serai.members.states import Audience, Role
from serai.programme.models import (
    ActionItem,
    AgendaItem,
    CalendarFeed,
    Completion,
    Dependency,
    ImportBatch,
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
APPROVERS = (Role.LEAD, Role.FOCAL_POINT, Role.COORDINATOR)
# Its papers are read only by those who prepare it.
HELD_BACK = frozenset({MeetingState.PLANNED, MeetingState.CALLED, MeetingState.CANCELLED})
Releasable = Initiative | Milestone | Meeting | Paper


def is_staff(viewer: Viewer, initiative: Initiative | None) -> bool:
    """Tell whether the viewer works in the secretariat: for an initiative, or the whole programme."""
    if initiative is None:
        return is_programme_officer(viewer)
    return is_officer(viewer, initiative.code)


def countries_of(viewer: Viewer) -> frozenset[str]:
    """Return the ISO codes of the countries whose own things the viewer reads."""
    return frozenset(keys_after(viewer, "country"))


def speaks_for(viewer: Viewer) -> frozenset[str]:
    """Return the ISO codes of the countries the viewer answers for."""
    return viewer.scopes("focal_point") | viewer.scopes("deputy")


def organisations_of(viewer: Viewer) -> frozenset[int]:
    """Return the numbers of the organisations the viewer belongs to."""
    return frozenset(int(n) for n in keys_after(viewer, "organisation") if n.isdigit())


def _owns(viewer: Viewer, organisation_id: int | None) -> bool:
    return organisation_id is not None and organisation_id in organisations_of(viewer)


def _code(initiative: Initiative | None) -> str | None:
    return initiative.code if initiative else None


def initiative_of(thing: Releasable) -> Initiative | None:
    """Return the initiative a thing belongs to; None for one of the whole programme."""
    if isinstance(thing, Initiative):
        return thing
    return thing.item.meeting.initiative if isinstance(thing, Paper) else thing.initiative


@rule("Set up the programme and its initiatives", roles=("coordinator",))
def may_set_up(viewer: Viewer) -> bool:
    """Admit coordinators of the whole programme."""
    return "coordinator" in viewer.roles


@rule("Edit an initiative: its name, purpose, partners", roles=("officer", "coordinator"))
def may_edit_initiative(viewer: Viewer, initiative: Initiative) -> bool:
    """Admit officers of the initiative."""
    return is_staff(viewer, initiative)


@rule("Say who keeps an initiative", roles=("coordinator",))
def may_give_keeper(viewer: Viewer, initiative: Initiative) -> bool:
    """Admit coordinators of the initiative."""
    return is_coordinator(viewer, initiative.code)


@rule(
    "Change who reads an initiative, milestone, meeting or paper",
    roles=("lead", "focal_point", "coordinator"),
)
def may_release(viewer: Viewer, thing: Releasable) -> bool:
    """Admit its coordinators; for a milestone also its country's focal point and owner's lead."""
    if isinstance(thing, Paper) and thing.run_number:
        return False  # who reads a report was settled when it was cleared
    if is_coordinator(viewer, _code(initiative_of(thing)) or ""):
        return True
    return isinstance(thing, Milestone) and (
        (thing.country is not None and is_focal_point(viewer, thing.country.iso3))
        or (thing.owner_id is not None and is_lead(viewer, thing.owner_id))
    )


@rule("See an initiative", roles=("audience", "officer", "coordinator"))
def may_see_initiative(viewer: Viewer, initiative: Initiative) -> bool:
    """Admit an initiative's audience."""
    return may_see_thing(viewer, audience=initiative.audience, initiative=initiative.code)


@rule("See a milestone", roles=("audience", "officer", "coordinator", "owner"))
def may_see_milestone(viewer: Viewer, milestone: Milestone) -> bool:
    """Admit a milestone's audience, its country and its owner."""
    return may_see_thing(
        viewer,
        audience=milestone.audience,
        iso3=milestone.country.iso3 if milestone.country else None,
        organisation_id=milestone.owner_id,
        initiative=milestone.initiative.code,
    )


def _keeps(viewer: Viewer, initiative: Initiative) -> bool:
    is_keeper = viewer.person_id is not None and viewer.person_id == initiative.keeper_id
    return is_keeper or is_staff(viewer, initiative)


@rule("Propose a new date for a milestone", roles=("officer", "coordinator", "owner"))
def may_replan(viewer: Viewer, milestone: Milestone) -> bool:
    """Admit the keeper, officers of the initiative and the owning partner."""
    return _keeps(viewer, milestone.initiative) or (
        viewer.holds("partner") and _owns(viewer, milestone.owner_id)
    )


def approving_role(milestone: Milestone) -> Role:
    """Return whose word a milestone's new date takes: among those who read it, one who answers."""
    if milestone.audience not in {Audience.ORGANISATION, Audience.COUNTRY}:
        return Role.COORDINATOR
    is_national = milestone.audience == Audience.COUNTRY and milestone.country is not None
    return Role.FOCAL_POINT if is_national else Role.LEAD


def approves_dates(viewer: Viewer, milestone: Milestone) -> bool:
    """Tell whether a milestone's new dates are this viewer's to approve, others' proposals alone."""
    role = approving_role(milestone)
    if role is Role.FOCAL_POINT and milestone.country is not None:
        return is_focal_point(viewer, milestone.country.iso3)
    if role is Role.LEAD:
        return milestone.owner_id is not None and is_lead(viewer, milestone.owner_id)
    return is_coordinator(viewer, milestone.initiative.code)


def reads_proposals(viewer: Viewer, milestone: Milestone) -> bool:
    """Tell whether the viewer reads proposed dates of a milestone, and those turned down."""
    return may_replan(viewer, milestone) or approves_dates(viewer, milestone)


@rule(
    "Approve or reject a proposed date, not one's own: coordinators; of what its country keeps to "
    "itself the focal point, of what its organisation keeps the lead",
    roles=APPROVERS,
)
def may_approve_plan(viewer: Viewer, plan: Plan) -> bool:
    """Admit whom the milestone's audience leaves to approve, never to their own proposal."""
    is_own = viewer.person_id is not None and plan.recorded_by_id == viewer.person_id
    return approves_dates(viewer, plan.milestone) and not is_own


@rule("See the dates that wait for approval", roles=APPROVERS)
def may_see_proposals(viewer: Viewer) -> bool:
    """Admit all who approve dates of some milestone."""
    return viewer.holds_any(APPROVERS)


@rule("Record that a milestone is reached", roles=("officer", "coordinator", "owner"))
def may_complete(viewer: Viewer, milestone: Milestone) -> bool:
    """Admit whom `may_replan` admits."""
    return may_replan(viewer, milestone)


@rule("Withdraw a completion", roles=("officer", "coordinator", "owner"))
def may_withdraw(viewer: Viewer, completion: Completion) -> bool:
    """Admit whom `may_complete` admits."""
    return may_complete(viewer, completion.milestone)


@rule("Open the file that shows a completion", roles=("officer", "coordinator", "owner"))
def may_read_evidence(viewer: Viewer, completion: Completion) -> bool:
    """Admit those who record completions; a link is shown with the milestone."""
    return completion.evidence_id is not None and may_complete(viewer, completion.milestone)


@rule("Edit milestones, link them and warn about them", roles=("officer", "coordinator"))
def may_keep_milestone(viewer: Viewer, milestone: Milestone) -> bool:
    """Admit the keeper and officers of the initiative."""
    return _keeps(viewer, milestone.initiative)


@rule("End a dependency", roles=("officer", "coordinator"))
def may_end_dependency(viewer: Viewer, dependency: Dependency) -> bool:
    """Admit the keeper and officers of the initiative."""
    return _keeps(viewer, dependency.milestone.initiative)


@rule("Set a baseline of an initiative's dates", roles=("coordinator",))
def may_set_baseline(viewer: Viewer, initiative: Initiative) -> bool:
    """Admit coordinators."""
    return is_coordinator(viewer, initiative.code)


@rule("Add milestones, links and warnings to an initiative", roles=("officer", "coordinator"))
def may_keep_initiative(viewer: Viewer, initiative: Initiative) -> bool:
    """Admit the keeper and officers of the initiative."""
    return _keeps(viewer, initiative)


@rule("Change an initiative's state, citing a decision", roles=("officer", "coordinator"))
def may_move_initiative(viewer: Viewer, initiative: Initiative) -> bool:
    """Admit officers of the initiative."""
    return is_staff(viewer, initiative)


@rule("Clear a status note", roles=("officer", "coordinator"))
def may_clear_note(viewer: Viewer, note: StatusNote) -> bool:
    """Admit officers of the initiative."""
    return is_staff(viewer, note.initiative)


@rule("Call meetings and keep their papers", roles=("officer", "coordinator"))
def may_call_meeting(viewer: Viewer, meeting: Meeting | None = None) -> bool:
    """Admit officers; for an initiative's meeting, that initiative's."""
    return is_officer(viewer) if meeting is None else is_staff(viewer, meeting.initiative)


def takes_part(viewer: Viewer, meeting: Meeting) -> bool:
    """Tell whether the viewer is on a meeting's list of participants."""
    if viewer.person_id is None:
        return False
    return any(a.person_id == viewer.person_id for a in meeting.attendances.all())


@rule("See a meeting and its agenda", roles=("audience", "officer", "coordinator", "participant"))
def may_see_meeting(viewer: Viewer, meeting: Meeting) -> bool:
    """Admit the meeting's audience and its participants."""
    if is_staff(viewer, meeting.initiative) or takes_part(viewer, meeting):
        return True
    return may_see_thing(viewer, audience=meeting.audience, initiative=_code(meeting.initiative))


@rule("See who comes and the link to join", roles=("officer", "coordinator", "participant"))
def may_see_participants(viewer: Viewer, meeting: Meeting) -> bool:
    """Admit that meeting's participants and its officers."""
    return may_call_meeting(viewer, meeting) or takes_part(viewer, meeting)


@rule("Answer an invitation to a meeting", roles=("participant",))
def may_answer_invitation(viewer: Viewer, meeting: Meeting) -> bool:
    """Admit participants."""
    return takes_part(viewer, meeting)


@rule("Keep a meeting's agenda and papers", roles=("officer", "coordinator"))
def may_keep_agenda(viewer: Viewer, item: AgendaItem) -> bool:
    """Admit whom `may_call_meeting` admits."""
    return may_call_meeting(viewer, item.meeting)


@rule("Read a paper of a meeting", roles=("audience", "officer", "coordinator"))
def may_read_paper(viewer: Viewer, paper: Paper) -> bool:
    """Admit the paper's audience among those who see the meeting, once papers are out."""
    meeting = paper.item.meeting
    if may_call_meeting(viewer, meeting):
        return True
    if meeting.state in HELD_BACK or not may_see_meeting(viewer, meeting):
        return False
    return takes_part(viewer, meeting) or may_see_thing(
        viewer, audience=paper.audience, initiative=_code(meeting.initiative)
    )


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


@rule("See an action item", roles=("audience", "owner", "officer", "coordinator"))
def may_see_action(viewer: Viewer, action: ActionItem) -> bool:
    """Admit the action item's audience and owners."""
    return _owns_action(viewer, action) or may_see_thing(
        viewer,
        audience=action.audience,
        organisation_id=action.owner_id,
        initiative=_code(action.initiative),
    )


@rule("Say that an action item is done or dropped", roles=("owner", "officer", "coordinator"))
def may_work_on_action(viewer: Viewer, action: ActionItem) -> bool:
    """Admit the owner, the countries' focal points, and officers."""
    return _owns_action(viewer, action) or is_staff(viewer, action.initiative)


@rule(
    "Open the file that shows that an action item is done",
    roles=("owner", "officer", "coordinator"),
)
def may_read_action_evidence(viewer: Viewer, action: ActionItem) -> bool:
    """Admit those who work on it; a link is shown with the action item."""
    return action.evidence_id is not None and may_work_on_action(viewer, action)


@rule("Verify an action item that is done", roles=("officer", "coordinator"))
def may_verify_action(viewer: Viewer, action: ActionItem) -> bool:
    """Admit officers of the action's initiative."""
    return is_staff(viewer, action.initiative)


@rule("See a request", roles=("audience", "focal_point", "deputy", "officer", "coordinator"))
def may_see_request(viewer: Viewer, request: Request) -> bool:
    """Admit a request's audience and those it addresses."""
    if may_see_thing(viewer, audience=request.audience, initiative=_code(request.initiative)):
        return True
    codes, numbers = countries_of(viewer) | speaks_for(viewer), organisations_of(viewer)
    return any(
        (one.country is not None and one.country.iso3 in codes) or one.organisation_id in numbers
        for one in request.addressees.select_related("country").order_by("id")
    )


@rule("Remind, close, or release the names of a request", roles=("officer", "coordinator"))
def may_keep_request(viewer: Viewer, request: Request) -> bool:
    """Admit officers of the request's initiative."""
    return is_staff(viewer, request.initiative)


@rule("Open requests to members", roles=("officer", "coordinator"))
def may_open_request(viewer: Viewer, initiative: Initiative | None = None) -> bool:
    """Admit officers of the initiative; for the whole programme, its officers."""
    return is_staff(viewer, initiative)


@rule("Begin a request or an action item", roles=("officer", "coordinator"))
def may_ask(viewer: Viewer) -> bool:
    """Admit every officer; the rule on the initiative is asked as it is saved."""
    return is_officer(viewer)


@rule(
    "Answer a request for one's country or organisation",
    roles=("contributor", "lead", "deputy", "focal_point", "partner", "officer", "coordinator"),
)
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
    return is_officer(viewer) if request is None else is_staff(viewer, request.initiative)


@rule("Release the names of members without an answer", roles=("officer", "coordinator"))
def may_release_names(viewer: Viewer, request: Request) -> bool:
    """Admit whom `may_see_request_board` admits."""
    return may_see_request_board(viewer, request)


@rule("Open the list of risks, with what is released to one", roles=("signed-in",))
def may_see_risks(viewer: Viewer) -> bool:
    """Admit the secretariat, and others to what was released to them."""
    return viewer.is_signed_in


@rule("See one risk", roles=("audience", "officer", "coordinator"))
def may_see_risk(viewer: Viewer, risk: Risk) -> bool:
    """Admit the secretariat, and others to a released assumption."""
    return may_see_thing(viewer, audience=risk.audience, initiative=risk.initiative.code)


@rule("Record and review risks", roles=("officer", "coordinator"))
def may_manage_risk(viewer: Viewer, risk: Risk) -> bool:
    """Admit the keeper and officers of the initiative."""
    return _keeps(viewer, risk.initiative)


@rule("Make a calendar link of one's own", roles=("signed-in",))
def may_make_feed(viewer: Viewer) -> bool:
    """Admit every signed-in person."""
    return viewer.is_signed_in


@rule("Revoke a calendar link of one's own", roles=("owner",))
def may_keep_feed(viewer: Viewer, feed: CalendarFeed) -> bool:
    """Admit the link's owner."""
    return viewer.person_id is not None and viewer.person_id == feed.person_id


@rule("Bring dates in from a file", roles=("officer", "coordinator"))
def may_exchange(viewer: Viewer, initiative: Initiative | None = None) -> bool:
    """Admit the keeper and officers of the initiative."""
    if initiative is None:
        return is_officer(viewer)
    return _keeps(viewer, initiative)


@rule("See and apply an import", roles=("officer", "coordinator"))
def may_see_import(viewer: Viewer, batch: ImportBatch) -> bool:
    """Admit whom `may_exchange` admits for its initiative."""
    return may_exchange(viewer, batch.initiative)
