import pytest
from tests.factories.members import NOON, viewer_with
from tests.factories.programme import initiative
from tests.factories.readiness import probed_office

from serai.readiness.queries.letters import officers_of

pytestmark = pytest.mark.django_db


def test_letters_go_to_the_officers_of_the_offices_initiative():
    home = initiative("virtual-carec")
    own, whole = viewer_with("officer", "virtual-carec"), viewer_with("officer")
    viewer_with("officer", "another")
    viewer_with("coordinator")

    found = officers_of(probed_office(initiative=home), NOON)

    assert {one.person_id for one in found} == {own.person_id, whole.person_id}
