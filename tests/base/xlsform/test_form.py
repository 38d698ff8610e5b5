"""Every mistake of a sheet is named at its place, with what to do, all at once."""

import pytest
from tests.factories.xlsforms import SETTINGS, YES_NO, form

from serai.base.xlsform import NotAnXlsForm, read_xlsform

TWO_LANGUAGES = """
| survey |
| | type | name | label::English (en) | label::Русский (ru) | constraint | constraint_message::English (en) |
| | integer | n | How many? | Сколько? | . > 0 | More than none. |
| | select_one yes_no | q | Really? | | | |
| choices |
| | list_name | name | label::English (en) | label::Русский (ru) |
| | yes_no | yes | Yes | Да |
| | yes_no | no | No | Нет |
| settings |
| | form_id | form_title | version |
| | f | A form | 1 |
"""


def wrong(content: bytes | str) -> list[str]:
    with pytest.raises(NotAnXlsForm) as refused:
        read_xlsform(content)
    return [str(one) for one in refused.value.problems]


def test_a_form_says_its_languages_settings_and_where_its_rows_are():
    read = read_xlsform(
        form(
            """
            | begin_group | office | The office |
            | text | city | Which city? |
            | end_group | | |
            """
        )
    )

    assert (read.settings.form_id, read.settings.version, read.settings.title) == (
        "f", "1", "A form",
    )  # fmt: skip
    assert [(one.name, one.code) for one in read.languages] == [("", "")]
    assert read.rows_by_path == {"/data/office": 2, "/data/office/city": 3}
    assert read.warnings == ()
    assert 'ref="/data/office/city"' in read.xform


BAD_ROWS = {
    # types
    "| | q | Q |": "survey, row 2, type: The type is missing. Write what sort of question this is, such as text or select_one.",
    "| integr | q | Q |": "survey, row 2, type: There is no type “integr”; did you mean integer?",
    "| wibble | q | Q |": "survey, row 2, type: There is no type “wibble”. The page “Writing a questionnaire” lists the types.",
    "| select_won yes_no | q | Q |": "survey, row 2, type: There is no type “select_won yes_no”; did you mean select_one yes_no?",
    "| background-audio | q | Q |": "survey, row 2, type: The type “background-audio” is not supported here. Ask for it in another way.",
    "| begin_loop | q | Q |": "survey, row 2, type: The type “begin_loop” is not supported here. Ask for it in another way.",
    "| select_one_external towns | q | Q |": "survey, row 2, type: The type “select_one_external” is not supported here. Ask for it in another way.",
    "| select_one yes_no or_other | q | Q |": "survey, row 2, type: “or_other” is not supported here: its texts would be English in all languages. Add a choice “other” to the list, and a text question that depends on it.",
    "| select_one | q | Q |": "survey, row 2, type: The type “select_one” names no list. Write the list's name after it, as in select_one yes_no.",
    "| select_one yes_on | q | Q |": "survey, row 2, type: There is no list “yes_on” on the sheet “choices”; did you mean “yes_no”?",
    "| rank roads | q | Q |": "survey, row 2, type: There is no list “roads” on the sheet “choices”. Add its choices, or name another list.",
    "| select_one_from_file towns.txt | q | Q |": "survey, row 2, type: The file “towns.txt” cannot be a list. Lists come from files that end in .csv, .xml or .geojson.",
    # names
    "| text | | Q |": "survey, row 2, name: The name is missing. Write a short one, such as uplink.",
    "| text | 1st | Q |": "survey, row 2, name: “1st” cannot be a name. Use letters, digits, _, - and ., and begin with a letter or _.",
    "| text | the city | Q |": "survey, row 2, name: “the city” cannot be a name. Use letters, digits, _, - and ., and begin with a letter or _.",
    "| text | город | Q |": "survey, row 2, name: “город” cannot be a name. Use letters, digits, _, - and ., and begin with a letter or _.",
    "| text | meta | Q |": "survey, row 2, name: The name “meta” is kept for the form itself. Choose another.",
    "| text | q | Q |\n| text | q | Q |": "survey, row 3, name: The name “q” stands already in row 2, in the same group. Rename one of them.",
    # groups
    "| text | q | Q |\n| end_group | | |": "survey, row 3, type: Nothing was begun that “end_group” could end. Delete this row, or begin the group above.",
    "| begin_group | g | G |\n| text | q | Q |\n| end_repeat | | |": "survey, row 4, type: “end_repeat” cannot end the begin_group of row 2. End it with end_group.",
    "| begin_repeat | g | G |\n| text | q | Q |": "survey, row 2, type: This begin_repeat is never ended. Add a row end_repeat.",
    "| begin_group | g | G |\n| end_group | | |": "survey, row 2, type: Nothing stands in this group. Add a question, or delete the group.",
    # labels
    "| text | q | |": "survey, row 2, label: The label is missing. Write what people shall read.",
    "| note | q | |": "survey, row 2, label: The label is missing. Write what people shall read.",
    "| calculate | q | |": "survey, row 2, calculation: The calculation is missing. Write what is calculated.",
    "| csv-external | yes_no | |\n| select_one yes_no | q | Q |": "survey, row 3, type: The lists “yes_no” and “yes_no.csv” would have one name in the form. Rename one of them.",
    "| begin_repeat | r | R |\n| xml-external | towns | |\n| end_repeat | | |": "survey, row 3, type: A list from outside cannot stand in a repeat. Move the row out of it.",
    "| csv-external | towns | |\n| text | q | In ${towns} |": "survey, row 3, label: ${towns} does not exist. Correct the name, or add the question.",
    "| audit | trail | |": "survey, row 2, name: An audit has no name but “audit”. Leave the name empty.",
    # references in labels
    "| text | q | Dear ${nam} |": "survey, row 2, label: ${nam} does not exist. Correct the name, or add the question.",
    "| text | city | C |\n| text | q | In ${cty}? |": "survey, row 3, label: ${cty} does not exist; did you mean ${city}?",
    "| text | q | In ${ q } |": "survey, row 2, label: ${ q } does not exist; did you mean ${q}?",
    "| text | q | In ${} |": "survey, row 2, label: “${}” holds no name. Write it as ${name}.",
    "| text | q | In ${q |": "survey, row 2, label: A reference is not closed. Write it as ${name}.",
    "| text | q | In ${last-saved#q} |": "survey, row 2, label: “${last-saved#q}” asks for the last saved answer, which is not supported here. Use default instead.",
}  # fmt: skip


