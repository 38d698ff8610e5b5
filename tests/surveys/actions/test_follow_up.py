"""A question asked back opens one answer and nothing else, until it is signed and cleared again."""

from datetime import date, timedelta

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.access import Denied
from serai.base.models import AuditEntry, Message
from serai.calc.xforms import Ref
from serai.members.queries import viewer_of
from serai.members.states import Audience
from serai.surveys import actions, queries
from serai.surveys.actions import Asked, Change, Kept, NotReady, Refused, StillAsked
from serai.surveys.queries.follow_up import still_asked
from serai.surveys.queries.responses import locked_response
from serai.surveys.states import RequestReason

pytestmark = pytest.mark.django_db
NAME, STAFF = Ref("/data/office/name"), Ref("/data/office/staff")
HAS, MBPS = Ref("/data/link/has"), Ref("/data/link/mbps")
LATER = make.NOON + timedelta(hours=1)


@pytest.fixture
def asked():
    return make.invitation()


@pytest.fixture
def lead(asked):
    return viewer_of(asked.lead, make.NOON)


@pytest.fixture
def focal():
    return people.viewer_with("focal_point", "GEO")


@pytest.fixture
def officer():
    return people.viewer_with("officer")


def write(response, by, ref, value, now=LATER):
    """Change one answer on what stands; return what became of it."""
    head = response.heads.filter(path=ref.path, entry=ref.entry).first()
    base = head.answer_id if head else 0
    change = Change(f"{ref.path[-8:]}{value}{now:%H%M%S}", ref, base, value)
    return actions.write_answers(response=response, changes=[change], by=by, now=now).outcomes[0]


@pytest.fixture
def signed(asked, lead):
    response = actions.start_response(invitation=asked, by=lead, now=make.NOON)
    for ref, value in ((NAME, "Agency"), (HAS, "no")):
        write(response, lead, ref, value, make.NOON)
    actions.hand_in(response=response, by=lead, now=make.NOON)
    return actions.sign(response=response, name="A", position="Head", by=lead, now=make.NOON)


@pytest.fixture
def cleared(signed, focal):
    return actions.clear(response=signed, by=focal, now=make.NOON)


def ask(response, by, ref=STAFF, **fields):
    one = Asked(ref, RequestReason.MISSING, **fields)
    return actions.ask_back(response=response, asked=[one], due_on=None, by=by, now=make.NOON)[0]


def test_only_the_answer_asked_about_opens(cleared, lead, officer):
    ask(cleared, officer)

    opened = write(cleared, lead, STAFF, "12")
    locked = write(cleared, lead, NAME, "Other")

    assert opened.kept is Kept.SAVED
    assert (locked.kept, locked.stands.value) == (Kept.LOCKED, "Agency")
    assert locked_response(cleared.pk).state == "correcting"


def test_a_change_opens_the_required_answer_it_asks_for(cleared, lead, officer):
    ask(cleared, officer, HAS)
    write(cleared, lead, HAS, "yes")

    opened = write(cleared, lead, MBPS, "20")

    assert opened.kept is Kept.SAVED


def test_the_secretariat_reads_the_old_answer_until_the_new_one_is_cleared(
    cleared, lead, focal, officer
):
    request = ask(cleared, officer)
    write(cleared, lead, STAFF, "12")
    actions.answer_request(request=request, reply="", by=lead, now=LATER)

    def seen(viewer):
        page = queries.section_page(
            viewer, queries.place(viewer, cleared.public_id, "office"), LATER
        )
        return next(row.value for row in page.questions() if row.path == STAFF.path)

    assert (seen(lead), seen(focal), seen(officer)) == ("12", "", "")
    actions.sign(response=cleared, name="A", position="Head", by=lead, now=LATER)
    assert (seen(focal), seen(officer)) == ("12", "")
    changed = queries.changes_since(focal, locked_response(cleared.pk), LATER)
    assert [(one.question, one.before, one.after) for one in changed] == [
        ("People who run events", "", "12")
    ]
    actions.clear(response=cleared, by=focal, now=LATER)
    assert seen(officer) == "12"


def test_signing_waits_for_every_question_whose_answer_is_as_it_was(cleared, lead, officer):
    ask(cleared, officer, NAME)
    write(cleared, lead, NAME, "Other")
    write(cleared, lead, NAME, "Agency", LATER + timedelta(minutes=1))

    with pytest.raises(StillAsked, match="1 question of the secretariat"):
        actions.sign(response=cleared, name="A", position="Head", by=lead, now=LATER)

    waiting = still_asked(lead, locked_response(cleared.pk), LATER)
    assert [(row.question, row.before, row.after) for row in waiting] == [
        ("Name of the office", "Agency", "Agency")
    ]


