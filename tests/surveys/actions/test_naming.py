"""Somebody is let read narrow answers by name, and no longer."""

from datetime import date, timedelta

import pytest
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.programme import programme

from serai.base.access import Denied
from serai.members.queries import viewer_of
from serai.surveys import access, actions, queries
from serai.surveys.queries.responses import fresh_response

pytestmark = pytest.mark.django_db


@pytest.fixture
def found():
    programme()
    return fresh_response(offices.narrow().pk)


def read(person, response):
    """Whether a person reads the narrow answer, as the page's own rule says."""
    return access.share_of(viewer_of(person, make.NOON), response).reads_narrow


def test_whoever_is_named_reads_narrow_answers_until_it_is_taken_back(found):
    officer, other = people.person_with("officer"), people.person_with("officer")
    focal = people.viewer_with("focal_point", "GEO")
    before = read(officer, found)

    share = actions.let_read(
        response=found, person_id=officer.pk, until_on=None, by=focal, now=make.NOON
    )
    during = (read(officer, found), read(other, found))
    told = "7" in str(queries.trail(viewer_of(officer, make.NOON), found).answers)
    (row,) = queries.readers_by_name(focal, found)
    actions.end_reading(response=found, share=share.public_id, by=focal, now=make.NOON)

    assert (before, during, told) == (False, (True, False), True)
    assert (row.name, row.may_end) == (officer.full_name, True)
    assert read(officer, found) is False
    assert queries.readers_by_name(focal, found) == []


def test_the_lead_lets_and_takes_back_only_what_was_their_word(found):
    lead = people.viewer_with("lead", found.invitation.organisation)
    officer, colleague = people.person_with("officer"), people.person_with("coordinator")
    focal = people.viewer_with("focal_point", "GEO")

    mine = actions.let_read(
        response=found, person_id=colleague.pk, until_on=date(2021, 3, 9), by=lead, now=make.NOON
    )
    theirs = actions.let_read(
        response=found, person_id=officer.pk, until_on=None, by=focal, now=make.NOON
    )

    with pytest.raises(Denied):
        actions.end_reading(response=found, share=theirs.public_id, by=lead, now=make.NOON)
    after = viewer_of(colleague, make.NOON + timedelta(days=9))
    assert access.share_of(after, found).reads_narrow is False
    actions.end_reading(response=found, share=mine.public_id, by=focal, now=make.NOON)


def test_strangers_and_past_days_are_refused_and_others_may_not(found):
    officer = people.person_with("officer")
    focal = people.viewer_with("focal_point", "GEO")

    with pytest.raises(actions.Refused, match="from the list"):
        actions.let_read(
            response=found, person_id=people.person().pk, until_on=None, by=focal, now=make.NOON
        )
    with pytest.raises(actions.Refused, match="in the past"):
        actions.let_read(
            response=found, person_id=officer.pk, until_on=date(2021, 2, 1), by=focal, now=make.NOON
        )
    for who in ("officer", "coordinator", "contributor", "deputy"):
        where = {"contributor": (found.invitation.organisation,), "deputy": ("GEO",)}.get(who, ())
        with pytest.raises(Denied):
            actions.let_read(
                response=found, person_id=officer.pk, until_on=None,
                by=people.viewer_with(who, *where), now=make.NOON,
            )  # fmt: skip
