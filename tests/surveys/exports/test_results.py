"""Tallies, answers and two waves as tables."""

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.surveys.exports.results import compared_table, differing, groups_table, results_table
from serai.surveys.queries import compared_waves, results

pytestmark = pytest.mark.django_db

HAS, STAFF = "/data/link/has", "/data/office/staff"


def wave_with(version, *answers):
    found = make.wave(version)
    for has, staff in answers:
        make.cleared(found, {HAS: has, STAFF: staff})
    return found


def rows_of(wave, section, by=""):
    officer = people.viewer_with("officer")
    return results(officer, wave, make.NOON, "en", section=section, by=by).rows


def test_a_row_each_choice_or_one_of_numbers():
    wave = wave_with(make.version(), ("yes", "1"), ("yes", "2"), ("no", "4"), ("yes", "!later"))

    links = results_table(rows_of(wave, "link"), "Results", sample=False).rows
    offices = results_table(rows_of(wave, "office"), "Results", sample=False).rows

    head = ("Is there a leased line?", HAS, "All", 4, 0, 0, 0)
    assert links[:2] == [
        (*head, "Yes", 3, 75.0, "", "", "", "", "", "", ""),
        (*head, "No", 1, 25.0, "", "", "", "", "", "", ""),
    ]
    assert offices[1] == (
        "People who run events", STAFF, "All", 3, 1, 0, 0, "", "", "", "", 1, 1.5, 2, 3, 4, 7 / 3,
    )  # fmt: skip


def test_groups_of_numbers_have_quartiles():
    wave = wave_with(make.version(), ("yes", "1"), ("yes", "2"), ("no", "4"))

    table = groups_table(rows_of(wave, "office", "country")[1], "Member")

    assert [column.key for column in table.columns] == [
        "group", "n", "missing", "no_information", "lower", "median", "upper",
    ]  # fmt: skip
    assert table.rows == [("Georgia", 3, 0, 0, 1.5, 2, 3)]


def test_two_waves_differ_by_percent_points_and_medians():
    version = make.version()
    before = wave_with(version, ("yes", "2"), ("no", "4"))
    now = wave_with(version, ("yes", "10"))

    rows = compared_waves(people.viewer_with("officer"), now, before, make.NOON, "en").rows
    table = compared_table(rows, "Waves", now="Now", before="Then")

    assert list(table.rows)[:4] == [
        ("Name of the office", "Answers counted", 0, 0, 0, 0, 0),
        ("People who run events", "Median", 3.0, 10.0, 7.0, 2, 1),
        ("Is there a leased line?", "Yes, percent", 50.0, 100.0, 50.0, 2, 1),
        ("Is there a leased line?", "No, percent", 50.0, 0.0, -50.0, 2, 1),
    ]
    assert [row[1] for row in differing(table)] == ["Median", "Yes, percent", "No, percent"]