def test_signing_takes_changed_answers_as_answered(cleared, lead, officer):
    request = ask(cleared, officer)
    write(cleared, lead, STAFF, "12")

    actions.sign(response=cleared, name="A", position="Head", by=lead, now=LATER)

    request.refresh_from_db()
    assert (request.state, request.answered_by_id, request.answered_at, request.reply) == (
        "answered", lead.person_id, LATER, "",
    )  # fmt: skip
    line = AuditEntry.objects.get(
        thing=f"surveys.answerrequest:{request.pk}", verb="answer_request"
    )
    assert line.by == lead.person_id


def test_one_changed_and_one_unchanged_are_both_left_as_they_are(cleared, lead, officer):
    rows = [ask(cleared, officer, ref) for ref in (STAFF, NAME)]
    write(cleared, lead, STAFF, "12")

    with pytest.raises(StillAsked):
        actions.sign(response=cleared, name="A", position="Head", by=lead, now=LATER)

    assert [type(one).objects.get(pk=one.pk).state for one in rows] == ["asked", "asked"]


def test_what_nobody_signs_is_handed_in_again_after_a_correction(officer):
    survey = make.survey(kind="application", has_signature=False, has_clearance=False)
    asked = make.invitation(make.wave(make.version(survey)))
    lead = viewer_of(asked.lead, make.NOON)
    response = actions.start_response(invitation=asked, by=lead, now=make.NOON)
    for ref, value in ((NAME, "Team"), (HAS, "no")):
        write(response, lead, ref, value, make.NOON)
    actions.hand_in(response=response, by=lead, now=make.NOON)
    request = ask(response, officer)
    response.wave.state = "closed"
    response.wave.save(update_fields=["state"])
    with pytest.raises(StillAsked):
        actions.hand_in(response=locked_response(response.pk), by=lead, now=LATER)
    write(response, lead, STAFF, "12")

    done = actions.hand_in(response=response, by=lead, now=LATER)

    request.refresh_from_db()
    newest = response.answers.latest("pk").pk
    assert (done.state, done.cleared_through, request.state) == ("handed_in", newest, "answered")


def answered(response, lead, officer):
    """Ask, and have it answered by a change and in words."""
    request = ask(response, officer)
    write(response, lead, STAFF, "12")
    return actions.answer_request(request=request, reply="All of us.", by=lead, now=LATER)


EVENING = make.NOON + timedelta(hours=6)


def test_asking_again_opens_the_answer_and_keeps_what_was_said(cleared, lead, focal, officer):
    request = answered(cleared, lead, officer)
    first = request.question
    actions.sign(response=cleared, name="A", position="Head", by=lead, now=LATER)
    actions.clear(response=cleared, by=focal, now=LATER)

    again = actions.ask_again(
        request=request, question="Also part-time?", due_on=date(2021, 4, 1), by=officer,
        now=EVENING,
    )  # fmt: skip

    turn = again.turns.get()
    assert (again.state, again.question.pick("en")[0], again.due_on) == (
        "asked", "Also part-time?", date(2021, 4, 1),
    )  # fmt: skip
    assert (again.reply, again.answered_by_id, again.answered_at) == ("", None, None)
    assert (turn.question, turn.reply, turn.answered_by_id, turn.answered_at) == (
        first, "All of us.", lead.person_id, LATER,
    )  # fmt: skip
    assert locked_response(cleared.pk).state == "correcting"
    row = queries.requests_of(lead, locked_response(cleared.pk), EVENING)[0]
    assert (row.before, row.after, [one.reply for one in row.turns]) == ("12", "12", ["All of us."])
    with pytest.raises(StillAsked):
        actions.sign(response=cleared, name="A", position="Head", by=lead, now=EVENING)
    assert write(cleared, lead, STAFF, "14", EVENING + timedelta(minutes=1)).kept is Kept.SAVED
    actions.sign(response=cleared, name="A", position="Head", by=lead, now=EVENING)
    assert locked_response(cleared.pk).state == "signed"


def test_each_asking_writes_a_letter(cleared, lead, officer):
    request = answered(cleared, lead, officer)

    actions.ask_again(request=request, question="Sure?", due_on=None, by=officer, now=EVENING)

    letters = Message.objects.filter(key__startswith="surveys.requests_asked:")
    assert [one.person_id for one in letters] == [lead.person_id, lead.person_id]


