"""All of a report at once: what an edition holds, and what is left out."""

import pytest
from django.utils import translation
from tests.factories import readiness_report as make

from serai.base.access import Viewer
from serai.readiness.models import Advisory
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


def test_names_come_in_the_language_that_is_switched_on():
    make.confirmed_office()

    with translation.override("ru"):
        found = readiness_report(STAFF, make.DAY, Whose(Edition.SECRETARIAT))

    assert found.agencies[0].dimensions[0].name == "Связь и пропускная способность"


def test_before_any_framework_there_is_nothing_to_tell():
    found = readiness_report(STAFF, make.DAY, Whose(Edition.SECRETARIAT))

    assert (found.definition, found.agencies, found.waiting, found.plan) == (None, (), (), None)
