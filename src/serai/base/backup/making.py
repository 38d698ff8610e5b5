"""Make a copy, reopen it, and say what it holds."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

import serai
from serai.base.backup import engines, rows
from serai.base.backup.manifest import (
    AuditHead,
    BrokenCopy,
    Manifest,
    checksum,
    read,
    verify_files,
    write,
)

SCRATCH = "serai_copy"


@dataclass(frozen=True)
class Places:
    """Where the installation keeps its files and its copies."""

    files: Path
    backups: Path


def applied_migrations(connection: BaseDatabaseWrapper) -> list[str]:
    """Return `app.name` of every migration the database has seen."""
    return sorted(
        f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()
    )


def audit_head(connection: BaseDatabaseWrapper) -> AuditHead | None:
    """Return the newest seal; None before the first."""
    with connection.cursor() as cursor:
        if "base_auditseal" not in connection.introspection.table_names(cursor):
            return None
        cursor.execute("SELECT number, hash FROM base_auditseal ORDER BY number DESC LIMIT 1")
        row = cursor.fetchone()
    return AuditHead(int(row[0]), str(row[1])) if row else None


@contextmanager
def _building(folder: Path) -> Iterator[Path]:
    """Build beside the final place, so that a copy is there whole or not at all."""
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True, mode=0o700)
    try:
        yield unfinished
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise


def _copy_files(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
        for path in (target, *target.rglob("*")):
            path.chmod(0o700 if path.is_dir() else 0o600)


def _copy_postgres(connection: BaseDatabaseWrapper, folder: Path) -> tuple[str, dict[str, int]]:
    """Copy by pg_dump where it is found, row by row into an SQLite file otherwise."""
    programs = engines.postgres_programs(engines.server_major(connection))
    if not programs:
        copy = folder / "database.sqlite3"
        _copy_portable(connection.alias, copy)
        return "sqlite", {}
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = str(cursor.fetchone()[0])
        engines.dump_postgres(programs, connection, snapshot, folder / "database.dump")
        expected = rows.counts(connection, rows.content_tables(connection))
    found = engines.dumped_counts(programs, folder / "database.dump")
    differing = [t for t, count in expected.items() if found.get(t, 0) != count]
    if differing:
        raise BrokenCopy(f"database.dump lacks rows of {', '.join(differing)}. Make it again.")
    return "pg_dump", expected


def _copy_portable(alias: str, copy: Path) -> None:
    copy.touch(mode=0o600)
    with rows.opened(SCRATCH, engines.sqlite_settings(copy)):
        rows.migrate(SCRATCH)
        rows.copy_rows(alias, SCRATCH)


def make(places: Places, *, alias: str, name: str, now: datetime) -> Path:
    """Copy database and files into `backups/<name>` and reopen the copy.

    Raises:
        BrokenCopy: when the copy, read again, is not whole.
        CannotCopy: when the engine refused.
    """
    connection = connections[alias]
    folder = places.backups / name
    with _building(folder) as building:
        if connection.vendor == "sqlite":
            engines.copy_sqlite(
                Path(connection.settings_dict["NAME"]), building / "database.sqlite3"
            )
            form, found = "sqlite", dict[str, int]()
        else:
            form, found = _copy_postgres(connection, building)
        migrations, head = applied_migrations(connection), audit_head(connection)
        if form == "sqlite":
            engines.check_sqlite(building / "database.sqlite3")
            with rows.opened(SCRATCH, engines.sqlite_settings(building / "database.sqlite3")) as it:
                found = rows.counts(it, rows.content_tables(it))
                migrations, head = applied_migrations(it), audit_head(it)
        _copy_files(places.files, building / "files")
        files = {
            str(path.relative_to(building)): checksum(path)
            for path in sorted(building.rglob("*"))
            if path.is_file()
        }
        write(
            building,
            Manifest(
                made_at=now.isoformat(timespec="seconds"),
                version=serai.__version__,
                engine=connection.vendor,
                form=form,
                files=files,
                rows=found,
                migrations=migrations,
                audit_head=head,
            ),
        )
    return folder


def verify(folder: Path) -> Manifest:
    """Read a whole copy again: checksums, integrity, rows, migrations, head of the audit chain.

    Raises:
        BrokenCopy: naming what was altered.
    """
    manifest = read(folder)
    verify_files(folder, manifest)
    if manifest.form != "sqlite":
        return manifest
    database = folder / manifest.database_name
    engines.check_sqlite(database)
    with rows.opened(SCRATCH, engines.sqlite_settings(database)) as it:
        found = rows.counts(it, sorted(manifest.rows))
        head = audit_head(it)
    differing = [
        f"{table} has {found[table]} rows instead of {count}"
        for table, count in manifest.rows.items()
        if found[table] != count
    ]
    if head != manifest.audit_head:
        differing.append("the audit chain ends elsewhere")
    if differing:
        raise BrokenCopy(f"{folder}: {'; '.join(differing)}. Use an older copy.")
    return manifest
