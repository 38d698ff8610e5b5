"""People of every role, a frozen noon, and no network."""

import gc
import ipaddress
import os
import socket
from datetime import UTC, datetime
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.core.management.commands import migrate
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import TransactionTestCase
from django.utils import translation

from serai.base.first_tables import make_first_tables

NOON = datetime(2021, 6, 30, 12, tzinfo=UTC)
# Through what a test comes to a database.
TO_A_DATABASE = {"django_db_setup", "db", "transactional_db", "own_database"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Run once what means the same on every database.

    That is a test that comes to none, and one of a room's pages that commits nothing: pages hold no
    queries (`tools/check_house.py`), and each walk of `tests/house/` opens all of them on both.
    """
    for item in items:
        asking = item.get_closest_marker("django_db")
        is_pages = "views" in item.path.parts and not (asking and asking.kwargs.get("transaction"))
        if is_pages or not (asking or TO_A_DATABASE & {*item.fixturenames}):
            item.add_marker(pytest.mark.either_engine)


def pytest_collection_finish():
    """Leave what is loaded by now out of every later search for garbage: it stays to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


@pytest.fixture(scope="session")
def in_one_pass():
    """Stand in for the command `migrate`, until it is undone."""

    def handle(*_told, **_asked):
        make_first_tables()
        # A process asks SQLite once what it can do; where that is counted as a query, it is known.
        assert connection.features.supports_json_field

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate.Command, "handle", handle)
        yield patch


@pytest.fixture(scope="session")
def django_db_setup(in_one_pass, django_db_setup):
    """Make the suite's tables in one pass, as a new house does: `test_first_tables.py` holds them
    against those of all migrations.
    """
    in_one_pass.undo()


@pytest.fixture
def noon():
    """The one moment of most tests: the day of the Senior Officials' Meeting, noon UTC."""
    return NOON


def is_own(address) -> bool:
    """Tell whether an address is this machine's: a socket file or loopback."""
    if not isinstance(address, tuple):
        return True
    try:
        return ipaddress.ip_address(address[0]).is_loopback
    except ValueError:
        return address[0] in {"localhost", ""}


@pytest.fixture(autouse=True)
def english():
    """Begin in English: a page asked for in another language leaves it switched on."""
    translation.activate("en")


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Stop a test that reaches for another machine, by name."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def refuse(address) -> None:
        if not is_own(address):
            raise AssertionError(f"A test reached for the network: {address[0]}.")

    def guarded(self, address):
        refuse(address)
        return connect(self, address)

    def guarded_ex(self, address):
        refuse(address)
        return connect_ex(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_ex)


@pytest.fixture
def people(db):
    """One person of every role, by the role's name, and `nobody` without any."""
    from tests.factories.members import person, person_with

    from serai.members.states import Role

    return {role.value: person_with(role) for role in Role} | {"nobody": person()}


@pytest.fixture
def signed_in(client):
    """Sign a person in: `signed_in(person)` gives a client of theirs."""

    def sign_in(person):
        client.force_login(person, backend="serai.config.accounts.SignIn")
        return client

    return sign_in


@pytest.fixture
def own_database(tmp_path):
    """A database of the test's own, on the suite's engine; its address, for another process."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/own.sqlite3"
        return
    name = f"own_{connection.settings_dict['NAME']}"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def kept_connection():
    """Keep the test's connection through requests that Django's own client did not send."""
    for sent in (request_started, request_finished):
        sent.disconnect(close_old_connections)
    yield
    for sent in (request_started, request_finished):
        sent.connect(close_old_connections)


@pytest.fixture(autouse=True, scope="session")
def append_only_tables_can_be_emptied():
    """Let the flush after a transactional test empty what nobody else may: SQLite's triggers
    rest meanwhile. PostgreSQL truncates, which row triggers do not see.
    """
    flush = TransactionTestCase._fixture_teardown

    def with_triggers_at_rest(case):
        if connection.vendor != "sqlite":
            flush(case)
            return
        with connection.cursor() as cursor:
            kept = cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE%'"
            ).fetchall()
            for name, _sql in kept:
                cursor.execute(f'DROP TRIGGER "{name}"')
        flush(case)
        with connection.cursor() as cursor:
            for _name, sql in kept:
                cursor.execute(sql)

    TransactionTestCase._fixture_teardown = with_triggers_at_rest
    yield
    TransactionTestCase._fixture_teardown = flush
