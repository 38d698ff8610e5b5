"""Microsoft Project XML: nothing is lost on the way out and back, nothing strange is taken."""

import json
import subprocess
import sys
from datetime import date, timedelta
from importlib.util import find_spec

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from serai.base.plans import (
    MOST_BYTES,
    PlanBaseline,
    PlanFile,
    PlanLink,
    PlanProblem,
    PlanRefused,
    PlanTask,
    read_plan,
    working_hours,
    write_plan,
)
from serai.base.plans.mspdi import NAMESPACE, pack, unpack
from serai.calc.schedule import LinkKind, Precision, Window, by_day, on_day, parse_window

DAY = date(2021, 6, 30)
END_OF_JUNE = parse_window("end of June 2021", "en")
SPAN = parse_window("02nd August 2021 to 30th September 2021", "en")
ONGOING = parse_window("постоянная поддержка в течение 2021 и 2022 гг.", "ru")
TASKS = (
    PlanTask(11, "vc/1", "Inception report", on_day(date(2021, 3, 15), "15th March 2021"),
             group="Virtual CAREC", owner="ADB", country="GEO", notes="Two lines\nof notes "),
    PlanTask(12, "vc/2", "Опросник & <ответы>", END_OF_JUNE, by_day(DAY, "by 30 June 2021"),
             (PlanBaseline(0, on_day(date(2021, 6, 22), "22nd June")), PlanBaseline(10, SPAN)),
             (PlanLink(11, LinkKind.FINISH_START, 14),), group="Virtual CAREC"),
    PlanTask(13, "vc/9", "Provision", SPAN, on_day(date(2021, 9, 10)), (),
             (PlanLink(12, LinkKind.START_START, -3), PlanLink(11, LinkKind.FINISH_FINISH)),
             group="Virtual CAREC"),
    PlanTask(21, "ds/1", "Support", ONGOING, links=(PlanLink(13, LinkKind.START_FINISH, 1),),
             group="Digital Strategy"),
    PlanTask(22, "ds/2", "No date yet", None, group="Digital Strategy"),
    PlanTask(30, "x/1", "Without an initiative", by_day(DAY, "by 30 June 2021")),
)  # fmt: skip
PLAN = PlanFile("CAREC", TASKS, DAY)


def find(content, uid):
    root = etree.fromstring(content)
    path = f"{{{NAMESPACE}}}Tasks/{{{NAMESPACE}}}Task"
    return next(one for one in root.iterfind(path) if value(one, "UID") == str(uid))


def value(element, path):
    return element.findtext("/".join(f"{{{NAMESPACE}}}{name}" for name in path.split("/")))


def values(element, *names):
    return tuple(value(element, name) for name in names)


def test_our_own_file_loses_nothing():
    found = read_plan(write_plan(PLAN))

    assert (found.title, found.tasks, found.moved, found.problems) == ("CAREC", TASKS, set(), ())


def test_the_same_plan_gives_the_same_bytes():
    assert write_plan(PLAN) == write_plan(PLAN)


def test_tasks_are_scheduled_by_hand_so_that_opening_moves_nothing():
    written = write_plan(PLAN)

    assert values(find(written, 12), "Manual", "Milestone", "ManualStart", "ManualFinish") == (
        "1", "1", "2021-06-30T17:00:00", "2021-06-30T17:00:00",
    )  # fmt: skip
    assert values(find(written, 13), "Manual", "Milestone", "Start", "Finish", "Duration") == (
        "1", "0", "2021-08-02T08:00:00", "2021-09-30T17:00:00", "PT352H0M0S",
    )  # fmt: skip
    assert value(etree.fromstring(written), "NewTasksAreManual") == "1"


def test_an_initiative_is_the_summary_of_its_tasks():
    written = write_plan(PLAN)

    assert values(find(written, 31), "Name", "Summary", "OutlineLevel", "Start", "Finish") == (
        "Virtual CAREC", "1", "1", "2021-03-15T08:00:00", "2021-09-30T17:00:00",
    )  # fmt: skip
    assert values(find(written, 12), "OutlineLevel", "OutlineNumber", "ID") == ("2", "1.2", "3")
    assert values(find(written, 30), "OutlineLevel") == ("1",)


