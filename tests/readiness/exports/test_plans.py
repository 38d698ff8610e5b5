"""Plans and frontiers as tables."""

from decimal import Decimal

from serai.base.text import TranslatedText
from serai.readiness.exports import plans as exports
from serai.readiness.queries import OfficeInPlan, PlanLine, PlanPage, PointOfFrontier

GEORGIA = TranslatedText.of("Georgia")
LINE = PlanLine(
    "abc", "Head office", "GEO", GEORGIA, "LINK", TranslatedText.of("Faster line"),
    Decimal(1000), 0.75,
)  # fmt: skip
KIT = PlanLine(
    "", "", "GEO", GEORGIA, "LOAN", TranslatedText.of("Kit on loan"), Decimal(2000), None
)


def page(*, is_whole: bool) -> PlanPage:
    return PlanPage(
        is_whole=is_whole,
        offices=(
            OfficeInPlan("abc", "Head office", "GEO", GEORGIA, "E1", "E3", "E0", (LINE,), ()),
            OfficeInPlan("ghi", "Annex", "GEO", GEORGIA, "E1", "E1", "E1", (), ()),
            OfficeInPlan("def", "Branch", "GEO", GEORGIA, "E1", "E1", "E1", (), (LINE,)),
        ),
        shared=(KIT,),
        frontier=(
            PointOfFrontier(Decimal(0), None, None, None),
            PointOfFrontier(Decimal(500), Decimal(6), Decimal(400), 0.004),
        ),
        chosen=(LINE, KIT), greedy_value=None, greedy_cost=None, greedy_status="",
        unpriced=(), is_changed=False, budget=Decimal(500), currency="USD", years=3,
    )  # fmt: skip


def test_plan_table_sets_the_greedy_list_beside_for_those_who_see_all():
    table = exports.plan_table(page(is_whole=True))

    assert list(table.rows) == [
        ["Georgia", "Head office", "E1", "E3", "Faster line", Decimal(1000), "none", "nothing"],
        ["Georgia", "Branch", "E1", "E1", "nothing", Decimal(0), "E1", "Faster line"],
        ["Georgia", "all offices", "", "", "Kit on loan", Decimal(2000), "", ""],
    ]


def test_an_office_for_which_nothing_is_bought_is_left_to_the_file_and_to_its_own_readers():
    whole, own = page(is_whole=True), page(is_whole=False)

    assert [one.name for one in exports.bought_for(whole)] == ["Head office", "Branch"]
    assert [row[1] for row in exports.lines_table(whole).rows] == [
        "Head office", "Annex", "Branch", "all offices",
    ]  # fmt: skip
    assert [row[1] for row in exports.plan_table(own).rows] == [
        "Head office", "Annex", "Branch", "all offices",
    ]  # fmt: skip


def test_plan_table_of_ones_own_has_no_greedy_list():
    table = exports.plan_table(page(is_whole=False))

    assert [column.key for column in table.columns] == [
        "country", "office", "today", "planned", "bought", "cost"
    ]  # fmt: skip
    assert {len(row) for row in table.rows} == {6}


def test_lines_table_has_a_row_a_line_and_one_for_an_office_without():
    assert list(exports.lines_table(page(is_whole=True)).rows) == [
        ("Georgia", "Head office", "LINK", "Faster line", Decimal(1000), "USD", "E3"),
        ("Georgia", "Annex", "", "", None, "USD", "E1"),
        ("Georgia", "Branch", "", "", None, "USD", "E1"),
        ("Georgia", "all offices", "LOAN", "Kit on loan", Decimal(2000), "USD", ""),
    ]


def test_frontier_table_says_where_there_is_no_plan():
    assert list(exports.frontier_table(page(is_whole=True)).rows) == [
        (Decimal(0), "no plan", None, None), (Decimal(500), Decimal(6), Decimal(400), 4.0)
    ]  # fmt: skip


def test_firmness_table_gives_shares_in_percent():
    assert list(exports.firmness_table(page(is_whole=True)).rows) == [
        ("Faster line", "Head office", 75.0), ("Kit on loan", "Georgia", None)
    ]  # fmt: skip
