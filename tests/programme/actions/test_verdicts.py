"""What each line of a file would do here: nothing a file says is dropped without a word."""

from dataclasses import replace
from datetime import date

import pytest
from tests.factories.members import organisation
from tests.factories.programme import NOON, STAFF, initiative, milestone

from serai.base.plans import PlanLink, write_plan
from serai.calc.schedule import LinkKind, Precision, Window, on_day
from serai.programme import actions, exports, queries
from serai.programme.actions.facts import Refused
from serai.programme.actions.filed import read_project, read_table
from serai.programme.actions.verdicts import days, judge, refusal, window_of

pytestmark = pytest.mark.django_db
D = date(2021, 6, 30)


@pytest.fixture
def one():
    """Two milestones: the second, a bank's in Georgia, waits for the first and has a baseline."""
    one = initiative("virtual-carec")
    first = milestone(one, words="22 June 2021")
    agency = organisation("Agency", country="GEO")
    second = milestone(one, words="end of July 2021", owner=agency, country=agency.member)
    actions.add_dependency(milestone=second, after=first, lag_days=14, by=STAFF, now=NOON)
    actions.set_baseline(initiative=one, name="First plan", by=STAFF, now=NOON)
    return one


def tasks(one):
    rows = queries.milestones(STAFF, D, initiative=one.code)
    return exports.plan_file(rows, title="Virtual CAREC", status_on=D)


def told(one, plan):
    lines = read_project(write_plan(plan), "en")
    return [
        (row.verdict.value, row.number, row.here, row.file, row.sentence)
        for row in judge(one, lines, today=D)
    ]


def changed(one, **fields):
    """What is told of a file in which the second task says something else."""
    plan = tasks(one)
    first, second = plan.tasks
    found = told(one, replace(plan, tasks=(first, replace(second, **fields))))
    return found[0][0], [row for row in found[1:] if row[0] != "same"]


def test_our_own_project_file_says_what_stands_here(one):
    assert [row[:2] for row in told(one, tasks(one))] == [("same", "1"), ("same", "2")]


REST = (
    " No file changes that. Change it on the milestone's page, or write in the file what stands "
    "here, and bring it in again."
)


@pytest.mark.parametrize(
    ("fields", "column", "here", "file"),
    [
        ({"owner": "Bank"}, "Serai owner", "Agency", "Bank"),
        ({"owner": ""}, "Serai owner", "Agency", "–"),
        ({"country": "UZB"}, "Serai country", "GEO", "UZB"),
        ({"links": ()}, "Predecessors", "1FS+14", "–"),
        ({"name": "Another"}, "Name", "Milestone 2", "Another"),
    ],
    ids=["owner", "no owner", "country", "no link", "name"],
)
def test_a_task_that_says_otherwise_is_told_by_field(one, fields, column, here, file):
    name = fields.get("name", "Milestone 2")

    before, rows = changed(one, **fields)

    sentence = f"Task 2 {name}, column “{column}”: here it is “{here}”.{REST}"
    assert before == "same"
    assert rows == [("not_read", "2", here, file, sentence)]


@pytest.mark.parametrize(
    ("kind", "lag_days", "file"),
    [(LinkKind.START_START, 14, "1SS+14"), (LinkKind.FINISH_START, 0, "1")],
)
def test_another_kind_or_lag_of_a_link_is_told(one, kind, lag_days, file):
    link = PlanLink(tasks(one).tasks[0].uid, kind, lag_days)

    _before, rows = changed(one, links=(link,))

    assert [row[:4] for row in rows] == [("not_read", "2", "1FS+14", file)]