def test_an_initiative_without_dates_has_a_summary_without_dates():
    tasks = (PlanTask(1, "hub/1", "Study", None, group="Start-up hub"),)
    written = write_plan(PlanFile("", tasks, DAY))

    assert values(find(written, 2), "Name", "Start", "Summary") == ("Start-up hub", None, "1")
    assert read_plan(written).tasks == tasks


def test_links_and_lags_are_written_in_project_s_own_numbers():
    task = find(write_plan(PLAN), 12)

    link = task.find(f"{{{NAMESPACE}}}PredecessorLink")
    assert values(link, "PredecessorUID", "Type", "LinkLag", "LagFormat") == (
        "11", "1", str(14 * 24 * 60 * 10), "8",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (LinkKind.FINISH_FINISH, "0"),
        (LinkKind.FINISH_START, "1"),
        (LinkKind.START_FINISH, "2"),
        (LinkKind.START_START, "3"),
    ],
)
def test_each_link_kind_has_its_type(kind, number):
    tasks = (TASKS[0], PlanTask(12, "", "B", END_OF_JUNE, links=(PlanLink(11, kind),)))

    assert value(find(write_plan(PlanFile("", tasks, DAY)), 12), "PredecessorLink/Type") == number


def test_a_completion_is_written_as_actual_finish():
    written = write_plan(PLAN)

    assert values(find(written, 12), "PercentComplete", "ActualFinish") == (
        "100", "2021-06-30T17:00:00",
    )  # fmt: skip
    assert values(find(written, 13), "ActualStart", "ActualFinish", "ActualDuration") == (
        "2021-08-02T08:00:00", "2021-09-10T17:00:00", "PT240H0M0S",
    )  # fmt: skip
    assert values(find(written, 11), "PercentComplete", "ActualFinish") == ("0", None)


def test_working_hours_count_monday_to_friday():
    assert working_hours(date(2021, 6, 28), date(2021, 6, 30)) == 24
    assert working_hours(date(2021, 6, 25), date(2021, 7, 5)) == 56
    assert working_hours(date(2021, 6, 26), date(2021, 6, 27)) == 0


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_working_hours_equal_a_count_of_each_day(first, width):
    days = [first + timedelta(days=n) for n in range(width + 1)]

    assert working_hours(first, days[-1]) == 8 * sum(day.weekday() < 5 for day in days)


def test_letters_xml_cannot_hold_are_dropped():
    tasks = (PlanTask(1, "a", "Bell\x07 and \ud800half", END_OF_JUNE),)

    assert read_plan(write_plan(PlanFile("", tasks, DAY))).tasks[0].name == "Bell and half"


def test_a_plan_without_tasks_is_written_and_read():
    assert read_plan(write_plan(PlanFile("Empty", (), DAY))).tasks == ()


@pytest.mark.parametrize(
    ("tasks", "sentence"),
    [
        ((TASKS[0], TASKS[0]), "Every task of a plan needs a UID of its own, from 1 on."),
        ((PlanTask(0, "a", "b", None),), "Every task of a plan needs a UID of its own, from 1 on."),
        ((PlanTask(1, "a", "b", None, None, (PlanBaseline(11, SPAN),)),),
         "Task 1: baselines [11] are not 0 to 10, each once."),
        ((PlanTask(1, "a", "b", None, owner="x" * 256),),
         f"Task 1: {'x' * 40!r}… is longer than 255."),
    ],
)  # fmt: skip
def test_plans_project_cannot_hold_are_refused(tasks, sentence):
    with pytest.raises(ValueError) as refusal:
        write_plan(PlanFile("", tasks, DAY))

    assert str(refusal.value) == sentence


@st.composite
def windows(draw):
    day = st.integers(0, 900).map(lambda days: date(2021, 1, 1) + timedelta(days=days))
    start, latest, first, last = sorted(draw(st.lists(day, min_size=4, max_size=4)))
    words = draw(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")),
                         max_size=180))  # fmt: skip
    precision = draw(st.sampled_from(Precision))
    starts = (start, latest) if draw(st.booleans()) else (None, None)
    earliest = None if draw(st.booleans()) else first
    return Window(earliest, last, precision, words, *starts, is_ongoing=draw(st.booleans()))


