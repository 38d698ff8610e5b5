"""Who opens the doors of surveys in these tests."""

import pytest
from tests.factories.members import person_with
from tests.factories.programme import programme
from tests.factories.signed_in import sign_in as enter


@pytest.fixture
def sign_in(client):
    """Sign somebody in: a person, or a role such as `sign_in("focal_point", "GEO")`."""

    def go(who, scope=None):
        person = person_with(who, scope) if isinstance(who, str) else who
        enter(client, person)
        return person

    return go


@pytest.fixture
def officer(sign_in):
    """An officer of the whole programme."""
    programme()
    return sign_in("officer")
