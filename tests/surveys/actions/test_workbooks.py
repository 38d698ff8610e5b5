"""A workbook comes back: unchanged it does nothing, one cell is that change, undone it is as before."""

import io
import itertools
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.tables import SheetFault
from serai.calc.xforms import Ref
from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.actions import Change, Fate, Kept, Refused
from serai.surveys.actions.workbooks import FATES
from serai.surveys.exports.returned import read_returned
from serai.surveys.exports.workbook import workbook_file
from serai.surveys.models import Answer, AnswerHead, Entry, Suggestion
from serai.surveys.queries import reasons_of, workbook
from serai.surveys.queries.responses import fresh_response
from serai.surveys.states import DelegationScope, DelegationState, Source

pytestmark = pytest.mark.django_db
NAME, STAFF = Ref("/data/office/name"), Ref("/data/office/staff")
HAS, MBPS, SEATS = Ref("/data/link/has"), Ref("/data/link/mbps"), "/data/room/seats"
ANSWER, REASON = 3, 4
_ids = itertools.count(1)


@pytest.fixture
def filled(response, lead):
    """The office, a line, two rooms of 10 and 20 seats."""
    give(
        response, lead, (NAME, "=Agency of Railways"), (STAFF, "12"), (HAS, "yes"), (MBPS, "12.50")
    )
    for key, seats in (("r1", "10"), ("r2", "20")):
        actions.add_entry(
            response=response, repeat_path="/data/room", key=key, by=lead, now=make.NOON
        )
        give(response, lead, (Ref(SEATS, key), seats))
    return fresh_response(response.pk)


def give(response, by, *changes, **how):
    sent = [
        Change(f"c{next(_ids)}", ref, base=base_at(response, ref), value=text)
        for ref, text in changes
    ]
    return actions.write_answers(response=response, changes=sent, by=by, now=make.NOON, **how)


def base_at(response, ref):
    head = AnswerHead.objects.filter(response=response, path=ref.path, entry=ref.entry).first()
    return head.answer_id if head else 0


def stands(response):
    rows = AnswerHead.objects.filter(response=response).select_related("answer")
    return {(row.path, row.entry): (row.answer.value, row.answer.reason) for row in rows}


def out(response, by, language="en"):
    """The workbook, opened for changing."""
    book = workbook(by, response, make.NOON, language)
    return load_workbook(io.BytesIO(workbook_file(book, response)))


def back(response, book):
    file = io.BytesIO()
    book.save(file)
    return read_returned(file.getvalue(), "back.xlsx", response.public_id)


def tried(response, book, by):
    return actions.try_workbook(
        response=response, returned=back(response, book), by=by, now=make.NOON
    )


def taken(response, book, by, now=make.NOON):
    returned = back(response, book)
    seen = actions.try_workbook(response=response, returned=returned, by=by, now=now).digest
    return actions.take_workbook(response=response, returned=returned, seen=seen, by=by, now=now)


def told(found):
    return [(one.meant.ref.path, one.fate, one.meant.before, one.meant.after) for one in found.cells
            if one.fate is not Fate.SAME]  # fmt: skip


def test_unchanged_it_changes_nothing(filled, lead):
    before, count = stands(filled), Answer.objects.count()

    found = taken(filled, out(filled, lead), lead)

    assert (found.changes, told(found), found.strays) == (0, [], [])
    assert len(found.of(Fate.SAME)) == 6
    assert (stands(filled), Answer.objects.count()) == (before, count)


def test_one_cell_is_that_change(filled, lead):
    book = out(filled, lead)
    book["The office"].cell(4, ANSWER).value = 15
    before = stands(filled)

    found = taken(filled, book, lead)

    assert told(found) == [("/data/office/staff", Fate.NEW, "12", "15")]
    assert stands(filled) == before | {("/data/office/staff", ""): ("15", "")}
    assert Answer.objects.get(value="15").source == Source.XLSX


def test_trying_writes_nothing(filled, lead):
    book = out(filled, lead)
    book["The office"].cell(4, ANSWER).value = 15
    before, count = stands(filled), Answer.objects.count()

    found = tried(filled, book, lead)

    assert found.changes == 1
    assert (stands(filled), Answer.objects.count()) == (before, count)


