"""Whether a thing of a preset is here already."""

from datetime import UTC, datetime

import pytest
from tests.factories import members as people
from tests.factories import programme as make

from serai.base.access import NotFound
from serai.programme import queries
from serai.programme.actions import About

pytestmark = pytest.mark.django_db


def test_the_programme_is_the_first_one():
    with pytest.raises(NotFound):
        queries.the_programme()

    made = make.programme()

    assert queries.the_programme() == made


def test_an_initiative_is_found_by_its_code_alone():
    made = make.initiative("home", audience="secretariat")

    assert queries.find_initiative("home") == made
    assert queries.find_initiative("hom") is None


def test_a_request_is_found_by_all_that_it_is_about():
    people.member("GEO")
    make.ask(make.initiative(), countries=("GEO",))
    asked = make.ask(countries=("GEO",), about=About("surveys", "wave", "W-1"))

    assert queries.request_about("surveys", "wave", "W-1") == asked
    assert queries.request_about("surveys", "wave", "W-2") is None
    assert queries.request_about("hub", "wave", "W-1") is None
    assert queries.request_about("surveys", "survey", "W-1") is None


def test_a_meeting_is_found_by_kind_and_beginning():
    make.meeting(kind="technical")
    made = make.meeting()
    make.meeting()
    begin = datetime(2021, 6, 30, 6, tzinfo=UTC)

    assert queries.meeting_at("senior_officials", begin) == made
    assert queries.meeting_at("steering", begin) is None
    assert queries.meeting_at("senior_officials", begin.replace(hour=7)) is None
