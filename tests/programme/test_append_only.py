"""No plan or completion is changed or removed, by any door and by the database itself."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from tests.factories.programme import completion, milestone, plan

from serai.programme.actions import Told, record_completion
from serai.programme.models import Completion, Plan

pytestmark = pytest.mark.django_db


def test_a_plan_cannot_be_changed():
    milestone(words="15 March 2021")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Plan.objects.update(end_latest=date(2021, 4, 1))

    assert Plan.objects.get().end_latest == date(2021, 3, 15)


def test_a_completion_cannot_be_removed():
    row = milestone(words="15 March 2021")
    completion(row, "by 30 June 2021")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Completion.objects.all().delete()

    assert Completion.objects.count() == 1


def test_a_milestone_with_plans_cannot_be_removed():
    row = milestone(words="15 March 2021")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        row.delete()


def test_sample_facts_can_be_removed(noon):
    from tests.factories.programme import STAFF

    row = milestone(words="15 March 2021")
    record_completion(
        milestone=row, words="by 30 June 2021", by=STAFF, now=noon, told=Told(sample=True)
    )

    Completion.objects.filter(sample=True).delete()

    assert Completion.objects.count() == 0
    assert plan is not None