@pytest.mark.parametrize("rows", BAD_ROWS)
def test_a_bad_row_is_named_with_its_remedy(rows):
    assert wrong(form(rows, choices=YES_NO)) == [BAD_ROWS[rows]]


# Column, cell, sentence; the row is the third of the survey, after `uplink` and `kind`.
BAD_CELLS = [
    ("relevant", "${uplnk} > 4", "${uplnk} does not exist; did you mean ${uplink}?"),
    ("constraint", ". > ${uplnk}", "${uplnk} does not exist; did you mean ${uplink}?"),
    ("required", "${uplnk} > 4", "${uplnk} does not exist; did you mean ${uplink}?"),
    ("readonly", "${uplnk} > 4", "${uplnk} does not exist; did you mean ${uplink}?"),
    ("calculation", "${uplnk} * 2", "${uplnk} does not exist; did you mean ${uplink}?"),
    ("choice_filter", "a = ${uplnk}", "${uplnk} does not exist; did you mean ${uplink}?"),
    ("default", "${uplnk}", "${uplnk} does not exist; did you mean ${uplink}?"),
    ("hint", "See ${uplnk}", "${uplnk} does not exist; did you mean ${uplink}?"),
    ("constraint_message", "${uplnk}!", "${uplnk} does not exist; did you mean ${uplink}?"),
    ("repeat_count", "${uplnk}", "${uplnk} does not exist; did you mean ${uplink}?"),
    ("trigger", "${uplnk}", "${uplnk} does not exist; did you mean ${uplink}?"),
    ("relevant", "${uplink} > (4", "“${uplink} > (4” cannot be read as an expression (the expression stops in the middle). Mend it."),
    ("relevant", "${uplink} => 4", "“${uplink} => 4” cannot be read as an expression (a name is missing before “>”). Mend it."),
    ("relevant", "selectd(${kind}, 'yes')", "There is no function selectd(); did you mean selected()?"),
    ("constraint", "wobble(.)", "There is no function wobble(). The page “Writing a questionnaire” names the source of the functions."),
    ("bind::serai:weight", "heavy", "“heavy” is no weight. Write a number of 0 or more."),
    ("bind::serai:weight", "-1", "“-1” is no weight. Write a number of 0 or more."),
    ("bind::serai:audience", "two words", "“two words” is no name of a group of readers. Write one word, such as security."),
    ("bind::serai:was", "old_name", "“old_name” is no path of an earlier version. Write it as /data/group/name."),
    ("parameters", "app=org.example.app", "“app=org.example.app” calls another program, which is not supported. Delete it."),
    ("appearance", "ex:org.example.app", "“ex:org.example.app” calls another program, which is not supported. Delete it."),
    ("trigger", "uplink", "“uplink” does not name questions. Write them as ${one}, ${other}."),
    ("body::accuracyThreshold", "${uplnk}", "${uplnk} does not exist; did you mean ${uplink}?"),
    ("parameters", "start to end", "“start to end” cannot be read as parameters. Write them as start=0 end=10."),
]  # fmt: skip


