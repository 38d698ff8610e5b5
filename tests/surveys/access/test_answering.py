"""What each may do with a response at every step."""

import pytest
from tests.factories import members as people
from tests.factories import surveys as make
from tests.surveys.access.cast import READS, STEPS, at, cast, part

from serai.base.access import ANONYMOUS
from serai.members.queries import viewer_of
from serai.members.states import Audience
from serai.surveys import access
from serai.surveys.models import Response

pytestmark = pytest.mark.django_db


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


def test_offers_and_parts_are_for_their_own(response):
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
