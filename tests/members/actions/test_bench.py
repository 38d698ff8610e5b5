"""Repairing a row on the bench: named fields alone, with a reason, in the audit."""

from datetime import date, timedelta

import pytest
from tests.factories import members as make

from serai.base.access import Denied
from serai.base.models import AuditEntry
from serai.config import plugs
from serai.members import actions, queries
from serai.members.actions import Refused
from serai.members.models import Affiliation, Repair, Unlock

pytestmark = pytest.mark.django_db
NOON = make.NOON
TABLE = "members.affiliation"


@pytest.fixture
def keeper():
    plugs.plug()
    person = make.person_with("administrator")
    Unlock.objects.create(
        administrator=person, scope="members", reason="Repair", opened_at=NOON,
        until_at=NOON + timedelta(minutes=30),
    )  # fmt: skip
    return queries.viewer_of(person, NOON)


@pytest.fixture
def place():
    return Affiliation.objects.create(
        person=make.person(), organisation=make.organisation(), title="Haed", from_on=NOON.date()
    )


def repair(keeper, place, values, *, reason="A slip", by=None):
    return actions.repair_row(
        found=queries.bench_row(keeper, TABLE, place.pk),
        values=values,
        reason=reason,
        by=by or keeper,
        now=NOON,
    )


def test_a_repair_is_kept_with_the_names_of_fields_and_its_unlock_with_the_reason(keeper, place):
    repair(keeper, place, {"title": "Head", "from_on": place.from_on, "until_on": None})

    place.refresh_from_db()
    entry = AuditEntry.objects.get(verb="repair_row")
    assert place.title == "Head"
    assert (entry.thing, entry.by, entry.after) == (
        f"members.affiliation:{place.pk}", keeper.person_id,
        {"fields": ["title"]},
    )  # fmt: skip
    kept = Repair.objects.get()
    assert (kept.unlock.administrator_id, kept.thing, kept.reason, kept.at) == (
        keeper.person_id, entry.thing, "A slip", NOON,
    )  # fmt: skip
    assert [(one.thing, one.reason) for one in queries.unlocks(keeper, NOON)[0].repairs] == [
        (entry.thing, "A slip")
    ]


@pytest.mark.parametrize(
    ("values", "reason", "sentence"),
    [
        ({"title": "Head"}, " ", "Say what is set right"),
        ({"title": "Haed"}, "A slip", "Nothing is different"),
        ({"until_on": date(2000, 1, 1)}, "A slip", "would not hold together"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(keeper, place, values, reason, sentence):
    with pytest.raises(Refused, match=sentence):
        repair(keeper, place, values, reason=reason)

    assert AuditEntry.objects.filter(verb="repair_row").count() == 0


def test_other_fields_are_never_repaired(keeper, place):
    with pytest.raises(Denied):
        repair(keeper, place, {"person_id": keeper.person_id})


def test_nobody_repairs_after_the_hour(keeper, place):
    later = queries.viewer_of(make.person_with("administrator"), NOON)

    with pytest.raises(Denied):
        repair(keeper, place, {"title": "Head"}, by=later)
