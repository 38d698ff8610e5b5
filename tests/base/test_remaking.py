"""Tables that triggers of other tables name are made anew, and nothing is lost."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from tests.factories import members as people
from tests.factories import programme as make

from serai.members.models import Member

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
BEFORE = ("members", "0006_topics_of_letters")


@pytest.fixture
def newest():
    """Every table as it is today, also for the tests that follow one that failed in between."""
    yield lambda: call_command("migrate", verbosity=0, interactive=False)
    call_command("migrate", verbosity=0, interactive=False)


def triggers() -> list[tuple[object, ...]]:
    asked = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    if connection.vendor == "postgresql":
        asked = (
            "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger"
            " WHERE NOT tgisinternal ORDER BY tgrelid::regclass::text, tgname"
        )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return cursor.fetchall()


def test_members_that_texts_and_triggers_name_outlive_the_way_back_and_forth(newest):
    member = people.member("GEO")
    home = make.initiative("home")
    home.national_studies.set([member])
    before = triggers()

    MigrationExecutor(connection).migrate([BEFORE])
    newest()

    assert triggers() == before
    assert list(Member.objects.values_list("iso3", "state")) == [("GEO", "active")]
    assert [one.iso3 for one in home.national_studies.all()] == ["GEO"]
