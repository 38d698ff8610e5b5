"""Section 9 cell by cell: who reads and writes answers, at every step of a response."""

import pytest
from tests.factories import members as people
from tests.factories import programme as plan
from tests.factories import surveys as make

from serai.base.access import ANONYMOUS
from serai.members.queries import viewer_of
from serai.members.states import Audience
from serai.surveys import access
from serai.surveys.models import Delegation, Response
from serai.surveys.states import DelegationScope, DelegationState, ResponseState

pytestmark = pytest.mark.django_db
STEPS = {
    "draft": (ResponseState.FILLING, 0, 0),
    "handed in": (ResponseState.HANDED_IN, 0, 0),
    "signed": (ResponseState.SIGNED, 5, 0),
    "returned": (ResponseState.CORRECTING, 5, 0),
    "cleared": (ResponseState.CLEARED, 5, 5),
    "asked back": (ResponseState.CORRECTING, 7, 5),
    "withdrawn": (ResponseState.WITHDRAWN, 7, 5),
}
ALWAYS = tuple(STEPS)
SIGNED = ("signed", "returned", "cleared", "asked back")
CLEARED = ("cleared", "asked back")
NEVER = ()

# Who reads the whole response at which steps, and a question with a narrower audience at which.
READS = {
    "lead named": (ALWAYS, ALWAYS),
    "lead of the agency": (ALWAYS, ALWAYS),
    "signer": (ALWAYS, ALWAYS),
    "delegate who sees the rest": (ALWAYS, NEVER),
    "delegate": (("signed", "cleared"), NEVER),
    "delegate who declined": (SIGNED, NEVER),
    "delegate who left the agency": (NEVER, NEVER),
    "contributor": (SIGNED, NEVER),
    "lead of another": (NEVER, NEVER),
    "contributor of another": (NEVER, NEVER),
    "focal_point": (SIGNED, SIGNED),
    "deputy": (SIGNED, SIGNED),
    "focal_point of another": (NEVER, NEVER),
    "deputy of another": (NEVER, NEVER),
    "officer": (CLEARED, NEVER),
    "coordinator": (CLEARED, NEVER),
    "officer of the initiative": (CLEARED, NEVER),
    "officer of another": (NEVER, NEVER),
    "named reader": (CLEARED, CLEARED),
    "expert": (CLEARED, NEVER),
    "expert of another country": (NEVER, NEVER),
    "expert of another initiative": (NEVER, NEVER),
    "committee": (NEVER, NEVER),
    "partner": (NEVER, NEVER),
    "administrator": (NEVER, NEVER),
    "nobody": (NEVER, NEVER),
    "visitor": (NEVER, NEVER),
}


def part(response, person, scope=DelegationScope.EDIT, **fields):
    defaults = {
        "section": "office", "scope": scope.value, "state": DelegationState.ACCEPTED.value,
        "given_at": make.NOON, "given_by_id": response.invitation.lead_id,
    }  # fmt: skip
    return Delegation.objects.create(response=response, person=person, **(defaults | fields))


@pytest.fixture
def response():
    survey = make.survey(initiative=plan.initiative("virtual-carec"))
    place = people.organisation()
    asked = make.invitation(
        make.wave(make.version(survey)), organisation=place, signer=people.person(),
        lead=people.person(),
    )  # fmt: skip
    return Response.objects.create(
        wave=asked.wave, invitation=asked, version=asked.wave.version, started_at=make.NOON
    )


def cast(response):
    """One viewer of each line of READS."""
    place, asked = response.invitation.organisation, response.invitation
    resting, giving, refusing = (people.person_with("contributor", place) for _ in range(3))
    leaving, named = people.person(), people.person()
    part(response, leaving, sees_rest=True)
    part(response, resting, sees_rest=True)
    part(response, giving)
    part(response, refusing, sees_rest=True, state=DelegationState.DECLINED.value)
    people.share(f"surveys.response:{response.pk}", f"person:{named.pk}")
    persons = {
        "lead named": asked.lead,
        "lead of the agency": people.person_with("lead", place),
        "signer": asked.signer,
        "delegate who sees the rest": resting,
        "delegate": giving,
        "delegate who declined": refusing,
        "delegate who left the agency": leaving,
        "contributor": people.person_with("contributor", place),
        "lead of another": people.person_with("lead"),
        "contributor of another": people.person_with("contributor"),
        "focal_point": people.person_with("focal_point", "GEO"),
        "deputy": people.person_with("deputy", "GEO"),
        "focal_point of another": people.person_with("focal_point", "UZB"),
        "deputy of another": people.person_with("deputy", "UZB"),
        "officer": people.person_with("officer"),
        "coordinator": people.person_with("coordinator"),
        "officer of the initiative": people.person_with("officer", "virtual-carec"),
        "officer of another": people.person_with("officer", "other"),
        "named reader": named,
        "expert": people.person_with("expert", "virtual-carec:GEO"),
        "expert of another country": people.person_with("expert", "virtual-carec:UZB"),
        "expert of another initiative": people.person_with("expert", "other:GEO"),
        "committee": people.person_with("committee"),
        "partner": people.person_with("partner"),
        "administrator": people.person_with("administrator"),
        "nobody": people.person(),
    }
    viewers = {name: viewer_of(one, make.NOON) for name, one in persons.items()}
    return viewers | {"visitor": ANONYMOUS}