def test_undo_restores_answers_and_entries(filled, lead):
    book = out(filled, lead)
    book["The office"].cell(3, ANSWER).value = "Ministry"
    rooms = book["Meeting room"]
    rooms.cell(3, 3).value = "x"
    rooms.cell(5, 4).value = 30
    before = stands(filled)
    found = taken(filled, book, lead)
    assert (found.changes, found.added, found.removed) == (4, 1, 1)
    assert stands(filled)["/data/seats_total", ""] == ("50", "")

    count = actions.undo_workbook(response=filled, undo=found.undo, by=lead, now=make.NOON)

    assert count == 4
    now = stands(filled)
    assert {place: now[place] for place in before} == before
    live = Entry.objects.filter(response=filled, is_removed=False).values_list("key", flat=True)
    assert sorted(live) == ["r1", "r2"]


def test_the_same_file_after_undo_is_taken_again(filled, lead):
    book = out(filled, lead)
    book["The office"].cell(3, ANSWER).value = "Ministry"
    book["Meeting room"].cell(5, 4).value = 30
    found = taken(filled, book, lead)
    actions.undo_workbook(response=filled, undo=found.undo, by=lead, now=make.NOON)

    again = taken(filled, book, lead)

    assert again.changes == 3
    assert stands(filled)["/data/office/name", ""] == ("Ministry", "")
    assert stands(filled)["/data/seats_total", ""] == ("60", "")


def test_undo_is_refused_whole_where_somebody_changed_an_answer_since(filled, lead):
    book = out(filled, lead)
    book["The office"].cell(3, ANSWER).value = "Ministry"
    book["The office"].cell(4, ANSWER).value = 15
    found = taken(filled, book, lead)
    give(filled, lead, (STAFF, "16"))

    with pytest.raises(Refused, match="changed these answers since"):
        actions.undo_workbook(response=filled, undo=found.undo, by=lead, now=make.NOON)

    assert stands(filled)["/data/office/name", ""] == ("Ministry", "")
    assert stands(filled)["/data/office/staff", ""] == ("16", "")


def test_an_answer_both_changed_is_a_conflict_and_the_rest_is_taken(filled, lead):
    book = out(filled, lead)
    book["The office"].cell(3, ANSWER).value = "Ministry"
    book["The office"].cell(4, ANSWER).value = 15
    give(filled, lead, (NAME, "Railways"))

    found = taken(filled, book, lead)

    assert told(found) == [
        ("/data/office/name", Fate.CONFLICT, "Railways", "Ministry"),
        ("/data/office/staff", Fate.NEW, "12", "15"),
    ]
    assert stands(filled)["/data/office/name", ""] == ("Railways", "")
    assert stands(filled)["/data/office/staff", ""] == ("15", "")


def test_an_answer_in_an_entry_both_changed_is_a_conflict(filled, lead):
    book = out(filled, lead)
    book["Meeting room"].cell(3, 4).value = 11
    give(filled, lead, (Ref(SEATS, "r1"), "12"))

    assert told(tried(filled, book, lead)) == [(SEATS, Fate.CONFLICT, "12", "11")]


def test_what_only_another_changed_stays_theirs(filled, lead):
    book = out(filled, lead)
    give(filled, lead, (NAME, "Railways"))

    found = taken(filled, book, lead)

    assert found.changes == 0
    assert stands(filled)["/data/office/name", ""] == ("Railways", "")


def test_what_was_not_looked_at_is_not_taken(filled, lead):
    book = out(filled, lead)
    book["The office"].cell(4, ANSWER).value = 15
    returned = back(filled, book)
    seen = actions.try_workbook(response=filled, returned=returned, by=lead, now=make.NOON).digest
    give(filled, lead, (STAFF, "16"))

    with pytest.raises(Refused, match="since the preview"):
        actions.take_workbook(response=filled, returned=returned, seen=seen, by=lead, now=make.NOON)

    assert stands(filled)["/data/office/staff", ""] == ("16", "")


def test_a_choice_that_is_none_and_an_unknown_reason_are_refused(filled, lead):
    book = out(filled, lead)
    book["The line"].cell(3, ANSWER).value = "Perhaps"
    book["The office"].cell(4, ANSWER).value = None
    book["The office"].cell(4, REASON).value = "Too lazy"

    found = tried(filled, book, lead)

    assert [(one.meant.ref.path, one.why) for one in found.of(Fate.REFUSED)] == [
        ("/data/office/staff", "“Too lazy” is none of the reasons. Choose one."),
        ("/data/link/has", "“Perhaps” is none of the choices. Choose from the list."),
    ]


