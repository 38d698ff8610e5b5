"""Training needs, for those who read the answers."""

import pytest
from tests.factories import readiness_report as make

from serai.base.access import Viewer
from serai.readiness.queries.training import TrainingNeed, training_needs

pytestmark = pytest.mark.django_db


def test_needs_and_learners_are_told_to_who_reads_the_answers():
    says = {"people/need_joining": "1", "people/need_room": "3", "people/learners": "12"}
    found = make.scored_office(says=says, runs=0)
    own = Viewer(keys=frozenset({f"organisation:{found.office.organisation_id}"}))

    told = training_needs(own, [found], make.DAY)

    assert told.said == (
        TrainingNeed(
            found.office.public_id, found.response_number,
            {"/data/people/need_joining": 1, "/data/people/need_room": 3}, 12,
        ),
    )  # fmt: skip
    assert dict(told.topics)["/data/people/need_room"] == "Training needed: running a meeting room"
    assert training_needs(Viewer(keys=frozenset({"members"})), [found], make.DAY).said == ()
