"""What is echoed of small packets, and what is believed of what a browser tells."""

import pytest

from serai.base.probe.packets import MOST_PACKETS, SIZE, NotTold, Tally


def packet(number, size=SIZE):
    return number.to_bytes(2, "big") + bytes(size - 2)


def test_a_packet_comes_back_with_its_number_and_one_nobody_can_guess():
    tally = Tally()

    echoes = [tally.answer(packet(number)) for number in range(50)]

    assert [one[:2] for one in echoes] == [number.to_bytes(2, "big") for number in range(50)]
    assert len({one[2:4] for one in echoes}) > 40
    assert {len(one) for one in echoes} == {SIZE}


@pytest.mark.parametrize(
    "message",
    ["words", packet(1, 171), packet(1, 173), packet(MOST_PACKETS)],
    ids=["words", "short", "long", "one too many"],
)
def test_all_else_is_not_answered(message):
    assert Tally().answer(message) is None


def test_what_came_before_is_not_answered_again():
    tally = Tally()
    tally.answer(packet(7))

    assert tally.answer(packet(7)) is None


def test_an_answer_counts_only_with_the_number_that_went_with_it():
    tally = Tally()
    right = int.from_bytes(tally.answer(packet(0))[2:4], "big")
    wrong = (int.from_bytes(tally.answer(packet(1))[2:4], "big") + 1) % 65536

    told = [[0, 50.04, right], [20.4, 50, wrong], [40, 50, 1], [60, None, None]]

    assert tally.believed(told) == ((0, 50.0), (20, None), (40, None), (60, None))


def test_two_sent_within_a_millisecond_are_in_order():
    assert Tally().believed([[20.6, None, None], [20.7, None, None]]) == ((21, None), (21, None))


@pytest.mark.parametrize(
    "told",
    [
        None,
        {"a": 1},
        [1],
        [[0, 1]],
        [["x", 1, 1]],
        [[-1, 1, 1]],
        [[float("nan"), 1, 1]],
        [[100_000, 1, 1]],
        [[20, 1, 1], [0, 1, 1]],
        [[0, 1, 1]] * (MOST_PACKETS + 1),
    ],
    ids=[
        "nothing", "no list", "no three", "two", "words", "before", "not a number", "too late",
        "back in time", "too many",
    ],
)  # fmt: skip
def test_what_is_no_list_of_packets_is_refused(told):
    with pytest.raises(NotTold):
        Tally().believed(told)
