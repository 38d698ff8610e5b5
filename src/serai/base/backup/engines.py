"""What each database engine does its own way: copy itself, check itself, take a copy back."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from serai.base.backup.manifest import BrokenCopy
from serai.base.backup.rows import opened

TIMEOUT = 3_600


class CannotCopy(Exception):
    """The engine refused to make or to take a copy."""


def sqlite_settings(path: Path) -> dict[str, object]:
    """Return Django's settings for one SQLite file."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 10},
    }


# Our tables ask for functions (REGEXP) that only Django's own connection brings along, so copies
# are written and checked through one, opened beside the one in use.
COPYING = "serai_copying"


def copy_sqlite(live: Path, copy: Path) -> None:
    """Write a clean, whole copy of a database in use."""
    with opened(COPYING, sqlite_settings(live)) as source, source.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    copy.chmod(0o600)


def check_sqlite(copy: Path) -> None:
    """Read the whole file and its references.

    Raises:
        BrokenCopy: naming what does not fit.
    """
    try:
        with opened(COPYING, sqlite_settings(copy)) as database, database.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check(5)")
            faults = [row[0] for row in cursor.fetchall()]
            cursor.execute("PRAGMA foreign_key_check")
            strays = cursor.fetchmany(5)
    except (DatabaseError, sqlite3.DatabaseError) as error:
        raise BrokenCopy(f"{copy.name} cannot be read: {error}. Use an older copy.") from error
    if faults != ["ok"]:
        raise BrokenCopy(f"{copy.name}: {'; '.join(faults)}. Use an older copy.")
    if strays:
        words = "; ".join(f"{table} row {row} points nowhere" for table, row, *_ in strays)
        raise BrokenCopy(f"{copy.name}: {words}. Use an older copy.")


def put_back_sqlite(copy: Path, live: Path) -> None:
    """Replace a database's content in one transaction; open connections see the new content."""
    with (
        closing(sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(live, timeout=30)) as target,
    ):
        source.backup(target)


@dataclass(frozen=True)
class Programs:
    """PostgreSQL's own programs for copies."""

    dump: str
    restore: str


def postgres_programs(server_major: int) -> Programs | None:
    """Find pg_dump and pg_restore that are not older than the server; None without them."""
    dump, restore = shutil.which("pg_dump"), shutil.which("pg_restore")
    if not dump or not restore:
        return None
    said = _run([dump, "--version"], {}).split()
    major = next((int(word.split(".")[0]) for word in said if word[:1].isdigit()), 0)
    return Programs(dump, restore) if major >= server_major else None


def server_major(connection: BaseDatabaseWrapper) -> int:
    """Return the major version of a PostgreSQL server."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


def _run(command: list[str], environment: Mapping[str, str]) -> str:
    done = subprocess.run(  # noqa: S603  our own words and settings, no shell
        command,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise CannotCopy(f"{Path(command[0]).name}: {last[0]}")
    return done.stdout


def _reach(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Return the environment by which PostgreSQL's programs reach the same database."""
    reached = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    found = {to: str(reached[name]) for to, name in names.items() if reached.get(name)}
    return {**found, "PGDATABASE": str(reached["NAME"])}


def dump_postgres(
    programs: Programs, connection: BaseDatabaseWrapper, snapshot: str, copy: Path
) -> None:
    """Write PostgreSQL's own copy of one moment."""
    copy.touch(mode=0o600)
    _run(
        [programs.dump, "--format=custom", "--no-owner", "--no-privileges"]
        + [f"--snapshot={snapshot}", f"--file={copy}"],
        _reach(connection),
    )


def dumped_counts(programs: Programs, copy: Path) -> dict[str, int]:
    """Read a dump through and count the rows of each table in it."""
    text = _run([programs.restore, "--data-only", "--file=-", str(copy)], {})
    found: dict[str, int] = {}
    table = ""
    for line in text.splitlines():
        if table and line == "\\.":
            table = ""
        elif table:
            found[table] += 1
        elif line.startswith("COPY "):
            table = line.split()[1].rpartition(".")[2].strip('"')
            found[table] = 0
    return found


def put_back_postgres(programs: Programs, connection: BaseDatabaseWrapper, copy: Path) -> None:
    """Replace a PostgreSQL database's content in one transaction."""
    _run(
        [programs.restore, "--clean", "--if-exists", "--no-owner", "--no-privileges"]
        + ["--single-transaction", f"--dbname={connection.settings_dict['NAME']}", str(copy)],
        _reach(connection),
    )


def empty_postgres(connection: BaseDatabaseWrapper) -> None:
    """Drop every table and function of the installation (inside the caller's transaction)."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")
        cursor.execute(
            "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n"
            " ON n.oid = p.pronamespace WHERE n.nspname = current_schema()"
            " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
        )
        for (function,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION {function} CASCADE")
