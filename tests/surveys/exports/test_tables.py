"""The room's lists as tables, on pages and as files."""

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.surveys import queries
from serai.surveys.exports.tables import (
    board_table,
    invitations_table,
    said,
    surveys_table,
    waves_table,
)
from serai.surveys.models import Response, SectionMark

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    """A wave with one body that has begun to answer, and one that has not."""
    wave = make.wave(make.version(make.survey(code="readiness")))
    begun = make.invitation(
        wave, organisation=people.organisation("Roads"), state="opened",
        lead=people.person(full_name="A. Lead"),
    )  # fmt: skip
    response = Response.objects.create(
        wave=wave, invitation=begun, version=wave.version, completeness=0.5
    )
    SectionMark.objects.create(
        response=response, section="office", mark="all_answered", completeness=1.0
    )
    make.invitation(
        wave, organisation=people.organisation("Rails"), lead=people.person(full_name="B")
    )
    return wave


def cells(table):
    return [[str(cell) for cell in row] for row in table.rows]


def test_surveys_say_how_many_answers_are_in(round_):
    make.survey(code="zz", kind="feedback", state="draft")

    table = surveys_table(queries.surveys(people.viewer_with("officer")))

    assert cells(table) == [
        ["Offices", "Questionnaire", "Whole programme", "Open", "1", "2021-03-31", "0 of 2", "0"],
        ["Offices", "Feedback", "Whole programme", "Draft", "0", "", "", ""],
    ]


def test_waves_say_their_days(round_):
    table = waves_table(queries.waves(people.viewer_with("officer"), round_.survey))

    assert cells(table) == [["First round", "1", "2021-03-01", "2021-03-31", "Open", "0 of 2"]]


def test_invitations_name_people_and_what_is_missing(round_):
    lone = make.invitation(round_, organisation=people.organisation("Ports"), state="drafted")
    lone.lead = None
    lone.save()

    table = invitations_table(queries.invitations_of(people.viewer_with("officer"), round_))

    assert cells(table) == [
        ["Ports", "Georgia", "Nobody yet", "", "English", "2021-03-31", "Not sent yet", ""],
        ["Rails", "Georgia", "B", "", "English", "2021-03-31", "Sent", ""],
        ["Roads", "Georgia", "A. Lead", "", "English", "2021-03-31", "Opened", "Being filled in"],
    ]


def test_the_board_has_a_column_for_each_section(round_):
    board = queries.board(people.viewer_with("officer"), round_, make.NOON)

    table = board_table(board)

    assert [column.title for column in table.columns][8:] == [
        "The office",
        "The line",
        "Meeting room",
    ]
    assert cells(table) == [
        ["Georgia", "Rails", "B", "2021-03-31", "Sent", "", "", "0", "", "", ""],
        [
            "Georgia", "Roads", "A. Lead", "2021-03-31", "Opened", "Being filled in", "50", "0",
            "All answered", "", "",
        ],
    ]  # fmt: skip
    assert table.to_csv().decode("utf-8-sig").splitlines()[2] == (
        "Georgia,Roads,A. Lead,2021-03-31,Opened,Being filled in,50,0,All answered,,"
    )


def test_answers_begun_without_the_letters_link_are_said_so(round_):
    rails = round_.invitations.get(organisation__name_key="rails")
    Response.objects.create(wave=round_, invitation=rails, version=round_.version)
    officer = people.viewer_with("officer")

    asked = cells(invitations_table(queries.invitations_of(officer, round_)))
    board = cells(board_table(queries.board(officer, round_, make.NOON)))

    assert [row[6] for row in asked] == ["Begun another way", "Opened"]
    assert [row[4] for row in board] == ["Begun another way", "Opened"]


def test_a_sample_is_named_in_the_file():
    wave = make.wave(sample=True)
    make.invitation(wave)
    board = queries.board(people.viewer_with("officer"), wave, make.NOON)

    assert board_table(board).file_name("board", "csv") == "sample-board.csv"


def test_said_writes_a_text_plainly():
    assert said(make.survey().title) == "Offices"


def test_nobody_is_missed_where_the_answer_is_in():
    wave = make.wave()
    for place, state in (("Post", "accepted"), ("Roads", "")):
        row = make.invitation(wave, organisation=people.organisation(place))
        row.lead = None
        row.save()
        if state:
            Response.objects.create(wave=wave, invitation=row, version=wave.version, state=state)
    rows = queries.invitations_of(people.viewer_with("officer"), wave)

    table = invitations_table(rows)

    leads = {row[0].text: row[2] for row in table.rows}
    assert leads["Post"] == "–"
    assert (leads["Roads"].tone, leads["Roads"].word) == ("wrong", "Nobody yet")
