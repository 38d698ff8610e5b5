"""Every rule by role, within the thing's scope and outside it: who is allowed, who is refused."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from tests.factories import members as people
from tests.factories import programme as make

from serai.base.access import ANONYMOUS, REGISTER, Viewer
from serai.base.models import StoredFile
from serai.members.models import Organisation, Person
from serai.programme import access, actions
from serai.programme.models import Initiative

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "virtual-carec", "startup-hub"
DAY = date(2021, 6, 30)


@dataclass
class World:
    """One initiative of the secretariat's, Georgia's agency, and a viewer of every kind."""

    initiative: Initiative
    agency: Organisation
    keeper: Person
    delegate: Person
    viewers: dict[str, Viewer] = field(default_factory=dict)

    def who(self, rule: Callable[..., bool], *things: object) -> set[str]:
        """Return the names of the viewers a rule admits."""
        return {name for name, viewer in self.viewers.items() if rule(viewer, *things)}

    def milestone(self, **fields):
        return make.milestone(
            self.initiative, "30 June 2021",
            **({"audience": "secretariat", "owner": self.agency, "country": people.member("GEO")} | fields),
        )  # fmt: skip

    def meeting(self, *, state: str = "called", audience: str = "secretariat"):
        row = make.meeting(self.initiative, state=state, audience=audience)
        actions.invite(
            meeting=row, person_id=self.delegate.pk, by=make.STAFF, now=make.NOON
        )  # fmt: skip
        return row

    def completion(self, **fields):
        done = make.completion(self.milestone(), "30 June 2021")
        for name, value in fields.items():
            setattr(done, name, value)
        return done


@pytest.fixture
def world():
    keeper, delegate = people.person(), people.person()
    agency = people.organisation(country="GEO")
    here = make.initiative(HERE, audience="secretariat", keeper=keeper)
    make.initiative(ELSEWHERE)
    made = World(here, agency, keeper, delegate)
    made.viewers = {
        "officer": people.viewer_with("officer"),
        "coordinator": people.viewer_with("coordinator"),
        "own officer": people.viewer_with("officer", HERE),
        "own coordinator": people.viewer_with("coordinator", HERE),
        "keeper": people.viewer_of(keeper, make.NOON),
        "focal_point": people.viewer_with("focal_point", "GEO"),
        "deputy": people.viewer_with("deputy", "GEO"),
        "committee": people.viewer_with("committee", "GEO"),
        "expert": people.viewer_with("expert", f"{HERE}:GEO"),
        "partner": people.viewer_with("partner", agency),
        "lead": people.viewer_with("lead", agency),
        "contributor": people.viewer_with("contributor", agency),
        "delegate": people.viewer_of(delegate, make.NOON),
        "participant": people.viewer_with("participant"),
        "administrator": people.viewer_with("administrator"),
        "nobody": people.viewer_with(),
        "visitor": ANONYMOUS,
        "other officer": people.viewer_with("officer", ELSEWHERE),
        "other coordinator": people.viewer_with("coordinator", ELSEWHERE),
        "other focal point": people.viewer_with("focal_point", "UZB"),
        "other expert": people.viewer_with("expert", f"{ELSEWHERE}:GEO"),
        "other partner": people.viewer_with("partner", people.organisation(country="UZB")),
        "other lead": people.viewer_with("lead", people.organisation(country="UZB")),
    }
    return made


PROGRAMME = {"officer", "coordinator"}
STAFF = {*PROGRAMME, "own officer", "own coordinator"}
COORDINATORS = {"coordinator", "own coordinator"}
ANY_STAFF = {*STAFF, "other officer", "other coordinator"}
KEEPERS = {*STAFF, "keeper"}
COUNTRY = {"focal_point", "deputy"}
AGENCY = {"partner", "lead", "contributor"}
MEMBERS = {*ANY_STAFF, *COUNTRY, "committee", "lead", "contributor", "other focal point",
           "other lead"}  # fmt: skip
EVERYBODY = {
    *MEMBERS, "keeper", "expert", "partner", "delegate", "participant", "administrator",
    "nobody", "visitor", "other expert", "other partner",
}  # fmt: skip
SIGNED_IN = EVERYBODY - {"visitor"}


def action_of(world: World, **fields):
    return make.action_item(
        initiative=world.initiative, owner_id=world.agency.pk, person_id=world.delegate.pk,
        countries=("GEO",), **fields,
    )  # fmt: skip


def request_of(world: World, **fields):
    return make.ask(
        world.initiative, countries=("GEO",), organisations=(world.agency.pk,),
        **({"audience": "secretariat"} | fields),
    )  # fmt: skip


def paper_of(world: World, state: str, audience: str = "secretariat"):
    meeting = world.meeting(audience="members")
    paper = make.paper(make.item(meeting), audience=audience)
    if state == "papers_out":
        actions.move_meeting(meeting=meeting, state=state, by=make.STAFF, now=make.NOON)
    paper.item.meeting = meeting
    return paper


def proposal_of(world: World, **fields):
    row = world.milestone(**fields)
    return make.proposal(row, "15 July 2021")


def dependency_of(world: World):
    return actions.add_dependency(
        milestone=world.milestone(), after=world.milestone(), by=make.STAFF, now=make.NOON
    )


def batch_of(world: World):
    world.milestone()
    return actions.preview_import(
        initiative=world.initiative, content=b"number,end\n1,2021-07-30\n", name="dates.csv",
        language="en", by=make.STAFF, now=make.NOON,
    )  # fmt: skip


def feed_of(world: World):
    nobody = world.viewers["nobody"]
    return actions.make_feed(scope="all", by=nobody, now=make.NOON).feed


def wide(world: World, audience: str) -> Initiative:
    world.initiative.audience = audience
    world.initiative.save()
    return world.initiative


def addressee_of(world: World, of: str):
    request = request_of(world)
    rows = request.addressees.select_related("request__initiative", "country", "organisation")
    return rows.get(country__iso3="GEO") if of == "country" else rows.get(organisation=world.agency)


def file_row() -> StoredFile:
    return StoredFile.objects.create(
        name="evidence.pdf", storage_key="evidence", media_type="application/pdf", bytes=1,
        sha256="0" * 64, state="checked", received_at=make.NOON,
    )  # fmt: skip


def with_file(thing):
    thing.evidence = file_row()
    return thing


# rule, things it is asked about, who is admitted
CASES = [
    (access.may_set_up, None, {"coordinator"}),
    (access.may_see_proposals, None, {
        *COORDINATORS, "other coordinator", "focal_point", "other focal point", "lead", "other lead",
    }),
    (access.may_ask, None, ANY_STAFF),
    (access.may_call_meeting, None, ANY_STAFF),
    (access.may_see_request_board, None, ANY_STAFF),
    (access.may_exchange, None, ANY_STAFF),
    (access.may_see_risks, None, SIGNED_IN),
    (access.may_make_feed, None, SIGNED_IN),
    (access.may_see_initiative, lambda w: w.initiative, STAFF),
    (access.may_see_initiative, lambda w: wide(w, "members"), {*MEMBERS, "expert"}),
    (access.may_see_initiative, lambda w: wide(w, "public"), EVERYBODY),
    (access.may_see_milestone, World.milestone, {*STAFF, *COUNTRY, *AGENCY, "expert"}),
    (access.may_see_milestone, lambda w: w.milestone(audience="country"), {*COUNTRY, *AGENCY}),
    (access.may_see_milestone, lambda w: w.milestone(audience="organisation"), AGENCY),
    (access.may_replan, World.milestone, {*KEEPERS, "partner"}),
    (access.may_complete, World.milestone, {*KEEPERS, "partner"}),
    (access.may_withdraw, World.completion, {*KEEPERS, "partner"}),
    (access.may_read_evidence, World.completion, set()),
    (access.may_read_evidence, lambda w: w.completion(evidence=file_row()), {*KEEPERS, "partner"}),
    (access.may_approve_plan, proposal_of, COORDINATORS),
    (access.may_approve_plan, lambda w: proposal_of(w, audience="public"), COORDINATORS),
    (access.may_approve_plan, lambda w: proposal_of(w, audience="country"), {"focal_point"}),
    (access.may_approve_plan, lambda w: proposal_of(w, audience="country", country=None), {"lead"}),
    (access.may_approve_plan, lambda w: proposal_of(w, audience="organisation"), {"lead"}),
    (access.may_approve_plan, lambda w: proposal_of(w, audience="organisation", owner=None), set()),
    (access.may_keep_milestone, World.milestone, KEEPERS),
    (access.may_end_dependency, dependency_of, KEEPERS),
    (access.may_set_baseline, lambda w: w.initiative, COORDINATORS),
    (access.may_keep_initiative, lambda w: w.initiative, KEEPERS),
    (access.may_move_initiative, lambda w: w.initiative, STAFF),
    (access.may_edit_initiative, lambda w: w.initiative, STAFF),
    (access.may_release, lambda w: w.initiative, COORDINATORS),
    (access.may_release, World.milestone, {*COORDINATORS, "focal_point", "lead"}),
    (access.may_release, World.meeting, COORDINATORS),
    (access.may_release, lambda w: paper_of(w, "called"), COORDINATORS),
    (access.may_release, lambda w: make.report_paper(make.item(w.meeting()), readers="public"), set()),
    (access.may_give_keeper, lambda w: w.initiative, COORDINATORS),
    (access.may_clear_note, lambda w: make.note(w.initiative), STAFF),
    (access.may_call_meeting, World.meeting, STAFF),
    (access.may_call_meeting, lambda w: make.meeting(None), PROGRAMME),
    (access.may_see_meeting, World.meeting, {*STAFF, "delegate"}),
    (access.may_see_participants, World.meeting, {*STAFF, "delegate"}),
    (access.may_answer_invitation, World.meeting, {"delegate"}),
    (access.may_record_decision, World.meeting, STAFF),
    (access.may_keep_agenda, lambda w: make.item(w.meeting()), STAFF),
    (access.may_read_paper, lambda w: paper_of(w, "called", "public"), STAFF),
    (access.may_read_paper, lambda w: paper_of(w, "papers_out"), {*STAFF, "delegate"}),
    (access.may_read_paper, lambda w: paper_of(w, "papers_out", "members"),
     {*MEMBERS, "delegate", "expert"}),
    (access.may_see_action, action_of, {*STAFF, *COUNTRY, *AGENCY, "delegate"}),
    (access.may_work_on_action, action_of, {*STAFF, *COUNTRY, *AGENCY, "delegate"}),
    (access.may_read_action_evidence, action_of, set()),
    (access.may_read_action_evidence, lambda w: with_file(action_of(w)),
     {*STAFF, *COUNTRY, *AGENCY, "delegate"}),
    (access.may_verify_action, action_of, STAFF),
    (access.may_see_request, request_of, {*STAFF, *COUNTRY, *AGENCY}),
    (access.may_keep_request, request_of, STAFF),
    (access.may_open_request, lambda w: w.initiative, STAFF),
    (access.may_open_request, lambda w: None, PROGRAMME),
    (access.may_answer_request, lambda w: addressee_of(w, "country"), {*STAFF, *COUNTRY}),
    (access.may_answer_request, lambda w: addressee_of(w, "agency"), {*STAFF, *AGENCY}),
    (access.may_see_request_board, request_of, STAFF),
    (access.may_release_names, request_of, STAFF),
    (access.may_see_risk, lambda w: make.risk(w.initiative), STAFF),
    (access.may_manage_risk, lambda w: make.risk(w.initiative), KEEPERS),
    (access.may_keep_feed, feed_of, {"nobody"}),
    (access.may_exchange, lambda w: w.initiative, KEEPERS),
    (access.may_see_import, batch_of, KEEPERS),
]  # fmt: skip


def name_of(case: object) -> str:
    return case.__name__ if callable(case) else ""


@pytest.mark.parametrize(("rule", "thing", "allowed"), CASES, ids=name_of)
def test_rule_admits_exactly(world, rule, thing, allowed):
    things = () if thing is None else (thing(world),)

    assert world.who(rule, *things) == allowed


def test_every_rule_of_the_room_has_a_row():
    rules = {rule.decide for name, rule in REGISTER.items() if name.startswith("programme.")}

    assert {rule for rule, _, _ in CASES} == rules


# What stands in the drawn table for those who are admitted by the thing, not by a role.
BY_THE_THING = {"audience", "owner", "visitor", "signed-in", "participant"}
ROLE_OF = {"officer", "coordinator", *COUNTRY, "committee", "expert", *AGENCY, "administrator"}


@pytest.mark.parametrize("rule", sorted({case[0] for case in CASES}, key=name_of), ids=name_of)
def test_the_drawn_roles_are_those_the_rule_admits(rule):
    """A rule that names roles alone admits each of them somewhere, and no other anywhere."""
    drawn = set(REGISTER[f"programme.{rule.__name__}"].roles)
    admitted = set().union(*(allowed for one, _, allowed in CASES if one is rule)) & ROLE_OF

    assert drawn & ROLE_OF <= admitted
    if not drawn & BY_THE_THING:
        assert admitted == drawn


@pytest.mark.parametrize(
    ("role", "audience", "others"),
    [
        ("coordinator", "secretariat", {"own coordinator"}),
        ("own coordinator", "secretariat", {"coordinator"}),
        ("focal_point", "country", set()),
        ("lead", "organisation", set()),
    ],
)
def test_nobody_approves_the_own_proposal(world, role, audience, others):
    plan = proposal_of(world, audience=audience)
    viewer = world.viewers[role]
    plan.recorded_by_id = viewer.person_id

    assert access.may_approve_plan(viewer, plan) is False
    assert world.who(access.may_approve_plan, plan) == others


@pytest.mark.parametrize(
    "audience", ["organisation", "country", "secretariat", "members", "public"]
)
def test_a_date_is_approved_by_somebody_who_reads_the_milestone(world, audience):
    plan = proposal_of(world, audience=audience)

    approvers = world.who(access.may_approve_plan, plan)

    assert approvers
    assert approvers <= world.who(access.may_see_milestone, plan.milestone)


def test_a_report_s_audience_is_no_keeper_of_an_initiative_without_one(world):
    world.initiative.keeper = None
    audience = Viewer(keys=frozenset({"public", "members"}))

    assert access.may_keep_initiative(audience, world.initiative) is False
    assert access.may_manage_risk(audience, make.risk(world.initiative)) is False


def test_a_report_s_audience_takes_part_in_no_meeting_and_owns_nothing(world):
    audience = Viewer(keys=frozenset({"public", "members"}))
    nobodys = make.action_item(initiative=world.initiative, countries=("GEO",))

    assert access.takes_part(audience, world.meeting()) is False
    assert access.may_work_on_action(audience, nobodys) is False
    assert access.may_keep_feed(audience, feed_of(world)) is False


def test_a_role_that_ended_opens_nothing(world):
    viewer = replace(world.viewers["officer"], keys=frozenset({"public"}), roles=frozenset())

    assert access.may_replan(viewer, world.milestone()) is False
    assert access.may_call_meeting(viewer) is False
