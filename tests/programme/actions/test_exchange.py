"""Files in: previewed, applied whole, undone; bad ones refused with a sentence."""

from dataclasses import replace
from datetime import date

import pytest
from tests.factories.members import organisation, viewer_with
from tests.factories.programme import NOON, STAFF, initiative, milestone, source_report

from serai.base.access import Denied
from serai.base.plans import PlanLink, write_plan
from serai.calc.schedule import parse_window
from serai.programme import actions, exports, queries
from serai.programme.actions import Refused
from serai.programme.models import Completion, Plan, PlanVerdict

pytestmark = pytest.mark.django_db
D = date(2021, 6, 30)
HEAD = "number,name,start,end,words,owner,country,after,done,plan\n"


def _brought(one, text, name="dates.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return actions.preview_import(
        initiative=one, content=content, name=name, language="en", by=STAFF, now=NOON
    )


@pytest.fixture
def one():
    one = initiative("virtual-carec")
    milestone(one, words="22 June 2021")
    milestone(one, words="end of July 2021")
    milestone(one)
    return one


def _verdicts(batch):
    return [(row["number"], row["verdict"]) for row in batch.rows]


def test_a_file_is_previewed_row_by_row(one):
    batch = _brought(
        one,
        HEAD + "1,,,,mid-July 2021,,,,,\n2,,,,end of July 2021,,,,,\n3,,,2021-08-30,,,,,,\n"
        "9,,,,May 2021,,,,,\n2,,,,summer 2021,,,,,\n",
    )

    assert _verdicts(batch) == [
        ("1", "change"), ("2", "same"), ("3", "first"), ("9", "unknown"), ("2", "problem"),
        ("2", "problem"),
    ]  # fmt: skip
    assert Plan.objects.count() == 2


def test_words_and_date_that_differ_are_refused(one):
    batch = _brought(one, HEAD + "1,,,2021-07-15,end of June 2021,,,,,\n")

    assert batch.rows[0]["verdict"] == "problem"
    assert batch.rows[0]["sentence"] == (
        "Row 2, column “words”: The words say 21 June 2021 – 30 June 2021, the date says 15 July 2021."
    )


def test_a_plan_changed_since_export_shows_both_values(one):
    old = queries.milestones(STAFF, D)[0]
    plan = actions.propose_plan(
        milestone=queries.milestone(STAFF, old.public_id), words="1 July 2021",
        reason="staffing", by=STAFF, now=NOON,
    )  # fmt: skip
    actions.approve_plan(plan=plan, by=STAFF, now=NOON)

    batch = _brought(one, HEAD + f"1,,,,mid-July 2021,,,,,{old.plan_id}\n")

    assert batch.rows[0]["verdict"] == "conflict"
    assert (batch.rows[0]["here"], batch.rows[0]["file"]) == ("1 July 2021", "mid-July 2021")
    assert batch.rows[0]["sentence"] == (
        "Row 2, column “words”: the date here was changed after the file was exported: here "
        "1 July 2021, in the file mid-July 2021. Start from a new export, or empty the cell in the "
        "column “plan” to propose this date all the same."
    )


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("3,,,,summer 2021,,,,,\n", "Row 3, column “words”"),
        ("3,,,31 June 2021,,,,,,\n", "Row 3, column “end”"),
        ("3,,,,,,,,some day,\n", "Row 3, column “done”"),
        ("3,,,,,,,,1 July 2021,\n", "Row 3, column “done”"),
        ("3,,1 May 2021,,,,,,,\n", "Row 3, column “end”"),
        ("9,,,,May 2021,,,,,\n", "Row 3, column “number”"),
        ("1,,,,May 2021,,,,,\n", "Row 3, column “number”"),
        ("2,,,,May 2021,,,,,elsewhere\n", "Row 3, column “words”"),
        ("3,Another,,,,,,,,\n", "Row 3, column “name”"),
    ],
    ids=[
        "words", "end", "done", "done ahead", "no end", "unknown", "twice", "conflict", "name",
    ],
)  # fmt: skip
def test_one_cell_that_cannot_be_taken_keeps_the_whole_file_out(one, line, place):
    batch = _brought(one, HEAD + "1,,,,mid-July 2021,,,,by 30 June 2021,\n" + line)

    with pytest.raises(Refused) as refused:
        actions.apply_import(batch=batch, reason="New plan", language="en", by=STAFF, now=NOON)

    assert str(refused.value) == (
        f"1 cell keeps this file from being applied: {place}. Nothing of the file is taken. Mend "
        "the cell as its remark says and bring the file in again."
    )
    batch.refresh_from_db()
    assert (batch.state, Plan.objects.count(), Completion.objects.count()) == ("previewed", 2, 0)


