"""Shares let out to members, published, withdrawn; never near enough to give anybody away."""

import pytest
from django.db import DatabaseError, transaction
from tests.factories import members as people
from tests.factories import readiness as make

from serai.base.access import Denied
from serai.readiness import actions
from serai.readiness.actions import Refused
from serai.readiness.models import Aggregate, Framework

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return people.viewer_with("officer")


def let_out(by, measure="host", countries=()):
    return actions.release_aggregate(
        framework=Framework.objects.get(), measure=measure, countries=countries, by=by,
        now=make.NOON,
    )  # fmt: skip


def test_shares_are_let_out_with_what_stands_behind_them(officer):
    make.many({"E1": 10, "E2": 10})

    made = let_out(officer)

    # The empty ones are covered by E1, as large as E2 and before it by name.
    assert dict(made.cells) == {
        "none": None, "E1": None, "E2": 50, "E3": None, "E4": None, "E5": None,
    }  # fmt: skip
    assert (made.state, made.organisations_count, made.countries_count) == ("released", 20, 4)
    assert len(made.groups["whole"]) == 20


def test_too_few_are_not_told(officer):
    make.many({"E1": 4})

    with pytest.raises(Refused, match="five organisations"):
        let_out(officer)


def test_an_unknown_measure_is_refused(officer):
    make.framework()

    with pytest.raises(Refused) as refused:
        let_out(officer, "nonsense")

    assert refused.value.field == "measure"


def test_the_same_may_be_let_out_again_and_one_near_it_may_not(officer):
    make.many({"E1": 12, "E2": 12})
    let_out(officer)
    let_out(officer)
    make.many({"E1": 3})

    with pytest.raises(Refused, match="Fewer than five"):
        let_out(officer)
    assert Aggregate.objects.count() == 2


def test_what_was_withdrawn_is_compared_with_all_the_same(officer):
    make.many({"E1": 12, "E2": 12})
    actions.withdraw_aggregate(aggregate=let_out(officer), by=officer, now=make.NOON)
    make.many({"E1": 3})

    with pytest.raises(Refused, match="Fewer than five"):
        let_out(officer)


def test_five_more_organisations_are_far_enough(officer):
    make.many({"E1": 12, "E2": 12})
    let_out(officer)
    make.many({"E1": 8, "E2": 8})

    assert let_out(officer).organisations_count == 40


def test_only_officers_of_the_initiative_let_shares_out():
    make.many({"E1": 12, "E2": 12})

    for role, scope in (("officer", "startup-hub"), ("focal_point", "GEO"), ("lead", None)):
        by = people.viewer_with(role, scope or people.organisation())
        with pytest.raises(Denied):
            let_out(by)


def test_members_first_then_everybody(officer):
    make.many({"E1": 12, "E2": 12})
    made = let_out(officer)

    actions.publish_aggregate(aggregate=made, by=officer, now=make.NOON)
    actions.withdraw_aggregate(aggregate=made, by=officer, now=make.NOON)

    made.refresh_from_db()
    assert (made.state, made.published_by_id) == ("withdrawn", officer.person_id)


def test_what_was_let_out_stays_as_it_was(officer):
    make.many({"E1": 12, "E2": 12})
    made = let_out(officer)

    for act in (
        lambda: Aggregate.objects.filter(pk=made.pk).update(groups={}),
        lambda: Aggregate.objects.filter(pk=made.pk).update(cells=[]),
        lambda: Aggregate.objects.filter(pk=made.pk).delete(),
    ):
        with transaction.atomic(), pytest.raises(DatabaseError):
            act()
