"""After sample rows are gone each thing stands where its remaining steps say."""

import pytest
from tests.factories import members as people
from tests.factories import programme as make

from serai.base.models import AuditEntry
from serai.base.text import TranslatedText
from serai.members.models import Person
from serai.programme import actions
from serai.programme.actions import Evidence, MilestoneText
from serai.programme.models import (
    ActionItem,
    Initiative,
    Meeting,
    Milestone,
    Request,
    RequestAddressee,
    Step,
)

pytestmark = pytest.mark.django_db
NOON = make.NOON


def test_each_thing_stands_where_its_latest_remaining_step_says():
    people.member("GEO")
    meeting = make.meeting(make.initiative("home"))
    untouched = make.meeting(state="called")
    action = make.action_item(initiative=meeting.initiative, countries=("GEO",))
    # What a sample step had done and its removal leaves behind.
    Meeting.objects.filter(pk=meeting.pk).update(state="held")
    ActionItem.objects.update(state="verified")

    changed = actions.renew_states(now=NOON)

    meeting.refresh_from_db()
    action.refresh_from_db()
    untouched.refresh_from_db()
    assert changed == 2
    assert (meeting.state, action.state, untouched.state) == ("planned", "open", "called")
    assert actions.renew_states(now=NOON) == 0


def test_of_steps_of_one_day_the_latest_written_holds_and_an_earlier_day_does_not():
    row = make.initiative("home", known_from=make.EARLY)
    stamped = {"recorded_at": NOON, "source_note": "Records"}
    Step.objects.create(initiative=row, state="paused", known_from=NOON.date(), **stamped)
    Step.objects.create(initiative=row, state="closed", known_from=NOON.date(), **stamped)
    Step.objects.create(initiative=row, state="active", known_from=make.EARLY, **stamped)

    changed = actions.renew_states(now=NOON)

    assert (changed, Initiative.objects.get().state) == (1, "closed")


def test_a_thing_without_steps_stays_as_it_is():
    Request.objects.create(
        state="closed", known_from=make.EARLY, recorded_at=NOON, source_note="Records"
    )

    assert actions.renew_states(now=NOON) == 0
    assert Request.objects.get().state == "closed"


def test_it_leaves_one_line_in_the_audit():
    actions.renew_states(now=NOON)

    line = AuditEntry.objects.get(verb="renew_states")
    assert (line.by, line.thing, line.after, line.at) == (
        None, "programme", {"changed": 0}, NOON,
    )  # fmt: skip


def test_an_addressee_says_again_what_its_latest_remaining_step_said():
    for code in ("GEO", "UZB"):
        people.member(code)
    first = make.ask().addressees.order_by("id")[0]
    actions.answer_request(
        addressee=first, state="declined", note="No staff.", by=make.STAFF, now=NOON
    )
    # What a later sample answer had written and its removal leaves behind.
    RequestAddressee.objects.update(state="answered", note="A trial.", answered_on=make.EARLY)

    changed = actions.renew_states(now=NOON)

    rows = RequestAddressee.objects.order_by("id").values_list("state", "note", "answered_on")
    assert changed == 2
    assert list(rows) == [("declined", "No staff.", NOON.date()), ("open", "", None)]


def test_an_action_that_no_remaining_step_finished_shows_no_evidence():
    people.member("GEO")
    trial, real = (make.action_item(countries=("GEO",)) for _number in range(2))
    actions.finish_action(
        action=real, evidence=Evidence(link="https://a.example/"), by=make.STAFF, now=NOON
    )
    actions.verify_action(action=real, is_done=False, by=make.STAFF, now=NOON)
    ActionItem.objects.filter(pk=trial.pk).update(evidence_link="https://b.example/")

    assert actions.renew_states(now=NOON) == 1
    assert list(ActionItem.objects.order_by("id").values_list("evidence_link", flat=True)) == [
        "", "https://a.example/",
    ]  # fmt: skip


def test_names_released_and_readers_changed_by_sample_people_are_taken_back():
    people.member("GEO")
    people.member("UZB")
    home = make.initiative("home")
    row, asked, kept = make.milestone(home), make.ask(home), make.ask(home)
    someone = people.viewer_with("coordinator")
    actions.release_names(request=kept, by=someone, now=NOON)
    trial = people.viewer_with("coordinator")
    Person.objects.filter(pk=trial.person_id).update(sample=True)
    actions.release_names(request=asked, by=trial, now=NOON)
    actions.change_readers(thing=row, audience="secretariat", reason="A trial.", by=trial, now=NOON)

    changed = actions.take_back_releases(now=NOON)

    row.refresh_from_db()
    released = Request.objects.order_by("id").values_list("names_released_on", flat=True)
    assert (changed, row.audience) == (2, "public")
    assert list(released) == [None, NOON.date()]
    assert actions.take_back_releases(now=NOON) == 0


def test_each_thing_says_again_what_its_latest_remaining_text_says():
    bank, invented = people.organisation(), people.organisation()
    row, owned = make.milestone(make.initiative("home")), make.milestone()
    home = row.initiative
    home.texts.get().partners.add(bank)
    told = MilestoneText(TranslatedText.of("Owned"), "event", invented.pk, order=4)
    actions.change_milestone(milestone=owned, text=told, by=make.STAFF, now=NOON)
    # What a sample text had written and its removal leaves behind.
    Milestone.objects.filter(pk=owned.pk).update(owner=None)
    invented.delete()
    Milestone.objects.filter(pk=row.pk).update(name=TranslatedText.of("Trial"), order=9)
    Initiative.objects.filter(pk=home.pk).update(purpose=TranslatedText.of("Trial"))

    changed = actions.renew_texts(now=NOON)

    row.refresh_from_db()
    owned.refresh_from_db()
    home.refresh_from_db()
    assert (changed, str(row.name), row.order) == (2, "Milestone 1", 1)
    assert (str(home.purpose), list(home.partners.all())) == ("Do what is planned", [bank])
    assert (str(owned.name), owned.owner, owned.order) == ("Owned", None, 4)
    assert actions.renew_texts(now=NOON) == 0
    assert AuditEntry.objects.filter(verb="renew_texts").count() == 2


def test_what_has_no_text_stays_as_it_is():
    home = Initiative.objects.create(
        programme=make.programme(), code="home", name=TranslatedText.of("Home"),
        known_from=make.EARLY, recorded_at=NOON, source_note="Records",
    )  # fmt: skip
    Milestone.objects.create(
        initiative=home, number=1, name=TranslatedText.of("Old"), known_from=make.EARLY,
        recorded_at=NOON, source_note="Records",
    )  # fmt: skip

    assert actions.renew_texts(now=NOON) == 0
    home.refresh_from_db()
    assert (str(home.name), str(Milestone.objects.get().name)) == ("Home", "Old")