def at(response, step):
    """Put a response at a step, as its row would say."""
    response.state, response.signed_through, response.cleared_through = STEPS[step]
    return response


def test_the_table_cell_by_cell(response):
    viewers = cast(response)
    plain, narrow = {}, {}

    for name, viewer in viewers.items():
        shares = {step: access.share_of(viewer, at(response, step)) for step in STEPS}
        plain[name] = tuple(step for step in STEPS if shares[step].reads("link", ""))
        narrow[name] = tuple(step for step in STEPS if shares[step].reads("link", "", "security"))

    assert plain == {name: cells[0] for name, cells in READS.items()}
    assert narrow == {name: cells[1] for name, cells in READS.items()}


def test_the_page_of_a_response_opens_to_those_who_read_something_of_it(response):
    viewers = cast(response)
    given = {"delegate", "delegate who sees the rest"}

    for step in STEPS:
        at(response, step)
        found = {name for name, one in viewers.items() if access.may_read_response(one, response)}
        expected = {name for name, cells in READS.items() if step in cells[0]} | given
        assert found == expected, step
        opened = {
            name for name, one in viewers.items()
            if access.may_open_place(one, access.Place(response, "link"))
        }  # fmt: skip
        assert opened == {name for name, cells in READS.items() if step in cells[0]}, step


def test_outsiders_read_up_to_what_was_signed_or_cleared_and_no_draft_after_it(response):
    viewers = cast(response)
    at(response, "asked back")

    found = {name: access.reads_through(viewers[name], response) for name in viewers}

    inner = {"lead named", "lead of the agency", "signer", "delegate", "delegate who sees the rest"}
    up_to_signature = {"focal_point", "deputy", "contributor", "delegate who declined"}
    assert {name for name, number in found.items() if number is None} == inner
    assert {name for name, number in found.items() if number == 7} == up_to_signature
    assert {number for name, number in found.items() if name not in inner | up_to_signature} == {5}


def test_a_part_opens_itself_and_its_entry_alone(response):
    someone = people.person_with("contributor", response.invitation.organisation)
    part(response, someone, section="room", entry="r1")
    viewer = viewer_of(someone, make.NOON)

    share = access.share_of(viewer, response)

    places = [("room", "r1"), ("room", "r2"), ("room", ""), ("office", "r1"), ("link", "")]
    assert [share.reads(*one) for one in places] == [True, False, False, False, False]
    assert [share.writes(*one) for one in places] == [True, False, False, False, False]
    assert share.reads("room", "r1", "security")


@pytest.mark.parametrize(
    ("role", "scope"),
    [("partner", None), ("focal_point", "GEO"), ("expert", "virtual-carec:GEO"), ("officer", None)],
)
def test_who_holds_a_part_reads_no_draft_of_the_rest(response, role, scope):
    someone = people.person_with(role, scope)
    people.grant("contributor", to=someone, organisation=response.invitation.organisation)
    part(response, someone)
    viewer = viewer_of(someone, make.NOON)

    shares = {step: access.share_of(viewer, at(response, step)) for step in STEPS}

    assert {step for step, one in shares.items() if one.reads("link", "")} == {"signed", "cleared"}
    assert all(one.reads("office", "") for one in shares.values())


@pytest.mark.parametrize(
    ("scope", "writes", "suggests"),
    [("view", False, False), ("suggest", False, True), ("edit", True, False)],
)
def test_the_scope_of_a_part_says_what_may_be_done_there(response, scope, writes, suggests):
    someone = people.person_with("contributor", response.invitation.organisation)
    row = part(response, someone, DelegationScope(scope), sees_rest=True)
    viewer = viewer_of(someone, make.NOON)
    found = {}

    for state in DelegationState:
        row.state = state.value
        row.save()
        share = access.share_of(viewer, response)
        found[state] = (share.reads("office", ""), share.writes("office", ""))
        assert share.suggests("office", "") is (suggests and state is DelegationState.ACCEPTED)
        assert not share.writes("link", "")
        assert not share.suggests("link", "")

    held = {DelegationState.OFFERED, DelegationState.ACCEPTED, DelegationState.RETURNED}
    assert found == {
        state: (state in held, writes and state is DelegationState.ACCEPTED)
        for state in DelegationState
    }


