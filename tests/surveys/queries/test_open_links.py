"""What stands behind an open link."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.programme import programme

from serai.base.access import NotFound
from serai.members.queries import token_hash
from serai.surveys import queries
from serai.surveys.models import Response
from serai.surveys.queries.open_links import CameIn

pytestmark = pytest.mark.django_db


def feedback(**fields):
    unsigned = {"kind": "feedback", "has_signature": False, "has_clearance": False}
    return make.survey(**(unsigned | fields))


def test_only_unsigned_feedback_and_applications_may_be_open():
    kinds = ("feedback", "application", "judging", "interview")

    found = [queries.may_be_open(make.wave(make.version(feedback(kind=kind)))) for kind in kinds]

    assert found == [True, True, False, False]
    assert not queries.may_be_open(make.wave(make.version(make.survey(kind="application"))))


def test_a_round_is_found_by_its_link_alone():
    wave = make.wave(open_token_hash=token_hash("right"))
    make.wave()

    assert queries.wave_by_open_link("right") == wave
    for token in ("wrong", ""):
        with pytest.raises(NotFound):
            queries.wave_by_open_link(token)


@pytest.mark.parametrize(
    ("moment", "is_shut"),
    [
        ("2021-02-28T23:59", True), ("2021-03-01T00:00", False),
        ("2021-04-02T23:59", False), ("2021-04-03T00:00", True),
    ],
)  # fmt: skip
def test_it_opens_and_shuts_at_midnight_on_the_programmes_clock(moment, is_shut):
    zone = ZoneInfo(programme().time_zone)
    wave = make.wave(make.version(feedback()), grace_days=2)

    found = queries.why_shut(wave, datetime.fromisoformat(moment).replace(tzinfo=zone))

    assert bool(found) is is_shut


@pytest.mark.parametrize("fields", [{"state": "closed"}, {"state": "planned"}])
def test_a_round_that_is_not_open_is_shut(fields):
    programme()

    assert queries.why_shut(make.wave(make.version(feedback()), **fields), make.NOON) != ""


def test_a_closed_survey_is_shut():
    programme()
    wave = make.wave(make.version(feedback(state="closed")))

    assert queries.why_shut(wave, make.NOON).startswith("It is closed")


def test_those_who_came_by_the_link_are_counted_and_no_others(django_assert_num_queries):
    wave = make.wave(make.version(feedback()), due_on=date(2021, 4, 1))
    mine = make.invitation(wave, organisation=people.organisation())
    own = make.invitation(wave)
    own.organisation = None
    own.save()
    subject = make.invitation(wave, subject="hub.Entry:1")
    subject.organisation = None
    subject.save()
    for invitation, state in ((None, "filling"), (None, "cleared"), (own, "handed_in"),
                              (mine, "handed_in"), (subject, "handed_in")):  # fmt: skip
        Response.objects.create(wave=wave, version=wave.version, invitation=invitation, state=state)

    with django_assert_num_queries(1):
        found = queries.came_in(wave)

    assert found == CameIn(begun_count=3, handed_count=2)
