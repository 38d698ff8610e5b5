"""The board: states and shares, never an answer; as many queries for one row as for three."""

from datetime import UTC, datetime

import pytest
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.programme import programme

from serai.calc.xforms import Progress
from serai.surveys import queries
from serai.surveys.models import Answer, AnswerRequest, Response, SectionMark
from serai.surveys.queries.board import least, section_titles
from serai.surveys.queries.forms import compiled

pytestmark = pytest.mark.django_db
NOON = make.NOON
AFTER = datetime(2021, 4, 1, 12, tzinfo=UTC)
TITLES = ("The office", "The line", "Meeting room")


@pytest.fixture(autouse=True)
def manila():
    programme()


def answered(wave, iso3="GEO", name="", state="filling", marks=(), **fields):
    """A body with a response whose sections stand so."""
    row = make.invitation(
        wave, organisation=people.organisation(name, country=iso3), state="opened"
    )
    response = Response.objects.create(
        wave=wave, invitation=row, version=wave.version, state=state, **fields
    )
    for section, entry, mark, share in marks:
        SectionMark.objects.create(
            response=response, section=section, entry=entry, mark=mark, completeness=share
        )
    return response


def test_a_row_says_how_far_each_section_is():
    wave = make.wave()
    response = answered(
        wave, name="Agency of Roads", completeness=0.5,
        marks=[
            ("office", "", "all_answered", 1.0), ("link", "", "required_missing", 0.25),
            ("room", "a", "all_answered", 1.0), ("room", "b", "unanswered", 0.0),
        ],
    )  # fmt: skip
    AnswerRequest.objects.create(
        response=response, path="/data/link/mbps", reason="unclear", state="asked", made_at=NOON
    )

    board = queries.board(people.viewer_with("officer"), wave, NOON)

    (row,) = board.rows
    assert board.sections == TITLES
    assert row.marks == (
        Progress.ALL_ANSWERED, Progress.REQUIRED_MISSING, Progress.UNANSWERED,
    )  # fmt: skip
    assert row.shares == (100.0, 25.0, 50.0)
    assert (row.place, row.iso3, row.percent, row.open_requests) == (
        "Agency of Roads",
        "GEO",
        50,
        1,
    )
    assert (row.is_opened, row.is_done, row.may_be_reminded, row.is_late) == (
        True, False, True, False,
    )  # fmt: skip


def test_who_has_not_opened_it_has_no_figures():
    wave = make.wave()
    make.invitation(wave)

    (row,) = queries.board(people.viewer_with("officer"), wave, AFTER).rows

    assert (row.state, row.percent, row.marks, row.shares) == (
        None, None, (None, None, None), (None, None, None),
    )  # fmt: skip
    assert (row.is_late, row.is_opened, row.may_be_reminded) == (True, False, True)


def test_the_counts_of_a_board():
    wave = make.wave()
    answered(wave)
    answered(wave, state="handed_in")
    answered(wave, state="signed", signed_through=4)
    answered(wave, state="correcting", signed_through=4, cleared_through=4)
    make.invitation(wave, state="bounced")
    make.invitation(wave, state="drafted")
    make.invitation(wave, state="cancelled")

    board = queries.board(people.viewer_with("officer"), wave, NOON)

    names = ("is_opened", "is_done", "is_signed", "is_cleared")
    assert [board.count(name) for name in names] == [4, 3, 2, 1]
    assert (len(board.rows), board.bounced_count) == (5, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_three_queries_however_many_rows(count, django_assert_num_queries):
    wave = make.wave()
    for _n in range(count):
        answered(wave, marks=[("office", "", "all_answered", 1.0)])
    officer = people.viewer_with("officer")
    compiled(wave.version)
    queries.programme_zone()

    with django_assert_num_queries(4):  # the programme's clock, bodies, responses, marks
        board = queries.board(officer, wave, NOON)

    assert len(board.rows) == count


def test_a_country_sees_its_own_agencies():
    wave = make.wave()
    answered(wave, "GEO", "Ours")
    answered(wave, "UZB", "Theirs")

    board = queries.board(people.viewer_with("focal_point", "GEO"), wave, NOON)

    assert [row.place for row in board.rows] == ["Ours"]


def test_no_answer_reaches_the_board():
    wave = make.wave()
    response = answered(wave, completeness=0.1)
    Answer.objects.create(
        response=response, path="/data/office/name", value="secret-draft", form_version=wave.version,
        source="web", client_id="1", salt="x", at=NOON,
    )  # fmt: skip

    board = queries.board(people.viewer_with("officer"), wave, NOON)

    assert "secret-draft" not in repr(board)


def test_countries_stand_in_order_with_the_mean_of_their_bodies():
    wave = make.wave()
    answered(
        wave, "UZB", completeness=1.0, state="signed", marks=[("office", "", "all_answered", 1.0)]
    )
    answered(wave, "UZB", completeness=0.5, marks=[("office", "", "unanswered", 0.0)])
    make.invitation(wave)

    rows = queries.by_country(queries.board(people.viewer_with("officer"), wave, NOON))

    assert [
        (row.iso3, row.percent, row.done_count, row.body_count, row.shares) for row in rows
    ] == [
        ("GEO", 0.0, 0, 1, (None, None, None)),
        ("UZB", 75.0, 1, 2, (50.0, None, None)),
    ]


@pytest.mark.parametrize(
    ("marks", "found"),
    [
        ([], None),
        (["not_applicable"], Progress.NOT_APPLICABLE),
        (["not_applicable", "all_answered"], Progress.ALL_ANSWERED),
        (["all_answered", "not_visited", "required_done"], Progress.NOT_VISITED),
        (["required_done", "required_missing"], Progress.REQUIRED_MISSING),
    ],
)
def test_the_least_of_its_entries_speaks_for_a_section(marks, found):
    assert least(marks) is found


def test_titles_of_sections_are_the_forms_own_in_the_readers_language():
    form = compiled(make.version())

    found = [section_titles(form, code) for code in ("en", "ru", "ka")]

    assert found == [TITLES, ("Отдел", "Линия", "Зал"), TITLES]
