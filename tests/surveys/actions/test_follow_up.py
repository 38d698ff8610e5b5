"""A question asked back opens one answer and nothing else, until it is signed and cleared again."""

from datetime import date, timedelta

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.access import Denied
from serai.calc.xforms import Ref
from serai.members.queries import viewer_of
from serai.members.states import Audience
from serai.surveys import actions, queries
from serai.surveys.actions import Asked, Change, Kept, NotReady, Refused
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


def test_signing_waits_for_every_question(cleared, lead, officer):
    ask(cleared, officer)

    with pytest.raises(Refused, match="1 question of the secretariat"):
        actions.sign(response=cleared, name="A", position="Head", by=lead, now=LATER)


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
