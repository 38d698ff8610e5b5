"""The programme's tables and files: their head, their rows, and text that is no formula."""

import io
from datetime import date, datetime

import openpyxl
import pytest
from django.http import QueryDict
from django.utils.translation import override
from tests.factories import members as people
from tests.factories import programme as make

from serai.base.shown import Linked, Mark
from serai.base.tables import Table, in_order
from serai.base.text import TranslatedText
from serai.calc.schedule import Link, LinkKind, on_day
from serai.programme import actions, exports, queries
from serai.programme.actions import Due, Told

pytestmark = pytest.mark.django_db
NOON, STAFF = make.NOON, make.STAFF
D = date(2021, 6, 30)
FORMULA = '=HYPERLINK("https://evil.example","Click")'


@pytest.fixture
def home():
    people.member("GEO")
    people.member("UZB")
    return make.initiative("home", name=TranslatedText.of("Virtual CAREC"))


def head(table: Table):
    return [column.title for column in table.columns]


def rows(table: Table):
    return [list(row) for row in table.cells()]


def csv_lines(table: Table) -> list[str]:
    return table.to_csv().decode("utf-8-sig").splitlines()


def sheet(table: Table):
    book = openpyxl.load_workbook(io.BytesIO(table.to_xlsx()))
    return book[book.sheetnames[0]]


# ---------------------------------------------------------------- milestones
def test_milestones_table_shows_words_status_and_slip(home):
    first = make.milestone(home, "22 June 2021")
    actions.set_baseline(initiative=home, name="First", by=STAFF, now=NOON, told=make.told())
    make.approved(first, "mid-July 2021")
    second = make.milestone(home, "10 July 2021", sample=True)
    actions.add_dependency(milestone=second, after=first, lag_days=14, by=STAFF, now=NOON)
    make.milestone(home)

    table = exports.milestones_table(queries.milestones(STAFF, D), as_of=D)

    assert table.title == "Milestones"
    assert head(table) == ["No.", "Milestone", "Date", "Status", "Against the baseline"]
    address = "/en/programme/milestones/{}/?as_of=2021-06-30"
    third = home.milestones.get(number=3)
    assert rows(table) == [
        [
            1, Linked("Milestone 1", address.format(first.public_id)), "mid-July 2021",
            Mark("part", "Due in 20 days"), "about 28 days later (19 to 28)",
        ],
        [
            2,
            Linked(
                "Milestone 2", address.format(second.public_id), is_sample=True, note="at risk"
            ),
            "10 July 2021", Mark("part", "Due in 10 days"), "",
        ],
        [
            3, Linked("Milestone 3", address.format(third.public_id)), "no date",
            Mark("open", "No date"), "",
        ],
    ]  # fmt: skip
    assert table.file_name("milestones", "csv") == "sample-milestones.csv"


def test_milestones_of_several_initiatives_name_theirs(home):
    make.milestone(home, "1 July 2021")
    make.milestone(make.initiative("other", name=TranslatedText.of("Hub")), "1 July 2021")

    table = exports.milestones_table(queries.milestones(STAFF, D))

    assert head(table)[:2] == ["No.", "Initiative"]
    assert [row[:2] for row in rows(table)] == [[1, "Virtual CAREC"], [1, "Hub"]]
    assert rows(table)[0][2].address.endswith("/")


def test_milestones_file_gives_each_column_as_it_is_brought_back(home):
    agency = people.organisation("Agency")
    first = make.milestone(home, "22 June 2021")
    second = make.milestone(
        home, "2 August 2021 to 30 September 2021", owner=agency, country=people.member("GEO")
    )
    make.milestone(home)
    make.completion(first, "by 29 June 2021")
    actions.add_dependency(milestone=second, after=first, by=STAFF, now=NOON)
    found = queries.milestones(STAFF, D)

    table = exports.milestones_file(found, found)

    plans = [row.plan_id for row in found]
    assert csv_lines(table) == [
        "Initiative,Number,Milestone,Begins,Ends,Date in words,Owner,Country,Waits for,Completion,"
        "Status,Reference of the date",
        f"home,1,Milestone 1,,2021-06-22,22 June 2021,,,,by 29 June 2021,Done,{plans[0]}",
        "home,2,Milestone 2,2021-08-02,2021-09-30,2 August 2021 to 30 September 2021,Agency,GEO,1,,"
        f"Planned,{plans[1]}",
        "home,3,Milestone 3,,,,,,,,No date,",
    ]
    assert table.to_csv() == exports.milestones_file(found, found).to_csv()


