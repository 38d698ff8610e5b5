"""What each person is asked to do: one verb each, soonest first, and nothing of others."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override
from tests.factories import members as people
from tests.factories import programme as make

from serai.base.access import ANONYMOUS
from serai.base.pages import Todo
from serai.base.text import TranslatedText
from serai.programme import actions, queries
from serai.programme.actions import Due, Told
from serai.programme.models import RiskReview

pytestmark = pytest.mark.django_db
NOON, STAFF = make.NOON, make.STAFF
MORNING = datetime(2021, 6, 30, 1, tzinfo=UTC)


@pytest.fixture
def home():
    people.member("GEO")
    people.member("UZB")
    return make.initiative("home", name=TranslatedText.of("Virtual CAREC"))


def verbs(viewer, now=NOON):
    return [(todo.verb, todo.title) for todo in queries.todos(viewer, now)]


def test_nobody_is_asked_nothing(home):
    make.ask(home, audience="public")

    assert queries.todos(ANONYMOUS, NOON) == []
    assert queries.todos(people.viewer_with(), NOON) == []


def test_a_request_is_answered_by_those_who_speak_for_the_country(home):
    everybody = make.viewers("home")
    asked = make.ask(home, countries=("GEO",), due_on=date(2021, 7, 7))
    row = asked.addressees.select_related("country", "request__initiative").get()

    found = {who: queries.todos(viewer, NOON) for who, viewer in everybody.items()}

    assert {who for who, todos in found.items() if todos} == {"own country"}
    assert found["own country"] == [
        Todo(
            title="Answer the questionnaire",
            verb="Answer",
            address=f"/en/programme/answers/{row.public_id}/",
            due_at=date(2021, 7, 7),
        )
    ]
    georgia = everybody["own country"]
    actions.see_request(addressee=row, by=georgia, now=NOON)
    assert len(queries.todos(georgia, NOON)) == 1
    actions.answer_request(addressee=row, state="answered", by=georgia, now=NOON)
    assert queries.todos(georgia, NOON) == []


def test_a_closed_request_asks_nobody(home):
    georgia = people.viewer_with("focal_point", "GEO")
    asked = make.ask(home, countries=("GEO",))
    actions.close_request(request=asked, by=STAFF, now=NOON)

    assert queries.todos(georgia, NOON) == []


def test_an_organisation_answers_its_own_request(home):
    agency = people.organisation(country="UZB")
    make.ask(home, countries=("GEO",), organisations=(agency.pk,))

    assert verbs(people.viewer_with("contributor", agency)) == [
        ("Answer", "Answer the questionnaire")
    ]


def test_an_action_is_done_by_its_owners_and_verified_by_its_officers(home):
    everybody = make.viewers("home")
    decision = make.decision(make.meeting(home, state="held", audience="public"))
    make.agree(decision.meeting)
    action = make.action_item(
        "Name a contact", decision=decision, countries=("GEO",), audience="public",
        due=Due(date(2021, 7, 1)),
    )  # fmt: skip

    found = {who: queries.todos(v, NOON) for who, v in everybody.items() if who != "public"}
    assert {who for who, todos in found.items() if todos} == {"own country"}
    assert found["own country"] == [
        Todo(
            title="Name a contact", verb="Do",
            address=f"/en/programme/actions/{action.public_id}/", due_at=date(2021, 7, 1),
            note=decision.number,
        )
    ]  # fmt: skip

    actions.finish_action(action=action, by=everybody["own country"], now=NOON)

    asked = {who: verbs(viewer) for who, viewer in everybody.items() if verbs(viewer)}
    verify = [("Verify", "Name a contact")]
    assert asked == {"officer": verify, "secretariat": verify}
    actions.verify_action(action=action, is_done=True, by=STAFF, now=NOON)
    assert verbs(everybody["officer"]) == []


def test_an_action_of_the_whole_programme_is_verified_by_its_officers(home):
    everybody = make.viewers("home")
    action = make.action_item("Name a contact", countries=("GEO",), audience="members")
    actions.finish_action(action=action, by=STAFF, now=NOON)

    assert {who for who, viewer in everybody.items() if verbs(viewer)} == {"secretariat"}


def test_an_invitation_waits_for_an_answer_while_the_meeting_is_ahead(home):
    delegate = people.viewer_with()
    meeting = make.meeting(home)
    actions.invite(meeting=meeting, person_id=delegate.person_id, by=STAFF, now=MORNING)
    assert queries.todos(delegate, MORNING) == []

    actions.move_meeting(meeting=meeting, state="called", by=STAFF, now=MORNING)

    assert queries.todos(delegate, MORNING) == [
        Todo(
            title="Senior Officials' Meeting", verb="Say whether you come",
            address=f"/en/programme/meetings/{meeting.public_id}/",
            due_at=datetime(2021, 6, 30, 6, tzinfo=UTC),
        )
    ]  # fmt: skip
    assert queries.todos(delegate, NOON) == []
    actions.answer_invitation(meeting=meeting, answer="comes", by=delegate, now=MORNING)
    assert queries.todos(delegate, MORNING) == []


def test_a_keeper_completes_plans_again_and_reviews(home):
    keeper = people.viewer_with("officer", "home")
    home.keeper_id = keeper.person_id
    home.save(update_fields=["keeper"])
    late = make.milestone(home, "22 June 2021")
    make.milestone(home, "end of June 2021")
    make.milestone(home, "10 July 2021")
    make.milestone(home)
    make.milestone(make.initiative("other"), "22 June 2021")
    risk = make.risk(home, review_on=date(2021, 6, 1))
    make.risk(home, review_on=date(2021, 8, 1))

    assert queries.todos(keeper, NOON) == [
        Todo(
            title="Replies come late", verb="Review",
            address=f"/en/programme/risks/{risk.public_id}/", due_at=date(2021, 6, 1),
        ),
        Todo(
            title="Milestone 1", verb="Complete or plan again",
            address=f"/en/programme/milestones/{late.public_id}/", due_at=date(2021, 6, 22),
            note="Virtual CAREC",
        ),
        Todo(
            title="Milestone 2", verb="Complete or plan again",
            address=f"/en/programme/milestones/{home.milestones.get(number=2).public_id}/",
            due_at=date(2021, 6, 30), note="Virtual CAREC",
        ),
    ]  # fmt: skip
    assert queries.todos(people.viewer_with("officer", "home"), NOON) == []


def test_a_proposed_date_waits_for_the_coordinators_but_not_the_proposer(home):
    proposer = people.viewer_with("coordinator", "home")
    row = make.milestone(home, "22 June 2021")
    new = actions.propose_plan(
        milestone=row, words="2022", reason="staffing", by=proposer, now=NOON
    )

    assert queries.todos(people.viewer_with("coordinator"), NOON) == [
        Todo(
            title="1. Milestone 1: 2022", verb="Decide on a new date",
            address=f"/en/programme/plans/{new.public_id}/decide/", note="Virtual CAREC",
        )
    ]  # fmt: skip
    assert queries.todos(proposer, NOON) == []
    assert queries.todos(people.viewer_with("coordinator", "elsewhere"), NOON) == []
    assert queries.todos(people.viewer_with("officer", "home"), NOON) == []
    make.proposal(row, "2023")
    assert verbs(proposer) == [("Decide on a new date", "1. Milestone 1: 2023")]


def test_what_has_no_day_comes_last(home):
    georgia = people.viewer_with("focal_point", "GEO")
    for text, due in (("None", None), ("Late", date(2021, 9, 1)), ("Soon", date(2021, 7, 1))):
        make.ask(home, text=text, countries=("GEO",), due_on=due)
    make.action_item("Between", initiative=home, countries=("GEO",), due=Due(date(2021, 8, 1)))

    assert [title for _verb, title in verbs(georgia)] == ["Soon", "Between", "Late", "None"]


def test_in_a_house_that_opens_in_the_past_what_is_entered_since_counts(home):
    georgia = people.viewer_with("focal_point", "GEO")
    home.programme.opens_as_of = date(2021, 6, 28)
    home.programme.save(update_fields=["opens_as_of"])
    asked = make.ask(home, countries=("GEO",), told=Told(date(2021, 6, 29), "Records"))

    assert verbs(georgia) == [("Answer", "Answer the questionnaire")]
    row = asked.addressees.select_related("country", "request__initiative").get()
    actions.answer_request(addressee=row, state="answered", by=georgia, now=NOON)
    assert verbs(georgia) == []


def test_a_keeper_is_asked_for_what_was_late_on_the_opening_day_and_is_still(home):
    keeper = people.viewer_with("officer", "home")
    home.keeper_id = keeper.person_id
    home.save(update_fields=["keeper"])
    home.programme.opens_as_of = date(2021, 6, 28)
    home.programme.save(update_fields=["opens_as_of"])
    make.milestone(home, "20 June 2021", name=TranslatedText.of("Still late"))
    make.milestone(home, "29 June 2021", name=TranslatedText.of("Late since"))
    make.completion(make.milestone(home, "22 June 2021"), "30 June 2021")
    make.risk(home, review_on=date(2021, 6, 1))
    make.risk(home, review_on=date(2021, 6, 28))
    reviewed = make.risk(home, review_on=date(2021, 6, 2))
    actions.review_risk(
        risk=reviewed, probability=2, impact=2, review_on=date(2021, 9, 1), by=STAFF, now=NOON
    )
    closed = make.risk(home, review_on=date(2021, 6, 3))
    actions.move_risk(risk=closed, state="closed", reason="Over", by=STAFF, now=NOON)

    found = queries.todos(keeper, NOON)

    assert [(todo.verb, todo.title, todo.due_at) for todo in found] == [
        ("Review", "Replies come late", date(2021, 6, 1)),
        ("Complete or plan again", "Still late", date(2021, 6, 20)),
    ]


def test_a_review_by_sample_people_says_so(home):
    keeper = people.viewer_with("officer", "home")
    home.keeper_id = keeper.person_id
    home.save(update_fields=["keeper"])
    risk = make.risk(home, review_on=date(2021, 6, 1))
    RiskReview.objects.create(
        risk=risk, probability=2, impact=2, review_on=date(2021, 6, 2), sample=True,
        known_from=date(2021, 6, 2), recorded_at=MORNING,
    )  # fmt: skip

    (todo,) = queries.todos(keeper, NOON)

    assert (todo.due_at, todo.is_sample) == (date(2021, 6, 2), True)


def test_todos_speak_the_page_s_language_and_say_what_is_sample(home):
    text = TranslatedText((("en", "Answer us", "source"), ("ru", "Ответьте", "checked")))
    make.ask(home, text=text, countries=("GEO",), told=Told(sample=True))
    georgia = people.viewer_with("focal_point", "GEO")

    with override("ru"):
        (todo,) = queries.todos(georgia, NOON)

    assert (todo.title, todo.is_sample) == ("Ответьте", True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(home, count, django_assert_num_queries):
    keeper = people.viewer_with("coordinator")
    home.keeper_id = keeper.person_id
    home.save(update_fields=["keeper"])
    for _n in range(count):
        make.proposal(make.milestone(home, "22 June 2021"), "2022")
        make.action_item(initiative=home, person_id=keeper.person_id)
        make.ask(home)
        make.risk(home, review_on=date(2021, 6, 1))

    with django_assert_num_queries(8):
        found = queries.todos(keeper, NOON)

    assert len(found) == 4 * count


def test_a_proposed_release_waits_for_the_focal_point_alone(home):
    people.member("GEO")
    row = make.milestone(
        make.initiative("open", audience="members"), audience="secretariat",
        country=people.member("GEO"),
    )  # fmt: skip
    focal, by = people.viewer_with("focal_point", "GEO"), people.viewer_with("coordinator")
    proposal = actions.change_readers(
        thing=row, audience="members", reason="They ask", by=by, now=NOON
    )

    assert queries.todos(focal, NOON) == [
        Todo(
            title="Milestone 1",
            verb="Consent or decline",
            address=f"/en/programme/releases/{proposal.public_id}/",
            note="To be read by: All members",
        )
    ]
    for other in (by, people.viewer_with("coordinator"), people.viewer_with("deputy", "GEO")):
        assert queries.todos(other, NOON) == []
    actions.consent_to_release(proposal=proposal, by=focal, now=NOON)
    assert queries.todos(focal, NOON) == []
