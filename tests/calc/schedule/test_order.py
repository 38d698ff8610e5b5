"""Dependencies have an order, or the circle is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serai.calc.schedule import Cycle, Link, find_cycle, topological_order


def test_milestones_stand_after_those_they_wait_for():
    links = [Link(1, 2), Link(2, 3), Link(4, 3)]

    assert topological_order([1, 2, 3, 4, 5], links) == (3, 2, 1, 4, 5)


def test_ends_of_links_join_the_order():
    assert topological_order([], [Link("b", "a")]) == ("a", "b")


def test_a_link_twice_counts_once():
    assert topological_order([1, 2], [Link(2, 1), Link(2, 1)]) == (1, 2)


def test_nothing_has_an_empty_order():
    assert topological_order([], []) == ()


def test_a_circle_is_refused_and_named():
    links = [Link(5, 3), Link(9, 5), Link(3, 9), Link(4, 3), Link(3, 1)]

    with pytest.raises(Cycle) as refusal:
        topological_order([1, 3, 4, 5, 9], links)

    assert str(refusal.value) == "3 → 5 → 9 → 3"
    assert refusal.value.path == (3, 5, 9, 3)


def test_what_only_hangs_on_a_circle_is_not_named():
    links = [Link(1, 2), Link(2, 7), Link(7, 8), Link(8, 7)]

    assert find_cycle(links) == (7, 8, 7)


def test_a_milestone_that_waits_for_itself_is_a_circle():
    assert find_cycle([Link(4, 4)]) == (4, 4)


def test_the_shortest_circle_is_named():
    links = [Link(2, 1), Link(3, 2), Link(1, 3), Link(1, 2)]

    assert find_cycle(links) == (1, 2, 1)


def test_no_circle_is_none():
    assert find_cycle([Link(2, 1), Link(3, 1), Link(3, 2)]) is None


PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=25)


@given(PAIRS)
def test_either_every_link_is_in_order_or_the_circle_is_made_of_links(pairs):
    links = [Link(later, earlier) for later, earlier in pairs]

    circle = find_cycle(links)

    if circle is None:
        place = {key: n for n, key in enumerate(topological_order([], links))}
        assert [link for link in links if place[link.milestone] <= place[link.after]] == []
    else:
        steps = set(zip(circle, circle[1:], strict=False))
        assert circle[0] == circle[-1]
        assert steps <= {(earlier, later) for later, earlier in pairs}
