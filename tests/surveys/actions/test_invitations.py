"""Whom to ask: added, written to once, asked again, declining, coming back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.programme import programme

from serai.base.access import Denied
from serai.base.models import Message as Letter
from serai.base.models import MessageState
from serai.members.models import Person
from serai.members.queries import token_hash, viewer_of
from serai.surveys import actions
from serai.surveys.actions import Office, Refused, Wanted
from serai.surveys.actions.invitations import People
from serai.surveys.models import Invitation, Response
from serai.surveys.states import InvitationState, WaveState

pytestmark = pytest.mark.django_db
NOON = make.NOON


@pytest.fixture
def officer():
    programme()
    return people.viewer_with("officer")


@pytest.fixture
def planned():
    return make.wave(state=WaveState.PLANNED.value)


def refused(act, **given):
    with pytest.raises(Refused) as found:
        act(**given)
    return str(found.value), found.value.field


def token_of(letter: Letter) -> str:
    return letter.link.strip("/").rpartition("/")[2]


# ---------------------------------------------------------------- adding
def test_invite_names_the_organisations_lead_in_their_language(officer, planned):
    place = people.organisation("Agency of Roads")
    lead = people.person_with("lead", place, language="ru")

    (row,) = actions.invite(wave=planned, wanted=[Wanted(place)], by=officer, now=NOON)

    assert (row.lead, row.signer, row.language, row.state) == (lead, None, "ru", "drafted")
    assert (row.country.iso3, row.unit_key, row.token_hash) == ("GEO", "", "")
    assert Letter.objects.count() == 0


def test_offices_are_asked_each_by_itself(officer, planned):
    place = people.organisation("Agency of Roads")
    wanted = [Wanted(place, Office("Batumi office")), Wanted(place, Office("Отдел связи"))]

    rows = actions.invite(wave=planned, wanted=wanted, by=officer, now=NOON)
    said = refused(actions.invite, wave=planned, wanted=wanted[:1], by=officer, now=NOON)

    assert [row.unit_label for row in rows] == ["Batumi office", "Отдел связи"]
    assert [row.unit_key for row in rows] == ["batumi-office", "0e8d55a5584d"]
    assert said == ("Agency of Roads, Batumi office is asked already.", "")


def test_invite_gives_a_new_address_an_account_without_a_role(officer, planned):
    place = people.organisation("Agency of Roads")

    (row,) = actions.invite(
        wave=planned, by=officer, now=NOON,
        wanted=[Wanted(place, lead="New.Person@agency.example", signer="head@agency.example", language="ru")],
    )  # fmt: skip

    lead = Person.objects.get(email="new.person@agency.example")
    assert (row.lead, row.signer.email, row.language) == (lead, "head@agency.example", "ru")
    assert (lead.state, lead.time_zone, lead.language) == ("invited", "Asia/Tbilisi", "ru")
    assert lead.grants.count() == 0
    assert [one.organisation for one in lead.affiliations.all()] == [place]


def test_invite_adds_all_or_none(officer, planned):
    wanted = [
        Wanted(people.organisation("Agency of Roads")),
        Wanted(people.organisation("Agency of Rails"), lead="no address"),
    ]

    with pytest.raises(Refused) as found:
        actions.invite(wave=planned, wanted=wanted, by=officer, now=NOON)

    assert str(found.value) == (
        "“no address” is not an e-mail address. Write it as name@agency.example."
    )
    assert Invitation.objects.count() == 0


def test_nobody_is_added_to_a_closed_wave_or_by_others(officer):
    wave = make.wave(state=WaveState.CLOSED.value)
    wanted = [Wanted(people.organisation())]

    said = refused(actions.invite, wave=wave, wanted=wanted, by=officer, now=NOON)
    with pytest.raises(Denied):
        actions.invite(wave=wave, wanted=wanted, by=people.viewer_with("lead"), now=NOON)

    assert said == ("This wave is closed. Open it again first.", "")


def test_an_invitation_without_place_or_person_is_refused(officer, planned):
    said = refused(actions.invite, wave=planned, wanted=[Wanted(None)], by=officer, now=NOON)

    assert said == ("Name an organisation or a person.", "")


# ---------------------------------------------------------------- letters
def test_send_invitation_twice_writes_one_letter(officer, planned):
    row = make.invitation(planned, state=InvitationState.DRAFTED.value, sent_at=None)

    first = actions.send_invitation(invitation_id=row.pk, now=NOON)
    second = actions.send_invitation(invitation_id=row.pk, now=NOON + timedelta(minutes=1))

    row.refresh_from_db()
    (letter,) = Letter.objects.all()
    assert (first, second, row.state, row.sent_at) == (True, False, "sent", NOON)
    assert row.token_hash == token_hash(token_of(letter))
    assert len(token_of(letter)) == 43
    assert (letter.thing, letter.person_id) == (f"surveys.invitation:{row.pk}", row.lead_id)
    # 31 March ends in Tbilisi at 20:00 UTC; 30 days more.
    assert row.expires_at == datetime(2021, 4, 30, 20, tzinfo=UTC)


def test_a_letter_of_an_invitation_that_is_gone_is_not_written(officer):
    assert actions.send_invitation(invitation_id=404, now=NOON) is False


def test_change_invitation_names_others(officer):
    row = make.invitation()
    other = people.person_with("contributor", row.organisation)

    actions.change_invitation(
        invitation=row, named=People(other, None, "ru", signer_email="head@agency.example"),
        by=officer, now=NOON,
    )  # fmt: skip
    nobody = refused(
        actions.change_invitation, invitation=row, named=People(None, None, "ru"), by=officer,
        now=NOON,
    )  # fmt: skip

    row.refresh_from_db()
    assert (row.lead, row.signer.email, row.language) == (other, "head@agency.example", "ru")
    assert nobody == ("Choose who answers, or write an e-mail address.", "lead")


def test_nothing_of_a_cancelled_invitation_changes(officer):
    row = make.invitation(state=InvitationState.CANCELLED.value)

    said = refused(
        actions.change_invitation, invitation=row, named=People(row.lead, None, "en"), by=officer,
        now=NOON,
    )  # fmt: skip

    assert said == (
        "This invitation is done or cancelled: nothing of it changes any more.", "",
    )  # fmt: skip


@pytest.mark.parametrize("state", ["bounced", "declined", "sent", "opened"])
def test_send_again_gives_a_new_link(officer, state):
    row = make.invitation(state=state, token_hash="old")
    later = NOON + timedelta(days=1)

    actions.send_again(invitation=row, by=officer, now=later)

    row.refresh_from_db()
    (letter,) = Letter.objects.all()
    assert (row.state, row.sent_at) == ("opened" if state == "opened" else "sent", later)
    assert row.token_hash == token_hash(token_of(letter))


def test_send_again_refuses_without_a_person_or_an_open_wave(officer):
    done = make.invitation(state=InvitationState.DONE.value)
    closed = make.invitation(make.wave(state=WaveState.CLOSED.value))
    lone = make.invitation()
    Invitation.objects.filter(pk=lone.pk).update(lead=None)

    said = [
        refused(actions.send_again, invitation=row, by=officer, now=NOON)
        for row in (done, closed, lone)
    ]

    assert said == [
        ("It cannot be sent again as it stands.", ""),
        ("The wave is not open: nothing is sent.", ""),
        ("Choose who answers, or write an e-mail address.", "lead"),
    ]
    assert Letter.objects.count() == 0


def test_extend_invitation_tells_one(officer):
    row, other = make.invitation(), make.invitation()

    actions.extend_invitation(invitation=row, due_on=date(2021, 4, 5), by=officer, now=NOON)
    again = refused(
        actions.extend_invitation, invitation=row, due_on=date(2021, 4, 5), by=officer, now=NOON
    )

    row.refresh_from_db()
    (letter,) = Letter.objects.all()
    assert (row.due_on, other.due_on, letter.person_id) == (date(2021, 4, 5), None, row.lead_id)
    assert again == (
        "Now it is due on 5 April 2021. Choose a later day that has not passed.", "due_on",
    )  # fmt: skip


def test_more_time_is_for_those_who_are_waited_for(officer):
    row = make.invitation(state=InvitationState.DONE.value)

    said = refused(
        actions.extend_invitation, invitation=row, due_on=date(2021, 4, 5), by=officer, now=NOON
    )

    assert said == ("More time is given once the letters are out and while answers wait.", "")


def test_cancelling_the_last_drafted_opens_the_wave(officer):
    wave = make.wave(state=WaveState.SENDING.value)
    make.invitation(wave)
    row = make.invitation(wave, state=InvitationState.DRAFTED.value, token_hash="")

    actions.cancel_invitation(invitation=row, by=officer, now=NOON)

    wave.refresh_from_db()
    row.refresh_from_db()
    assert (row.state, wave.state) == ("cancelled", "open")


# ---------------------------------------------------------------- by those who are asked
def test_open_invitation_begins_one_response(officer):
    row = make.invitation()
    lead = viewer_of(row.lead, NOON)

    first = actions.open_invitation(invitation=row, by=lead, now=NOON)
    second = actions.open_invitation(invitation=row, by=lead, now=NOON + timedelta(hours=1))

    row.refresh_from_db()
    assert (first.pk, Response.objects.count()) == (second.pk, 1)
    assert (row.state, row.opened_at) == ("opened", NOON)


def test_a_newcomer_says_their_name_first(officer):
    newcomer = people.person(full_name="", state="invited", joined_at=None)
    row = make.invitation(lead=newcomer)
    viewer = viewer_of(newcomer, NOON)

    nameless = refused(actions.open_invitation, invitation=row, full_name="  ", by=viewer, now=NOON)
    actions.open_invitation(invitation=row, full_name=" Nino K. ", by=viewer, now=NOON)

    newcomer.refresh_from_db()
    assert nameless == ("Write your name: it stands beside what you answer.", "full_name")
    assert (newcomer.full_name, newcomer.state, newcomer.joined_at) == ("Nino K.", "active", NOON)


def test_only_those_who_are_asked_open_it(officer):
    row = make.invitation()

    with pytest.raises(Denied):
        actions.open_invitation(invitation=row, by=people.viewer_with("lead"), now=NOON)


def test_decline_keeps_the_reason_and_asks_for_one(officer):
    row = make.invitation()
    lead = viewer_of(row.lead, NOON)

    silent = refused(actions.decline, invitation=row, reason=" ", by=lead, now=NOON)
    actions.decline(invitation=row, reason="Not our remit.", by=lead, now=NOON)

    row.refresh_from_db()
    assert silent == ("Say in a sentence why your organisation cannot answer.", "reason")
    assert (row.state, row.reason) == ("declined", "Not our remit.")


def test_who_only_signs_does_not_decline(officer):
    signer = people.person()
    row = make.invitation(signer=signer)

    with pytest.raises(Denied):
        actions.decline(invitation=row, reason="No.", by=viewer_of(signer, NOON), now=NOON)


def test_ask_new_link_writes_to_the_known_address_alone(officer):
    row = make.invitation(token_hash="old")
    cancelled = make.invitation(state=InvitationState.CANCELLED.value)

    found = [actions.ask_new_link(invitation=one, now=NOON) for one in (row, cancelled)]

    row.refresh_from_db()
    (letter,) = Letter.objects.all()
    assert found == [True, False]
    assert (letter.person_id, letter.key.partition(":")[0]) == (row.lead_id, "surveys.new_link")
    assert row.token_hash == token_hash(token_of(letter))


# ---------------------------------------------------------------- coming back
def came_back(row):
    """The letter of an invitation, returned by the other side."""
    return Letter.objects.create(
        key=f"letter:{row.pk}", thing=f"surveys.invitation:{row.pk}", address=row.lead.email,
        person_id=row.lead_id, state=MessageState.FAILED, is_bounce=True, written_at=row.sent_at,
        language="en", subject="x", text="x", html="x",
    )  # fmt: skip


def test_note_bounces_marks_once_and_tells_who_made_the_wave(officer):
    wave = make.wave(made_by_id=officer.person_id)
    row = make.invitation(wave, organisation=people.organisation("Agency of Roads"))
    make.invitation(wave)
    came_back(row)

    counts = [actions.note_bounces(now=NOON) for _time in range(2)]

    row.refresh_from_db()
    told = Letter.objects.exclude(key__startswith="letter:")
    assert (counts, row.state) == ([1, 0], "bounced")
    assert [(one.person_id, one.subject) for one in told] == [
        (officer.person_id, "Offices, First round: 1 letter came back")
    ]
    assert "- Agency of Roads" in told[0].text


def test_a_letter_that_came_back_before_the_latest_sending_counts_no_more(officer):
    row = make.invitation()
    came_back(row)
    Invitation.objects.filter(pk=row.pk).update(sent_at=NOON + timedelta(days=1))

    assert actions.note_bounces(now=NOON + timedelta(days=2)) == 0


def test_an_address_that_works_again_is_trusted(officer):
    row = make.invitation(state=InvitationState.BOUNCED.value)
    letter = came_back(row)

    actions.trust_address(invitation=row, by=officer, now=NOON)

    letter.refresh_from_db()
    assert letter.is_bounce is False