@pytest.mark.parametrize(("column", "cell", "sentence"), BAD_CELLS)
def test_a_bad_cell_is_named_by_sheet_row_and_column(column, cell, sentence):
    rows = f"""
        | integer | uplink | Uplink | |
        | select_one yes_no | kind | Kind | |
        | text | q | Q | {cell} |
        """
    settings = SETTINGS.replace("version |", "version | namespaces |").replace(
        "| 1 |", '| 1 | serai="urn:serai:form:1" |'
    )

    said = wrong(form(rows, head=f" {column} |", choices=YES_NO, settings=settings))

    assert said == [f"survey, row 4, {column}: {sentence}"]


BAD_HEADS = [
    ("relevent", "survey, row 1, relevent: There is no such column; did you mean relevant?"),
    ("mood", "survey, row 1, mood: There is no such column. Rename it, or put _ before the name to keep it as a note."),
    ("lable::English (en)", "survey, row 1, lable::English (en): There is no such column; did you mean label::English (en)?"),
    ("label", "survey, row 1, label: Two columns say the same. Delete one of them."),
    ("Caption", "survey, row 1, label: Two columns say the same. Delete one of them."),
    ("save_to", "survey, row 1, save_to: This column is for entities, which is not supported here. Delete the column."),
    ("body::intent", "survey, row 1, body::intent: This column is for calling other programs, which is not supported here. Delete the column."),
    ("bind::serai:wieght", "survey, row 1, bind::serai:wieght: There is no own column of this name; did you mean bind::serai:weight?"),
    ("bind::serai:weight", "survey, row 1, bind::serai:weight: The sheet “settings” does not say what the prefix “serai” stands for. Write into the column “namespaces”: serai=\"urn:serai:form:1\""),
    ("bind::other:thing", "survey, row 1, bind::other:thing: The sheet “settings” does not say what the prefix “other” stands for. Write into the column “namespaces”: other=\"urn:…\""),
    ("label::Русский (ru) | label::Russian (ru)", "survey, row 1, label::Russian (ru): Two languages have the code “ru”. Rename one of them."),
    ("label::Русский (ru)", "survey, row 1, label: It is not said which language the texts without a language are in. Name it under default_language in the settings, or write label::English (en)."),
]  # fmt: skip


@pytest.mark.parametrize(("head", "sentence"), BAD_HEADS)
def test_a_bad_heading_is_named(head, sentence):
    assert sentence.removesuffix(".") in [
        one.removesuffix(".") for one in wrong(form("| text | q | Q | |", head=f" {head} |"))
    ]


BAD_CHOICES = [
    ("| | yes | Yes |", ["choices, row 2, list_name: It is not said to which list this choice belongs. Write the list's name."]),
    ("| yes_no | | Yes |", ["choices, row 2, name: The choice has no name. Write what is stored, such as yes."]),
    ("| yes_no | oh yes | Yes |", ["choices, row 2, name: The choice “oh yes” holds a space. Write _ instead: many choices are kept apart by spaces."]),
    ("| yes_no | yes | Yes |\n| | yes_no | yes | Yes! |", ["choices, row 3, name: The list has the choice “yes” already in row 2. Rename or delete one of them."]),
    ("| yes_no | yes | |", ["choices, row 2, label: The choice has no label. Write what people shall read."]),
    ("| yes_no | yes | In ${qq} |", ["choices, row 2, label: ${qq} does not exist. Correct the name, or add the question."]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "sentences"), BAD_CHOICES)
def test_a_bad_choice_is_named(rows, sentences):
    choices = f"\n| choices |\n| | list_name | name | label |\n| {rows}\n"

    said = wrong(form("| select_one yes_no | q | Q |", choices=choices))

    assert [one for one in said if "no list" not in one] == sentences


