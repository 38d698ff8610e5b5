"""What changed between two days, for each viewer."""

from datetime import UTC, date, datetime

import pytest
from tests.factories import programme as make

from serai.base.access import ANONYMOUS
from serai.calc.schedule import Changes, Move, Slip, Standing, Status, Turn
from serai.programme import actions, queries

pytestmark = pytest.mark.django_db
SINCE, UNTIL = date(2021, 6, 20), date(2021, 6, 30)
NOTHING = Changes((), (), (), (), (), (), (), ())


def test_done_moved_and_added_milestones_are_named_once_each():
    home = make.initiative("home", order=0)
    reached = make.milestone(home, "22 June 2021")
    moved = make.milestone(home, "10 July 2021")
    make.completion(reached, "22 June 2021", date(2021, 6, 25))
    make.approved(moved, "20 July 2021", date(2021, 6, 28))
    added = make.milestone(home, known_from=date(2021, 6, 26))
    make.plan(added, "1 December 2021", date(2021, 6, 26))

    changed = queries.changes_between(make.STAFF, SINCE, UNTIL)

    rows = {row.id: row for row in queries.milestones(make.STAFF, UNTIL)}
    before = {row.id: row for row in queries.milestones(make.STAFF, SINCE)}
    move = Move(moved.pk, before[moved.pk].plan, rows[moved.pk].plan, Slip(10, 10, 10, False))
    turn = Turn(reached.pk, Standing(Status.DUE_SOON, 2), Standing(Status.DONE))
    assert changed.found == Changes(
        added=(added.pk,), removed=(), done=(reached.pk,), reopened=(), slipped=(move,),
        advanced=(), reworded=(), turned=(turn,),
    )  # fmt: skip
    assert (changed.since, changed.until) == (SINCE, UNTIL)
    assert (sorted(changed.before), sorted(changed.after)) == ([reached.pk, moved.pk], sorted(rows))
    assert changed.is_empty is False


def test_nothing_changed_is_empty():
    make.milestone(make.initiative(), "1 December 2021")

    changed = queries.changes_between(make.STAFF, SINCE, UNTIL)

    assert (changed.found, changed.decided, changed.asked) == (NOTHING, (), ())
    assert changed.is_empty is True


def test_before_there_is_a_programme_nothing_changed():
    assert queries.changes_between(ANONYMOUS, SINCE, UNTIL).is_empty is True


def test_a_decision_is_told_when_it_is_adopted_not_when_it_is_typed():
    """Typed on 25 June, adopted with the minutes of 28 June."""
    meeting = make.meeting(make.initiative("home"), state="held", audience="public")
    typed = make.decision(meeting, told=make.told(date(2021, 6, 25)))
    make.agree(meeting, date(2021, 6, 28))

    def decided(since: int, until: int) -> list[str]:
        days = date(2021, 6, since), date(2021, 6, until)
        return [row.number for row in queries.changes_between(ANONYMOUS, *days).decided]

    assert decided(20, 27) == []
    assert decided(26, 28) == [typed.number]
    assert decided(28, 30) == []


def test_a_request_is_told_in_the_days_it_was_opened():
    make.viewers("home")
    asked = make.ask(make.initiative("home"), told=make.told(date(2021, 6, 25)))

    def found(since: int, until: int) -> list[str]:
        days = date(2021, 6, since), date(2021, 6, until)
        return [row.public_id for row in queries.changes_between(make.STAFF, *days).asked]

    assert found(24, 25) == [asked.public_id]
    assert (found(20, 24), found(25, 30)) == ([], [])


def test_one_initiative_s_changes_leave_out_the_others():
    make.viewers("home")
    home, other = make.initiative("home"), make.initiative("other")
    for one in (home, other):
        make.milestone(one, "1 December 2021", known_from=UNTIL)
        make.ask(one, told=make.told(UNTIL))
        meeting = make.meeting(one, state="held")
        make.decision(meeting)
        make.agree(meeting, UNTIL)

    changed = queries.changes_between(make.STAFF, SINCE, UNTIL, initiative="home")

    assert changed.found.added == tuple(home.milestones.values_list("pk", flat=True))
    assert [row.initiative for row in changed.decided] == ["home"]
    assert [row.initiative for row in changed.asked] == ["home"]


def test_each_viewer_reads_the_changes_of_what_they_may_see():
    everybody = make.viewers("home")
    home = make.initiative("home")
    for level in ("public", "members", "secretariat"):
        make.milestone(home, "1 December 2021", audience=level, known_from=UNTIL)
        meeting = make.meeting(home, state="held", audience=level)
        make.decision(meeting)
        make.agree(meeting, UNTIL)
        make.ask(home, audience=level, told=make.told(UNTIL), countries=("GEO",))

    found = {
        who: (len(changed.found.added), len(changed.decided), len(changed.asked))
        for who, viewer in everybody.items()
        if (changed := queries.changes_between(viewer, SINCE, UNTIL))
    }

    staff, members, public = (3, 3, 3), (2, 2, 2), (1, 1, 1)
    assert found == {
        "public": public,
        "members' report": members,
        "administrator": public,
        "partner": public,
        "committee": members,
        "own country": (2, 2, 3),
        "other country": members,
        "expert": members,
        "officer elsewhere": members,
        "officer": staff,
        "secretariat": staff,
    }


def test_what_is_known_later_changes_nothing():
    home = make.initiative("home")
    row = make.milestone(home, "1 December 2021")
    before = queries.changes_between(make.STAFF, SINCE, UNTIL)
    later = datetime(2021, 7, 20, 12, tzinfo=UTC)

    actions.propose_plan(milestone=row, words="2022", reason="staffing", by=make.STAFF, now=later)
    actions.add_milestone(initiative=home, name="New", by=make.STAFF, now=later)

    assert queries.changes_between(make.STAFF, SINCE, UNTIL).found == before.found == NOTHING


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(count, django_assert_num_queries):
    make.viewers("home")
    home = make.initiative("home")
    for _n in range(count):
        make.milestone(home, "1 December 2021", known_from=UNTIL)
        meeting = make.meeting(home, state="held")
        make.decision(meeting)
        make.agree(meeting, UNTIL)
        make.ask(home, told=make.told(UNTIL))

    with django_assert_num_queries(7):
        changed = queries.changes_between(make.STAFF, SINCE, UNTIL)

    assert (len(changed.found.added), len(changed.decided), len(changed.asked)) == (count,) * 3
