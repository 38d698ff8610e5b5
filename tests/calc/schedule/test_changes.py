"""What changed between two days."""

from datetime import date

from serai.calc.schedule import (
    Changes,
    Move,
    Slip,
    Snapshot,
    Standing,
    Status,
    Turn,
    changes,
    on_day,
    parse_window,
)

SINCE, UNTIL = date(2021, 6, 30), date(2021, 8, 15)
JUNE, JULY, SEPTEMBER = date(2021, 6, 22), date(2021, 7, 15), date(2021, 9, 15)


def compare(before, after):
    return changes(before, after, since=SINCE, until=UNTIL)


def test_nothing_changed_is_empty():
    same = {1: Snapshot(on_day(SEPTEMBER))}

    found = changes(same, same, since=SINCE, until=SINCE)

    assert found == Changes((), (), (), (), (), (), (), ())
    assert found.is_empty


def test_added_removed_and_done_are_named():
    before = {1: Snapshot(on_day(SEPTEMBER)), 2: Snapshot(on_day(SEPTEMBER))}
    after = {
        2: Snapshot(on_day(SEPTEMBER), on_day(JULY)),
        3: Snapshot(on_day(SEPTEMBER)),
        4: Snapshot(on_day(JULY), on_day(JULY)),
    }

    found = compare(before, after)

    assert (found.added, found.removed, found.done) == ((3, 4), (1,), (2, 4))
    assert found.turned == (Turn(2, Standing(Status.PLANNED), Standing(Status.DONE)),)
    assert not found.is_empty


def test_a_withdrawn_completion_reopens():
    before = {1: Snapshot(on_day(SEPTEMBER), on_day(JUNE))}

    assert compare(before, {1: Snapshot(on_day(SEPTEMBER))}).reopened == (1,)


def test_later_earlier_and_reworded_plans_are_told_apart():
    september, june = on_day(SEPTEMBER), on_day(JUNE)
    worded = september.said("mid-September")
    mid_july = parse_window("mid-July 2021", "en")
    before = {1: Snapshot(june), 2: Snapshot(september), 3: Snapshot(september), 4: Snapshot(None)}
    after = {1: Snapshot(mid_july), 2: Snapshot(june), 3: Snapshot(worded), 4: Snapshot(june)}

    found = compare(before, after)

    assert found.slipped == (Move(1, june, mid_july, Slip(28, 19, 28, is_about=True)),)
    assert found.advanced == (Move(2, september, june, Slip(-85, -85, -85, is_about=False)),)
    assert found.reworded == (
        Move(3, september, worded, Slip(0, 0, 0, is_about=False)),
        Move(4, None, june, None),
    )


def test_days_alone_turn_a_status():
    same = {1: Snapshot(on_day(JULY))}

    assert compare(same, same).turned == (
        Turn(1, Standing(Status.DUE_SOON, 15), Standing(Status.OVERDUE, 31)),
    )


def test_growing_days_of_one_status_are_no_turn():
    same = {1: Snapshot(on_day(JUNE))}

    assert compare(same, same).turned == ()