def test_who_writes_leads_signs_clears_and_reviews_at_each_step(response):
    viewers = cast(response)
    leads = {"lead named", "lead of the agency"}
    country = {"focal_point", "deputy"}
    staff = {"officer", "coordinator", "officer of the initiative"}
    none: set[str] = set()
    expected = {
        # step: (who signs, who clears, who reviews)
        "draft": (none, none, none),
        "handed in": ({"signer"}, none, none),
        "signed": (none, country, none),
        "returned": ({"signer"}, none, none),
        "cleared": (none, none, staff),
        "asked back": ({"signer"}, none, staff),
        "withdrawn": (none, none, none),
    }

    def who(rule):
        return {name for name, viewer in viewers.items() if rule(viewer, response)}

    for step, (signs, clears, reviews) in expected.items():
        at(response, step)
        found = (who(access.may_sign), who(access.may_clear), who(access.may_review))
        assert found == (signs, clears, reviews), step
        assert who(access.may_lead) == leads, step
        assert who(access.may_answer) == leads | {"delegate", "delegate who sees the rest"}, step
        assert who(access.may_enter) == none, step


def test_a_signer_who_holds_a_part_writes_in_it_and_still_reads_all(response):
    signer = response.invitation.signer
    people.grant("contributor", to=signer, organisation=response.invitation.organisation)
    part(response, signer, DelegationScope.SUGGEST)

    share = access.share_of(viewer_of(signer, make.NOON), response)

    assert share.reads_all
    assert share.suggests("office", "")
    assert not share.writes("office", "")
    assert not share.suggests("link", "")


def test_without_a_signer_the_lead_signs(response):
    response.invitation.signer = None
    viewers = cast_few(response)
    at(response, "handed in")

    assert {name: access.may_sign(one, response) for name, one in viewers.items()} == {
        "lead": True, "stranger": False,
    }  # fmt: skip
    response.wave.survey.has_signature = False
    assert not access.may_sign(viewers["lead"], response)


def cast_few(response):
    return {
        "lead": viewer_of(response.invitation.lead, make.NOON),
        "stranger": people.viewer_with("lead"),
    }


def test_the_secretariat_reads_what_it_entered_itself_while_it_is_open(response):
    officer = people.viewer_with("officer")
    other = people.viewer_with("officer", "other")
    response.is_on_behalf = True

    found = {step: access.may_enter(officer, at(response, step)) for step in STEPS}

    assert [step for step, may in found.items() if may] == ["draft"]
    at(response, "draft")
    assert access.share_of(officer, response).writes_all
    assert access.reads_through(officer, response) is None
    assert not access.may_enter(other, response)
    assert access.share_of(other, response) == access.Share()


def test_an_inner_remark_stays_with_the_agency(response):
    viewers = cast(response)
    at(response, "asked back")

    def reads(audience):
        return {
            name for name, one in viewers.items()
            if access.may_read_response(one, response)
            and access.may_read_remark(one, response, audience)
        }  # fmt: skip

    inner = {"lead named", "lead of the agency", "signer", "delegate", "delegate who sees the rest"}
    everyone = inner | {name for name, cells in READS.items() if "asked back" in cells[0]}
    assert reads(Audience.ORGANISATION) == inner
    assert reads(Audience.COUNTRY) == inner | {"focal_point", "deputy"}
    assert reads(Audience.SECRETARIAT) == everyone


def test_a_response_without_an_invitation_is_its_persons_alone(response):
    someone, other = people.person(), people.person()
    own = Response.objects.create(wave=response.wave, version=response.version, person=someone)
    nobody = Response.objects.create(wave=response.wave, version=response.version)

    viewers = [viewer_of(someone, make.NOON), viewer_of(other, make.NOON), ANONYMOUS]

    assert [access.may_lead(one, own) for one in viewers] == [True, False, False]
    assert [access.may_read_response(one, nobody) for one in viewers] == [False, False, False]


def test_offers_suggestions_and_keys_are_for_their_own(response):
    someone = people.person()
    row = part(response, someone)
    viewers = {
        "holder": viewer_of(someone, make.NOON),
        "lead": viewer_of(response.invitation.lead, make.NOON),
        "officer": people.viewer_with("officer"),
        "stranger": people.viewer_with("lead"),
        "visitor": ANONYMOUS,
    }

    def who(rule, thing):
        return {name for name, one in viewers.items() if rule(one, thing)}

    assert who(access.may_answer_offer, row) == {"holder"}
    assert who(access.may_see_delegation, row) == {"holder", "lead"}
    assert who(access.may_make_key, response.invitation) == {"lead"}
