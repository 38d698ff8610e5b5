"""What is done leaves a line in the audit."""

import pytest
from tests.factories import readiness as make

from serai.base.models import AuditEntry
from serai.readiness.actions.acts import label, note_audit

pytestmark = pytest.mark.django_db


def test_an_act_without_a_person_is_the_houses_own():
    found = make.framework()

    note_audit("look", found, by=None, now=make.NOON, after={"number": 1})

    line = AuditEntry.objects.get(verb="look")
    assert (line.thing, line.after) == (f"readiness.framework:{found.pk}", {"number": 1})
    assert label(found) == line.thing
