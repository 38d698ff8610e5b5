"""Our SQLite connection takes a turn for each transaction and each lone write, and gives it back."""

import threading

import pytest
from django.conf import settings
from django.db.utils import IntegrityError, OperationalError

from serai.base.sqlite import turns
from serai.base.sqlite.base import DatabaseWrapper
from serai.config import env

pytestmark = [pytest.mark.django_db, pytest.mark.either_engine]


@pytest.fixture
def line(tmp_path, monkeypatch):
    """A database of its own; gives its connection and what was taken and given back."""
    told = []

    class Told(turns.Turns):
        def take(self, seconds):
            super().take(seconds)
            told.append("take")

        def give_back(self):
            super().give_back()
            told.append("give back")

    monkeypatch.setattr(
        "serai.base.sqlite.base.turns_of", lambda path: known.setdefault(path, Told(path))
    )
    known = {}
    made = connection_to(tmp_path / "a.sqlite3")
    with made.cursor() as cursor:
        cursor.execute("CREATE TABLE note (id integer PRIMARY KEY, text varchar UNIQUE)")
    told.clear()
    yield made, told
    made.close()


def connection_to(path, **options):
    found = env.database(f"sqlite:///{path}", path.parent, pool=False)
    found["OPTIONS"] = found["OPTIONS"] | options
    plain = {"AUTOCOMMIT": True, "CONN_HEALTH_CHECKS": False, "TIME_ZONE": None, "TEST": {}}
    return DatabaseWrapper(plain | found, alias="beside")


def run(connection, *statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


class Within:
    """`atomic` for a connection that stands in no settings."""

    def __init__(self, connection):
        self.connection = connection

    def __enter__(self):
        self.connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        self.connection.in_atomic_block = True

    def __exit__(self, kind, error, trace):
        self.connection.in_atomic_block = False
        self.connection.rollback() if kind else self.connection.commit()
        self.connection.set_autocommit(True)


def test_a_transaction_takes_one_turn_for_all_it_writes(line):
    connection, told = line

    with Within(connection):
        run(
            connection,
            "INSERT INTO note (text) VALUES ('a')",
            "INSERT INTO note (text) VALUES ('b')",
        )
        assert told == ["take"]

    assert told == ["take", "give back"]


def test_one_that_fails_gives_its_turn_back(line):
    connection, told = line

    with pytest.raises(IntegrityError), Within(connection):
        run(
            connection,
            "INSERT INTO note (text) VALUES ('a')",
            "INSERT INTO note (text) VALUES ('a')",
        )

    assert told == ["take", "give back"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM note")
        assert cursor.fetchone() == (0,)


def test_one_whose_end_is_broken_into_gives_its_turn_back(line, monkeypatch):
    connection, told = line

    def alarm(_self):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("django.db.backends.base.base.BaseDatabaseWrapper._commit", alarm)
        with pytest.raises(KeyboardInterrupt), Within(connection):
            run(connection, "INSERT INTO note (text) VALUES ('a')")

    assert told == ["take", "give back"]


def test_one_whose_connection_breaks_off_gives_its_turn_back(line):
    connection, told = line

    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    run(connection, "INSERT INTO note (text) VALUES ('a')")
    connection.close()

    assert told == ["take", "give back"]


def test_a_lone_write_takes_a_turn_and_reading_none(line):
    connection, told = line

    run(connection, "SELECT 1", "insert into note (text) values ('a')", "SELECT text FROM note")
    assert told == ["take", "give back"]
    told.clear()
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE note SET text = ?", [("b",)])

    assert told == ["take", "give back"]


def test_who_waits_in_vain_is_told_as_django_tells_it(line, tmp_path):
    connection, _told = line
    other = connection_to(tmp_path / "a.sqlite3", timeout=0.05)

    with Within(connection):
        run(connection, "INSERT INTO note (text) VALUES ('a')")
        with pytest.raises(OperationalError, match="database is locked"):
            run(other, "INSERT INTO note (text) VALUES ('b')")

    run(other, "INSERT INTO note (text) VALUES ('b')")
    other.close()


def test_many_at_once_all_write(tmp_path):
    first = connection_to(tmp_path / "many.sqlite3")
    run(first, "CREATE TABLE note (id integer PRIMARY KEY, text varchar)")
    first.close()
    failed = []

    def write(name):
        own = connection_to(tmp_path / "many.sqlite3")
        try:
            for number in range(10):
                with Within(own):
                    run(own, f"INSERT INTO note (text) VALUES ('{name}-{number}')")
        except OperationalError as error:
            failed.append(error)
        finally:
            own.close()

    threads = [threading.Thread(target=write, args=(name,)) for name in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    last = connection_to(tmp_path / "many.sqlite3")
    with last.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT text) FROM note")
        count = cursor.fetchone()[0]
    last.close()

    assert (count, failed) == (160, [])


def test_a_house_in_memory_needs_no_turns():
    connection = DatabaseWrapper(
        env.database("sqlite:///:memory:", settings.DATA_DIR, pool=False)
        | {"AUTOCOMMIT": True, "CONN_HEALTH_CHECKS": False, "TIME_ZONE": None, "TEST": {}},
        alias="memory",
    )

    run(connection, "CREATE TABLE note (id integer)", "INSERT INTO note VALUES (1)")

    assert connection._held is None
    connection.connection.close()  # Django keeps such a one open
