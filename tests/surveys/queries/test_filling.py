"""A response opened as stored: removed entries rest, earlier answers stand, what is open is lent once."""

import pytest
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.offices import DESK, LABEL, NAME, ROOM, STAFF, TAG, add, give

from serai.calc.xforms import IssueKind, Ref
from serai.surveys import actions
from serai.surveys.models import Answer
from serai.surveys.queries import filling
from serai.surveys.queries.filling import borrowed, given_back, heads_at, opened, page_entry
from serai.surveys.queries.filling import problems_of as problems
from serai.surveys.queries.responses import locked_response

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun():
    return offices.begun()


@pytest.fixture(autouse=True)
def nothing_open(monkeypatch):
    """Read each response anew, as another process would."""
    monkeypatch.setattr(filling, "KEPT", filling._Kept())


def anew(response):
    return opened(locked_response(response.pk), make.NOON)


def test_what_stands_in_a_removed_entry_is_no_fault(begun):
    response, lead = begun
    add(response, lead, "a")
    give(response, lead, Ref(LABEL, "a"), "Blue")
    actions.remove_entry(response=response, key="a", by=lead, now=make.NOON)

    found = anew(response)

    assert found.state.entries(ROOM) == []
    assert found.heads[Ref(LABEL, "a")].value == "Blue"
    assert [(one.kind, one.ref) for one in problems(found)] == [(IssueKind.REQUIRED, NAME)]


def test_entries_in_entries_open_in_their_order(begun):
    response, lead = begun
    for key in ("a", "b"):
        add(response, lead, key)
    desk = add(response, lead, "desk", DESK, "b")
    give(response, lead, Ref(TAG, desk), "T")
    actions.move_entry(response=response, key="b", by=lead, now=make.NOON)

    found = anew(response)

    assert found.state.entries(ROOM) == ["b", "a"]
    assert found.state.cell(Ref(TAG, "desk")).text == "T"
    assert [page_entry(found, one) for one in ("desk", "a", "", "gone")] == ["b", "a", "", "gone"]


def test_what_is_inside_a_removed_entry_goes_and_comes_with_it(begun):
    response, lead = begun
    add(response, lead, "a")
    add(response, lead, "desk", DESK, "a")
    give(response, lead, Ref(TAG, "desk"), "T")

    actions.remove_entry(response=response, key="a", by=lead, now=make.NOON)
    without = anew(response).state.all_entries()
    actions.restore_entry(response=response, key="a", by=lead, now=make.NOON)

    assert without == []
    assert anew(response).state.cell(Ref(TAG, "desk")).text == "T"


COUNTED = make.XFORM.replace(
    '<repeat nodeset="/data/room">',
    '<repeat nodeset="/data/room" jr:count=" /data/office/staff ">',
)


def test_entries_that_a_smaller_count_took_come_back_with_their_answers():
    response, lead = offices.begun(make.version(xform=COUNTED))
    give(response, lead, STAFF, "2")
    first, second = anew(response).state.entries(ROOM)
    give(response, lead, Ref(f"{ROOM}/seats", second), "40")

    give(response, lead, STAFF, "1")
    fewer = anew(response)
    give(response, lead, STAFF, "2")
    more = anew(response)

    assert fewer.state.entries(ROOM) == [first]
    assert more.state.entries(ROOM) == [first, second]
    assert more.state.cell(Ref(f"{ROOM}/seats", second)).text == "40"
    assert problems(fewer) == [one for one in problems(fewer) if one.kind is IssueKind.REQUIRED]


def test_no_new_entry_takes_the_key_of_one_that_was_taken_out(begun):
    response, lead = begun
    gone = set(response.entries.filter(is_removed=True).values_list("key", flat=True))

    add(response, lead, "a")

    found = anew(response).state.all_entries()
    assert [(one.repeat_path, one.parent) for one in found] == [(ROOM, ""), (DESK, "a")]
    assert gone
    assert gone.isdisjoint({one.key for one in found})


def test_an_earlier_moment_shows_what_stood_then(begun):
    response, lead = begun
    give(response, lead, NAME, "First")
    through = Answer.objects.latest("pk").pk
    give(response, lead, NAME, "Second")

    then = heads_at(response, through)
    now = opened(locked_response(response.pk), make.NOON, through=through)

    assert then[NAME].value == "First"
    assert now.state.cell(NAME).text == "First"
    assert anew(response).state.cell(NAME).text == "Second"


def test_a_reason_stands_for_a_required_answer_but_not_for_a_wrong_one(begun):
    response, lead = begun
    give(response, lead, NAME, "", "not_known")
    give(response, lead, STAFF, "many")

    found = anew(response)

    assert found.reasons == {NAME}
    assert [(one.kind, one.ref) for one in problems(found)] == [(IssueKind.TYPE, STAFF)]


def test_what_is_open_is_lent_once_and_only_at_its_revision(begun):
    response, lead = begun
    row = locked_response(response.pk)
    mine = anew(response)
    given_back(row, mine)

    first, second = borrowed(row, make.NOON), borrowed(row, make.NOON)
    given_back(row, first)
    give(response, lead, NAME, "Agency")
    third = borrowed(locked_response(response.pk), make.NOON)

    assert first is mine
    assert second is not mine
    assert third.state.cell(NAME).text == "Agency"


def test_only_the_latest_stay_open(begun):
    response, _lead = begun
    row = locked_response(response.pk)
    for number in range(filling.KEPT_OPEN + 1):
        row.revision = 100 + number
        given_back(row, anew(response))

    row.revision = 100
    gone = filling.KEPT.take(row)
    row.revision = 101

    assert gone is None
    assert filling.KEPT.take(row) is not None


def test_opening_takes_two_queries_however_many_entries(begun, django_assert_num_queries):
    response, lead = begun
    add(response, lead, "a")
    row = locked_response(response.pk)
    opened(row, make.NOON)
    with django_assert_num_queries(2):
        opened(row, make.NOON)
    add(response, lead, "b")
    add(response, lead, "c")

    with django_assert_num_queries(2):
        opened(row, make.NOON)