BAD_SETTINGS = [
    ("form_id | form_title | version | pages", "f | F | 1 | x", "settings, row 1, pages: There is no such setting. Delete the column, or put _ before its name."),
    ("form_id | form_title | version | public_key", "f | F | 1 | x", "settings, row 1, public_key: This setting is for encryption, which is not supported here. Delete the column."),
    ("form_id | form_title | version | submission_url", "f | F | 1 | x", "settings, row 1, submission_url: This setting is for sending to other servers, which is not supported here. Delete the column."),
    ("form_title | version", "F | 1", "settings, row 2, form_id: The setting “form_id” is missing. Add it."),
    ("form_id | form_title", "f | F", "settings, row 2, version: The setting “version” is missing. Add it."),
    ("form_id | version", "f | 1", "settings, row 2, form_title: The setting “form_title” is missing. Add it."),
    ("form_id | form_title | version", "a form | F | 1", "settings, row 2, form_id: “a form” cannot name a form. Use letters, digits, _, - and ., and begin with a letter or _."),
    ("form_id | form_title | version | default_language", "f | F | 1 | Englsh", "settings, row 2, default_language: No column is in the language “Englsh”. Write it as in the columns, or add the columns."),
    ("form_id | form_title | version | namespaces", "f | F | 1 | urn:serai", "settings, row 2, namespaces: “urn:serai” cannot be read as namespaces. Write them as serai=\"urn:serai:form:1\"."),
    ("form_id | form_title | version | namespaces", "f | F | 1 | serai=\"urn:other\"", "settings, row 2, namespaces: The prefix “serai” stands for another address than urn:serai:form:1. Write this address."),
    ("form_id | form_title | version | instance_name", "f | F | 1 | ${qq}", "settings, row 2, instance_name: ${qq} does not exist. Correct the name, or add the question."),
]  # fmt: skip


@pytest.mark.parametrize(("head", "row", "sentence"), BAD_SETTINGS)
def test_a_bad_setting_is_named(head, row, sentence):
    settings = f"\n| settings |\n| | {head} |\n| | {row} |\n"
    survey = "\n| survey |\n| | type | name | label::English (en) |\n| | text | q | Q |\n"
    if "default_language" not in head:
        survey = survey.replace("::English (en)", "")

    assert wrong(survey + settings) == [sentence]


def test_all_mistakes_are_said_at_once_in_the_order_of_the_sheets():
    said = wrong(
        form(
            """
            | integr | q | Q |
            | text | q2 | In ${qq} |
            | begin_group | g | G |
            """,
            choices="\n| choices |\n| | list_name | name | label |\n| | a | b c | B |\n",
            settings="\n| settings |\n| | form_id | form_title |\n| | f | F |\n",
        )
    )

    assert [one.partition(":")[0] for one in said] == [
        "survey, row 2, type",
        "survey, row 3, label",
        "survey, row 4, type",
        "choices, row 2, name",
        "settings, row 2, version",
    ]


def test_a_name_that_two_groups_hold_cannot_be_referred_to():
    said = wrong(
        form(
            """
            | begin_group | a | A | |
            | text | city | City | |
            | end_group | | | |
            | begin_group | b | B | |
            | text | city | City | |
            | text | q | Q | ${city} != '' |
            | end_group | | | |
            """,
            head=" relevant |",
        )
    )

    assert said == [
        "survey, row 7, relevant: ${city} may be the question of row 3 or the one of row 6. "
        "Rename one of them."
    ]


def test_groups_may_not_stand_in_groups_without_end():
    begins = "\n".join(f"| begin_group | g{number} | G |" for number in range(30))
    ends = "\n".join("| end_group | | |" for _number in range(30))

    said = wrong(form(f"{begins}\n| text | q | Q |\n{ends}"))

    assert said == [
        "survey, row 22, type: Groups stand in groups more than 20 deep. Make the outline flatter."
    ]


def test_what_only_the_converter_knows_is_said_at_its_row_too():
    said = wrong(form("| text | q | Q | lines=2 |", head=" parameters |"))

    assert said == [
        "survey, row 2, parameters: The converter says: The accepted parameter keys for this "
        "question type are 'rows'. The following are invalid parameter key(s): 'lines'. "
        "Mend the row and try again."
    ]


def test_what_may_stay_is_said_beside_the_form():
    read = read_xlsform(TWO_LANGUAGES)

    assert [(one.name, one.code) for one in read.languages] == [
        ("English (en)", "en"),
        ("Русский (ru)", "ru"),
    ]
    assert list(map(str, read.warnings)) == [
        "survey, row 2, constraint_message::Русский (ru): The text in Русский (ru) is missing. "
        "Write it, or translate it later.",
        "survey, row 3, label::Русский (ru): The text in Русский (ru) is missing. "
        "Write it, or translate it later.",
    ]


