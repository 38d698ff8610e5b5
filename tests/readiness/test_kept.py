"""What was measured, priced, said, put in use or confirmed stays; only samples are removed."""

import pytest
from django.db import DatabaseError, transaction
from tests.factories import readiness as make
from tests.factories.members import organisation, person

from serai.readiness.models import (
    Attainment,
    CriterionScore,
    Fact,
    Finding,
    Framework,
    HelpMessage,
    HelpRequest,
    PlatformPolicy,
    ProbeRun,
    Provision,
    ProvisionStep,
    ResultReading,
    RunVoid,
    TierTable,
)

pytestmark = pytest.mark.django_db


def refused(act) -> bool:
    """Tell whether the database itself refuses an act."""
    try:
        with transaction.atomic():
            act()
    except DatabaseError:
        return True
    return False


def a_run(**fields):
    return ProbeRun.objects.create(
        office=make.office(), source="probe", receipt="x", at=make.NOON, down_tail_mbps=12.5,
        series={"down": [1, 2]}, **fields,
    )  # fmt: skip


def a_void():
    return RunVoid.objects.create(run=a_run(), reason="Wrong room", at=make.NOON)


def a_step():
    provision = Provision.objects.create(
        office=make.office(), package="LINK", made_at=make.NOON, state="proposed"
    )
    return ProvisionStep.objects.create(provision=provision, state="proposed", at=make.NOON)


def a_message():
    request = HelpRequest.objects.create(
        office=make.office(), kind="troubleshooting", subject="No sound", asked_at=make.NOON,
        moved_at=make.NOON,
    )  # fmt: skip
    return HelpMessage.objects.create(request=request, text="No sound", at=make.NOON)


def a_policy(**fields):
    return PlatformPolicy.objects.create(
        organisation=organisation(), platform="zoom", sensitivity="low", word="permitted",
        at=make.NOON, **fields,
    )  # fmt: skip


def a_reading():
    return ResultReading.objects.create(
        assessment=make.assessment(), reader=person(), day=make.NOON.date(), way="page",
        first_at=make.NOON,
    )  # fmt: skip


APPEND_ONLY = {
    "a run": (a_run, {"down_tail_mbps": 99}),
    "a void": (a_void, {"reason": "Another"}),
    "a step": (a_step, {"state": "agreed"}),
    "a message": (a_message, {"text": "Sound"}),
    "a price": (make.price, {"capex": 1}),
    "a policy": (a_policy, {"word": "forbidden"}),
    "a reading": (a_reading, {"way": "file"}),
}


@pytest.mark.parametrize("name", APPEND_ONLY)
def test_what_is_append_only_is_neither_changed_nor_deleted(name):
    build, change = APPEND_ONLY[name]
    row = build()
    rows = type(row).objects.filter(pk=row.pk)

    assert refused(lambda: rows.update(**change))
    assert refused(lambda: rows._raw_delete(rows.db))
    (kept,) = rows.values(*change)
    assert kept != change


@pytest.mark.parametrize("build", [a_run, make.price, a_policy])
def test_a_sample_is_deleted(build):
    row = build(sample=True)
    rows = type(row).objects.filter(pk=row.pk)

    assert not refused(lambda: rows._raw_delete(rows.db))
    assert not rows.exists()


def test_the_series_of_a_run_is_emptied_and_never_rewritten():
    rows = ProbeRun.objects.filter(pk=a_run().pk)

    assert refused(lambda: rows.update(series={"down": [9]}))
    assert not refused(lambda: rows.update(series={}))
    assert rows.get().series == {}


@pytest.mark.parametrize(("model", "build"), [(Framework, make.framework), (TierTable, make.tiers)])
@pytest.mark.parametrize("state", ["in_use", "retired"])
def test_an_edition_that_was_in_use_stays(model, build, state):
    rows = model.objects.filter(pk=build(state=state).pk)

    assert refused(lambda: rows.update(document={}))
    assert refused(lambda: rows.update(number=7))
    assert refused(lambda: rows.update(title={}))
    assert refused(lambda: rows._raw_delete(rows.db))


@pytest.mark.parametrize(("model", "build"), [(Framework, make.framework), (TierTable, make.tiers)])
def test_a_draft_is_changed_put_in_use_and_deleted(model, build):
    rows = model.objects.filter(pk=build(state="draft").pk)

    assert not refused(lambda: rows.update(document={"version": "2"}))
    assert not refused(lambda: rows.update(state="in_use"))
    assert not refused(lambda: rows.update(state="retired"))
    draft = model.objects.filter(pk=build(state="draft").pk)
    assert not refused(lambda: draft._raw_delete(draft.db))


@pytest.mark.parametrize(("model", "build"), [(Framework, make.framework), (TierTable, make.tiers)])
def test_one_edition_is_in_use_at_a_time(model, build):
    build()

    assert refused(build)
    assert model.objects.count() == 1


RESULTS = {
    Fact: {"key": "link.rtt_ms", "scope": "office", "grade": "declared", "value": 9},
    CriterionScore: {"criterion": "C1", "dimension": "C", "level": 2, "grade": "declared"},
    Attainment: {"event": "E1", "role": "host", "status": "declared"},
    Finding: {"kind": "gap", "event": "E2", "role": "host", "fact": "link.rtt_ms"},
}
CHANGES = {
    Fact: {"value": 1}, CriterionScore: {"level": 3}, Attainment: {"status": "confirmed"},
    Finding: {"is_decisive": True},
}  # fmt: skip


def confirm(row, state="confirmed"):
    type(row).objects.filter(pk=row.pk).update(state=state, confirmed_at=make.NOON)


@pytest.mark.parametrize("model", RESULTS)
@pytest.mark.parametrize("state", ["confirmed", "superseded"])
def test_results_of_a_confirmed_assessment_stay(model, state):
    of = make.assessment()
    row = model.objects.create(assessment=of, **RESULTS[model])
    rows = model.objects.filter(pk=row.pk)
    assert not refused(lambda: rows.update(**CHANGES[model]))
    confirm(of, state)

    assert refused(lambda: rows.update(**RESULTS[model]))
    assert refused(lambda: rows._raw_delete(rows.db))
    another = {**RESULTS[model], "key": "a", "criterion": "a", "event": "a"}
    fields = {name: another[name] for name in RESULTS[model]}
    assert refused(lambda: model.objects.create(assessment=of, **fields))


def test_a_confirmed_assessment_keeps_its_figures_and_is_superseded():
    of = make.assessment()
    confirm(of)
    rows = type(of).objects.filter(pk=of.pk)

    assert refused(lambda: rows.update(score=99))
    assert refused(lambda: rows.update(headline_host="E5"))
    assert refused(lambda: rows._raw_delete(rows.db))
    assert not refused(lambda: rows.update(state="superseded"))
