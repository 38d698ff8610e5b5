"""What a file of dates says: tables and Microsoft Project read into the same lines."""

from datetime import date

import pytest
from django.utils import translation

from serai.base.plans import PlanBaseline, PlanFile, PlanLink, PlanTask, write_plan
from serai.calc.schedule import LinkKind, on_day, parse_window
from serai.programme.actions.facts import Refused
from serai.programme.actions.filed import link_words, read_project, read_table
from serai.programme.states.words import FILE_HEADS

D = date(2021, 6, 30)
JUNE = on_day(date(2021, 6, 22), "22 June 2021")


def written(*tasks):
    return write_plan(PlanFile("CAREC", tasks, D))


def test_a_row_with_several_faults_tells_them_all():
    (line,) = read_table(b"number,end,done\n1,31 June 2021,summer\n", "plan.csv", "en")

    assert [field for field, _told in line.problems] == ["end", "done"]
    assert [line.at(field) for field, _told in line.problems] == [
        "Row 2, column “end”", "Row 2, column “done”",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ("summer,,", "words"),
        ("June 2021,31 June 2021,", "end"),
        ("June 2021,,31 May 2021 or so", "start"),
        (",,1 May 2021", "end"),
    ],
)
def test_a_date_not_understood_names_its_column(cells, field):
    (line,) = read_table(f"number,words,end,start\n1,{cells}\n".encode(), "plan.csv", "en")

    assert [found for found, _told in line.problems] == [field]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_heads_in_words_of_any_language_are_known_and_named_as_they_are_written(language):
    with translation.override(language):
        heads = [str(FILE_HEADS[field]) for field in ("number", "words", "done")]

    (line,) = read_table(f"{','.join(heads)}\n1,summer,May 2021\n".encode(), "p.csv", "en")

    assert (line.number, line.words, line.done) == ("1", "summer", "May 2021")
    assert line.at("words") == f"Row 2, column “{heads[1]}”"


def test_a_number_that_stands_twice_names_the_first_row():
    lines = read_table(b"number,words\n1,June 2021\n1,July 2021\n", "plan.csv", "en")

    assert [line.problems for line in lines] == [
        (), (("number", "this number stands in Row 2 already."),)
    ]  # fmt: skip


def test_the_same_number_of_two_initiatives_is_no_fault_of_the_number():
    lines = read_table(b"initiative,number,end\na,1,2021-06-30\nb,1,2021-06-30\n", "p.csv", "en")

    assert [(line.initiative, line.number, line.problems) for line in lines] == [
        ("a", "1", ()), ("b", "1", ()),
    ]  # fmt: skip


def test_an_empty_cell_says_nothing():
    head = b"number,end,owner,country,after,name\n"

    (line,) = read_table(head + b"1,2021-06-30,,,,\n", "plan.csv", "en")

    assert (line.others, line.baselines, line.is_whole) == ((), (), False)


def test_a_task_says_owner_country_links_and_baselines():
    first = PlanTask(11, "1", "Draft", JUNE)
    second = PlanTask(
        12, "2", "Book", JUNE, None, (PlanBaseline(0, JUNE),),
        (PlanLink(11, LinkKind.START_START, -3),), owner="Bank", country="GEO",
    )  # fmt: skip

    lines = read_project(written(first, second), "en")

    assert [line.others for line in lines] == [
        (("name", "Draft"), ("owner", ""), ("country", ""), ("after", "")),
        (("name", "Book"), ("owner", "Bank"), ("country", "GEO"), ("after", "1SS-3")),
    ]
    assert [(line.baselines, line.is_whole) for line in lines] == [
        ((), True), (((0, JUNE),), True),
    ]  # fmt: skip
    assert lines[1].at("after") == "Task 2 Book, column “Predecessors”"


def test_a_task_from_elsewhere_says_nothing_of_what_it_does_not_name():
    (line,) = read_project(written(PlanTask(4, "", "Draft", parse_window("May 2021", "en"))), "en")

    assert (line.number, line.others, line.is_whole) == ("4", (("name", "Draft"),), False)


def test_days_without_words_are_said_in_the_reader_s_language():
    task = PlanTask(4, "1", "Draft", on_day(date(2021, 7, 5)).said(""))

    (line,) = read_project(written(task), "ru")

    assert (line.words, line.done) == ("5 июля 2021 г.", "")


def test_what_project_says_and_cannot_be_taken_is_a_problem_with_its_column():
    content = written(PlanTask(4, "1", "Draft", JUNE)).replace(
        b"<Finish>2021-06-22T17:00:00</Finish>", b"<Finish>soon</Finish>"
    )
    moved = content.replace(b"<ManualFinish>2021-06-22T17:00:00", b"<ManualFinish>later")

    lines = read_project(moved, "en")

    assert [(line.at(field), told) for line in lines for field, told in line.problems] == [
        ("Task 1 Draft, column “Finish”", "“later” is not a date: it is left out."),
        (
            "Task 1 Draft, column “Finish”",
            "The task has a start and no finish: no date is read.",
        ),
    ]


@pytest.mark.parametrize(
    ("kind", "lag_days", "said"),
    [("FS", 0, "2"), ("FS", 14, "2FS+14"), ("SS", 0, "2SS"), ("FF", -3, "2FF-3")],
)
def test_a_link_is_written_as_project_writes_it(kind, lag_days, said):
    assert link_words("2", kind, lag_days) == said


def test_a_file_that_is_none_is_refused():
    with pytest.raises(Refused, match="not a plan in XML"):
        read_project(b"<a/>", "en")
    with pytest.raises(Refused, match="name the columns"):
        read_table(b"a,b\n1,2\n", "plan.csv", "en")