def test_an_import_is_applied_as_proposals_and_undone(one):
    batch = _brought(one, HEAD + "1,,,,mid-July 2021,,,,,\n3,,,,August 2021,,,,by 30 June 2021,\n")

    actions.apply_import(batch=batch, reason="New plan", language="en", by=STAFF, now=NOON)

    assert Plan.objects.filter(verdict=None).count() == 2
    assert Completion.objects.count() == 1
    assert str(queries.milestones(STAFF, D)[0].words) == "22 June 2021"
    with pytest.raises(Refused, match="applied or undone already"):
        actions.apply_import(batch=batch, reason="Again", language="en", by=STAFF, now=NOON)
    actions.undo_import(batch=batch, by=STAFF, now=NOON)
    assert PlanVerdict.objects.filter(state="rejected").count() == 2
    assert queries.milestones(STAFF, D)[2].completion is None
    assert Plan.objects.count() == 4


def test_a_file_without_changes_changes_nothing(one):
    batch = _brought(one, HEAD + "1,,,,22 June 2021,,,,,\n")

    with pytest.raises(Refused, match="Nothing in this file"):
        actions.apply_import(batch=batch, reason="None", language="en", by=STAFF, now=NOON)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("plan.mpp", b"\xd0\xcf\x11\xe0", "save as XML from Project"),
        ("plan.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><Project/>', "type XML"),
        ("plan.xml", b"<a/>", "not a plan in XML"),
        ("dates.csv", b"a,b\n1,2\n", "name the columns"),
        ("dates.xlsx", b"not a workbook", "dates.xlsx"),
    ],
)
def test_bad_files_are_refused_with_a_sentence(one, name, content, says):
    with pytest.raises(Refused, match=says):
        _brought(one, content, name)


def test_our_own_project_file_comes_back_unchanged():
    virtual, _strategy, _hub = source_report()
    rows = queries.milestones(STAFF, D, initiative="virtual-carec")
    content = write_plan(exports.plan_file(rows, title="Virtual CAREC", status_on=D))

    batch = _brought(virtual, content, "plan.xml")

    assert {row["verdict"] for row in batch.rows} == {"same"}


def test_a_project_file_with_another_link_and_owner_is_refused_whole(one):
    rows = queries.milestones(STAFF, D)
    plan = exports.plan_file(rows, title="Virtual CAREC", status_on=D)
    first, second, third = plan.tasks
    moved = replace(
        third, plan=parse_window("Q3 2021", "en"), owner="Bank", links=(PlanLink(second.uid),)
    )
    content = write_plan(replace(plan, tasks=(first, second, moved)))

    batch = _brought(one, content, "plan.xml")

    with pytest.raises(Refused) as refused:
        actions.apply_import(batch=batch, reason="New plan", language="en", by=STAFF, now=NOON)
    task = f"Task 3 {third.name}"
    assert _verdicts(batch) == [
        ("1", "same"), ("2", "same"), ("3", "first"), ("3", "not_read"), ("3", "not_read"),
    ]  # fmt: skip
    assert str(refused.value) == (
        f"2 cells keep this file from being applied: {task}, column “Serai owner”; {task}, column "
        "“Predecessors”. Nothing of the file is taken. Mend each cell as its remark says and bring "
        "the file in again."
    )
    assert Plan.objects.count() == 2


def test_a_date_moved_in_project_is_proposed_with_words(one):
    rows = queries.milestones(STAFF, D)
    content = write_plan(exports.plan_file(rows, title="Virtual CAREC", status_on=D))
    moved = content.replace(b"2021-06-22T17:00:00", b"2021-07-05T17:00:00")

    batch = _brought(one, moved, "plan.xml")
    actions.apply_import(batch=batch, reason="Moved", language="en", by=STAFF, now=NOON)

    assert _verdicts(batch) == [("1", "change"), ("2", "same"), ("3", "same"), ("", "note")]
    assert batch.rows[3]["sentence"] == (
        f"Task 1 {rows[0].name}, column “Finish”: The dates were changed in Project: "
        "“22 June 2021” is replaced by 2021-07-05."
    )
    assert [str(plan.words) for plan in Plan.objects.filter(verdict=None)] == ["5 July 2021"]


def test_our_own_table_comes_back_unchanged():
    virtual, _strategy, _hub = source_report()
    rows = queries.milestones(STAFF, D, initiative="virtual-carec")
    table = exports.milestones_file(rows, rows)

    batch = _brought(virtual, table.to_csv())
    other = _brought(virtual, table.to_xlsx(), "dates.xlsx")

    assert {row["verdict"] for row in batch.rows} == {"same"}
    assert {row["verdict"] for row in other.rows} == {"same"}


