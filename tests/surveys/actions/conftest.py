"""An agency's response, just begun: who is asked, who leads it."""

import pytest
from tests.factories import surveys as make

from serai.members.queries import viewer_of
from serai.surveys import actions


@pytest.fixture
def asked():
    return make.invitation()


@pytest.fixture
def lead(asked):
    return viewer_of(asked.lead, make.NOON)


@pytest.fixture
def response(asked, lead):
    return actions.start_response(invitation=asked, by=lead, now=make.NOON)
