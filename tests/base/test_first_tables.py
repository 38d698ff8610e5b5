"""Tables made in one pass are those that migrations make, one after another, to the last trigger."""

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from serai.base.first_tables import make_first_tables

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
IN_ONE_PASS, STEP_BY_STEP = "made_in_one_pass", "made_step_by_step"
# When each migration ran is no part of the tables.
MOMENTS = {"django_migrations": ("id", "applied")}


def empty_sqlite(tmp_path, name):
    return {"NAME": str(tmp_path / f"{name}.sqlite3")}


def empty_postgresql(name):
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"')
    return {"NAME": name}


@pytest.fixture
def inside(tmp_path):
    """Turn the default connection to an empty database of its own; turn it back at the end."""
    home, opened = connection, []

    def turn(name):
        leave()
        mine = dict(home.settings_dict)
        if home.vendor == "sqlite":
            mine |= empty_sqlite(tmp_path, name)
        else:
            mine |= empty_postgresql(f"{name}_{home.settings_dict['NAME']}")
        opened.append(type(connections["default"])(mine, "default"))
        connections["default"] = opened[-1]

    def leave():
        if opened and connections["default"] is opened[-1]:
            connections["default"].close()
        connections["default"] = kept

    kept = connections["default"]
    yield turn
    leave()
    if kept.vendor == "postgresql":
        with kept.cursor() as cursor:
            for one in opened:
                cursor.execute(f'DROP DATABASE "{one.settings_dict["NAME"]}" WITH (FORCE)')


def rows(question):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return sorted(cursor.fetchall(), key=repr)


def sqlite_shape():
    """Every table's columns and keys, every index, constraint and trigger, as SQLite keeps them."""
    names = [name for (name,) in rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    shape = {}
    for name in names:
        # Column order is that of `CREATE TABLE` or of later `ALTER TABLE`; nobody reads by it.
        shape[name, "columns"] = sorted(row[1:] for row in rows(f'PRAGMA table_xinfo("{name}")'))
        shape[name, "keys"] = sorted(row[2:] for row in rows(f'PRAGMA foreign_key_list("{name}")'))
        shape[name, "checks"] = checks_of(name)
    for kind in ("index", "trigger", "view"):
        found = rows(f"SELECT name, tbl_name, sql FROM sqlite_master WHERE type = '{kind}'")
        shape[kind] = [row for row in found if row[2]]
        shape[kind, "automatic"] = len([row for row in found if not row[2]])
    shape["virtual"] = rows("SELECT name, sql FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%'")
    return shape


def checks_of(table):
    """A table's constraints by name and columns, and the conditions as its own SQL words them."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table)
    sql = rows(f"SELECT sql FROM sqlite_master WHERE name = '{table}'")[0][0]
    # SQLite numbers what has no name of its own in the order of its making.
    named = [
        ("" if name.startswith(("__", "fk_")) else name, sorted(facts.items(), key=repr))
        for name, facts in found.items()
    ]
    conditions = [text.strip().rstrip(",) ") for text in sql.split("CONSTRAINT")[1:]]
    return sorted(named, key=repr), sorted(text for text in conditions if " CHECK " in text)


def postgresql_shape():
    """The same as PostgreSQL's own catalogues tell it."""
    return {
        "columns": rows(
            "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, "
            "column_default, is_identity, is_generated, generation_expression "
            "FROM information_schema.columns WHERE table_schema = 'public'"
        ),
        "constraints": rows(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) "
            "FROM pg_constraint WHERE connamespace = 'public'::regnamespace"
        ),
        "indexes": rows("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'"),
        "triggers": rows("SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"),
        "functions": rows(
            "SELECT pg_get_functiondef(oid) FROM pg_proc "
            "WHERE pronamespace = 'public'::regnamespace"
        ),
        "sequences": rows("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'"),
        "views": rows("SELECT viewname, definition FROM pg_views WHERE schemaname = 'public'"),
    }


def shape():
    return sqlite_shape() if connection.vendor == "sqlite" else postgresql_shape()


def content():
    """Every row that stands in the new tables, without moments and running numbers."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
    found = {}
    for name in sorted(names):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{name}"')
            columns = [column[0] for column in cursor.description]
            left_out = MOMENTS.get(name, ())
            found[name] = sorted(
                repr([v for c, v in zip(columns, row, strict=True) if c not in left_out])
                for row in cursor.fetchall()
            )
    return found


def without_numbers(found):
    """Content types and permissions are numbered in the order of their making."""
    types = dict(found)
    for name in ("django_content_type", "auth_permission"):
        types[name] = len(types[name])
    return types


def named_permissions():
    return rows(
        "SELECT t.app_label, t.model, p.codename, p.name FROM auth_permission p "
        "JOIN django_content_type t ON t.id = p.content_type_id"
    )


def waiting():
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


def test_one_pass_gives_the_same_house_as_all_migrations(inside):
    inside(STEP_BY_STEP)
    call_command("migrate", verbosity=0, interactive=False)
    stepwise = shape(), without_numbers(content()), named_permissions()

    inside(IN_ONE_PASS)
    make_first_tables()
    at_once = shape(), without_numbers(content()), named_permissions()

    differing = {
        part: (stepwise[0].get(part), at_once[0].get(part))
        for part in {*stepwise[0], *at_once[0]}
        if stepwise[0].get(part) != at_once[0].get(part)
    }
    assert differing == {}
    assert at_once[1] == stepwise[1]
    assert at_once[2] == stepwise[2]


def test_after_one_pass_migrate_finds_nothing_to_do(inside, capsys):
    inside(IN_ONE_PASS)
    make_first_tables()

    left = waiting()
    call_command("migrate", verbosity=1, interactive=False, no_color=True)

    assert left == []
    assert "No migrations to apply." in capsys.readouterr().out


def test_one_pass_refuses_a_database_that_is_not_empty(inside):
    from django.db import DatabaseError

    inside(IN_ONE_PASS)
    make_first_tables()
    before = content()

    with pytest.raises(DatabaseError):
        make_first_tables()

    assert content() == before
