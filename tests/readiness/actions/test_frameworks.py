"""Editions: put from a preset, copied, changed row by row, published, deleted."""

import pytest
from tests.factories import readiness as make
from tests.factories.members import person_with

from serai.base.access import Denied, Viewer
from serai.base.models import AuditEntry
from serai.base.text import TranslatedText
from serai.calc.readiness.conditions import Operator
from serai.calc.readiness.editing import (
    CriterionEdit,
    PackageEdit,
    RowEdit,
    row_of,
    to_toml,
)
from serai.members.queries import viewer_of
from serai.readiness import actions
from serai.readiness.actions.frameworks import LARGEST_FILE, read_toml
from serai.readiness.models import Framework, TierTable

pytestmark = pytest.mark.django_db
TITLE = TranslatedText.of("Framework")


@pytest.fixture
def officer():
    make.home()
    return viewer_of(person_with("officer", make.HOME), make.NOON)


def said(officer):
    return {"by": officer, "now": make.NOON}


PUT = [
    (actions.put_framework, make.document, Framework),
    (actions.put_tiers, make.tiers_document, TierTable),
]


@pytest.mark.parametrize(("put", "document", "model"), PUT)
def test_a_presets_edition_is_put_in_use_once(put, document, model):
    given = {"initiative": make.home(), "title": TITLE, "now": make.NOON}

    made = put(document=document(), **given)
    again = put(document=document(), **given)

    assert (made.number, made.state, made.published_at) == (1, "in_use", make.NOON)
    assert again is None
    assert list(model.objects.all()) == [made]


@pytest.mark.parametrize(("put", "document", "model"), PUT)
def test_a_presets_edition_with_faults_is_refused(put, document, model):
    wrong = {**document(), "colour": "red"}

    with pytest.raises(actions.Faulty) as refused:
        put(document=wrong, initiative=make.home(), title=TITLE, now=make.NOON)

    assert any("'colour' is not known here." in one for one in refused.value.faults)
    assert not model.objects.exists()


@pytest.mark.parametrize("build", [make.framework, make.tiers])
def test_a_copy_is_the_next_draft(officer, build):
    found = build()

    made = actions.copy_edition(edition=found, **said(officer))

    assert (made.number, made.state, made.document, made.initiative) == (
        2, "draft", found.document, found.initiative,
    )  # fmt: skip
    assert made.made_by_id == officer.person_id
    assert AuditEntry.objects.get(verb="make_draft").after == {"from": 1}


def test_only_officers_of_its_initiative_make_drafts():
    found = make.framework()
    other = viewer_of(person_with("officer", "startup-hub"), make.NOON)

    for viewer in (Viewer(), other):
        with pytest.raises(Denied):
            actions.copy_edition(edition=found, by=viewer, now=make.NOON)
        with pytest.raises(Denied):
            actions.draft_from_file(edition=found, content=b"", by=viewer, now=make.NOON)
        with pytest.raises(Denied):
            actions.publish(draft=found, change_note="x", by=viewer, now=make.NOON)
        with pytest.raises(Denied):
            actions.delete_draft(draft=found, by=viewer, now=make.NOON)
        with pytest.raises(Denied):
            actions.edit_weights(draft=found, weights={}, by=viewer, now=make.NOON)


def test_a_file_makes_a_draft(officer):
    content = to_toml({**make.document(), "version": "9"}).encode()

    made = actions.draft_from_file(edition=make.framework(), content=content, **said(officer))

    assert (made.number, made.state, made.document["version"]) == (2, "draft", "9")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff", "This file is not text in UTF-8. Save it so."),
        (b"version = ", "This is not TOML: "),
        (b"#" * (LARGEST_FILE + 1), "This file is larger than 1 MB."),
    ],
)
def test_what_is_no_toml_is_refused(content, sentence):
    with pytest.raises(actions.Refused) as refused:
        read_toml(content)

    assert str(refused.value).startswith(sentence)
    assert refused.value.field == "file"


@pytest.fixture
def draft():
    make.framework()
    return make.framework(state="draft")


def test_a_criterion_is_changed(officer, draft):
    edit = CriterionEdit(2.0, (5.0, 8.0, 20.0), "kit", "Test", {"en": "Down"}, {})

    made = actions.edit_criterion(draft=draft, code="C1", edit=edit, **said(officer))

    assert row_of(made.document, "criteria", "C1")["thresholds"] == [5, 8, 20]
    assert AuditEntry.objects.get(verb="edit_criterion").after == {"row": "C1"}


