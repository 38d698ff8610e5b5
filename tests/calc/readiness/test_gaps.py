"""Need and have of each row that does not pass; what to ask next."""

from tests.calc.readiness.cases import office, preset

from serai.calc.readiness.attainment import attain
from serai.calc.readiness.framework import Lever
from serai.calc.readiness.gaps import Gap, Question, gaps, offices_lacking, questions
from serai.calc.readiness.ladder import Gate, Role

KEYS, LADDER = preset().keys, preset().ladder


def hosting(changes):
    one = office(changes)
    return one, attain(one, LADDER, KEYS, Role.HOST)


def test_the_only_failing_row_is_decisive():
    one, found = hosting({"link.down_p5": 9.0})

    assert gaps(one, found[2]) == (
        Gap("link.down_p5", Lever.LINK, Gate.NONE, 15.0, 9.0, False, True),
    )
    assert gaps(one, found[1]) == ()


def test_failing_rows_come_before_unknown_ones_and_share_the_verdict():
    one, found = hosting({"kit.cameras": None, "continuity.ups_minutes": 10.0, "link.down_p5": 9.0})

    assert gaps(one, found[2]) == (
        Gap("link.down_p5", Lever.LINK, Gate.NONE, 15.0, 9.0, False, False),
        Gap("continuity.ups_minutes", Lever.CONTINUITY, Gate.CONTINGENCY, 60.0, 10.0, False, False),
        Gap("kit.cameras", Lever.KIT, Gate.NONE, 2.0, None, True, False),
    )


def test_an_only_failing_row_is_decisive_beside_unknown_ones():
    one, found = hosting({"kit.cameras": None, "link.down_p5": 9.0})

    assert [(gap.fact, gap.is_decisive) for gap in gaps(one, found[2])] == [
        ("link.down_p5", True), ("kit.cameras", False),
    ]  # fmt: skip


def test_an_only_unknown_row_is_decisive_where_none_fails():
    one, found = hosting({"kit.cameras": None})

    assert [(gap.fact, gap.is_missing, gap.is_decisive) for gap in gaps(one, found[0])] == [
        ("kit.cameras", True, True)
    ]


def test_questions_are_ordered_by_the_verdicts_that_wait():
    _, found = hosting({"continuity.generator": None, "kit.cameras": None})
    _, failing = hosting({"link.down_p5": 1.0, "kit.displays": None})

    asked = questions([("A", one) for one in found] + [("B", one) for one in failing])

    assert asked == (
        Question("A", "hall", "kit.cameras", 5),
        Question("A", "hall", "continuity.generator", 1),
    )


def test_questions_of_equal_weight_are_ordered_by_office_and_fact():
    _, found = hosting({"kit.displays": None, "kit.cameras": None})

    asked = questions([("B", found[0]), ("A", found[0])])

    assert [(one.office, one.fact, one.verdict_count) for one in asked] == [
        ("A", "kit.cameras", 1), ("A", "kit.displays", 1),
        ("B", "kit.cameras", 1), ("B", "kit.displays", 1),
    ]  # fmt: skip


def test_offices_lacking_counts_an_office_once_a_lever_and_no_unknown():
    first, found = hosting({"kit.cameras": 0.0, "kit.displays": 0.0, "people.operators": None})
    second, also = hosting({"kit.microphone": "none"})

    lacking = offices_lacking([("A", gaps(first, found[1])), ("B", gaps(second, also[1]))])

    assert lacking == {Lever.KIT: 2}
