"""Who opens the programme's doors in these tests."""

from datetime import date

import pytest
from tests.factories.members import person_with
from tests.factories.programme import programme

BACKEND = "serai.config.accounts.SignIn"


@pytest.fixture
def sign_in(client):
    """Sign somebody in by role: `sign_in("focal_point", "GEO")`."""

    def enter(role, scope=None):
        someone = person_with(role, scope)
        client.force_login(someone, backend=BACKEND)
        return someone

    return enter


@pytest.fixture
def officer(sign_in):
    """An officer of a programme that opens with the day of its report."""
    programme(opens_as_of=date(2021, 6, 30))
    return sign_in("officer")
