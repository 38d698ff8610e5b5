"""Who asks for more time: listed for officers until they are given it."""

from datetime import date, timedelta

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.access import ANONYMOUS
from serai.base.models import Message
from serai.members.queries import viewer_of
from serai.surveys import access, actions, queries
from serai.surveys.actions import Change, Refused
from serai.surveys.queries.more_time import late_invitations, more_time_asked
from serai.surveys.queries.responses import locked_response
from serai.surveys.queries.sections import ref_of

pytestmark = pytest.mark.django_db
LATER = date(2021, 4, 9)
NOW = make.NOON + timedelta(days=32)
ANSWERS = {"/data/office/name": "Agency", "/data/link/has": "no"}


@pytest.fixture
def officer():
    return people.viewer_with("officer")


def closed_out(*names):
    """A wave that closed while bodies were filling it in; the leads ask for more time."""
    wave, found = make.wave(), []
    for name in names:
        asked = make.invitation(wave, organisation=people.organisation(name))
        lead = viewer_of(asked.lead, make.NOON)
        response = actions.start_response(invitation=asked, by=lead, now=make.NOON)
        changes = [
            Change(f"{name}{n}", ref_of(path), 0, text)
            for n, (path, text) in enumerate(ANSWERS.items())
        ]
        actions.write_answers(response=response, changes=changes, by=lead, now=make.NOON)
        found.append((asked, response, lead))
    wave.state = "closed"
    wave.save(update_fields=["state"])
    for number, (_asked, response, lead) in enumerate(found):
        now = NOW + timedelta(minutes=number)
        actions.ask_for_more_time(response=response, by=lead, now=now)
    return wave, found


def told(kind):
    rows = Message.objects.filter(key__startswith=f"surveys.{kind}:")
    return [one.person_id for one in rows.order_by("pk")]


def test_each_body_that_asks_is_listed_and_a_todo_of_the_officers(officer):
    wave, found = closed_out("Roads", "Rails")

    rows = more_time_asked(officer, wave, NOW)
    todos = [(one.verb, one.note, one.address) for one in queries.todos(officer)]

    assert [(one.place, one.invitation, one.due_on, one.offered_on) for one in rows] == [
        (name, asked.public_id, date(2021, 3, 31), LATER)
        for name, (asked, _response, _lead) in zip(("Roads", "Rails"), found, strict=True)
    ]
    assert todos == [
        ("Give more time", "2 ask for more time", f"/en/surveys/waves/{wave.public_id}/")
    ]


def test_one_query_for_one_body_and_three(officer, django_assert_num_queries):
    one, _found = closed_out("Roads")
    three, _found = closed_out("Rails", "Ports", "Mines")

    for wave, count in ((one, 1), (three, 3)):
        with django_assert_num_queries(2):
            assert len(more_time_asked(officer, wave, NOW)) == count


def test_nobody_else_sees_who_asks():
    wave, found = closed_out("Roads")

    for viewer in (found[0][2], people.viewer_with("focal_point", "GEO")):
        assert more_time_asked(viewer, wave, NOW) == []
        assert [one.verb for one in queries.todos(viewer)] == []


def test_one_body_is_let_into_a_closed_wave_until_its_day_is_over(officer):
    wave, found = closed_out("Roads", "Rails")
    (asked, response, lead), (other, silent, _lead) = found

    actions.extend_invitation(invitation=asked, due_on=LATER, by=officer, now=NOW)

    assert told("due_extended") == [asked.lead_id]
    assert [one.place for one in more_time_asked(officer, wave, NOW)] == ["Rails"]
    assert [one.pk for one in late_invitations()] == [asked.pk]
    assert [(one.verb, one.due_at) for one in queries.todos(lead)] == [("Fill in", LATER)]
    with pytest.raises(Refused, match="once the wave has closed"):
        actions.ask_for_more_time(response=response, by=lead, now=NOW)
    with pytest.raises(Refused, match="wave has closed"):
        actions.hand_in(response=silent, by=viewer_of(other.lead, NOW), now=NOW)
    assert actions.hand_in(response=response, by=lead, now=NOW).state == "handed_in"


def test_a_late_day_ends_by_itself_and_is_told(officer):
    _wave, ((asked, response, lead),) = closed_out("Roads")
    actions.extend_invitation(invitation=asked, due_on=LATER, by=officer, now=NOW)

    states = []
    for days in (7, 8, 8):
        actions.close_due(now=NOW + timedelta(days=days))
        asked.refresh_from_db()
        states.append(asked.has_late_day)

    assert states == [True, False, False]
    assert told("closed") == [asked.lead_id]
    with pytest.raises(Refused, match="wave has closed"):
        actions.hand_in(response=response, by=lead, now=NOW)


def test_who_has_not_begun_is_let_in_too(officer):
    wave = make.wave(state="closed")
    asked = make.invitation(wave)
    lead = viewer_of(asked.lead, make.NOON)

    actions.extend_invitation(invitation=asked, due_on=LATER, by=officer, now=NOW)

    assert actions.open_invitation(invitation=asked, by=lead, now=NOW).state == "filling"


def test_opening_the_wave_again_answers_everybody(officer):
    wave, found = closed_out("Roads", "Rails")
    actions.extend_invitation(invitation=found[0][0], due_on=LATER, by=officer, now=NOW)

    actions.reopen_wave(wave=wave, due_on=date(2021, 5, 1), by=officer, now=NOW)
    actions.close_wave(wave=wave, by=officer, now=NOW)

    wave.refresh_from_db()
    assert more_time_asked(officer, wave, NOW) == []
    assert late_invitations() == []


def test_of_an_answer_without_a_name_the_day_alone_is_kept(officer):
    version = make.version(make.survey(kind="feedback", is_anonymous=True, has_signature=False,
                                       has_clearance=False))  # fmt: skip
    wave = make.wave(version)
    response, by = nameless(wave)
    wave.state = "closed"
    wave.save(update_fields=["state"])

    actions.ask_for_more_time(response=locked_response(response.pk), by=by, now=NOW)

    (row,) = more_time_asked(officer, wave, NOW)
    assert (row.place, row.invitation) == ("", "")
    assert row.asked_at == NOW.replace(hour=0)


def nameless(wave):
    response = actions.begin_for_wave(wave=wave, person_id=None, now=make.NOON)
    response.holder_hash = access.hash_of("secret")
    response.save(update_fields=["holder_hash"])
    return response, access.with_held(ANONYMOUS, [access.holder_key(response.holder_hash)])
