"""One house for all bad submissions of this folder."""

import pytest
from django.db import transaction
from django.utils import translation
from tests.surveys.bad import world as place


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """The house, gone after the module; what one test changes is undone at that test's end."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("en"):
        yield place.build()
        transaction.set_rollback(True)


@pytest.fixture
def world(built, db):
    """The house as it stood, whatever the test before did."""
    place.forget()
    for row in (built.response, built.theirs, built.key):
        row.refresh_from_db()
    yield built
    place.forget()
