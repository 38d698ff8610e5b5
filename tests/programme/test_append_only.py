"""No plan, completion or other dated fact is edited or deleted by any door, on either engine."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests.factories import members as people
from tests.factories import programme as make

from serai.programme import actions
from serai.programme.models import (
    ActionNote,
    Baseline,
    BaselineLine,
    Completion,
    Initiative,
    InitiativeText,
    Milestone,
    MilestoneText,
    Plan,
    PlanVerdict,
    RiskReview,
    Step,
    Withdrawal,
)

pytestmark = pytest.mark.django_db
NOON, STAFF = make.NOON, make.STAFF
PROTECTED = (
    Plan, PlanVerdict, Completion, Withdrawal, Baseline, Step, ActionNote, RiskReview,
    MilestoneText, InitiativeText,
)  # fmt: skip
# A column each of them has that a forger would like to change.
COLUMN = {PlanVerdict: "state", Step: "state", ActionNote: "text", RiskReview: "note",
          Withdrawal: "reason", Baseline: "name"}  # fmt: skip


def facts(*, sample: bool = False) -> Initiative:
    """One row of each protected kind."""
    home = make.initiative(sample=sample)
    milestone = make.milestone(home, "30 June 2021", sample=sample)
    done = make.completion(milestone, "30 June 2021")
    actions.set_baseline(initiative=home, name="First", by=STAFF, now=NOON)
    actions.withdraw_completion(completion=done, reason="Not yet", by=STAFF, now=NOON)
    told = actions.Told(sample=sample)
    action = make.action_item(initiative=home, countries=(people.member("GEO").iso3,), told=told)
    actions.note_action(action=action, text="Begun", by=STAFF, now=NOON)
    risk = make.risk(home, told=told)
    actions.review_risk(risk=risk, probability=1, impact=1, by=STAFF, now=NOON)
    return home


def run(sentence: str) -> None:
    """Say it to the database itself."""
    with connection.cursor() as cursor:
        cursor.execute(sentence)


@pytest.mark.parametrize("model", PROTECTED, ids=lambda model: model.__name__)
def test_a_row_cannot_be_saved_again(model):
    facts()
    row = model.objects.order_by("id").first()
    setattr(row, COLUMN.get(model, "source_note"), "forged")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        row.save()

    row.refresh_from_db()
    assert getattr(row, COLUMN.get(model, "source_note")) != "forged"


@pytest.mark.parametrize("model", PROTECTED, ids=lambda model: model.__name__)
def test_a_row_cannot_be_updated_by_raw_sql(model):
    facts()
    column = COLUMN.get(model, "source_note")

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        run(f"UPDATE {model._meta.db_table} SET {column} = 'forged'")

    assert model.objects.filter(**{column: "forged"}).count() == 0


@pytest.mark.parametrize("model", PROTECTED, ids=lambda model: model.__name__)
def test_a_row_cannot_be_deleted_by_raw_sql(model):
    facts()
    before = model.objects.count()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        run(f"DELETE FROM {model._meta.db_table}")

    assert model.objects.count() == before > 0


@pytest.mark.parametrize("model", PROTECTED, ids=lambda model: model.__name__)
def test_a_row_cannot_be_deleted_by_the_orm(model):
    facts()
    before = model.objects.count()

    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all().delete()

    assert model.objects.count() == before > 0


@pytest.mark.parametrize("model", [Milestone, Initiative], ids=lambda model: model.__name__)
def test_what_has_facts_cannot_be_deleted_with_them(model):
    facts()

    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.order_by("id").first().delete()

    assert (model.objects.count(), Plan.objects.count()) == (1, 1)


def test_a_sample_may_be_removed_but_not_changed():
    facts(sample=True)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Plan.objects.update(source_note="forged")
    ActionNote.objects.all().delete()
    Step.objects.all().delete()
    RiskReview.objects.all().delete()
    Baseline.objects.all().delete()
    Withdrawal.objects.all().delete()
    Completion.objects.all().delete()
    PlanVerdict.objects.all().delete()
    Plan.objects.all().delete()
    MilestoneText.objects.all().delete()
    InitiativeText.objects.all().delete()

    assert [model.objects.count() for model in PROTECTED] == [0] * len(PROTECTED)


def test_a_fact_cannot_be_made_a_sample_to_get_rid_of_it():
    facts()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Plan.objects.update(sample=True)


def test_a_baseline_s_lines_cannot_be_moved_to_another_date():
    home = facts()
    other = make.approved(home.milestones.get(), "31 August 2021")

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        home.baselines.get().lines.update(plan=other)


def test_a_baseline_s_lines_go_with_a_sample_only():
    facts()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        BaselineLine.objects.all().delete()
    row = make.milestone(words="30 June 2021", sample=True)
    sample = actions.set_baseline(
        initiative=row.initiative, name="Sample", by=STAFF, now=NOON, told=actions.Told(sample=True)
    )

    sample.delete()

    assert BaselineLine.objects.count() == 1


def named_in_a_text() -> InitiativeText:
    """A real text that names a partner and a national study."""
    text = make.initiative().texts.get()
    text.partners.add(people.organisation())
    text.national_studies.add(people.member("GEO"))
    return text


@pytest.mark.parametrize("field", ["partners", "national_studies"])
@pytest.mark.parametrize("sentence", ["UPDATE {} SET id = id + 1", "DELETE FROM {}"])
def test_whom_a_text_names_is_neither_changed_nor_removed(field, sentence):
    text = named_in_a_text()
    table = getattr(InitiativeText, field).through._meta.db_table

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        run(sentence.format(table))

    assert getattr(text, field).count() == 1


def test_whom_a_text_names_goes_with_a_sample():
    text, trial = named_in_a_text(), make.initiative(sample=True).texts.get()
    trial.partners.set(text.partners.all())
    invented = people.organisation(sample=True)
    text.partners.add(invented)

    trial.delete()
    invented.delete()

    assert text.partners.count() == InitiativeText.partners.through.objects.count() == 1


def test_an_approved_new_date_always_has_a_reason():
    """The action refuses; so does the database for the reason “other” without a sentence."""
    row = make.milestone(words="30 June 2021")
    with pytest.raises(actions.Refused):
        make.plan(row, "31 July 2021", reason="")

    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.create(
            milestone=row, change_reason="other", end_latest="2021-07-31", precision="day",
            words=row.name, known_from=make.EARLY, recorded_at=NOON,
        )  # fmt: skip
