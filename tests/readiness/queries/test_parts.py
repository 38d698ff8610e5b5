"""One row of a draft is found for its form, and kept by the draft's officers."""

import pytest
from tests.factories import readiness as make
from tests.factories.members import person_with

from serai.base.access import NotFound
from serai.members.queries import viewer_of
from serai.readiness import access
from serai.readiness.queries import parts

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    make.home()
    return viewer_of(person_with("officer", make.HOME), make.NOON)


def test_rows_are_found_with_their_fact(officer):
    draft = make.framework(state="draft").public_id

    criterion = parts.criterion_of(officer, draft, "C1")
    package = parts.package_of(officer, draft, "LINK")
    rung = parts.rung_of(officer, draft, "E3", "host", "kit.microphone")

    assert (criterion.row["code"], criterion.fact["unit"]) == ("C1", "Mbit/s")
    assert (package.row["code"], package.fact) == ("LINK", {})
    assert rung.row.cells["E3"].threshold == "cardioid"
    for thing in (criterion, package, rung):
        assert access.may_keep_framework(officer, thing)
        assert access.initiative_of(thing) == make.HOME


@pytest.mark.parametrize(
    ("find", "args"),
    [
        (parts.criterion_of, ["X"]),
        (parts.package_of, ["X"]),
        (parts.rung_of, ["E1", "host", "kit.dsp"]),
        (parts.rung_of, ["E9", "host", "link.down_p5"]),
    ],
)
def test_what_is_not_there_is_not_found(officer, find, args):
    draft = make.framework(state="draft").public_id

    with pytest.raises(NotFound):
        find(officer, draft, *args)


def test_an_edition_in_use_has_no_rows_to_edit(officer):
    with pytest.raises(NotFound):
        parts.criterion_of(officer, make.framework().public_id, "C1")
