"""The edition in use, read once."""

import pytest
from tests.factories import assessing as make
from tests.factories import planning as of_plans
from tests.factories.readiness import document as make_document

from serai.base.access import NotFound
from serai.calc.readiness.definition import DefinitionFault
from serai.readiness.queries import definitions

pytestmark = pytest.mark.django_db


def test_without_an_edition_in_use_there_are_no_events_and_no_definition():
    assert definitions.events_in_use("en") == []
    assert definitions.dimensions_in_use("en") == []
    assert definitions.framework_in_use() is None
    assert definitions.definition_in_use() is None
    with pytest.raises(NotFound):
        definitions.definition_needed()


def test_the_edition_in_use_is_read_once():
    found = make.framework()

    assert definitions.definition_needed() is definitions.definition_of(found)
    assert [code for code, _name in definitions.dimensions_in_use("ru")] == ["C", "I", "D", "L"]
    assert definitions.events_in_use("ru")[0][1].startswith("Простая")
    assert definitions.events_in_use("uz")[0][1].startswith("Simple")


def test_few_compiled_editions_are_kept(monkeypatch):
    monkeypatch.setattr(definitions, "_compiled", {})
    monkeypatch.setattr(definitions, "MOST_KEPT", 1)
    one, two = make.framework(), make.framework(state="retired")

    first = definitions.definition_of(one)
    definitions.definition_of(two)

    assert definitions.definition_of(one) is not first
    assert list(definitions._compiled) == [one.public_id]


def test_a_draft_is_compiled_each_time_and_names_its_faults():
    draft = make.framework(state="draft", document=make_document())
    first = definitions.definition_of(draft)
    draft.document["dimensions"][0]["weight"] = 1

    assert first.version == "2026-11"
    with pytest.raises(DefinitionFault):
        definitions.definition_of(draft)


def test_the_edition_in_use_of_an_initiative():
    made = of_plans.framework()

    assert definitions.framework_in_use() == made
    assert definitions.framework_in_use(of_plans.CODE) == made
    assert definitions.framework_in_use("startup-hub") is None