def test_another_baseline_is_told(one):
    (baseline,) = tasks(one).tasks[1].baselines
    moved = replace(baseline, window=on_day(date(2021, 8, 2), "2 August 2021"))
    extra = replace(moved, number=3)

    _before, other = changed(one, baselines=(moved,))
    _before, gone = changed(one, baselines=())
    _before, more = changed(one, baselines=(baseline, extra))

    rest = (
        "No file changes a baseline. Set a new one on the initiative's page, or start from a new "
        "export."
    )
    place, number = "Task 2 Milestone 2, column “Baseline”", baseline.number
    assert [row[4] for row in other] == [
        f"{place}: baseline {number} is “end of July 2021” here and “2 August 2021” in the file. "
        + rest
    ]
    assert [row[4] for row in gone] == [
        f"{place}: baseline {number} is “end of July 2021” here and “–” in the file. {rest}"
    ]
    assert [row[4] for row in more] == [
        f"{place}: baseline 3 is “–” here and “2 August 2021” in the file. {rest}"
    ]


def test_a_plan_from_elsewhere_need_not_name_links_owner_and_baselines(one):
    plan = tasks(one)
    bare = tuple(
        replace(task, uid=int(task.number), number="", owner="", country="", links=(), baselines=())
        for task in plan.tasks
    )

    assert [row[:2] for row in told(one, replace(plan, tasks=bare))] == [
        ("same", "1"), ("same", "2"),
    ]  # fmt: skip


def test_a_link_to_another_initiative_is_named_with_its_code_and_may_be_left_out(one):
    other = milestone(initiative("digital-strategy"), words="1 June 2021")
    second = one.milestones.get(number=2)
    actions.add_dependency(milestone=second, after=other, by=STAFF, now=NOON)
    everything = queries.milestones(STAFF, D)
    own = [row for row in everything if row.initiative == one.code]

    whole = exports.milestones_file(own, everything).to_csv()
    seen = exports.milestones_file(own, own).to_csv()

    assert "1, digital-strategy/1" in whole.decode()
    for content in (whole, seen):
        rows = judge(one, read_table(content, "m.csv", "en"), today=D)
        assert [row.verdict.value for row in rows] == ["same", "same"]
    assert [row[:2] for row in told(one, tasks(one))] == [("same", "1"), ("same", "2")]


def test_a_row_of_another_initiative_is_not_taken_for_one_of_this(one):
    content = b"initiative,number,words\ndigital-strategy,1,July 2021\n"

    (row,) = judge(one, read_table(content, "m.csv", "en"), today=D)

    assert (row.verdict.value, row.sentence) == (
        "unknown",
        "Row 2, column “initiative”: this row is of “digital-strategy”, and the file is brought for "
        "“virtual-carec”. Take the row out.",
    )


def test_a_completion_after_today_is_told_before_anything_is_applied(one):
    (row,) = judge(one, read_table(b"number,end,done\n1,,1 July 2021\n", "m.csv", "en"), today=D)

    assert (row.verdict.value, row.sentence) == (
        "problem",
        "Row 2, column “done”: the completion, 1 July 2021, is after today, 30 June 2021. Bring it "
        "once it is reached.",
    )


def test_a_file_is_judged_in_the_same_number_of_queries_for_one_and_three_rows(
    one, django_assert_num_queries
):
    milestone(one)
    lines = read_table(b"number,words,done\n1,,June 2021\n2,,\n3,,\n", "m.csv", "en")

    with django_assert_num_queries(4):
        list(judge(one, lines[:1], today=D))
    with django_assert_num_queries(4):
        list(judge(one, lines, today=D))


def test_a_refusal_names_ten_places_and_counts_the_rest():
    places = [f"Row {n}, column “words”" for n in range(2, 14)]

    said = refusal(places)

    assert said == (
        "12 cells keep this file from being applied: " + "; ".join(places[:10]) + "; and 2 more. "
        "Nothing of the file is taken. Mend each cell as its remark says and bring the file in "
        "again."
    )


def test_a_window_is_kept_and_given_back():
    window = Window(date(2021, 6, 1), date(2021, 6, 30), Precision.MONTH, "June 2021")

    assert window_of(days(window), "June 2021") == window
    assert days(None) is None
    with pytest.raises(Refused, match="The preview is damaged"):
        window_of({**days(window), "end_latest": None}, "June 2021")
