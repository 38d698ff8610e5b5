"""Migrations: none missing, one line of them in each room, each can be undone."""

import pytest
from django.core.management import call_command
from django.db import migrations
from django.db.migrations.loader import MigrationLoader

ROOMS = ("base", "members", "programme", "reports", "home", "setup")


@pytest.fixture(scope="module")
def loader():
    return MigrationLoader(None, ignore_no_migrations=True)


def own(loader):
    return {key: found for key, found in loader.disk_migrations.items() if key[0] in ROOMS}


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_each_room_has_one_line_of_migrations(loader):
    leaves = {room: [k for k in loader.graph.leaf_nodes() if k[0] == room] for room in ROOMS}

    assert {room: found for room, found in leaves.items() if len(found) > 1} == {}
    branching = [
        key
        for key, migration in own(loader).items()
        if sum(room == key[0] for room, _ in migration.dependencies) > 1
    ]
    assert branching == []


def test_each_migration_can_be_undone(loader):
    one_way = [
        f"{room}.{name}: {operation.describe()}"
        for (room, name), migration in own(loader).items()
        for operation in migration.operations
        if not operation.reversible
    ]

    assert one_way == []


def test_hand_written_sql_stands_apart(loader):
    by_hand = (migrations.RunSQL, migrations.RunPython)
    mixed = [
        f"{room}.{name}"
        for (room, name), migration in own(loader).items()
        if any(isinstance(o, by_hand) for o in migration.operations)
        and any(isinstance(o, migrations.CreateModel) for o in migration.operations)
    ]

    assert mixed == []
