"""The sample comes whole, is marked everywhere, and goes without a trace."""

import tomllib
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from tests.factories import programme as make
from tests.factories import surveys as forms
from tests.factories.reports import carec
from tests.factories.reports import coordinator as real_coordinator

from serai.base import files
from serai.base.models import SearchEntry
from serai.base.text import TranslatedText
from serai.members.models import Organisation, Person
from serai.members.queries import viewer_of
from serai.programme import actions as programme
from serai.programme.actions import Evidence
from serai.programme.models import Initiative, Milestone
from serai.reports.models import Run, RunFile
from serai.setup.demo.loading import (
    SampleHasNoGround,
    counts,
    load,
    remove,
    sampled_models,
)
from serai.setup.demo.people import COUNTRIES, ORGANISATIONS, cast
from serai.setup.demo.work import DAY, INITIATIVES, NOTES
from serai.setup.loading import PRESETS
from serai.setup.loading import load as load_preset
from serai.setup.reading import read_preset
from serai.surveys.models import (
    Answer,
    AnswerHead,
    Invitation,
    Response,
    SectionMark,
    SignOff,
    Survey,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2021, 8, 16, 12, tzinfo=UTC)  # after every day the sample names


def facts() -> tuple[int, ...]:
    """What the preset holds, the sample aside."""
    models = (Initiative, Milestone, Organisation, Person)
    return tuple(model.objects.filter(sample=False).count() for model in models)


def test_a_house_of_another_programme_has_no_ground_for_it():
    load_preset(read_preset(PRESETS / "blank"), PRESETS / "blank", now=NOON)

    with pytest.raises(SampleHasNoGround) as refused:
        load(now=NOON)

    assert str(refused.value) == (
        "GEO, KAZ, MNG, UZB, virtual-carec, digital-strategy-2030, startup-hub"
    )
    assert counts() == {}


def test_its_ground_is_all_that_the_sample_stands_on():
    played = {one.grant.iso3 for one in cast(DAY)} | {
        iso3 for _code, iso3, *_names in ORGANISATIONS
    }
    noted = {row["initiative"] for row in tomllib.loads(NOTES.read_text("utf-8"))["notes"]}

    assert set(COUNTRIES) == {iso3 for iso3 in played if iso3}
    assert set(INITIATIVES) == noted


def every_row() -> dict[str, list[dict[str, object]]]:
    """Every row of the members and the programme, and who finds what, but for when it was indexed."""
    found = {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for room in ("members", "programme")
        for model in apps.get_app_config(room).get_models(include_auto_created=True)
    }
    found["search"] = [
        {one.thing: one.language, "keys": sorted(one.keys.values_list("key", flat=True))}
        for one in SearchEntry.objects.order_by("thing", "language")
    ]
    return found


def test_what_sample_people_did_to_real_things_is_undone():
    carec()
    shut, open_ = Milestone.objects.order_by("id")[:2]
    changing = {"reason": "Not yet.", "by": real_coordinator(), "now": NOON}
    programme.change_readers(thing=shut, audience="secretariat", **changing)
    asked = make.ask(countries=("GEO", "KAZ", "UZB"))
    georgia, kazakhstan, uzbekistan = asked.addressees.order_by("country__iso3")
    programme.answer_request(
        addressee=uzbekistan, state="declined", note="No staff.", by=make.STAFF, now=NOON
    )
    todo, done = (make.action_item(countries=("GEO",)) for _number in range(2))
    kept = Evidence(link="https://agency.example/real")
    programme.finish_action(action=done, evidence=kept, by=make.STAFF, now=NOON)
    before = every_row()
    load(now=NOON)
    by = {
        name: viewer_of(Person.objects.get(email=f"{name}@sample.example"), NOON)
        for name in ("coordinator", "focal.geo", "focal.uzb")
    }
    boss = {"by": by["coordinator"], "now": NOON}

    programme.change_readers(thing=shut, audience="members", reason="A trial.", **boss)
    programme.change_readers(thing=open_, audience="secretariat", reason="A trial.", **boss)
    programme.answer_request(
        addressee=georgia, state="declined", note="A trial.", by=by["focal.geo"], now=NOON
    )
    programme.see_request(addressee=kazakhstan, **boss)
    programme.answer_request(
        addressee=uzbekistan, state="answered", note="A trial.", by=by["focal.uzb"], now=NOON
    )
    programme.release_names(request=asked, **boss)
    evidence = Evidence(link="https://agency.example/trial")
    programme.finish_action(action=todo, evidence=evidence, **boss)
    programme.verify_action(action=todo, is_done=False, **boss)
    programme.verify_action(action=done, is_done=True, **boss)
    programme.add_dependency(milestone=open_, after=shut, **boss)
    trial, home = TranslatedText.of("A trial"), open_.initiative
    partners = tuple(home.partners.values_list("pk", flat=True))
    studies = tuple(home.national_studies.values_list("iso3", flat=True))
    programme.change_milestone(
        milestone=open_, text=programme.MilestoneText(trial, "event", order=9), **boss
    )
    programme.change_initiative(
        initiative=home, text=programme.InitiativeText(trial, trial, 9, partners, studies), **boss
    )
    changed = {label for label, rows in every_row().items() if rows != before[label]}
    remove(now=NOON)

    assert {
        "members.AudienceChange", "programme.ActionItem", "programme.Dependency",
        "programme.Initiative", "programme.InitiativeText", "programme.Milestone",
        "programme.MilestoneText", "programme.Request", "programme.RequestAddressee", "search",
    } <= changed  # fmt: skip
    after = every_row()
    assert {label: rows for label, rows in after.items() if rows != before[label]} == {}