def test_a_date_that_is_approved_meanwhile_is_not_undone(one):
    batch = _brought(one, HEAD + "1,,,,mid-July 2021,,,,,\n")
    actions.apply_import(batch=batch, reason="New plan", language="en", by=STAFF, now=NOON)
    actions.approve_plan(plan=Plan.objects.get(verdict=None), by=STAFF, now=NOON)

    with pytest.raises(Refused) as refused:
        actions.undo_import(batch=batch, by=STAFF, now=NOON)

    assert str(refused.value) == (
        "The date mid-July 2021 from this file is approved already. Propose another date instead."
    )
    batch.refresh_from_db()
    assert (batch.state, batch.undone_at) == ("applied", None)


def test_what_was_turned_down_or_withdrawn_before_stays_so_when_an_import_is_undone(one):
    batch = _brought(one, HEAD + "1,,,,mid-July 2021,,,,by 30 June 2021,\n")
    actions.apply_import(batch=batch, reason="New plan", language="en", by=STAFF, now=NOON)
    plan, done = Plan.objects.get(verdict=None), Completion.objects.get()
    actions.reject_plan(plan=plan, reason="No", by=STAFF, now=NOON)
    actions.withdraw_completion(completion=done, reason="Wrong", by=STAFF, now=NOON)

    actions.undo_import(batch=batch, by=STAFF, now=NOON)

    plan.refresh_from_db()
    done.refresh_from_db()
    assert (plan.verdict.reason, done.withdrawn.reason) == ("No", "Wrong")


def test_a_damaged_preview_is_refused_and_nothing_is_made(one):
    batch = _brought(one, HEAD + "1,,,,mid-July 2021,,,,,\n")
    batch.rows[0]["window"]["end_latest"] = None
    batch.save(update_fields=["rows"])

    with pytest.raises(Refused) as refused:
        actions.apply_import(batch=batch, reason="x", language="en", by=STAFF, now=NOON)

    assert str(refused.value) == "The preview is damaged. Bring the file in again."
    assert Plan.objects.count() == 2


def test_an_import_is_undone_only_after_it_was_applied(one):
    batch = _brought(one, HEAD + "1,,,,mid-July 2021,,,,,\n")

    with pytest.raises(Refused) as refused:
        actions.undo_import(batch=batch, by=STAFF, now=NOON)

    assert str(refused.value) == (
        "This import is applied or undone already. Reload the page to see it."
    )


def test_a_completion_that_stands_already_is_not_brought_again(one):
    actions.record_completion(
        milestone=one.milestones.get(number=1), words="by 29 June 2021", by=STAFF, now=NOON
    )

    batch = _brought(one, HEAD + "1,,,,,,,,by 30 June 2021,\n3,,,,,,,,by 30 June 2021,\n")

    assert _verdicts(batch) == [("1", "not_read"), ("3", "done")]
    assert batch.rows[0]["sentence"] == _told("done", "by 29 June 2021")


def test_only_those_who_keep_the_initiative_bring_dates(one):
    for viewer in (viewer_with("officer", "elsewhere"), viewer_with("focal_point", "GEO")):
        with pytest.raises(Denied):
            actions.preview_import(
                initiative=one, content=b"number,end\n", name="dates.csv", language="en",
                by=viewer, now=NOON,
            )  # fmt: skip


def test_a_changed_owner_country_or_dependency_refuses_the_whole_file(one):
    agency = organisation("Agency", country="GEO")
    first, second, third = one.milestones.order_by("number")
    third.owner, third.country = agency, agency.member
    third.save()
    for after in (second, first):
        actions.add_dependency(milestone=third, after=after, by=STAFF, now=NOON)

    same = _brought(one, HEAD + '3,,,,,Agency,GEO,"1, 2",,\n')
    empty = _brought(one, HEAD + "3,,,,,,,,,\n")
    other = _brought(one, HEAD + "3,,,,Q3 2021,Bank,UZB,2,,\n")

    assert [_verdicts(batch) for batch in (same, empty)] == [[("3", "same")], [("3", "same")]]
    assert [(r["verdict"], r["here"], r["file"], r["sentence"]) for r in other.rows] == [
        ("first", "", "Q3 2021", ""),
        ("not_read", "Agency", "Bank", _told("owner", "Agency")),
        ("not_read", "GEO", "UZB", _told("country", "GEO")),
        ("not_read", "1, 2", "2", _told("after", "1, 2")),
    ]
    with pytest.raises(Refused) as refused:
        actions.apply_import(batch=other, reason="", language="en", by=STAFF, now=NOON)
    assert str(refused.value) == (
        "3 cells keep this file from being applied: Row 2, column “owner”; Row 2, column “country”; "
        "Row 2, column “after”. Nothing of the file is taken. Mend each cell as its remark says and "
        "bring the file in again."
    )
    third.refresh_from_db()
    other.refresh_from_db()
    assert (third.owner, third.plans.count(), other.state) == (agency, 0, "previewed")


def _told(column: str, here: str) -> str:
    return (
        f"Row 2, column “{column}”: here it is “{here}”. No file changes that. Change it on the "
        "milestone's page, or write in the file what stands here, and bring it in again."
    )
