"""Requests asked, taken, answered, solved, closed after five days; answers for all without names."""

from datetime import timedelta

import pytest
from tests.factories import members as people
from tests.factories import readiness as make

from serai.base.access import Denied
from serai.base.models import Message
from serai.base.text import TranslatedText
from serai.members.queries import viewer_of
from serai.readiness import actions
from serai.readiness.actions import AdvisoryFacts, HelpFacts, Refused
from serai.readiness.models import Advisory
from serai.readiness.states import HelpKind, HelpPriority, HelpState

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return people.viewer_with("lead", people.organisation())


@pytest.fixture
def place(lead):
    organisation = people.Organisation.objects.get(
        pk=int(next(one for one in lead.keys if one.startswith("organisation:"))[13:])
    )
    return make.office(organisation=organisation, name="Head office", city="Tbilisi")


@pytest.fixture
def desk():
    return viewer_of(make.technician(full_name="Timur Technician"), make.NOON)


def ask(place, by, **changed):
    facts = {
        "kind": HelpKind.TROUBLESHOOTING, "priority": HelpPriority.HIGH, "subject": "No sound",
        "text": "We hear nothing.", **changed,
    }  # fmt: skip
    return actions.ask_help(office=place, asked=HelpFacts(**facts), by=by, now=make.NOON)


def move(found, state, by, text="", now=make.NOON):
    return actions.move_help(request=found, state=HelpState(state), text=text, by=by, now=now)


def kinds():
    return [one.key.partition(":")[0] for one in Message.objects.order_by("id")]


def test_the_requester_is_told_it_was_received(place, lead):
    found = ask(place, lead)

    assert (found.state, found.asked_by_id) == ("new", lead.person_id)
    assert [(one.text, one.state) for one in found.messages.all()] == [("We hear nothing.", "new")]
    assert kinds() == ["readiness.help_received"]
    assert Message.objects.get().person_id == lead.person_id


def test_a_request_goes_its_way_with_letters(place, lead, desk):
    found = ask(place, lead)
    actions.assign_help(request=found, technician_id=desk.person_id, by=desk, now=make.NOON)
    move(found, "in_work", desk)
    move(found, "waiting", desk, "Which headset?")
    actions.say_help(request=found, text="The grey one.", by=lead, now=make.NOON)
    assert found.state == "in_work"
    move(found, "solved", desk, "Choose it in the list.")
    move(found, "closed", lead)

    found.refresh_from_db()
    assert (found.state, found.technician_id) == ("closed", desk.person_id)
    assert list(found.messages.values_list("state", flat=True).order_by("id")) == [
        "new", "assigned", "in_work", "waiting", "in_work", "solved", "closed",
    ]  # fmt: skip
    # Of closing it themselves the requester needs no letter.
    assert kinds() == [
        "readiness.help_received", "readiness.help_answered", "readiness.help_answered",
    ]  # fmt: skip


def test_what_is_not_settled_is_opened_again(place, lead, desk):
    found = ask(place, lead)
    move(found, "solved", desk, "Done.")
    with pytest.raises(Refused):
        move(found, "reopened", lead)
    move(found, "reopened", lead, "Still nothing.")
    move(found, "in_work", desk)

    assert found.state == "in_work"


@pytest.mark.parametrize(("days", "closed"), [(4.9, 0), (5, 1), (9, 1)])
def test_what_is_solved_closes_after_five_days(place, lead, desk, days, closed):
    found = ask(place, lead)
    move(found, "solved", desk, "Done.")

    assert actions.close_solved(now=make.NOON + timedelta(days=days)) == closed

    found.refresh_from_db()
    assert (found.state == "closed") is bool(closed)
    assert kinds().count("readiness.help_closed") == closed


def test_a_message_of_the_desk_is_a_letter_and_of_the_agency_none(place, lead, desk):
    found = ask(place, lead)
    actions.say_help(request=found, text="We look at it.", by=desk, now=make.NOON)
    actions.say_help(request=found, text="Thank you.", by=lead, now=make.NOON)

    assert kinds() == ["readiness.help_received", "readiness.help_answered"]


def test_nothing_is_said_on_what_is_closed(place, lead, desk):
    found = ask(place, lead)
    move(found, "solved", desk, "Done.")
    move(found, "closed", lead)

    with pytest.raises(Refused, match="Open it again"):
        actions.say_help(request=found, text="Hello", by=lead, now=make.NOON)


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"subject": " "}, "subject"), ({"text": " "}, "text"), ({"text": "x" * 4001}, "text")],
)
def test_words_are_needed(place, lead, changed, field):
    with pytest.raises(Refused) as refused:
        ask(place, lead, **changed)

    assert refused.value.field == field


def test_only_events_of_the_office_are_named(place, lead):
    ahead = make.event_with(place).plan
    other = make.event_with(make.office()).plan

    assert ask(place, lead, plan=ahead).plan == ahead
    with pytest.raises(Refused, match="does not take part"):
        ask(place, lead, plan=other)


def test_steps_are_for_who_the_rules_name(place, lead, desk):
    found = ask(place, lead)

    with pytest.raises(Denied):
        move(found, "in_work", lead)
    with pytest.raises(Denied):
        move(found, "closed", desk)
    with pytest.raises(Denied):
        ask(place, people.viewer_with("lead", people.organisation()))
    with pytest.raises(Refused, match="works at the desk"):
        actions.assign_help(request=found, technician_id=lead.person_id, by=desk, now=make.NOON)
    with pytest.raises(Refused, match="steps that are shown"):
        actions.move_help(request=found, state=HelpState.NEW, text="", by=lead, now=make.NOON)


# ---------------------------------------------------------------- answers for all
def write(by, question="What to do?", answer="Check the cable.", **more):
    facts = AdvisoryFacts(TranslatedText.of(question), TranslatedText.of(answer), is_shown=True)
    return actions.write_advisory(facts=facts, by=by, now=make.NOON, **more)


def test_an_answer_keeps_nothing_of_its_request(place, lead, desk):
    found = ask(place, lead)

    made = write(people.viewer_with("officer"), request=found)

    assert made.made_from is None
    assert Advisory.objects.count() == 1


@pytest.mark.parametrize(
    ("question", "answer", "field"),
    [
        ("No sound at the head OFFICE?", "Check.", "question_en"),
        ("No sound?", "As in tbilisi, check.", "answer_en"),
        ("No sound?", "Ask Timur.", "answer_en"),
        ("No sound?", "In the Small hall check.", "answer_en"),
    ],
)
def test_names_must_be_taken_out(place, lead, desk, question, answer, field):
    found = ask(place, lead)
    place.rooms.create(key="a", name="Small hall")
    actions.assign_help(request=found, technician_id=desk.person_id, by=desk, now=make.NOON)

    with pytest.raises(Refused, match="Take these names out") as refused:
        write(people.viewer_with("officer"), question, answer, request=found)

    assert refused.value.field == field


def test_an_answer_is_changed_and_only_by_officers(desk):
    officer = people.viewer_with("officer")
    made = write(officer)

    write(officer, answer="Check both cables.", of=made)

    made.refresh_from_db()
    assert made.answer == TranslatedText.of("Check both cables.")
    with pytest.raises(Denied):
        write(desk)
