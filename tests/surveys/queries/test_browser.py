"""What the browser's half of a page gets: logic and state of that page, and what only the server knows."""

import json

import pytest
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.offices import NAME, PHONE, STAFF, give

from serai.members.queries import viewer_of
from serai.surveys import actions, queries
from serai.surveys.access import Place
from serai.surveys.queries.browser import logic_of, results_of
from serai.surveys.queries.responses import fresh_response, locked_response
from serai.surveys.states import DelegationScope, DelegationState

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun():
    return offices.begun()


def logic(response, lead, slug):
    here = queries.place(lead, response.public_id, slug)
    return logic_of(queries.section_page(lead, here, make.NOON))


def test_a_page_gets_its_own_logic_and_what_it_depends_on_as_a_value(begun):
    response, lead = begun
    give(response, lead, STAFF, "5")
    give(response, lead, NAME, "Agency of Roads")
    give(response, lead, PHONE, "9999")

    sent = json.dumps(logic(response, lead, "line"))

    assert "mbps" in sent
    assert "staff" in sent
    assert "Agency of Roads" not in sent
    assert "9999" not in sent


def test_no_label_is_sent(begun):
    response, lead = begun

    sent = json.dumps(logic(response, lead, "office"))

    assert "Name of the office" not in sent
    assert "Direct line" not in sent


def test_a_page_whose_logic_the_browser_knows_asks_the_server_nothing(begun):
    response, lead = begun
    here = Place(locked_response(response.pk), "line")

    assert results_of(lead, here, make.NOON) == []


def test_what_only_the_server_knows_comes_for_those_who_open_the_page():
    text = make.XFORM.replace("if( /data/link/mbps &gt;= 10, 'yes', 'no')",
                              "digest( /data/link/has , 'SHA-1')")  # fmt: skip
    response, lead = offices.begun(make.version(xform=text))
    give(response, lead, offices.Ref("/data/link/has"), "no")
    found = locked_response(response.pk)

    mine = results_of(lead, Place(found, "link"), make.NOON)
    theirs = results_of(people.viewer_with("officer"), Place(found, "link"), make.NOON)
    nowhere = results_of(lead, Place(found, "nowhere"), make.NOON)

    # SHA-1 of "no", in base64.
    assert mine == [["/data/link/is_fast", "", "value", "/RKGNTVwxXA3mbp2mZMjt8dEewY="]]
    assert (theirs, nowhere) == ([], [])


# What the line's own question reads is worked out from what others answer.
TOLD = (
    make.XFORM.replace("<seats_total/>", "<seats_total/><rank/><fits/>")
    .replace("relevant=\" /data/link/has = 'yes'\"", "relevant=\"/data/fits = 'yes'\"")
    .replace(
        '<bind nodeset="/data/meta/instanceID"',
        """<bind nodeset="/data/rank" type="int" calculate="/data/office/staff * 7 + string-length(/data/link/has)"/>
<bind nodeset="/data/fits" type="string" calculate="if(/data/rank &gt; 10, 'yes', 'no')"/>
<bind nodeset="/data/meta/instanceID\"""",
    )
)


def holder(response, lead, *, sees_rest):
    """A colleague who holds the section of the line."""
    person = people.person_with("contributor", response.invitation.organisation)
    given = actions.Given("link", person.pk, DelegationScope.EDIT, sees_rest=sees_rest)
    actions.delegate(response=response, given=given, by=lead, now=make.NOON)
    response.delegations.update(state=DelegationState.ACCEPTED)
    return viewer_of(person, make.NOON)


@pytest.mark.parametrize("sees_rest", [False, True])
def test_who_holds_a_part_alone_gets_the_result_it_reads_and_no_way_to_it(sees_rest):
    response, lead = offices.begun(make.version(xform=TOLD))
    give(response, lead, STAFF, "489")
    mate = holder(response, lead, sees_rest=sees_rest)
    response = fresh_response(response.pk)

    sent = logic(response, mate, "link")

    names = [name for name, *_rest in sent["logic"]["fields"]]
    values = {
        names[field]: value
        for field, _key, name, value in sent["state"]["results"]
        if name == "value"
    }
    assert values["fits"] == "yes"
    assert {"rank", "staff"} & {*names} == ({"rank", "staff"} if sees_rest else set())
    assert ("489" in json.dumps(sent)) is sees_rest


def test_what_is_worked_out_elsewhere_comes_with_the_answer_to_autosaving():
    response, lead = offices.begun(make.version(xform=TOLD))
    give(response, lead, STAFF, "1")
    mate = holder(response, lead, sees_rest=False)
    here = Place(fresh_response(response.pk), "link")

    before = results_of(mate, here, make.NOON)
    give(response, lead, offices.Ref("/data/link/has"), "unsure about it")
    after = results_of(mate, Place(fresh_response(response.pk), "link"), make.NOON)

    assert (before, after) == (
        [["/data/fits", "", "value", "no"]], [["/data/fits", "", "value", "yes"]],
    )  # fmt: skip
    assert results_of(lead, here, make.NOON) == []


ACROSS = make.XFORM.replace("<room jr:template=\"\"><seats/></room>",
    "<room jr:template=\"\"><seats/><half/><share/></room>").replace(
    '<bind nodeset="/data/meta/instanceID"',
    """<bind nodeset="/data/room/half" type="decimal" calculate="../seats div 2"/>
<bind nodeset="/data/room/share" type="decimal" calculate="../seats div sum(../../room/seats)"/>
<bind nodeset="/data/meta/instanceID\"""",
)  # fmt: skip


@pytest.mark.parametrize("is_whole", [False, True])
def test_who_holds_one_entry_gets_no_other(is_whole):
    response, lead = offices.begun(make.version(xform=ACROSS))
    for key in ("first", "second"):
        offices.add(response, lead, key)
    give(response, lead, offices.Ref("/data/room/seats", "first"), "10")
    give(response, lead, offices.Ref("/data/room/seats", "second"), "4830")
    person = people.person_with("contributor", response.invitation.organisation)
    entry = "" if is_whole else "first"
    given = actions.Given("room", person.pk, DelegationScope.EDIT, entry=entry)
    actions.delegate(response=response, given=given, by=lead, now=make.NOON)
    response.delegations.update(state=DelegationState.ACCEPTED)
    mate, response = viewer_of(person, make.NOON), fresh_response(response.pk)

    here = queries.place(mate, response.public_id, "room", "first")
    sent = json.dumps(logic_of(queries.section_page(mate, here, make.NOON)))

    assert ("4830" in sent, "second" in sent, "2415" in sent) == (is_whole,) * 3
    results = results_of(mate, here, make.NOON)
    share = ["/data/room/share", "first", "value", "0.002066115702479339"]
    assert results == ([] if is_whole else [share])