@settings(max_examples=60)
@given(st.lists(st.tuples(windows(), st.none() | windows(), windows()), min_size=1, max_size=5))
def test_any_windows_come_back_as_they_were(rows):
    tasks = tuple(
        PlanTask(n, f"a/{n}", f"Task {n}", plan, done, (PlanBaseline(n, base),))
        for n, (plan, done, base) in enumerate(rows, 1)
    )

    assert read_plan(write_plan(PlanFile("", tasks, DAY))).tasks == tasks


def project(tasks, head=""):
    return f'<Project xmlns="{NAMESPACE}">{head}<Tasks>{tasks}</Tasks></Project>'.encode()


def foreign(uid=1, name="Report", body=""):
    return f"<Task><UID>{uid}</UID><ID>{uid}</ID><Name>{name}</Name>{body}</Task>"


POINT = (
    "<Milestone>1</Milestone><Start>2021-06-22T08:00:00</Start><Finish>2021-06-22T08:00:00</Finish>"
)
LASTING = "<Start>2021-06-01T08:00:00</Start><Finish>2021-06-22T17:00:00</Finish>"


def one(body):
    found = read_plan(project(foreign(body=body)))
    return found.tasks[0], found.problems


def test_a_file_from_elsewhere_is_read_by_uid_and_days():
    head = "<Name>plan.xml</Name>"
    summary = foreign(1, "Phase", "<Summary>1</Summary><OutlineLevel>1</OutlineLevel>")
    child = foreign(2, "Report", "<OutlineLevel>2</OutlineLevel>" + POINT)
    other = foreign(3, "Training", "<OutlineLevel>1</OutlineLevel>" + LASTING)

    found = read_plan(project(foreign(0, "plan") + summary + child + other, head))

    assert found.title == "plan.xml"
    assert found.problems == ()
    assert found.tasks == (
        PlanTask(2, "", "Report", on_day(date(2021, 6, 22)).said(""), group="Phase"),
        PlanTask(3, "", "Training", Window(
            date(2021, 6, 22), date(2021, 6, 22), Precision.SPAN, "", date(2021, 6, 1),
            date(2021, 6, 1))),
    )  # fmt: skip


def test_dates_changed_in_project_hold_and_are_told():
    content = write_plan(PLAN).replace(b"2021-06-30T17:00:00", b"2021-07-09T17:00:00")

    found = read_plan(content)

    moved = {task.uid: task.plan for task in found.tasks}[12]
    assert found.moved == {12, 30}
    assert moved == Window(date(2021, 7, 9), date(2021, 7, 9), Precision.DAY)
    assert found.problems[0] == PlanProblem(
        "vc/2 Опросник & <ответы>",
        "finish",
        "The dates were changed in Project: “end of June 2021” is replaced by 2021-07-09.",
        is_refused=False,
    )


def test_a_foreign_text_field_is_not_taken_for_ours():
    head = (
        "<ExtendedAttributes><ExtendedAttribute><FieldID>188743731</FieldID>"
        "<Alias>Budget line</Alias></ExtendedAttribute></ExtendedAttributes>"
    )
    body = (
        "<ExtendedAttribute><FieldID>188743731</FieldID><Value>B7</Value></ExtendedAttribute>"
        + POINT
    )

    assert read_plan(project(foreign(body=body), head)).tasks[0].number == ""


def link(**changes):
    fields = {"PredecessorUID": 1, "Type": 1, "LinkLag": 0, "LagFormat": 7} | changes
    inside = "".join(f"<{name}>{text}</{name}>" for name, text in fields.items())
    return f"<PredecessorLink>{inside}</PredecessorLink>"


@pytest.mark.parametrize(
    ("changes", "links", "sentence"),
    [
        ({}, (PlanLink(1),), None),
        ({"Type": 3}, (PlanLink(1, LinkKind.START_START),), None),
        ({"LinkLag": 201600, "LagFormat": 8}, (PlanLink(1, lag_days=14),), None),
        ({"LinkLag": 24000}, (PlanLink(1, lag_days=7),),
         "A lag of 5 working days is read as 7 calendar days."),
        ({"LinkLag": 50, "LagFormat": 19}, (),
         "A lag in per cent cannot be read: the link is left out."),
        ({"Type": 9}, (), "A link to another project or of no known kind: left out."),
        ({"CrossProject": 1}, (), "A link to another project or of no known kind: left out."),
        ({"PredecessorUID": 77}, (),
         "It waits for a task that is not a row of this file: the link is left out."),
    ],
)  # fmt: skip
def test_links_from_elsewhere(changes, links, sentence):
    found = read_plan(project(foreign(1) + foreign(2, body=POINT + link(**changes))))

    assert found.tasks[1].links == links
    assert [problem.sentence for problem in found.problems] == ([sentence] if sentence else [])