def test_weights_are_changed_also_on_the_way_to_a_hundred(officer, draft):
    made = actions.edit_weights(draft=draft, weights={"C": 10.0}, **said(officer))

    assert row_of(made.document, "dimensions", "C")["weight"] == 10


def test_an_events_row_is_changed(officer, draft):
    edit = RowEdit("host", "link.down_p5", Operator.AT_LEAST, 7.0, "link")

    made = actions.edit_event_row(draft=draft, event="E2", edit=edit, **said(officer))

    rows = row_of(made.document, "events", "E2")["rows"]
    assert [one["at_least"] for one in rows if one["fact"] == "link.down_p5"] == [7]


def test_a_package_is_changed(officer, draft):
    edit = PackageEdit((("link.down_p5", 50.0),), "link", False, 6, 3, {"en": "Line"})

    made = actions.edit_package(draft=draft, code="LINK", edit=edit, **said(officer))

    assert row_of(made.document, "packages", "LINK")["lead_weeks"] == 6


def test_a_row_that_is_not_there_is_refused(officer, draft):
    edit = PackageEdit((), "link", False, 0, 0, {})

    with pytest.raises(actions.Refused, match="no row 'NONE'"):
        actions.edit_package(draft=draft, code="NONE", edit=edit, **said(officer))


def test_an_edition_in_use_is_not_changed_nor_deleted_nor_published(officer):
    found = make.framework()

    with pytest.raises(actions.Refused, match="stays as it is"):
        actions.edit_weights(draft=found, weights={"C": 10.0}, **said(officer))
    with pytest.raises(actions.Refused, match="Only a draft"):
        actions.delete_draft(draft=found, **said(officer))
    with pytest.raises(actions.Refused, match="in use or retired already"):
        actions.publish(draft=found, change_note="x", **said(officer))


def test_two_editors_change_different_rows_and_both_stay(officer, draft):
    stale = Framework.objects.get(pk=draft.pk)
    actions.edit_weights(draft=draft, weights={"C": 25.0}, **said(officer))

    actions.edit_weights(draft=stale, weights={"D": 20.0}, **said(officer))

    draft.refresh_from_db()
    weights = {code: row_of(draft.document, "dimensions", code)["weight"] for code in "CIDL"}
    assert weights == {"C": 25, "I": 30, "D": 20, "L": 25}


@pytest.mark.parametrize("build", [make.framework, make.tiers])
def test_publishing_retires_the_edition_before(officer, build):
    old, draft = build(), build(state="draft")

    made = actions.publish(draft=draft, change_note=" Better ", **said(officer))

    old.refresh_from_db()
    made.refresh_from_db()
    assert (old.state, made.state, made.change_note) == ("retired", "in_use", "Better")
    assert (made.published_at, made.published_by_id) == (make.NOON, officer.person_id)


def test_a_falling_ladder_is_refused_with_its_row(officer):
    make.framework()
    document = make.document()
    document["events"][2]["rows"][0]["at_least"] = 5
    draft = make.framework(state="draft", document=document)

    with pytest.raises(actions.Faulty) as refused:
        actions.publish(draft=draft, change_note="x", **said(officer))

    assert refused.value.faults == ("event E3, host, link.down_p5: 5.0 asks less than 6.0 of E2.",)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_tiers_with_faults_are_not_published(officer):
    document = make.tiers_document()
    document["tiers"][0]["source"] = ""
    draft = make.tiers(state="draft", document=document)

    with pytest.raises(actions.Faulty) as refused:
        actions.publish(draft=draft, change_note="x", **said(officer))

    assert refused.value.faults == ("tiers: Row 1: source is missing.",)


def test_publishing_asks_for_a_note(officer, draft):
    with pytest.raises(actions.Refused) as refused:
        actions.publish(draft=draft, change_note=" ", **said(officer))

    assert refused.value.field == "change_note"


def test_tiers_are_replaced_and_platforms_stay(officer):
    draft = make.tiers(state="draft")

    made = actions.replace_tiers(draft=draft, tiers=[], **said(officer))

    assert made.document == {**make.tiers_document(), "tiers": []}


def test_a_draft_is_deleted(officer, draft):
    actions.delete_draft(draft=draft, **said(officer))

    assert Framework.objects.count() == 1
    assert AuditEntry.objects.get(verb="delete_draft").before == {"number": 2}