def test_the_file_names_no_number_of_a_milestone_that_is_not_in_it(home):
    other = make.milestone(make.initiative("other"), "22 June 2021")
    row = make.milestone(home, "1 July 2021")
    actions.add_dependency(milestone=row, after=other, by=STAFF, now=NOON)
    found = queries.milestones(STAFF, D, initiative="home")

    table = exports.milestones_file(found, found)

    assert [cells[8] for cells in rows(table)] == [""]


def test_what_was_exported_comes_back_unchanged(home):
    """Own round trip: every line of the export reads as the same."""
    for words in ("22 June 2021", "end of July 2021", "by 30 June 2021", "Q3 2021"):
        make.milestone(home, words)
    found = queries.milestones(STAFF, D)
    content = exports.milestones_file(found, found).to_csv()

    batch = actions.preview_import(
        initiative=home, content=content, name="home.csv", language="en", by=STAFF, now=NOON
    )

    assert [(row["number"], row["verdict"]) for row in batch.rows] == [
        ("1", "same"), ("2", "same"), ("3", "same"), ("4", "same"),
    ]  # fmt: skip


def test_a_name_that_begins_as_a_formula_stays_text(home):
    make.milestone(home, "1 July 2021", name=TranslatedText.of(FORMULA))
    found = queries.milestones(STAFF, D)
    table = exports.milestones_file(found, found)

    cell = sheet(table)["C2"]

    assert csv_lines(table)[1].startswith(
        'home,1,"\'=HYPERLINK(""https://evil.example"",""Click"")",,2021-07-01,'
    )
    assert (cell.value, cell.data_type) == (FORMULA, "s")


def test_the_sheet_keeps_days_as_days_and_numbers_as_numbers(home):
    make.milestone(home, "1 July 2021", sample=True)
    found = queries.milestones(STAFF, D)

    page = sheet(exports.milestones_file(found, found))

    assert [cell.value for cell in page[1]] == [
        "Initiative", "Number", "Milestone", "Begins", "Ends", "Date in words", "Owner", "Country",
        "Waits for", "Completion", "Status", "Reference of the date", "Sample",
    ]  # fmt: skip
    assert [cell.value for cell in page[2]][:6] == [
        "home", 1, "Milestone 1", None, datetime(2021, 7, 1), "1 July 2021",  # noqa: DTZ001
    ]  # fmt: skip
    assert page["M2"].value == "sample"


def test_empty_tables_have_their_head():
    assert csv_lines(exports.milestones_file([], [])) == [
        "Initiative,Number,Milestone,Begins,Ends,Date in words,Owner,Country,Waits for,Completion,"
        "Status,Reference of the date"
    ]
    assert csv_lines(exports.milestones_table([])) == [
        "No.,Milestone,Date,Status,Against the baseline"
    ]
    assert csv_lines(exports.decisions_table([])) == [
        "Number,Decision,Addressed to,Due,State,Open actions"
    ]
    assert csv_lines(exports.actions_table([])) == ["Action,Who,Due,State,Decision"]
    assert csv_lines(exports.requests_table([])) == ["Request,Initiative,Due,Answered,State"]
    assert csv_lines(exports.risks_table([])) == [
        "Description,Initiative,Kind,Score,Attention,Response,Review,State"
    ]


# ---------------------------------------------------------------- plans for other programs
def test_plan_file_carries_links_baselines_words_and_numbers(home):
    agency = people.organisation("Agency")
    other = make.milestone(make.initiative("other"), "22 June 2021")
    first = make.milestone(home, "22 June 2021", owner=agency, country=people.member("GEO"))
    actions.set_baseline(initiative=home, name="First", by=STAFF, now=NOON, told=make.told())
    second = make.milestone(home)
    make.completion(first, "29 June 2021")
    for after in (first, other):
        actions.add_dependency(
            milestone=second, after=after, kind="SS", lag_days=2, by=STAFF, now=NOON
        )
    found = queries.milestones(STAFF, D, initiative="home")

    plan = exports.plan_file(found, title="Virtual CAREC", status_on=D)

    one, two = plan.tasks
    assert (plan.title, plan.status_on) == ("Virtual CAREC", D)
    assert (one.uid, one.number, one.name, one.group, one.owner, one.country) == (
        first.pk, "1", "Milestone 1", "Virtual CAREC", "Agency", "GEO",
    )  # fmt: skip
    june = on_day(date(2021, 6, 22), "22 June 2021")
    assert (one.plan, one.completion) == (june, on_day(date(2021, 6, 29), "29 June 2021"))
    assert [(line.number, line.window) for line in one.baselines] == [(0, june)]
    assert (two.plan, two.completion, two.baselines) == (None, None, ())
    # The other initiative's milestone is not in the file, so no link leads out of it.
    assert [(link.after, link.kind, link.lag_days) for link in two.links] == [
        (first.pk, LinkKind.START_START, 2)
    ]
    assert Link(second.pk, other.pk, LinkKind.START_START, 2) in found[1].links


