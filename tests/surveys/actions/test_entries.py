"""Entries are added, removed, brought back and moved; nothing in them is lost, twice is once."""

import itertools

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.access import Denied
from serai.calc.xforms import Ref
from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.actions import Change, Refused
from serai.surveys.models import AnswerHead, Delegation, Entry, EntryAct
from serai.surveys.states import DelegationScope, DelegationState

pytestmark = pytest.mark.django_db
ROOM, SEATS = "/data/room", "/data/room/seats"
TOTAL = Ref("/data/seats_total")
_ids = itertools.count(1)


def act(verb, response, by, **what):
    return getattr(actions, f"{verb}_entry")(response=response, by=by, now=make.NOON, **what)


def give(response, by, path, value, entry=""):
    change = Change(f"e{next(_ids)}", Ref(path, entry), 0, value)
    return actions.write_answers(response=response, changes=[change], by=by, now=make.NOON)


def stands(response, path, entry=""):
    return AnswerHead.objects.get(response=response, path=path, entry=entry).answer.value


def order():
    return [one.key for one in Entry.objects.filter(is_removed=False)]


def acts():
    return list(EntryAct.objects.values_list("verb", "entry__key"))


@pytest.fixture
def rooms(response, lead):
    """Three rooms of 10, 20 and 30 seats."""
    for key, seats in (("a", "10"), ("b", "20"), ("c", "30")):
        act("add", response, lead, repeat_path=ROOM, key=key)
        give(response, lead, SEATS, seats, key)
    return response


def test_the_same_key_again_adds_nothing(rooms, lead):
    before = acts()

    again = act("add", rooms, lead, repeat_path=ROOM, key="b")
    unnamed = act("add", rooms, lead, repeat_path=ROOM)

    assert before == [("add", "a"), ("add", "b"), ("add", "c")]
    assert again == "b"
    assert order() == ["a", "b", "c", unnamed]
    assert len(unnamed) == 32
    assert acts() == [*before, ("add", unnamed)]


def test_a_removed_entry_keeps_its_answers_and_brings_them_back(rooms, lead):
    act("remove", rooms, lead, key="b")
    without = (order(), stands(rooms, TOTAL.path), stands(rooms, SEATS, "b"))
    with pytest.raises(Refused, match="not there any more"):
        act("remove", rooms, lead, key="b")
    written = give(rooms, lead, SEATS, "99", "b").outcomes[0]

    act("restore", rooms, lead, key="b")
    with pytest.raises(Refused, match="not there any more"):
        act("restore", rooms, lead, key="b")

    assert without == (["a", "c"], "40", "20")
    assert written.kept == "refused"
    assert (order(), stands(rooms, TOTAL.path)) == (["a", "b", "c"], "60")
    assert acts()[3:] == [("remove", "b"), ("restore", "b")]


def test_an_entry_moves_up_one_place_and_the_first_stays(rooms, lead):
    act("move", rooms, lead, key="c")
    once = order()
    act("move", rooms, lead, key="a")
    moved = acts()[3:]
    act("move", rooms, lead, key="a")

    assert once == ["a", "c", "b"]
    assert moved[:2] == [("move", "c"), ("move", "b")]
    assert order() == ["a", "c", "b"]
    assert acts()[3:] == moved
    assert [stands(rooms, SEATS, key) for key in order()] == ["10", "30", "20"]


def test_what_is_no_entry_of_a_repeat_is_refused(rooms, lead):
    for verb in ("remove", "restore", "move"):
        with pytest.raises(Refused, match="not there any more"):
            act(verb, rooms, lead, key="nowhere")
    with pytest.raises((Refused, Denied)):
        act("add", rooms, lead, repeat_path="/data/nowhere")
    with pytest.raises((Refused, Denied)):
        act("add", rooms, lead, repeat_path="/data/office")

    assert order() == ["a", "b", "c"]
    assert len(acts()) == 3


def test_others_change_no_entry_and_a_delegate_the_part_alone(rooms, lead, asked):
    person = people.person_with("contributor", asked.organisation)
    row = Delegation.objects.create(
        response=rooms, section="room", entry="b", person=person, scope=DelegationScope.EDIT,
        state=DelegationState.ACCEPTED, given_at=make.NOON, given_by=asked.lead,
    )  # fmt: skip
    helper = viewer_of(person, make.NOON)
    others = [people.viewer_with(role) for role in ("lead", "officer", "focal_point")]

    for by, key in [(helper, "a"), *((one, "b") for one in others)]:
        for verb in ("remove", "move"):
            with pytest.raises(Denied):
                act(verb, rooms, by, key=key)
        with pytest.raises(Denied):
            act("add", rooms, by, repeat_path=ROOM, key="new")
    act("remove", rooms, helper, key="b")
    row.scope = DelegationScope.SUGGEST
    row.save()
    with pytest.raises(Denied):
        act("restore", rooms, helper, key="b")

    assert order() == ["a", "c"]
    assert acts()[3:] == [("remove", "b")]


def test_locked_answers_hold_their_entries(rooms, lead):
    give(rooms, lead, "/data/office/name", "Agency")
    give(rooms, lead, "/data/link/has", "no")
    actions.hand_in(response=rooms, by=lead, now=make.NOON)

    for verb, what in [
        ("add", {"repeat_path": ROOM}), ("remove", {"key": "a"}), ("restore", {"key": "a"}),
        ("move", {"key": "c"}),
    ]:  # fmt: skip
        with pytest.raises(Refused, match="locked"):
            act(verb, rooms, lead, **what)

    assert order() == ["a", "b", "c"]
    assert len(acts()) == 3
