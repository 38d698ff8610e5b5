"""What was turned off before letters had the topics of the page."""

from importlib import import_module

import pytest
from django.apps import apps
from tests.factories import members as make

pytestmark = pytest.mark.django_db
gather = import_module("serai.members.migrations.0006_topics_of_letters").gather


@pytest.mark.parametrize(
    ("muted", "topics", "rhythm"),
    [
        ([], [], "weekly"),
        (["meeting_called"], ["meetings"], "weekly"),
        (["papers_out", "reports", "meeting_called"], ["meetings", "reports"], "weekly"),
        (["digest", "milestone_due"], ["work"], "never"),
        (["something_else"], ["something_else"], "weekly"),
    ],
)
def test_kinds_become_their_topics(muted, topics, rhythm):
    person = make.person(muted_topics=muted)

    gather(apps, None)
    gather(apps, None)

    person.refresh_from_db()
    assert (person.muted_topics, person.digest) == (topics, rhythm)
