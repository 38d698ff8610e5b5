"""What is wrong with a form is kept as codes and said in the reader's language."""

from django.utils.translation import override

from serai.base.xlsform import Problem
from serai.surveys.queries import faults
from serai.surveys.queries.faults import ProblemRow, shown


def test_a_problem_of_the_sheets_is_said_as_the_sheets_say_it():
    problem = Problem("no_setting", "settings", 2, "version", (("name", "version"),))

    found = shown(faults.from_sheets(problem))

    assert found == ProblemRow("settings", 2, "version", problem.sentence)


def test_a_problem_of_the_survey_names_what_was_given_and_what_to_do():
    kept = faults.from_room("version_known", "settings", 2, "version", given="1", known="2")

    assert shown(kept).text == "Version “1” is here already. Write another one, such as “2”."


def test_a_fault_of_the_engine_stands_at_its_row_in_english():
    assert shown(faults.from_engine("/data/a", "It is a circle.", 7)) == ProblemRow(
        "survey", 7, "", "/data/a: It is a circle.", is_english=True
    )
    assert shown(faults.from_engine("", "There is no model.", 0)) == ProblemRow(
        "", 0, "", "There is no model.", is_english=True
    )


def test_every_problem_has_a_sentence_in_the_pseudo_language():
    values = {"given": "a", "known": "b", "most": "3"}

    with override("xx"):
        for code in faults.SENTENCES:
            assert shown(faults.from_room(code, **values)).text != ""
