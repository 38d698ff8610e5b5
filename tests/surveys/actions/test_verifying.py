"""An altered or removed answer is named; an erased one is not."""

import pytest
from django.db import connection
from tests.factories import surveys as make

from serai.calc.xforms import Ref
from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.actions import Change
from serai.surveys.models import Answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def answers():
    """Two answers of one response, as their lead gave them."""
    asked = make.invitation()
    lead = viewer_of(asked.lead, make.NOON)
    response = actions.start_response(invitation=asked, by=lead, now=make.NOON)
    changes = [
        Change("c1", Ref("/data/office/name"), 0, "Agency"),
        Change("c2", Ref("/data/office/staff"), 0, "12"),
    ]
    actions.write_answers(response=response, changes=changes, by=lead, now=make.NOON)
    return [Answer.objects.get(client_id=name) for name in ("c1", "c2")]


def forge(sentence: str, *values: object) -> None:
    """Change a row as somebody would who gets round the triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE surveys_answer DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER surveys_answer_no_update")
            cursor.execute("DROP TRIGGER surveys_answer_no_delete")
        cursor.execute(sentence, values)


def test_nothing_is_named_where_all_is_as_it_was(answers):
    assert actions.altered_answers() == []


def test_an_altered_answer_is_named(answers):
    forge("UPDATE surveys_answer SET value = %s WHERE id = %s", "Forged", answers[0].pk)

    assert actions.altered_answers() == [answers[0].pk]


def test_an_erased_answer_is_not_named(answers):
    Answer.objects.filter(pk=answers[0].pk).update(value="", salt="")

    assert actions.altered_answers() == []
