"""The whole house with its preset and sample, opened and walked once for all files of this folder."""

from dataclasses import dataclass

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import translation
from tests.house.walking import Page, client_of, sample_viewers, walk


def pytest_collection_modifyitems(items):
    """A test in the sample house uses the database, so that it is made.

    Django's plugin has put the tests in order before: those that name the database themselves come
    before all that only look at the sample, so they find it empty.
    """
    for item in items:
        if "sample" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="package")
def sample(django_db_setup, django_db_blocker):
    """A house as `./serai run` opens it; gone after the folder's latest test.

    What one test changes in it is undone at that test's end.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_preset", "carec", verbosity=0)
        call_command("load_demo", verbosity=0)
        yield
        transaction.set_rollback(True)


@dataclass(frozen=True)
class Walk:
    """What one role came to by following links."""

    person: object
    pages: list[Page]

    def client(self) -> Client:
        """Return a browser of this person, freshly signed in."""
        return client_of(self.person)


@pytest.fixture(scope="package")
def walks(sample):
    """The walk of a visitor and of one sample person of each role, by the role."""
    with translation.override("en"):
        return {
            role: Walk(who, walk(client_of(who), "/en/")) for role, who in sample_viewers().items()
        }
