"""The sample as it stands: whole, marked everywhere, and gone without a trace. It is loaded once."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.utils import translation
from tests.factories.members import organisation, person
from tests.factories.reports import carec, officer

from serai.base.access import ANONYMOUS
from serai.base.models import AuditEntry, Message, SearchEntry
from serai.base.models.translated import TranslatedField
from serai.members.models import Grant, Organisation, Person
from serai.programme.models import Initiative, Milestone, Request, StatusNote
from serai.programme.queries import initiatives, meetings, requests
from serai.reports import actions as reports
from serai.reports.models import Narrative, Run, RunFile
from serai.reports.queries import library
from serai.setup.demo.loading import (
    counts,
    load,
    remove,
    report_files,
    sampled_models,
)
from serai.setup.demo.work import DAY

pytestmark = pytest.mark.django_db
NOON = datetime(2021, 8, 16, 12, tzinfo=UTC)  # after every day the sample names


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The sample, loaded once; gone after the module's latest test."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("en"):
        carec()
        load(now=NOON)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def sample(loaded, db):
    """The sample as it was loaded, whatever the test before did."""


def facts() -> tuple[int, ...]:
    """What the preset holds, the sample aside."""
    models = (Initiative, Milestone, Organisation, Person)
    return tuple(model.objects.filter(sample=False).count() for model in models)


def test_the_sample_is_loaded_once(sample):
    before = counts()

    assert load(now=NOON) is False
    assert counts() == before
    assert before["members.Person"] == 14
    assert before["reports.Run"] == 2


def test_nobody_of_the_sample_is_real(sample):
    addresses = Person.objects.filter(sample=True).values_list("email", flat=True)

    assert [one for one in addresses if not one.endswith("@sample.example")] == []
    assert Person.objects.filter(sample=False).count() == 0
    assert Grant.objects.exclude(person__sample=True).count() == 0


def test_what_it_writes_in_languages_stands_in_both(sample):
    one_language = [
        (model._meta.label, field.name, str(getattr(row, field.name)))
        for model in sampled_models()
        for field in model._meta.fields
        if isinstance(field, TranslatedField)
        for row in model._default_manager.filter(sample=True)
        if {language for language, *_rest in getattr(row, field.name).texts}
        not in ({"en", "ru"}, set())
    ]

    assert one_language == []


def test_a_visitor_meets_no_sample(sample):
    assert [row.code for row in initiatives(ANONYMOUS, DAY) if row.sample] == []
    assert [row.code for row in meetings(ANONYMOUS) if row.sample] == []
    assert [row.public_id for row in requests(ANONYMOUS, DAY) if row.sample] == []
    assert library(ANONYMOUS) == []
    assert [
        entry.title for entry in SearchEntry.objects.filter(sample=True)
        if entry.keys.filter(key="public").exists()
    ] == []  # fmt: skip


def test_letters_of_the_sample_stay_here(sample):
    found = set(Message.objects.values_list("sample", "state"))

    assert {sample for sample, _state in found} == {True}
    assert {state for _sample, state in found} & {"queued", "sending", "sent"} == set()


def test_nothing_of_it_is_left(sample, settings, tmp_path):
    carec_facts = facts()
    run = Run.objects.get(state="cleared")
    made = reports.make_files(run=run, dated=DAY, step=lambda *said: None)
    from serai.members.queries import viewer_of_person_id

    by = viewer_of_person_id(run.issued_by_id, NOON)
    reports.finish_run(made=made, by=by, now=NOON)
    keys = list(report_files())
    audited = AuditEntry.objects.count()

    removed = remove(now=NOON)

    assert removed["reports.Run"] == 2
    assert len(keys) == 6
    assert counts() == {}
    assert (Run.objects.count(), RunFile.objects.count(), Narrative.objects.count()) == (0, 0, 0)
    assert SearchEntry.objects.filter(sample=True).count() == 0
    assert StatusNote.objects.count() == 0
    assert facts() == carec_facts
    assert AuditEntry.objects.count() >= audited


def test_what_is_real_stays_and_forgets_the_sample(sample):
    coordinator = Person.objects.filter(sample=True, grants__role="coordinator").first()
    given = Grant.objects.create(
        person=person("real@agency.example"), role="partner", organisation=organisation(),
        initiatives=[], from_on=DAY, given_by=coordinator, given_at=NOON,
    )  # fmt: skip
    like = Run.objects.get(state="cleared")
    real = reports.start_run(
        kind="progress", as_of=DAY, languages=["en"], audience="members", by=officer(), now=NOON
    )
    Run.objects.filter(pk=real.pk).update(previous_run=like)
    asked = Request.objects.filter(sample=False).first()
    Request.objects.filter(pk=asked.pk).update(names_released_on=DAY, names_released_by=coordinator)

    remove(now=NOON)

    given.refresh_from_db()
    asked.refresh_from_db()
    assert (given.given_by, asked.names_released_by) == (None, None)
    assert list(Run.objects.values_list("pk", "previous_run")) == [(real.pk, None)]