WARNED = [
    ("| begin_group | g | | |\n| text | q | Q | |\n| end_group | | | |", "survey, row 2, label: This page has no title. Give it a label."),
    ("| text | q | Q | |\n| text | Q | Q | |", "survey, row 3, name: The name “Q” differs from the one in row 2 in capitals only. Rename one of them: some programs would mix them up."),
    ("| select_one yes_no | q | Q | |\n| text | r | R | ${q} = 'yess' |", "survey, row 3, relevant: “yess” is no choice of ${q}; did you mean “yes”?"),
    ("| select_multiple yes_no | q | Q | |\n| text | r | R | selected(${q}, 'never') |", "survey, row 3, relevant: “never” is no choice of ${q}. Correct it, or add the choice."),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "sentence"), WARNED)
def test_a_likely_slip_is_a_warning(rows, sentence):
    read = read_xlsform(form(rows, head=" relevant |", choices=YES_NO))

    said = [str(one) for one in read.warnings if one.code != "unused_list"]

    assert said == [sentence]


def test_a_text_that_is_no_choice_of_the_question_itself_is_a_warning():
    rows = "| select_one yes_no | q | Q | . != 'yess' |"

    read = read_xlsform(form(rows, head=" constraint |", choices=YES_NO))

    assert list(map(str, read.warnings)) == [
        "survey, row 2, constraint: “yess” is no choice of ${q}; did you mean “yes”?"
    ]


def test_what_is_never_read_is_a_warning():
    settings = SETTINGS + "| | g | Another | 2 |\n"
    rows = "| text | q | Q | Not so. |"

    read = read_xlsform(form(rows, head=" constraint_message |", settings=settings))

    assert list(map(str, read.warnings)) == [
        "survey, row 2, constraint_message: This message is never said: the column “constraint” "
        "is empty. Write the constraint, or delete the message.",
        "settings, row 3: Only the first row of settings is read. Delete the others.",
    ]


def test_notes_and_choices_allowed_twice_are_let_through():
    choices = """
| choices |
| | list_name | name | label | no_information | _note |
| | | | | | a note |
| | yes_no | yes | Yes | | |
| | yes_no | yes | Yes! | no | |
"""
    settings = SETTINGS.replace("version |", "version | allow_choice_duplicates |").replace(
        "| 1 |", "| 1 | yes |"
    )

    read = read_xlsform(form("| select_one yes_no | q | Q |", choices=choices, settings=settings))

    assert read.warnings == ()


def test_a_mark_that_is_no_yes_and_no_no_is_refused():
    choices = YES_NO.replace("label |", "label | no_information |").replace(
        "Yes |", "Yes | maybe |"
    )

    assert wrong(form("| select_one yes_no | q | Q |", choices=choices)) == [
        "choices, row 2, no_information: “maybe” does not say whether the choice gives no "
        "information. Write yes, or leave it empty."
    ]


def test_unused_lists_columns_and_sheets_are_warnings():
    choices = """
| choices |
| | list_name | name | label | region |
| | towns | osh | Osh | south |
| surveys |
| | a | b |
"""

    read = read_xlsform(form("| text | q | Q |", choices=choices))

    assert list(map(str, read.warnings)) == [
        "choices, row 1, region: No choice_filter reads this column. "
        "Delete it, or put _ before the name to keep it as a note.",
        "choices, row 2, list_name: No question uses the list “towns”. "
        "Delete it, or name it in a question's type.",
        "surveys: This sheet is not read; did you mean survey?",
    ]


def test_a_problem_is_kept_by_its_code_and_said_when_read():
    with pytest.raises(NotAnXlsForm) as refused:
        read_xlsform(form("| integr | q | Q |"))

    (one,) = refused.value.problems

    assert (one.code, one.sheet, one.row, one.column) == ("unknown_type", "survey", 2, "type")
    assert one.values == (("type", "integr"), ("near", "integer"))
    assert one.sentence == "There is no type “integr”; did you mean integer?"


def test_a_thousand_lost_references_are_said_without_guessing_at_each():
    rows = "\n".join(f"| note | q{number} | Of ${{qq{number}}} |" for number in range(1000))

    said = wrong(form(rows))

    assert len(said) == 1000
    assert said[0] == "survey, row 2, label: ${qq0} does not exist; did you mean ${q0}?"
    assert said[-1] == (
        "survey, row 1001, label: ${qq999} does not exist. Correct the name, or add the question."
    )
