"""The edition in use, read once."""

import pytest
from tests.factories import assessing as make

from serai.base.access import NotFound
from serai.readiness.queries import definitions

pytestmark = pytest.mark.django_db


def test_without_an_edition_in_use_there_are_no_events_and_no_definition():
    assert definitions.events_in_use("en") == []
    assert definitions.dimensions_in_use("en") == []
    with pytest.raises(NotFound):
        definitions.in_use()


def test_the_edition_in_use_is_read_once():
    found = make.framework()

    assert definitions.in_use() is definitions.definition_of(found)
    assert [code for code, _name in definitions.dimensions_in_use("ru")] == ["C", "I", "D", "L"]
    assert definitions.events_in_use("ru")[0][1].startswith("Простая")
    assert definitions.events_in_use("uz")[0][1].startswith("Simple")


def test_a_draft_is_read_anew():
    found = make.framework(state="draft")

    assert definitions.definition_of(found) is not definitions.definition_of(found)