def test_tasks_that_wait_for_each_other_are_named():
    found = read_plan(
        project(foreign(1, "A", link(PredecessorUID=2)) + foreign(2, "B", link(PredecessorUID=1)))
    )

    assert found.problems == (
        PlanProblem("", "link", "These tasks wait for each other: A → B → A."),
    )


@pytest.mark.parametrize(
    ("body", "plan", "field", "sentence"),
    [
        ("<Start>2021-06-22T08:00:00</Start>", None, "finish",
         "The task has a start and no finish: no date is read."),
        ("<Start>2021-07-22T08:00:00</Start><Finish>2021-06-22T08:00:00</Finish>", None, "start",
         "The start 2021-07-22 is after the finish 2021-06-22: no date is read."),
        ("<Finish>22 June</Finish>", None, "finish", "“22 June” is not a date: it is left out."),
        ("<PercentComplete>100</PercentComplete>", None, "completion",
         "Complete, but no day of finish: not recorded."),
        ("<Baseline><Number>11</Number><Finish>2021-06-22T08:00:00</Finish></Baseline>", None,
         "baseline", "A baseline is not numbered 0 to 10: left out."),
    ],
)  # fmt: skip
def test_values_that_cannot_hold_are_told(body, plan, field, sentence):
    task, problems = one(body)

    assert task.plan == plan
    assert problems == (PlanProblem("1 Report", field, sentence),)


def test_baselines_from_elsewhere_are_days_or_spans():
    task, problems = one(
        "<Baseline><Number>0</Number><Start>2021-06-01T08:00:00</Start>"
        "<Finish>2021-06-22T17:00:00</Finish></Baseline><Baseline><Number>1</Number></Baseline>"
        "<Baseline><Number>2</Number><Finish>2021-06-22T17:00:00</Finish></Baseline>"
    )

    june = date(2021, 6, 22)
    begins = date(2021, 6, 1)
    assert task.baselines == (
        PlanBaseline(0, Window(june, june, Precision.SPAN, "", begins, begins)),
        PlanBaseline(2, Window(june, june, Precision.DAY)),
    )
    assert problems == ()


def test_an_actual_finish_from_elsewhere_is_a_known_day():
    task, _problems = one("<ActualFinish>2021-06-22T17:00:00</ActualFinish>")

    assert task.completion == on_day(date(2021, 6, 22))


def test_rows_without_a_place_are_left_out_and_named():
    numbered = write_plan(PlanFile("", (TASKS[0], PlanTask(12, "vc/1", "Again", None)), DAY))

    twice = read_plan(
        project(foreign(1, "A") + foreign(1, "B") + foreign("x", "C") + foreign(4, ""))
    )

    assert [task.name for task in twice.tasks] == ["A"]
    assert [(one.task, one.field) for one in twice.problems] == [
        ("B", "uid"),
        ("x C", "uid"),
        ("4", "name"),
    ]
    assert [problem.field for problem in read_plan(numbered).problems] == ["number"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 mpp",
         "This is not a plan in XML. In Project, choose “Save as” and the type XML."),
        (b"<html/>", "This is not a plan in XML. In Project, choose “Save as” and the type XML."),
        (b"<Project/>", "This is not a plan in XML. In Project, choose “Save as” and the type XML."),
        (b'<!DOCTYPE Project [<!ENTITY a "b">]><Project>&a;</Project>',
         "The file declares a document type (DTD), which is not accepted. Save it again without."
         " In Project, choose “Save as” and the type XML."),
        (b" " * (MOST_BYTES + 1) ,
         "The file is empty. Choose the file again."
         " In Project, choose “Save as” and the type XML."),
        (b"<" * (MOST_BYTES + 1) ,
         "The file has 11 MB; at most 10 MB are read. Send a smaller file."
         " In Project, choose “Save as” and the type XML."),
        (b"number,name\n1,Report",
         "The file is not well-formed XML: it breaks at line 1. Save it again."
         " In Project, choose “Save as” and the type XML."),
    ],
    ids=["mpp", "html", "no namespace", "entities", "blank", "too big", "csv"],
)  # fmt: skip
def test_files_that_are_no_plan_are_refused(content, sentence):
    with pytest.raises(PlanRefused) as refusal:
        read_plan(content)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize("window", [END_OF_JUNE, SPAN, ONGOING, by_day(DAY, "by 30 June 2021")])
