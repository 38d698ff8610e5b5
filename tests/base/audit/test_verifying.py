from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from tests.base.audit.tampering import NOON, change, lines, remove, triggers_off

from serai.base import audit
from serai.base.models import AuditEntry, AuditSeal

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=3)


def found(expected=None):
    verdict = audit.verify(now=LATER, expected=expected)
    return [(fault.kind, fault.entry, fault.seal) for fault in verdict.faults]


def test_an_empty_chain_is_whole():
    verdict = audit.verify(now=LATER)

    assert verdict.is_whole
    assert verdict.checked_count == 0
    assert verdict.head == audit.head()


def test_sealed_lines_are_whole():
    lines(3)
    assert audit.seal() == 3

    verdict = audit.verify(now=LATER)

    assert (verdict.is_whole, verdict.checked_count, verdict.head) == (True, 3, audit.head())


def test_the_chain_goes_on_where_it_ended():
    lines(2)
    audit.seal()
    lines(2)
    audit.seal()

    assert audit.seal() == 0
    assert list(AuditSeal.objects.order_by("number").values_list("number", flat=True)) == [
        1,
        2,
        3,
        4,
    ]
    assert found() == []


def test_more_lines_than_fit_into_one_transaction_are_sealed(monkeypatch):
    monkeypatch.setattr("serai.base.audit.sealing.AT_ONCE", 2)
    lines(5)

    assert audit.seal() == 5
    assert found() == []


@pytest.mark.parametrize("verb", ["UPDATE base_auditentry SET verb = 'x'", "DELETE FROM base_auditentry",
                                  "UPDATE base_auditseal SET hash = 'x'", "DELETE FROM base_auditseal"])  # fmt: skip
def test_the_database_refuses_changes(verb):
    lines(1)
    audit.seal()

    with pytest.raises(DatabaseError, match="is append-only"), transaction.atomic():
        connection.cursor().execute(verb)


@pytest.mark.parametrize(
    "fields",
    [{"verb": "open"}, {"by": 8}, {"thing": "x.y:1"}, {"after": {"n": 9}}, {"at": NOON + timedelta(seconds=1)},
     {"behalf_of": 1}, {"before": {}}, {"request_id": "r"}],
)  # fmt: skip
def test_an_altered_line_is_named(fields):
    rows = lines(3)
    audit.seal()

    change(rows[1].pk, **fields)

    assert found() == [("altered", rows[1].pk, 2)]


def test_a_removed_line_is_named():
    rows = lines(3)
    audit.seal()

    remove("base_auditentry", "id", rows[1].pk)

    assert found() == [("removed", rows[1].pk, 2)]


def test_a_line_removed_with_its_seal_leaves_a_gap():
    rows = lines(3)
    audit.seal()

    remove("base_auditseal", "number", 2)
    remove("base_auditentry", "id", rows[1].pk)

    assert found() == [("seal_missing", None, 2)]


def test_lines_cut_off_at_the_end_are_seen_from_a_noted_head():
    rows = lines(3)
    audit.seal()
    noted = audit.head()

    remove("base_auditseal", "number", 3)
    remove("base_auditentry", "id", rows[2].pk)

    assert found() == []
    assert found(noted) == [("other_head", None, 3)]


def test_a_chain_written_anew_is_seen_from_a_noted_head():
    rows = lines(3)
    audit.seal()
    noted = audit.head()
    change(rows[0].pk, verb="open")
    with triggers_off():
        AuditSeal.objects.all().delete()
    audit.seal()

    assert found() == []
    assert found(noted) == [("other_head", None, 3)]


def test_an_earlier_head_of_the_same_chain_is_known():
    lines(2)
    audit.seal()
    noted = audit.head()
    lines(2)
    audit.seal()

    assert found(noted) == []


def test_an_altered_seal_is_named():
    rows = lines(3)
    audit.seal()
    with triggers_off():
        AuditSeal.objects.filter(number=2).update(hash="0" * 64)

    assert found() == [("altered", rows[1].pk, 2), ("seal_altered", rows[2].pk, 3)]


def test_a_line_inserted_without_a_seal_is_named():
    rows = lines(2)
    audit.seal()
    inserted = AuditEntry.objects.create(
        pk=rows[1].pk + 100, at=NOON, verb="grant", thing="members.grant:1"
    )

    assert found() == [("unsealed", inserted.pk, None)]


def test_a_line_inserted_among_older_ones_is_named_even_when_sealed():
    early = lines(1, at=NOON - timedelta(days=2))[0]
    with triggers_off():
        AuditEntry.objects.filter(pk=early.pk).delete()
    lines(2)
    audit.seal()
    AuditEntry.objects.create(
        pk=early.pk, at=NOON - timedelta(days=2), verb="grant", thing="members.grant:1"
    )
    assert audit.seal() == 1

    assert found() == [("inserted", early.pk, 3)]


def test_a_line_of_a_long_transaction_is_sealed_behind_later_ones():
    rows = lines(3)
    with triggers_off():
        AuditEntry.objects.filter(pk=rows[0].pk).delete()
    audit.seal()
    AuditEntry.objects.create(
        pk=rows[0].pk, at=NOON - timedelta(minutes=14), verb="close", thing="surveys.survey:1"
    )

    assert audit.seal() == 1
    assert found() == []


def test_a_line_that_says_its_day_alone_is_whole_within_the_day_and_not_after():
    midnight = NOON.replace(hour=0, minute=0, second=0, microsecond=0)
    rows = lines(3)
    with triggers_off():
        AuditEntry.objects.filter(pk=rows[0].pk).delete()
    audit.seal()
    day = {"verb": "answer", "thing": "surveys.response:1"}
    AuditEntry.objects.create(pk=rows[0].pk, at=midnight, **day)

    unsealed = found()
    audit.seal()
    sealed_late = found()
    waiting = AuditEntry.objects.create(at=midnight - timedelta(days=1), **day)

    assert (unsealed, sealed_late) == ([], [])
    assert found() == [("unsealed", waiting.pk, None)]


def test_a_line_that_says_its_day_alone_hides_no_other():
    midnight = NOON.replace(hour=0, minute=0, second=0, microsecond=0)
    early = lines(1, at=NOON - timedelta(days=2))[0]
    with triggers_off():
        AuditEntry.objects.filter(pk=early.pk).delete()
    lines(1)
    AuditEntry.objects.create(at=midnight, verb="answer", thing="surveys.response:1")
    audit.seal()
    AuditEntry.objects.create(
        pk=early.pk, at=NOON - timedelta(days=2), verb="grant", thing="members.grant:1"
    )
    audit.seal()

    assert found() == [("inserted", early.pk, 3)]


def test_the_command_prints_the_head():
    lines(2)
    audit.seal()
    out = StringIO()

    call_command("verify_audit", stdout=out)

    assert out.getvalue() == f"2 entries, all as they were sealed.\nHead {audit.head()}\n"


def test_the_command_names_the_line_and_fails():
    rows = lines(2)
    audit.seal()
    change(rows[0].pk, verb="open")
    out = StringIO()

    with pytest.raises(CommandError) as caught:
        call_command("verify_audit", stdout=out)

    assert out.getvalue() == (f"Entry {rows[0].pk} (open surveys.survey:1, seal 1): altered.\n")
    assert str(caught.value).startswith("1 faults in 2 sealed entries.")


def test_the_command_refuses_a_head_it_cannot_read():
    with pytest.raises(CommandError, match="write NUMBER:HASH"):
        call_command("verify_audit", "--head", "abc")