# ---------------------------------------------------------------- tracking
def test_decisions_table_says_to_whom_until_when_and_how_many_are_open(home):
    meeting = make.meeting(home, state="held")
    first = make.decision(
        meeting, "Share the draft", addressees=("UZB", "GEO"), to_secretariat=True,
        due=Due(date(2021, 8, 30), TranslatedText.of("end of August 2021")),
    )  # fmt: skip
    make.decision(meeting, FORMULA, due=Due(date(2021, 9, 1)))
    make.agree(meeting)
    make.action_item(decision=first, countries=("GEO",))

    table = exports.decisions_table(queries.decisions(STAFF, D))

    address = f"/en/programme/meetings/{meeting.public_id}/"
    assert rows(table) == [
        [
            Linked("SOM-2021-06/D1", address), "Share the draft",
            "Georgia, Uzbekistan, the secretariat", "end of August 2021",
            Mark("done", "Adopted"), "1 of 1",
        ],
        [
            Linked("SOM-2021-06/D2", address), FORMULA, "", date(2021, 9, 1),
            Mark("done", "Adopted"), "0 of 0",
        ],
    ]  # fmt: skip
    assert csv_lines(table)[1] == (
        'SOM-2021-06/D1,Share the draft,"Georgia, Uzbekistan, the secretariat",'
        "end of August 2021,Adopted,1 of 1"
    )
    assert csv_lines(table)[2].split(",")[1].startswith("\"'=HYPERLINK")
    assert sheet(table)["D3"].value == datetime(2021, 9, 1)  # noqa: DTZ001


def test_a_decision_without_a_day_says_so(home):
    make.decision(make.meeting(home, state="held"))

    assert rows(exports.decisions_table(queries.decisions(STAFF, D)))[0][3] == "no day set"


def test_actions_table_names_who_and_marks_what_is_overdue(home):
    person = people.person(full_name="Nino")
    agency = people.organisation("Agency")
    decision = make.decision(make.meeting(home, state="held"))
    late = make.action_item(
        "Late", decision=decision, person_id=person.pk, owner_id=agency.pk,
        countries=("UZB", "GEO"), due=Due(date(2021, 6, 1)),
    )  # fmt: skip
    free = make.action_item("Free", initiative=home, countries=("GEO",))

    table = exports.actions_table(queries.actions(people.viewer_with("officer"), D))

    assert rows(table) == [
        [
            Linked("Late", f"/en/programme/actions/{late.public_id}/"),
            "Nino, Agency, Georgia, Uzbekistan", date(2021, 6, 1), Mark("wrong", "Overdue"),
            "SOM-2021-06/D1",
        ],
        [
            Linked("Free", f"/en/programme/actions/{free.public_id}/"), "Georgia", "no day set",
            Mark("part", "Open"), "none",
        ],
    ]  # fmt: skip
    assert csv_lines(table)[1] == (
        'Late,"Nino, Agency, Georgia, Uzbekistan",2021-06-01,Overdue,SOM-2021-06/D1'
    )


def test_requests_table_counts_answers_and_names_nobody(home):
    asked = make.ask(home, due_words=TranslatedText.of("early July 2021"))
    row = asked.addressees.select_related("country", "request__initiative").get(country__iso3="GEO")
    actions.answer_request(addressee=row, state="answered", note="Quietly", by=STAFF, now=NOON)
    make.ask(None, text="For all", told=Told(make.EARLY, "Records", sample=True))

    table = exports.requests_table(queries.requests(STAFF, D))

    assert csv_lines(table) == [
        "Request,Initiative,Due,Answered,State,Sample",
        "Answer the questionnaire,Virtual CAREC,early July 2021,1 of 2,Open,",
        "For all,The whole programme,no day set,0 of 2,Open,sample",
    ]
    assert table.file_name("requests", "xlsx") == "sample-requests.xlsx"