def test_packed_windows_are_unpacked(window):
    assert unpack(pack(window), window.words) == window


@pytest.mark.parametrize(
    "packed", ["", "third", "third;a/b;/;", "soon;2021-06-01/2021-06-10;/;", "day;/;/;",
               "day;2021-06-10/2021-06-01;/;"],
)  # fmt: skip
def test_packed_windows_that_were_changed_are_not_guessed(packed):
    assert unpack(packed, "") is None


MPXJ = """
import json, sys, warnings
warnings.simplefilter("ignore")
import jpype, mpxj
jpype.startJVM()
from org.mpxj.reader import UniversalProjectReader
rows = []
for task in UniversalProjectReader().read(sys.argv[1]).getTasks():
    rows.append([
        int(str(task.getUniqueID())), str(task.getName()), str(task.getStart()),
        str(task.getFinish()), bool(task.getMilestone()), bool(task.getSummary()),
        str(task.getTaskMode()), str(task.getActualFinish()), str(task.getText(1)),
        str(task.getText(2)), str(task.getBaselineFinish(10)),
        sorted(f"{one.getPredecessorTask().getUniqueID()} {one.getType()} {one.getLag()}"
               for one in task.getPredecessors()),
    ])
print(json.dumps(rows))
"""


@pytest.mark.skipif(
    find_spec("mpxj") is None or find_spec("jpype") is None,
    reason="MPXJ (packages mpxj and jpype1, and Java) is not installed.",
)
@pytest.mark.slow
def test_mpxj_reads_the_same_dates_links_and_milestones(tmp_path):
    path = tmp_path / "plan.xml"
    path.write_bytes(write_plan(PLAN))

    answer = subprocess.run(
        [sys.executable, "-c", MPXJ, str(path)], capture_output=True, check=True, text=True
    )

    rows = {row[0]: row[1:] for row in json.loads(answer.stdout)}
    manual, end_of_june = "MANUALLY_SCHEDULED", "2021-06-30T17:00"
    assert rows == {
        31: ["Virtual CAREC", "2021-03-15T08:00", "2021-09-30T17:00", False, True, manual,
             "None", "None", "None", "None", []],
        11: ["Inception report", "2021-03-15T17:00", "2021-03-15T17:00", True, False, manual,
             "None", "vc/1", "15th March 2021", "None", []],
        12: ["Опросник & <ответы>", end_of_june, end_of_june, True, False, manual,
             end_of_june, "vc/2", "end of June 2021", "2021-09-30T17:00", ["11 FS 14.0ed"]],
        13: ["Provision", "2021-08-02T08:00", "2021-09-30T17:00", False, False, manual,
             "2021-09-10T17:00", "vc/9", "02nd August 2021 to 30th September 2021", "None",
             ["11 FF 0.0ed", "12 SS -3.0ed"]],
        32: ["Digital Strategy", "2021-01-01T08:00", "2022-12-31T17:00", False, True, manual,
             "None", "None", "None", "None", []],
        21: ["Support", "2021-01-01T08:00", "2022-12-31T17:00", False, False, manual, "None",
             "ds/1", "постоянная поддержка в течение 2021 и 2022 гг.", "None", ["13 SF 1.0ed"]],
        22: ["No date yet", rows[22][1], rows[22][2], True, False, manual, "None", "ds/2",
             "None", "None", []],
        30: ["Without an initiative", end_of_june, end_of_june, True, False, manual, "None",
             "x/1", "by 30 June 2021", "None", []],
    }  # fmt: skip