@pytest.mark.django_db(transaction=True)
def test_its_files_go_with_it_and_others_stay():
    carec()
    load(now=NOON)
    run = Run.objects.get(state="cleared")
    mine = default_storage.save("reports/sample-file", ContentFile(b"1"))
    other = default_storage.save("reports/other-file", ContentFile(b"2"))
    RunFile.objects.create(
        run=run, format="html", language="en", sha256="0" * 64, bytes=1, storage_key=mine
    )

    remove(now=NOON)

    assert (default_storage.exists(mine), default_storage.exists(other)) == (False, True)


@pytest.mark.django_db(transaction=True)
def test_an_uploaded_file_stays_where_a_real_one_has_equal_bytes():
    carec()
    load(now=NOON)

    def keep(content: bytes, *, sample: bool):
        return files.keep_file(
            file=BytesIO(content), name="list.csv", thing="base.thing:1", by=None, now=NOON,
            sample=sample,
        )  # fmt: skip

    real = keep(b"shared,bytes\n1,2\n", sample=False)
    keep(b"shared,bytes\n1,2\n", sample=True)
    alone = keep(b"sample,alone\n1,2\n", sample=True)

    remove(now=NOON)

    assert files.place_of(real.storage_key).read_bytes() == b"shared,bytes\n1,2\n"
    assert not files.place_of(alone.storage_key).exists()


def test_a_sample_survey_goes_with_all_that_hangs_on_it():
    carec()
    load(now=NOON)
    kept = forms.invitation()
    lead = Person.objects.filter(sample=True, grants__role="lead").first()
    wave = forms.wave(forms.version(forms.survey(sample=True)))
    row = forms.invitation(wave, lead=lead)
    response = Response.objects.create(
        wave=wave, invitation=row, version=wave.version, sample=True, started_at=NOON
    )
    SectionMark.objects.create(response=response, section="office", mark="unanswered")
    answer = Answer.objects.create(
        response=response, path="/data/office/name", value="A", form_version=wave.version,
        source="web", client_id="1", at=NOON, salt="x", author=lead, sample=True,
    )  # fmt: skip
    AnswerHead.objects.create(response=response, path="/data/office/name", answer=answer)
    SignOff.objects.create(
        response=response, round=1, by=lead, name="A", position="B", at=NOON,
        answers_hash="0" * 64, sample=True,
    )  # fmt: skip

    remove(now=NOON)

    assert list(Invitation.objects.all()) == [kept]
    assert (Response.objects.count(), Answer.objects.count(), SignOff.objects.count()) == (0, 0, 0)
    assert Survey.objects.filter(sample=True).count() == 0


def test_a_house_without_a_sample_has_nothing_to_remove():
    carec()
    before = facts()

    assert remove(now=NOON) == {}
    assert facts() == before


def test_every_model_that_may_be_sample_is_counted():
    labels = {model._meta.label for model in sampled_models()}

    assert {
        "members.Person", "members.Organisation", "programme.Initiative", "programme.Milestone",
        "reports.Run", "base.Message", "base.SearchEntry", "surveys.Survey", "surveys.Wave",
        "surveys.Invitation", "surveys.Response", "surveys.Answer", "surveys.SignOff",
    } <= labels  # fmt: skip
