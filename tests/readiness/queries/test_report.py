"""All of a report at once: what an edition holds, and what is left out."""

import pytest
from django.utils import translation
from tests.factories import readiness_report as make

from serai.base.access import ANONYMOUS, Viewer
from serai.readiness.models import Advisory, Assessment, Office
from serai.readiness.queries.report import readiness_report
from serai.readiness.queries.reported import Whose
from serai.readiness.states import Edition

pytestmark = pytest.mark.django_db
STAFF = Viewer(keys=frozenset({"public", "members", "secretariat"}))
MEMBER = Viewer(keys=frozenset({"public", "members"}))


def test_the_secretariat_reads_all_and_members_what_was_let_out():
    found = make.confirmed_office()
    make.question()
    make.delivery(found)
    Advisory.objects.update_or_create(
        question="Hidden", answer="", defaults={"is_shown": False, "changed_at": make.NOON}
    )

    every = readiness_report(STAFF, make.DAY, Whose(Edition.SECRETARIAT))
    nothing = readiness_report(MEMBER, make.DAY, Whose(Edition.RELEASED))
    make.release(found)
    out = readiness_report(MEMBER, make.DAY, Whose(Edition.RELEASED))

    assert (len(every.agencies), len(every.deliveries), every.countries) == (1, 1, ("Georgia",))
    assert [one.question for one in every.questions] == ["How many microphones does a room need?"]
    assert nothing.agencies == ()
    assert len(out.agencies) == 1
    assert (out.deliveries, out.unknowns, out.training.said) == ((), (), ())
    assert every.edition == 1


def test_the_public_reads_what_was_let_out_a_second_time_and_shares():
    found = make.confirmed_office()
    make.release(found)
    make.shares(state="published", published_at=make.NOON)
    make.shares(measure="attend")

    first = readiness_report(ANONYMOUS, make.DAY, Whose(Edition.PUBLIC))
    as_staff = readiness_report(STAFF, make.DAY, Whose(Edition.PUBLIC))
    make.release(found, audience="public")
    then = readiness_report(ANONYMOUS, make.DAY, Whose(Edition.PUBLIC))
    members = readiness_report(MEMBER, make.DAY, Whose(Edition.RELEASED))

    assert (first.agencies, [one.measure for _number, one in first.shares]) == ((), ["host"])
    assert as_staff.agencies == ()
    assert [one.audience for one in then.agencies] == ["public"]
    assert [one.measure for _number, one in members.shares] == ["host", "attend"]
    assert (first.sample, then.sample) == (False, False)


def test_a_trial_shows_samples_and_says_so():
    found = make.confirmed_office()
    Office.objects.update(sample=True)
    Assessment.objects.update(sample=True)
    make.shares(state="published", published_at=make.NOON, sample=True)

    only = readiness_report(ANONYMOUS, make.DAY, Whose(Edition.PUBLIC))
    make.release(found, audience="public", sample=True)
    both = readiness_report(ANONYMOUS, make.DAY, Whose(Edition.PUBLIC))
    make.confirmed_office()
    real = readiness_report(ANONYMOUS, make.DAY, Whose(Edition.PUBLIC))

    assert (len(only.agencies), len(only.shares), only.sample) == (0, 1, True)
    assert (len(both.agencies), len(both.shares), both.sample) == (1, 1, True)
    assert real.sample


def test_names_come_in_the_language_that_is_switched_on():
    make.confirmed_office()

    with translation.override("ru"):
        found = readiness_report(STAFF, make.DAY, Whose(Edition.SECRETARIAT))

    assert found.agencies[0].dimensions[0].name == "Связь и пропускная способность"


def test_before_any_framework_there_is_nothing_to_tell():
    found = readiness_report(STAFF, make.DAY, Whose(Edition.SECRETARIAT))

    assert (found.definition, found.agencies, found.waiting, found.plan) == (None, (), (), None)
