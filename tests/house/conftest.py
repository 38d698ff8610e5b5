"""The whole house with its preset and sample, opened once for each file of tests."""

import pytest
from django.core.management import call_command
from django.db import transaction


def pytest_collection_modifyitems(items):
    """A test in the sample house uses the database, so that it is made."""
    for item in items:
        if "sample" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker):
    """A house as `./serai run` opens it; gone at the end of the file."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_preset", "carec", verbosity=0)
        call_command("load_demo", verbosity=0)
        yield
        transaction.set_rollback(True)