def test_a_reason_takes_an_answers_place_and_a_label_is_a_choice(filled, lead):
    book = out(filled, lead)
    sheet = book["The office"]
    sheet.cell(4, ANSWER).value = None
    sheet.cell(4, REASON).value = dict(reasons_of(filled))["not_known"]
    book["The line"].cell(3, ANSWER).value = "no"

    found = taken(filled, book, lead)

    assert found.changes == 2
    assert stands(filled)["/data/office/staff", ""] == ("", "not_known")
    assert stands(filled)["/data/link/has", ""] == ("no", "")
    assert taken(filled, out(fresh_response(filled.pk), lead), lead).changes == 0


def test_a_reason_in_an_entry_stands_in_brackets(filled, lead):
    word = dict(reasons_of(filled))["not_held"]
    book = out(filled, lead)
    book["Meeting room"].cell(3, 4).value = f"[{word}]"

    assert taken(filled, book, lead).changes == 1
    assert stands(filled)[SEATS, "r1"] == ("", "not_held")
    assert out(fresh_response(filled.pk), lead)["Meeting room"].cell(3, 4).value == f"[{word}]"


def test_a_changed_key_is_named_and_the_rest_is_taken(filled, lead):
    book = out(filled, lead)
    sheet = book["The office"]
    sheet.cell(3, 7).value = str(sheet.cell(3, 7).value).replace("name", "staff")
    sheet.cell(3, ANSWER).value = "Ministry"
    sheet.cell(4, ANSWER).value = 15

    found = taken(filled, book, lead)

    assert [(one.sheet, one.address, one.text) for one in found.strays] == [
        ("The office", "C3", "Ministry")
    ]
    assert told(found) == [("/data/office/staff", Fate.NEW, "12", "15")]


def test_a_formula_without_a_value_is_named(filled, lead):
    book = out(filled, lead)
    book["The office"].cell(4, ANSWER).value = "=6+6"

    found = tried(filled, book, lead)

    assert [(one.meant.ref.path, one.why) for one in found.of(Fate.REFUSED)] == [
        ("/data/office/staff",
         "A formula without a value: open the file, save it, and bring it again.")
    ]  # fmt: skip


def test_another_organisations_workbook_is_refused_whole(filled, lead):
    other = make.invitation(filled.wave, organisation=people.organisation())
    theirs = actions.start_response(
        invitation=other, by=viewer_of(other.lead, make.NOON), now=make.NOON
    )
    file = io.BytesIO()
    out(filled, lead).save(file)

    with pytest.raises(SheetFault, match="belongs to another"):
        read_returned(file.getvalue(), "back.xlsx", theirs.public_id)


def test_a_file_that_is_no_such_workbook_is_refused(filled):
    with pytest.raises(SheetFault, match="no workbook of a questionnaire"):
        read_returned(b"a,b\n1,2\n", "list.csv", filled.public_id)


# ---------------------------------------------------------------- who
def held(response, lead, scope):
    """A colleague who holds the section of the office."""
    person = people.person_with("contributor", response.invitation.organisation)
    actions.delegate(
        response=response, given=actions.Given("office", person.pk, scope), by=lead,
        now=make.NOON,
    )  # fmt: skip
    found = fresh_response(response.pk)
    found.delegations.update(state=DelegationState.ACCEPTED)
    return fresh_response(response.pk), viewer_of(person, make.NOON)


def test_a_delegates_workbook_holds_and_changes_only_their_part(filled, lead):
    response, mate = held(filled, lead, DelegationScope.EDIT)

    assert out(response, mate).sheetnames == ["Read me", "The office", "Lists"]

    book = out(response, lead)
    book["The office"].cell(4, ANSWER).value = 15
    book["The line"].cell(3, ANSWER).value = "No"
    book["Meeting room"].cell(3, 3).value = "x"
    book["Meeting room"].cell(5, 4).value = 30
    found = taken(response, book, mate)

    fates = dict(one[:2] for one in told(found))
    assert fates.pop("/data/office/staff") is Fate.NEW
    assert {*fates.values()} == {Fate.REFUSED}
    assert {"/data/link/has", "/data/room/seats"} <= {*fates}
    elsewhere = [one.meant for one in found.of(Fate.REFUSED)]
    assert {(one.before, one.after) for one in elsewhere} == {("", "")}
    assert {one.question for one in elsewhere} == {one.given.path for one in elsewhere}
    assert {one.why for one in found.of(Fate.REFUSED)} == {"This question is not in your hands."}
    assert [one.why for one in found.strays] == ["This entry is not in your hands."] * 2
    assert stands(response)["/data/link/has", ""] == ("yes", "")
    assert Entry.objects.filter(response=response, is_removed=False).count() == 2


