"""The sample's round as the worker enters it, in parts."""

from datetime import UTC, datetime

import pytest
from tests.factories.reports import carec

from serai.base.jobs import enqueue, run_ready
from serai.base.models import Job
from serai.readiness.models import Office
from serai.setup.demo import round as demo
from serai.setup.demo.people import put_people

NOON = datetime(2021, 8, 16, 12, tzinfo=UTC)


@pytest.fixture
def short(monkeypatch):
    """A round that stops after its first offices, each part of one."""
    monkeypatch.setattr(demo, "AT_ONCE", 1)
    asked = demo.sample_invitations
    monkeypatch.setattr(demo, "sample_invitations", lambda wave: asked(wave)[:2])
    monkeypatch.setattr(demo, "provide", lambda people, now: [0])
    monkeypatch.setattr(demo, "LATER", (lambda people, now: None,) * 2)


@pytest.mark.django_db(transaction=True)
def test_each_part_asks_for_the_next(short):
    carec()
    put_people(NOON)
    enqueue("setup.sample_round")

    ran = [name for name in run_ready(now=NOON) if name.startswith("setup.")]

    assert ran == [
        "setup.sample_round", "setup.sample_offices", "setup.sample_offices",
        "setup.sample_deliveries", "setup.sample_of_plan", "setup.sample_later",
        "setup.sample_later",
    ]  # fmt: skip
    assert Office.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("setup.sample_round", {}),
        ("setup.sample_offices", {"wave": "gone", "first": 0}),
        ("setup.sample_deliveries", {}),
        ("setup.sample_of_plan", {"run_id": 0}),
        ("setup.sample_later", {"number": 0}),
    ],
)
def test_without_a_sample_each_part_ends_quietly(name, arguments):
    asked = enqueue(name, **arguments)

    assert run_ready(now=NOON) == [name]
    assert Job.objects.get(public_id=asked.id).state == "done"
    assert Office.objects.count() == 0
