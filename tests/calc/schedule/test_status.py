"""Where milestones stand: the design's vectors, and the whole table of 30 June 2021."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from serai.calc.schedule import (
    Precision,
    Standing,
    Status,
    Window,
    by_day,
    counts,
    narrow,
    on_day,
    parse_window,
    standing,
)

ROOT = Path(__file__).resolve().parents[3]
REPORT_DAY = date(2021, 6, 30)
COMPLETION = by_day(REPORT_DAY)
DONE = {"virtual-carec": {2, 3, 4}, "digital-strategy-2030": {1, 2, 3, 7}}
REPORTED = {
    "virtual-carec": [
        ("overdue", 107), ("done", None), ("done", None), ("done", None), ("overdue", 8),
        ("due", None), ("due_soon", 15), ("due_soon", 30), ("planned", None), ("running", None),
    ],
    "digital-strategy-2030": [
        ("done", None), ("done", None), ("done", None), ("overdue", 36), ("due", None),
        ("overdue", 15), ("done", None), ("due", None), ("due", None), ("due_soon", 10),
        ("due_soon", 15), ("planned", None), ("planned", None), ("planned", None),
        ("planned", None), ("planned", None),
    ],
    "startup-hub": [],
}  # fmt: skip


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("22 June 2021", Standing(Status.OVERDUE, 8)),
        ("end of June 2021", Standing(Status.DUE)),
        ("30 July 2021", Standing(Status.DUE_SOON, 30)),
        ("31 July 2021", Standing(Status.PLANNED)),
        ("02nd August 2021 to 30th September 2021", Standing(Status.PLANNED)),
        ("Ongoing Support throughout 2021 & 2022", Standing(Status.RUNNING)),
        ("1 June 2021 to 30 September 2021", Standing(Status.RUNNING)),
        ("1 June 2021 to 30 July 2021", Standing(Status.DUE_SOON, 30)),
        ("ongoing until December 2022", Standing(Status.RUNNING)),
        ("by 30 June 2021", Standing(Status.DUE)),
        ("by 15 July 2021", Standing(Status.DUE_SOON, 15)),
        ("by 29 June 2021", Standing(Status.OVERDUE, 1)),
        ("30 June 2021", Standing(Status.DUE)),
    ],
)
def test_status_as_of_the_report_day(words, expected):
    assert standing(parse_window(words, "en"), None, REPORT_DAY) == expected


def test_a_known_completion_is_done_whatever_the_plan():
    assert standing(on_day(date(2021, 3, 15)), COMPLETION, REPORT_DAY) == Standing(Status.DONE)
    assert standing(None, COMPLETION, REPORT_DAY) == Standing(Status.DONE)


def test_no_plan_has_no_date():
    assert standing(None, None, REPORT_DAY) == Standing(Status.NO_DATE)


def programme(rows):
    """Read initiatives' milestones into {code: [window, …]}."""
    return {
        initiative["code"]: [
            narrow(
                row.get("approximate", row.get("words", {}).get("en", "")),
                row.get("planned"),
                row.get("planned_start"),
                "en",
                is_ongoing=row.get("ongoing", False),
            )
            for row in initiative.get("milestones", [])
        ]
        for initiative in rows
    }


def stand(windows):
    return {
        code: [
            standing(plan, COMPLETION if number in DONE[code] else None, REPORT_DAY)
            for number, plan in enumerate(plans, 1)
        ]
        for code, plans in windows.items()
    }


def expected():
    return {
        code: [Standing(Status(status), days) for status, days in rows]
        for code, rows in REPORTED.items()
    }


def test_the_facts_of_the_source_give_the_table_of_30_june_2021():
    facts = ROOT.parent / "shared" / "carec" / "programme.yaml"
    if not facts.exists():
        pytest.skip("The programme's facts (../shared/carec/programme.yaml) are not here.")
    windows = programme(yaml.safe_load(facts.read_text(encoding="utf-8"))["initiatives"])

    assert stand(windows) == expected()


def test_the_shipped_preset_gives_the_same_table():
    preset = ROOT / "src/serai/setup/presets/carec/initiatives.toml"
    windows = programme(tomllib.loads(preset.read_text(encoding="utf-8"))["initiatives"])

    assert stand(windows) == expected()


def test_the_table_counts_26_milestones():
    rows = {(code, n): one for code, ones in expected().items() for n, one in enumerate(ones)}

    assert counts(rows) == {
        Status.DONE: 7,
        Status.OVERDUE: 4,
        Status.DUE: 4,
        Status.DUE_SOON: 4,
        Status.RUNNING: 1,
        Status.PLANNED: 6,
        Status.NO_DATE: 0,
    }


def test_the_preset_says_the_same_days_in_both_languages():
    preset = ROOT / "src/serai/setup/presets/carec/initiatives.toml"
    rows = [
        row
        for initiative in tomllib.loads(preset.read_text(encoding="utf-8"))["initiatives"]
        for row in initiative.get("milestones", [])
    ]
    words = [row["words"] for row in rows] + [
        row["completed"] for row in rows if "completed" in row
    ]

    assert [parse_window(one["ru"], "ru").said("") for one in words] == [
        parse_window(one["en"], "en").said("") for one in words
    ]


ORDER = [Status.PLANNED, Status.RUNNING, Status.DUE_SOON, Status.DUE, Status.OVERDUE]
WIDTHS = st.integers(0, 90)


@given(WIDTHS, WIDTHS, WIDTHS, st.booleans())
def test_status_only_moves_forward_as_days_pass(to_start, to_end, width, is_ongoing):
    begin = date(2021, 1, 1) + timedelta(days=to_start)
    first = begin + timedelta(days=to_end)
    last = first + timedelta(days=width)
    plan = Window(first, last, Precision.SPAN, "", begin, begin, is_ongoing)

    seen = [
        ORDER.index(standing(plan, None, date(2021, 1, 1) + timedelta(days=n)).status)
        for n in range(300)
    ]

    assert seen == sorted(seen)


@given(st.integers(1, 5000))
def test_overdue_days_grow_by_one_a_day(late):
    day = REPORT_DAY + timedelta(days=late)

    assert standing(on_day(REPORT_DAY), None, day) == Standing(Status.OVERDUE, late)
