"""What was let out as rows: the whole page, and what each hides."""

from datetime import date
from decimal import Decimal

from tests.factories.members import NOON

from serai.base.text import TranslatedText
from serai.readiness.exports import released as exports
from serai.readiness.queries.offices import DimensionScore
from serai.readiness.queries.released import (
    NotMet,
    ReleasedLine,
    ReleasedPlan,
    ReleasedResults,
    ReleasedRow,
)
from serai.readiness.queries.releases import ReadingRow, ReleaseRow
from serai.readiness.queries.results import Rung

GEORGIA = TranslatedText.of("Georgia")
DAY = date(2021, 6, 30)


def plain(table):
    return [[None if cell is None else str(cell) for cell in row] for row in table.cells()]


def results(audience, **fields):
    return ReleasedResults(
        office="Head office", city="", organisation=TranslatedText.of("Agency"), country=GEORGIA,
        as_of=DAY, edition=1, audience=audience,
        rungs=(Rung("E1", "Simple", "declared", "seat", "not_attained"),), **fields,
    )  # fmt: skip


def test_the_public_has_rows_of_events_alone():
    assert plain(exports.results_table(results("public"))) == [
        ["Attend an event", "E1. Simple", "attained, as declared", None],
        ["Host an event", "E1. Simple", "not attained", None],
    ]


def test_members_have_scores_with_intervals_and_what_is_asked():
    shown = results(
        "members", score=None, low=33.3, high=93.0,
        dimensions=(("Connectivity", DimensionScore(61.5, 50, 70.4, 1, 1)),),
        not_met=(NotMet("E2", True, "x.y", "Backup power", 30, "", "min", True),),
    )  # fmt: skip

    rows = plain(exports.results_table(shown))

    assert rows[:2] == [
        ["Score", "All dimensions", "too little known", "33 to 93"],
        ["Score", "Connectivity", "62", "50 to 70"],
    ]
    assert rows[-1] == [
        "Asked by the next event as host", "E2. Backup power: 30 min asked", "not known", None,
    ]  # fmt: skip


def test_results_that_were_never_scored_have_no_interval():
    assert plain(exports.results_table(results("members")))[0] == [
        "Score", "All dimensions", "too little known", None,
    ]  # fmt: skip


def test_lists_name_offices_and_plans():
    rows = [
        ReleasedRow("a", "Head office", GEORGIA, GEORGIA, DAY, "members", "E1", "", sample=False),
        ReleasedRow("b", "", TranslatedText(), GEORGIA, DAY, "members", "", "", sample=False),
    ]

    assert plain(exports.released_table(rows)) == [
        ["Georgia", "Georgia", "Head office", "E1", "none", "2021-06-30"],
        ["Georgia", None, "Lines of a plan", None, None, "2021-06-30"],
    ]


def test_releases_say_of_what_for_whom_and_where_they_stand():
    rows = [
        ReleaseRow("a", "Head office", None, GEORGIA, "public", "asked", "", NOON, True, False),
        ReleaseRow("b", "", NOON, GEORGIA, "members", "released", "A. P.", NOON, False, False),
    ]

    assert [row[:5] for row in plain(exports.releases_table(rows))] == [
        ["Head office", "Georgia", "the public", "The country is asked", None],
        ["Plan of 30 June 2021", "Georgia", "members", "Let out", "A. P."],
    ]


def test_a_plan_has_lines_and_events():
    shown = ReleasedPlan(
        GEORGIA, DAY, "USD", 3, (("Head office", "E1", "E0"),),
        (ReleasedLine("Head office", TranslatedText.of("Line"), Decimal(9)),
         ReleasedLine("", TranslatedText.of("Kit"), Decimal(8))), sample=False,
    )  # fmt: skip

    assert plain(exports.released_plan_table(shown)) == [
        ["Head office", "Line", "9"], ["all offices", "Kit", "8"],
    ]  # fmt: skip
    assert plain(exports.hosts_table(shown)) == [["Head office", "E1", "none"]]


def test_readers_are_named_or_their_account_is_closed():
    rows = [ReadingRow(name, "list", DAY, NOON, sample=False) for name in ("A. P.", "")]

    assert [(row[0], row[2]) for row in plain(exports.readings_table(rows, sample=False))] == [
        ("A. P.", "in a list"), ("A closed account", "in a list"),
    ]  # fmt: skip
