"""The audit's lines of the room."""

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.audit import request_number
from serai.base.models import AuditEntry
from serai.surveys.actions.acts import day_of, note_audit
from serai.surveys.models import Response

pytestmark = pytest.mark.django_db
MIDNIGHT = make.NOON.replace(hour=0)


@pytest.mark.parametrize("is_anonymous", [True, False])
def test_a_line_on_answers_without_a_name_says_neither_who_nor_when(is_anonymous):
    survey = make.survey(has_signature=False, has_clearance=False, is_anonymous=is_anonymous)
    wave = make.wave(make.version(survey))
    response = Response.objects.create(wave=wave, version=wave.version)
    by = people.viewer_with("officer")
    token = request_number.set("r1")

    note_audit("answer", response, by=by, now=make.NOON)
    note_audit("close_wave", wave, by=by, now=make.NOON)
    request_number.reset(token)

    lines = list(AuditEntry.objects.order_by("id").values_list("by", "at", "request_id"))
    named = (by.person_id, make.NOON, "r1")
    assert lines == [(None, MIDNIGHT, "") if is_anonymous else named, named]


def test_a_day_begins_at_midnight_at_greenwich():
    from datetime import datetime, timedelta, timezone

    east = datetime(2021, 3, 2, 3, 30, 15, tzinfo=timezone(timedelta(hours=5)))

    assert day_of(east) == MIDNIGHT