def test_risks_table_shows_score_band_and_review(home):
    make.risk(home, text="Late", probability=5, impact=4, review_on=date(2021, 6, 1))
    make.risk(home, "assumption", text="Links stay up", review_on=date(2021, 8, 1))
    make.risk(home, "issue", text="Nothing planned", probability=1, impact=1)

    table = exports.risks_table(queries.risks(STAFF, D), title="Risks of Virtual CAREC")

    assert table.title == "Risks of Virtual CAREC"
    assert csv_lines(table)[1:] == [
        "Late,Virtual CAREC,Risk,20,High,Reduce,Review overdue,Open",
        "Links stay up,Virtual CAREC,Assumption,12,Medium,Reduce,2021-08-01,Open",
        "Nothing planned,Virtual CAREC,Issue,1,Low,Reduce,no day set,Open",
    ]
    assert [cell.value for cell in sheet(table)[2]][3] == 20
    assert exports.risks_table([]).title == "Risks"


def test_milestones_are_sorted_by_their_latest_day_status_and_slip(home):
    late = make.milestone(home, "22 June 2021")
    dateless = make.milestone(home)
    soon = make.milestone(home, "10 July 2021")
    listed = queries.milestones(STAFF, D)

    def order(asked: str):
        found, _sort = in_order(listed, QueryDict(f"sort={asked}"), exports.MILESTONE_SORTS)
        return [row.id for row in found]

    assert order("-words") == [soon.pk, late.pk, dateless.pk]
    assert order("status") == [late.pk, soon.pk, dateless.pk]
    assert order("-number") == [soon.pk, dateless.pk, late.pk]


def test_every_sort_has_its_column():
    pairs = [
        (exports.milestones_table([]), {*exports.MILESTONE_SORTS} - {"initiative"}),
        (exports.decisions_table([]), {*exports.DECISION_SORTS}),
        (exports.actions_table([]), {*exports.ACTION_SORTS}),
        (exports.requests_table([]), {*exports.REQUEST_SORTS}),
        (exports.risks_table([]), {*exports.RISK_SORTS}),
    ]

    assert [{one.key for one in table.columns} for table, _keys in pairs] == [
        keys for _table, keys in pairs
    ]


def test_decisions_actions_requests_and_risks_are_sorted_by_any_head(home):
    days = (date(2021, 8, 1), date(2021, 7, 1), None)
    meeting = make.meeting(home, state="held")
    for number, due_on in enumerate(days):
        decided = make.decision(meeting, f"Decision {number}", due=Due(due_on))
        make.action_item(f"Action {number}", decision=decided, countries=("GEO",), due=Due(due_on))
        make.ask(home, text=f"Request {number}", due_on=due_on)
        make.risk(home, text=f"Risk {number}", review_on=due_on)
    sorted_days = [date(2021, 7, 1), date(2021, 8, 1), None]

    def in_turn(listed, keys, key):
        return in_order(listed, QueryDict(f"sort={key}"), keys)[0]

    for listed, keys, day in (
        (queries.decisions(STAFF, D), exports.DECISION_SORTS, "due"),
        (queries.actions(STAFF, D), exports.ACTION_SORTS, "due"),
        (queries.requests(STAFF, D), exports.REQUEST_SORTS, "due"),
        (queries.risks(STAFF, D), exports.RISK_SORTS, "review"),
    ):
        shown = [getattr(row, f"{day}_on") for row in in_turn(listed, keys, day)]
        assert shown == sorted_days
        assert {len(in_turn(listed, keys, key)) for key in keys} == {3}


def test_numbers_of_decisions_are_sorted_as_numbers():
    numbers = ["SOM-2021/D10", "SOM-2021/D9", "NFP-2022/D1"]

    assert sorted(numbers, key=exports._by_parts) == [
        "NFP-2022/D1", "SOM-2021/D9", "SOM-2021/D10",
    ]  # fmt: skip


def test_tables_speak_the_page_s_language(home):
    name = TranslatedText((("en", "Draft", "source"), ("ru", "Проект", "checked")))
    make.milestone(home, "1 July 2021", name=name)
    found = queries.milestones(STAFF, D)

    with override("ru"):
        assert rows(exports.milestones_file(found, found))[0][2] == "Проект"
    with override("en"):
        assert rows(exports.milestones_file(found, found))[0][2] == "Draft"


def test_as_of_query_keeps_a_day_in_links():
    assert exports.as_of_query(D) == "?as_of=2021-06-30"
    assert exports.as_of_query(None) == ""
