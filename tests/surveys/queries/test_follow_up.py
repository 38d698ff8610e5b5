"""What may be asked back and what was: for those who read the answer, in one query count."""

from datetime import timedelta

import pytest
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.offices import NAME, PHONE, STAFF, give

from serai.base.access import NotFound
from serai.calc.xforms import Ref
from serai.members.queries import viewer_of
from serai.surveys import actions, queries
from serai.surveys.actions import Asked, Change
from serai.surveys.models import AnswerRequest, Delegation
from serai.surveys.queries.responses import locked_response
from serai.surveys.states import DelegationScope, DelegationState, RequestReason

pytestmark = pytest.mark.django_db
SOON, LATER = make.NOON + timedelta(minutes=30), make.NOON + timedelta(hours=1)


@pytest.fixture
def cleared():
    response, lead = offices.begun()
    give(response, lead, NAME, "Agency")
    give(response, lead, STAFF, "", "not_known")
    give(response, lead, PHONE, "9999")
    offices.signed(response, lead)
    focal = people.viewer_with("focal_point", "GEO")
    return actions.clear(response=response, by=focal, now=make.NOON), lead, focal


@pytest.fixture
def officer():
    return people.viewer_with("officer")


def ask(response, officer, *refs):
    asked = [Asked(ref, RequestReason.UNCLEAR, "Sure?") for ref in refs]
    actions.ask_back(response=response, asked=asked, due_on=None, by=officer, now=SOON)
    return locked_response(response.pk)


def test_an_answer_that_says_something_is_offered_when_named_but_never_a_narrow_one(
    cleared, officer
):
    response, _lead, _focal = cleared

    rows = queries.askable(officer, response, make.NOON, [NAME.path, PHONE.path, "/data/nowhere"])

    assert [(one.name, one.reason, one.words) for one in rows] == [
        (NAME.path, RequestReason.UNCLEAR, "Agency"),
        (STAFF.path, RequestReason.MISSING, "Not known"),
    ]  # fmt: skip


def change(response, lead, ref, text):
    base = response.heads.get(path=ref.path).answer_id
    sent = [Change(f"later {text}", ref, base, text)]
    actions.write_answers(response=response, changes=sent, by=lead, now=LATER)


def test_the_insubstantive_are_offered_heaviest_first_but_no_narrow_ones(cleared, officer):
    response, lead, _focal = cleared

    rows = queries.askable(officer, response, make.NOON)

    assert [(one.name, one.reason, one.words) for one in rows] == [
        (STAFF.path, RequestReason.MISSING, "Not known"),
    ]  # fmt: skip
    ask(response, officer, STAFF)
    assert queries.askable(officer, locked_response(response.pk), make.NOON) == []


def test_old_and_new_stand_side_by_side_and_the_secretariat_waits_for_the_new(cleared, officer):
    response, lead, _focal = cleared
    found = ask(response, officer, NAME)
    change(found, lead, NAME, "Agency of Roads")
    found = locked_response(response.pk)

    mine, theirs = (queries.requests_of(one, found, LATER) for one in (lead, officer))

    assert [(one.question, one.before, one.after) for one in mine] == [
        ("Name of the office", "Agency", "Agency of Roads")
    ]
    assert [(one.before, one.after) for one in theirs] == [("Agency", "Agency")]


def test_no_draft_stands_as_the_answer_before_a_later_question(cleared, officer):
    response, lead, _focal = cleared
    found = ask(response, officer, NAME)
    change(found, lead, NAME, "Agency of Roads")
    actions.withdraw_request(request=found.requests.get(), by=officer, now=LATER)
    again = [Asked(NAME, RequestReason.UNCLEAR, "And now?")]
    actions.ask_back(
        response=response, asked=again, due_on=None, by=officer, now=LATER + timedelta(hours=1)
    )
    found = locked_response(response.pk)

    mine, theirs = (queries.requests_of(one, found, LATER) for one in (lead, officer))

    assert [one.before for one in mine] == ["Agency of Roads", "Agency"]
    assert [one.before for one in theirs] == ["Agency", "Agency"]


def test_a_question_about_a_narrow_answer_shows_it_to_no_officer(cleared, officer):
    response, lead, focal = cleared
    found = ask(response, officer, PHONE)

    rows = {
        name: [one.after for one in queries.requests_of(viewer, found, LATER)]
        for name, viewer in (("lead", lead), ("focal", focal), ("officer", officer))
    }

    assert rows == {"lead": ["9999"], "focal": ["9999"], "officer": []}


def test_a_helper_reads_no_question_about_another_part(cleared, officer):
    response, lead, _focal = cleared
    found = ask(response, officer, NAME)
    person = people.person_with("contributor", response.invitation.organisation)
    Delegation.objects.create(
        response=found, section="line", person=person, scope=DelegationScope.EDIT,
        state=DelegationState.ACCEPTED, given_at=make.NOON,
    )  # fmt: skip
    change(found, lead, NAME, "Draft")

    rows = queries.requests_of(viewer_of(person, make.NOON), locked_response(response.pk), LATER)

    assert rows == []


def test_the_history_ends_where_a_reader_reads_to(cleared, officer):
    response, lead, _focal = cleared
    found = ask(response, officer, NAME)
    change(found, lead, NAME, "Draft")

    def seen(viewer):
        at = queries.answer_place(viewer, response.public_id, "data/office/name")
        label, given = queries.history(viewer, at, LATER)
        return label, [(one.words, one.is_now) for one in given]

    assert seen(lead) == ("Name of the office", [("Draft", True), ("Agency", False)])
    assert seen(officer) == ("Name of the office", [("Agency", True)])


def test_a_place_that_is_not_theirs_or_not_there_is_not_found(cleared, officer):
    response, _lead, _focal = cleared

    for viewer, name in (
        (officer, "data/office/phone"), (officer, "data/office/nowhere"),
        (people.viewer_with("lead"), "data/office/name"),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            queries.answer_place(viewer, response.public_id, name)


def test_a_drafted_question_is_nobodys_yet(cleared, officer):
    response, lead, _focal = cleared
    AnswerRequest.objects.create(
        response=response, path=NAME.path, reason="migration", made_at=make.NOON
    )

    assert queries.requests_of(lead, response, LATER) == []


def test_one_query_count_for_one_question_and_three(
    cleared, officer, django_assert_max_num_queries
):
    response, lead, _focal = cleared
    found = ask(response, officer, NAME)
    queries.requests_of(officer, found, LATER)
    with django_assert_max_num_queries(9) as one:
        queries.requests_of(officer, found, LATER)
    actions.ask_back(
        response=found, by=officer, now=make.NOON, due_on=None,
        asked=[Asked(Ref(path), RequestReason.UNCLEAR, "?") for path in
               (STAFF.path, "/data/line/mbps")],
    )  # fmt: skip
    found = locked_response(response.pk)

    with django_assert_max_num_queries(9) as three:
        rows = queries.requests_of(officer, found, LATER)

    assert len(rows) == 3
    assert len(one) == len(three)