def test_what_is_not_answered_or_has_no_words_is_not_asked_again(cleared, lead, officer):
    request = ask(cleared, officer)
    with pytest.raises(Refused, match="Only what is answered"):
        actions.ask_again(request=request, question="?", due_on=None, by=officer, now=EVENING)
    actions.answer_request(request=request, reply="None.", by=lead, now=LATER)

    with pytest.raises(Refused, match="still missing"):
        actions.ask_again(request=request, question=" ", due_on=None, by=officer, now=EVENING)
    with pytest.raises(Refused, match="in the past"):
        actions.ask_again(
            request=request, question="?", due_on=date(2020, 1, 1), by=officer, now=EVENING
        )
    with pytest.raises(Denied):
        actions.ask_again(request=request, question="?", due_on=None, by=lead, now=EVENING)

    assert not request.turns.exists()


def test_a_question_is_answered_by_a_change_or_in_words(cleared, lead, officer):
    request = ask(cleared, officer)

    with pytest.raises(Refused, match="why it stays as it is"):
        actions.answer_request(request=request, reply=" ", by=lead, now=LATER)
    done = actions.answer_request(request=request, reply="We have none.", by=lead, now=LATER)

    assert (done.state, done.reply) == ("answered", "We have none.")


def test_the_last_question_taken_back_locks_again(cleared, officer):
    request = ask(cleared, officer)

    actions.withdraw_request(request=request, by=officer, now=LATER)

    assert locked_response(cleared.pk).state == "cleared"


def test_usual_words_come_in_each_language(cleared, officer):
    request = ask(cleared, officer)

    assert request.question.pick("en")[0].startswith("This answer is missing.")
    assert {code for code, _text, _state in request.question.texts} == {"en", "ru"}


def test_the_same_answer_is_asked_about_once(cleared, officer):
    ask(cleared, officer)

    with pytest.raises(Refused, match="asked about already"):
        ask(cleared, officer)


def test_a_day_that_is_over_is_refused(cleared, officer):
    one = Asked(STAFF, RequestReason.UNCLEAR)

    with pytest.raises(Refused, match="in the past"):
        actions.ask_back(
            response=cleared, asked=[one], due_on=date(2020, 1, 1), by=officer, now=make.NOON
        )


def test_nobody_else_asks(cleared, lead, focal):
    for viewer in (lead, focal, people.viewer_with("expert")):
        with pytest.raises(Denied):
            ask(cleared, viewer)


def test_what_is_not_cleared_is_not_asked_about(signed, officer):
    with pytest.raises(Denied):
        ask(signed, officer)


def test_a_returned_response_opens_whole_and_is_signed_again(signed, lead, focal):
    actions.return_to_agency(response=signed, note="Mend the name", by=focal, now=LATER)

    changed = write(signed, lead, NAME, "Agency of Railways")
    again = actions.sign(response=signed, name="A", position="Head", by=lead, now=LATER)

    assert changed.kept is Kept.SAVED
    assert (again.state, again.signatures.count()) == ("signed", 2)


def test_a_member_that_sends_directly_clears_by_signing(asked, lead):
    asked.country.clearance = "direct"
    asked.country.save(update_fields=["clearance"])
    response = actions.start_response(invitation=asked, by=lead, now=make.NOON)
    write(response, lead, NAME, "Agency", make.NOON)
    write(response, lead, HAS, "no", make.NOON)
    actions.hand_in(response=response, by=lead, now=make.NOON)

    found = actions.sign(response=response, name="A", position="B", by=lead, now=make.NOON)

    assert (found.state, found.audience) == ("cleared", Audience.SECRETARIAT)


def test_nothing_is_handed_in_with_a_required_answer_missing(asked, lead):
    response = actions.start_response(invitation=asked, by=lead, now=make.NOON)
    write(response, lead, NAME, "Agency", make.NOON)

    with pytest.raises(NotReady) as refused:
        actions.hand_in(response=response, by=lead, now=make.NOON)

    assert [(one.ref.path, one.kind.value) for one in refused.value.issues] == [
        ("/data/link/has", "required")
    ]


def test_remarks_are_read_by_those_they_are_for(cleared, lead, officer):
    inner = actions.remark(
        response=cleared, ref=NAME, text="Ask the deputy", audience=Audience.ORGANISATION,
        by=lead, now=LATER,
    )  # fmt: skip
    outer = actions.remark(
        response=cleared, ref=NAME, text="See annex", audience=Audience.SECRETARIAT, by=lead,
        now=LATER,
    )  # fmt: skip
    at = queries.answer_place(officer, cleared.public_id, "data/office/name")

    assert [one.pk for one in queries.remarks(officer, at)] == [outer.pk]
    assert inner.pk != outer.pk
    with pytest.raises(Refused, match="could not read this remark"):
        actions.remark(
            response=cleared, ref=NAME, text="x", audience=Audience.ORGANISATION, by=officer,
            now=LATER,
        )  # fmt: skip
