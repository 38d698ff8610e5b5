"""No act of release is edited or deleted by any door, on either engine; a sample one goes."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests.factories import members as make

from serai.members import access, actions
from serai.members.models import AudienceChange, Person
from serai.members.states import Audience

pytestmark = pytest.mark.django_db


def act(*, sample=False):
    viewer = make.viewer_with("coordinator")
    Person.objects.filter(pk=viewer.person_id).update(sample=sample)
    return actions.change_audience(
        released=actions.Released(
            "programme.paper:1", "", access.Release(Audience.MEMBERS, Audience.SECRETARIAT)
        ),
        reason="Agreed", by=viewer, now=make.NOON,
    )  # fmt: skip


@pytest.mark.parametrize("sample", [False, True])
def test_an_act_cannot_be_saved_again(sample):
    row = act(sample=sample)
    row.reason = "forged"

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        row.save()

    row.refresh_from_db()
    assert (row.reason, row.sample) == ("Agreed", sample)


@pytest.mark.parametrize(
    "sentence",
    ["UPDATE members_audiencechange SET reason = 'forged'", "DELETE FROM members_audiencechange"],
)
def test_an_act_cannot_be_touched_by_raw_sql(sentence):
    act()

    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sentence)

    assert AudienceChange.objects.get().reason == "Agreed"


def test_an_act_of_a_sample_person_goes_with_the_sample():
    act(sample=True)

    given = actions.take_back_sample_acts(now=make.NOON)

    assert (given, AudienceChange.objects.count()) == ({"programme.paper:1": Audience.MEMBERS}, 0)
