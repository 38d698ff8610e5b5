"""One's own account, its life, and one's own data."""

import json

import pytest
from allauth.mfa.models import Authenticator
from tests.factories import members as make

from serai.base.access import Denied
from serai.base.mail import send_all
from serai.base.models import AuditEntry, Message
from serai.members import actions, emails, queries
from serai.members.actions import Browser, Profile, Refused
from serai.members.models import DataRequest, Grant, Person, SignIn
from serai.members.states import DataRequestKind, DataRequestState, PersonState

pytestmark = pytest.mark.django_db
NOON = make.NOON
ME = Profile("Nino", "Ms Nino", "ru", "Asia/Tbilisi", "dark", "large", "never", ("meetings",))


def test_change_me_keeps_fields_and_audits_names_only():
    person = make.person()

    actions.change_me(profile=ME, by=queries.viewer_of(person, NOON), now=NOON)

    person.refresh_from_db()
    assert (person.full_name, person.theme, person.muted_topics) == ("Nino", "dark", ["meetings"])
    assert "Nino" not in json.dumps(AuditEntry.objects.get(verb="change_me").after)


def test_a_link_in_a_letter_turns_its_topic_off_once():
    person = make.person(muted_topics=["reports"])

    actions.stop_letters(person_id=person.pk, topic="meetings", now=NOON)
    actions.stop_letters(person_id=person.pk, topic="meetings", now=NOON)
    actions.stop_letters(person_id=987_654_321, topic="meetings", now=NOON)

    person.refresh_from_db()
    assert (person.muted_topics, person.digest) == (["reports", "meetings"], "weekly")
    line = AuditEntry.objects.get(verb="stop_letters")
    assert (line.by, line.after) == (person.pk, {"fields": ["muted_topics"]})


def test_a_link_of_an_earlier_letter_turns_off_the_topic_of_its_kind():
    person = make.person(state="paused")

    actions.stop_letters(person_id=person.pk, topic="meeting_called", now=NOON)

    person.refresh_from_db()
    assert person.muted_topics == ["meetings"]


def test_the_link_in_a_digest_ends_the_digest_and_no_topic():
    person = make.person()

    actions.stop_letters(person_id=person.pk, topic="digest", now=NOON)

    person.refresh_from_db()
    assert (person.digest, person.muted_topics) == ("never", [])


def test_pause_signs_out_and_resume_lets_in_again():
    administrator, person = make.viewer_with("administrator"), make.person_with("lead")
    actions.record_sign_in(person=person, browser=Browser("key", "", "Firefox", "code"), now=NOON)

    paused = actions.pause_account(person=person, reason="Left", by=administrator, now=NOON)

    assert (paused.state, paused.state_reason) == (PersonState.PAUSED, "Left")
    assert SignIn.objects.count() == 0
    line = AuditEntry.objects.get(verb="move_account")
    assert (line.before, line.after) == ({"state": "active"}, {"state": "paused"})
    assert queries.viewer_of(paused, NOON).keys == {"public"}
    resumed = actions.resume_account(person=paused, reason="Back", by=administrator, now=NOON)
    assert queries.viewer_of(resumed, NOON).holds("lead") is True
    assert resumed.state_reason == "Back"


def test_close_blanks_the_person_and_keeps_the_row():
    administrator, person = make.viewer_with("administrator"), make.person_with("lead")
    email = person.email

    actions.close_account(person=person, reason="Asked", by=administrator, now=NOON)

    closed = Person.objects.get(pk=person.pk)
    assert (closed.state, closed.full_name, closed.state_reason) == (
        PersonState.CLOSED, "", "Asked",
    )  # fmt: skip
    assert email not in closed.email
    assert Grant.objects.get(person=person).state == "ended"
    with pytest.raises(Denied):
        actions.resume_account(person=closed, reason="", by=administrator, now=NOON)


def test_nobody_but_an_administrator_keeps_accounts_and_not_the_own():
    person = make.person_with("administrator")

    with pytest.raises(Denied):
        actions.pause_account(
            person=person, reason="", by=queries.viewer_of(person, NOON), now=NOON
        )
    with pytest.raises(Denied):
        actions.pause_account(
            person=person, reason="", by=make.viewer_with("coordinator"), now=NOON
        )


def test_copy_of_data_is_made_and_told():
    person = make.person_with("lead")
    row = actions.ask_about_data(
        kind=DataRequestKind.COPY, note="", by=queries.viewer_of(person, NOON), now=NOON
    )

    actions.finish_data_copy(request_id=row.pk, now=NOON)
    actions.finish_data_copy(request_id=row.pk, now=NOON)

    kept = DataRequest.objects.get()
    assert kept.state == DataRequestState.DONE
    assert json.loads(kept.copy)["person"]["email"] == person.email
    assert json.loads(kept.copy)["roles"][0]["role"] == "lead"
    assert Message.objects.count() == 1


def test_the_same_request_twice_is_refused():
    viewer = make.viewer_with()
    actions.ask_about_data(kind=DataRequestKind.CLOSE, note="", by=viewer, now=NOON)

    with pytest.raises(Refused, match="asked for this already"):
        actions.ask_about_data(kind=DataRequestKind.CLOSE, note="", by=viewer, now=NOON)


def test_a_granted_wish_to_close_closes_the_account():
    person, administrator = make.person(), make.viewer_with("administrator")
    row = actions.ask_about_data(
        kind=DataRequestKind.CLOSE, note="", by=queries.viewer_of(person, NOON), now=NOON
    )

    actions.answer_data_request(request=row, is_done=True, answer="", by=administrator, now=NOON)

    assert Person.objects.get(pk=person.pk).state == PersonState.CLOSED


def test_a_refusal_needs_a_sentence():
    row = actions.ask_about_data(
        kind=DataRequestKind.CORRECT, note="x", by=make.viewer_with(), now=NOON
    )

    with pytest.raises(Refused, match="Say why"):
        actions.answer_data_request(
            request=row, is_done=False, answer=" ", by=make.viewer_with("administrator"), now=NOON
        )


def test_new_browser_writes_one_letter():
    person = make.person()
    first = Browser("a", "", "Firefox, Windows", "code")
    token = actions.record_sign_in(person=person, browser=first, now=NOON)

    actions.record_sign_in(person=person, browser=Browser("b", token, "Firefox", "code"), now=NOON)
    assert Message.objects.count() == 0
    actions.record_sign_in(person=person, browser=Browser("c", "", "Chrome", "code"), now=NOON)

    assert Message.objects.get().key.startswith("members.new_device:")


def test_closing_leaves_no_way_in_and_no_letter_with_the_address():
    administrator, person = make.viewer_with("administrator"), make.person_with("lead")
    email = person.email
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    send_all(emails.grant_given(person.grants.get()))

    actions.close_account(person=person, reason="Asked", by=administrator, now=NOON)

    assert Authenticator.objects.filter(user=person).count() == 0
    assert Message.objects.filter(address=email).count() == 0


def test_the_answer_to_the_wish_to_close_still_leaves_and_is_then_forgotten(settings):
    settings.MODE = "production"
    person = make.person("ana@agency.test")
    row = actions.ask_about_data(
        kind=DataRequestKind.CLOSE, note="", by=queries.viewer_of(person, NOON), now=NOON
    )

    actions.answer_data_request(
        request=row, is_done=True, answer="", by=make.viewer_with("administrator"), now=NOON
    )

    waiting = Message.objects.get()
    assert (waiting.address, waiting.state) == ("ana@agency.test", "queued")
    Message.objects.update(state="sent")
    actions.end_what_is_due(now=NOON)
    assert Message.objects.count() == 0