def test_who_may_suggest_puts_texts_beside_and_takes_them_back(filled, lead):
    response, mate = held(filled, lead, DelegationScope.SUGGEST)
    book = out(response, mate)
    book["The office"].cell(3, ANSWER).value = "Ministry"

    found = taken(response, book, mate)

    assert [one[1] for one in told(found)] == [Fate.SUGGESTED]
    assert Suggestion.objects.get().value == "Ministry"
    assert stands(response)["/data/office/name", ""] == ("=Agency of Railways", "")
    actions.undo_workbook(response=response, undo=found.undo, by=mate, now=make.NOON)
    assert Suggestion.objects.get().state == "declined"


def test_the_secretariat_enters_what_came_back_for_the_body(response, asked):
    officer = people.viewer_with("officer")
    book = out(response, officer)
    book["The office"].cell(3, ANSWER).value = "Ministry"
    book["Meeting room"].cell(3, 4).value = 30

    found = taken(response, book, officer)

    assert found.changes == 3
    answer = Answer.objects.get(value="Ministry")
    assert (answer.source, answer.on_behalf_of_id, answer.author_id) == (
        Source.SECRETARIAT, asked.organisation_id, officer.person_id,
    )  # fmt: skip
    actions.undo_workbook(response=response, undo=found.undo, by=officer, now=make.NOON)
    assert stands(response)["/data/office/name", ""] == ("", "")


def test_locked_answers_are_refused(filled, lead):
    book = out(filled, lead)
    book["The office"].cell(4, ANSWER).value = 15
    actions.hand_in(response=filled, by=lead, now=make.NOON + timedelta(hours=1))

    found = tried(fresh_response(filled.pk), book, lead)

    assert [one.why for one in found.of(Fate.REFUSED)] == [
        "The answers are locked. You can leave a remark beside this one."
    ]


# ---------------------------------------------------------------- versions
def test_a_workbook_of_an_older_version_is_matched_through_the_comparison(filled, lead):
    book = out(filled, lead)
    book["The office"].cell(3, ANSWER).value = "Ministry"
    book["The office"].cell(4, ANSWER).value = 15
    book["The line"].cell(4, ANSWER).value = 25
    survey = filled.version.survey
    survey.versions.update(state="superseded")
    xform = (
        make.XFORM.replace('<bind nodeset="/data/link/mbps"', '<bind nodeset="/data/link/speed" serai:was="/data/link/mbps"')
        .replace("<mbps/>", "<speed/>").replace('ref="/data/link/mbps"', 'ref="/data/link/speed"')
        .replace(" /data/link/mbps &gt;", " /data/link/speed &gt;")
        .replace("<name/><staff/>", "<name/>").replace('<bind nodeset="/data/office/staff" type="int" constraint=". &gt;= 0 and . &lt;= 500"\n  jr:constraintMsg="jr:itext(\'/data/office/staff:jr:constraintMsg\')" serai:weight="2"/>', "")
        .replace('<input ref="/data/office/staff"><label ref="jr:itext(\'/data/office/staff:label\')"/></input>', "")
    )  # fmt: skip
    newer = make.version(survey, xform)
    filled.wave.version = newer
    filled.wave.save(update_fields=["version"])
    actions.follow_wave(response_id=filled.pk, now=make.NOON)
    response = fresh_response(filled.pk)
    assert response.version == newer

    found = taken(response, book, lead)

    assert [(one.meant.ref.path, one.fate) for one in found.cells if one.fate is not Fate.SAME] == [
        ("/data/office/name", Fate.NEW), ("", Fate.REFUSED), ("/data/link/speed", Fate.NEW),
    ]  # fmt: skip
    assert found.of(Fate.REFUSED)[0].why == (
        "A later version of the form does not ask this any more."
    )
    assert stands(response)["/data/link/speed", ""] == ("25", "")
    assert taken(response, out(response, lead), lead).changes == 0


def test_kept_and_fate_cover_each_other():
    assert set(FATES) == set(Kept)


@pytest.mark.parametrize("guess", ["Yes", "No", "", "nonsense", "=1/0"])
def test_a_guess_of_what_stands_outside_ones_part_is_answered_like_any_other(guess, filled, lead):
    response, mate = held(filled, lead, DelegationScope.EDIT)
    book = out(response, lead)
    book["The line"].cell(3, ANSWER).value = guess

    found = taken(response, book, mate)

    (cell,) = [one for one in found.of(Fate.REFUSED) if one.meant.given.path == "/data/link/has"]
    assert (cell.why, cell.meant.before, cell.meant.after) == (
        "This question is not in your hands.", "", "",
    )  # fmt: skip
    assert "/data/link/has" not in {one.meant.given.path for one in found.of(Fate.SAME)}
