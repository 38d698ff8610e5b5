"""Houses to copy: an SQLite file with rows in it, and an empty PostgreSQL beside the suite's own."""

import itertools
import shutil
from datetime import UTC, datetime

import pytest
from django.db import connection

from serai.base.backup import engines, making, rows

NOW = datetime(2026, 6, 30, 1, 0, tzinfo=UTC)
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory, django_db_blocker):
    """An SQLite file with every table, made once."""
    path = tmp_path_factory.mktemp("migrated") / "database.sqlite3"
    with django_db_blocker.unblock(), rows.opened("making_house", engines.sqlite_settings(path)):
        rows.migrate("making_house")
    return path


@pytest.fixture
def house(migrated, tmp_path, django_db_blocker):
    """A house of three members and a file, open as the alias `house`."""
    from tests.base.backup.filling import fill

    path = tmp_path / "house.sqlite3"
    shutil.copyfile(migrated, path)
    files = tmp_path / "files" / "papers"
    files.mkdir(parents=True)
    (files / "agenda.pdf").write_bytes(b"%PDF-1.7 sample")
    with django_db_blocker.unblock(), rows.opened("house", engines.sqlite_settings(path)) as it:
        fill("house")
        yield it


@pytest.fixture
def places(tmp_path):
    return making.Places(tmp_path / "files", tmp_path / "backups")


@pytest.fixture
def postgres(django_db_setup, django_db_blocker):
    """An empty PostgreSQL database, open as the alias `postgres`."""
    if connection.vendor != "postgresql":
        pytest.skip("runs in the suite on PostgreSQL")
    name = f"copy_{connection.settings_dict['NAME']}_{next(_numbers)}"
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}"')
        with rows.opened("postgres", {**connection.settings_dict, "NAME": name}) as it:
            yield it
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        connection.close()
