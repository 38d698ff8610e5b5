"""Put a copy back, keeping the present state beside it."""

import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from serai.base.backup import engines, making, rows
from serai.base.backup.making import SCRATCH, Places
from serai.base.backup.manifest import Manifest


class CannotRestore(Exception):
    """This copy cannot be put back here."""


@dataclass(frozen=True)
class Restored:
    """What was put back, and where the state before it is kept."""

    manifest: Manifest
    safety: Path


def _refuse_unfit(manifest: Manifest, connection: BaseDatabaseWrapper) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    unknown = sorted(set(manifest.migrations) - known)
    if unknown:
        raise CannotRestore(
            f"The copy was made by a newer Serai ({manifest.version}; {unknown[0]} is not known "
            "here). Update this installation first, then restore."
        )
    if manifest.form == "pg_dump" and connection.vendor != "postgresql":
        raise CannotRestore(
            "The copy was made by PostgreSQL's pg_dump. Set DATABASE_URL to a PostgreSQL "
            "database, then restore."
        )


def _put_back_portable(copy: Path, connection: BaseDatabaseWrapper) -> None:
    """Fill a PostgreSQL database from an SQLite file, in one transaction."""
    with tempfile.TemporaryDirectory() as scratch:
        working = Path(scratch) / "database.sqlite3"
        shutil.copyfile(copy, working)
        with rows.opened(SCRATCH, engines.sqlite_settings(working)):
            rows.migrate(SCRATCH)
            with transaction.atomic(using=connection.alias):
                engines.empty_postgres(connection)
                rows.migrate(connection.alias)
                rows.copy_rows(SCRATCH, connection.alias)


def _put_back_database(copy: Path, form: str, connection: BaseDatabaseWrapper) -> None:
    if connection.vendor == "sqlite":
        connection.close()
        engines.put_back_sqlite(copy, Path(connection.settings_dict["NAME"]))
        return
    if form == "sqlite":
        _put_back_portable(copy, connection)
        return
    programs = engines.postgres_programs(engines.server_major(connection))
    if not programs:
        raise CannotRestore(
            "The copy needs pg_restore of the server's version or newer. Install "
            "postgresql-client, then restore."
        )
    connection.close()
    engines.put_back_postgres(programs, connection, copy)


def _put_back_files(copy: Path, files: Path) -> None:
    """Swap the folder of files; the old one is in the safety copy."""
    fresh = files.with_name(f".{files.name}.restored")
    shutil.rmtree(fresh, ignore_errors=True)
    if copy.is_dir():
        shutil.copytree(copy, fresh)
    else:
        fresh.mkdir(parents=True)
    if files.exists():
        shutil.rmtree(files)
    fresh.rename(files)


def restore(folder: Path, places: Places, *, alias: str, now: datetime) -> Restored:
    """Verify a copy, keep the present state, put the copy back, bring it up to date.

    Raises:
        BrokenCopy: when the copy was altered; nothing has changed.
        CannotRestore: when it does not fit here; nothing has changed.
    """
    connection = connections[alias]
    manifest = making.verify(folder)
    _refuse_unfit(manifest, connection)
    name = f"before-restore-{now:%Y%m%dT%H%M%SZ}"
    safety = making.make(places, alias=alias, name=name, now=now)
    _put_back_database(folder / manifest.database_name, manifest.form, connection)
    _put_back_files(folder / "files", places.files)
    rows.migrate(alias)
    return Restored(manifest, safety)
