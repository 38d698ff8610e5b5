"""A copy is whole, private, and read again."""

import sqlite3
import stat

import pytest
from tests.base.backup.conftest import NOW

from serai.base.backup import engines, making, manifest, rows
from serai.base.backup.manifest import BrokenCopy
from serai.members.models import Member


@pytest.fixture
def copy(house, places):
    return making.make(places, alias="house", name="serai-20260630T010000Z", now=NOW)


def test_a_copy_holds_database_files_and_manifest(copy):
    found = sorted(str(p.relative_to(copy)) for p in copy.rglob("*") if p.is_file())

    assert found == ["database.sqlite3", "files/papers/agenda.pdf", "manifest.json"]


def test_a_copy_is_for_its_owner_alone(copy):
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in (copy, *copy.rglob("*"))}

    assert modes == {
        copy.name: 0o700,
        "files": 0o700,
        "papers": 0o700,
        "database.sqlite3": 0o600,
        "agenda.pdf": 0o600,
        "manifest.json": 0o600,
    }


def test_the_manifest_counts_rows_and_names_migrations(copy, house):
    said = manifest.read(copy)

    assert said.rows["members_member"] == 3
    assert said.rows["members_person"] == 1
    assert said.rows == rows.counts(house, rows.content_tables(house))
    assert said.migrations == making.applied_migrations(house)
    assert (said.engine, said.form, said.made_at) == (
        "sqlite",
        "sqlite",
        "2026-06-30T01:00:00+00:00",
    )


def test_a_copy_made_while_someone_writes_is_whole(house, places):
    writer = sqlite3.connect(house.settings_dict["NAME"], timeout=1, isolation_level=None)
    writer.execute("PRAGMA journal_mode=WAL")
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("INSERT INTO django_session VALUES ('s', 'unfinished', '2026-01-01')")

    made = making.make(places, alias="house", name="serai-20260630T020000Z", now=NOW)
    writer.rollback()
    writer.close()

    said = making.verify(made).rows
    assert (said["members_member"], said["django_session"]) == (3, 0)


def flip(path, at):
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("name", "at"), [("database.sqlite3", 5000), ("files/papers/agenda.pdf", 3)]
)
def test_a_flipped_byte_is_named(copy, name, at):
    flip(copy / name, at)

    with pytest.raises(BrokenCopy) as refused:
        making.verify(copy)

    assert str(refused.value) == f"{copy}: {name} was altered. Use an older copy."


def test_a_flipped_byte_in_the_manifest_is_named(copy):
    flip(copy / "manifest.json", 40)

    with pytest.raises(BrokenCopy) as refused:
        making.verify(copy)

    assert str(refused.value) == (
        f"{copy / 'manifest.json'} was altered since the copy was made. Use an older copy."
    )


def test_missing_and_added_files_are_named(copy):
    (copy / "files/papers/agenda.pdf").unlink()
    (copy / "files/papers/other.pdf").write_bytes(b"x")

    with pytest.raises(BrokenCopy) as refused:
        making.verify(copy)

    assert str(refused.value) == (
        f"{copy}: files/papers/agenda.pdf is missing; files/papers/other.pdf is not listed. "
        "Use an older copy."
    )


def test_a_row_taken_out_with_a_forged_checksum_is_named(copy):
    with rows.opened("forged", engines.sqlite_settings(copy / "database.sqlite3")):
        Member.objects.using("forged").filter(iso3="PAK").delete()
    body = manifest.read(copy)
    files = {**body.files, "database.sqlite3": manifest.checksum(copy / "database.sqlite3")}
    (copy / "manifest.json").unlink()
    manifest.write(copy, manifest.Manifest(**{**body.__dict__, "files": files}))

    with pytest.raises(BrokenCopy) as refused:
        making.verify(copy)

    assert str(refused.value) == (
        f"{copy}: members_member has 2 rows instead of 3. Use an older copy."
    )


def test_a_folder_that_is_no_copy_is_refused(tmp_path):
    with pytest.raises(BrokenCopy) as refused:
        making.verify(tmp_path)

    assert str(refused.value) == (
        f"{tmp_path} is not a copy: it has no manifest.json. Name a folder made by backup."
    )


def test_a_copy_that_fails_leaves_nothing_behind(house, places, monkeypatch):
    def full(live, copy):
        copy.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(engines, "copy_sqlite", full)

    with pytest.raises(OSError, match="No space left"):
        making.make(places, alias="house", name="serai-20260630T010000Z", now=NOW)

    assert list(places.backups.iterdir()) == []


def test_a_broken_database_is_not_passed_as_a_copy(house, tmp_path):
    path = tmp_path / "database.sqlite3"
    path.write_bytes(b"SQLite format 3\0" + b"\1" * 5000)

    with pytest.raises(BrokenCopy) as refused:
        engines.check_sqlite(path)

    assert str(refused.value).startswith("database.sqlite3 cannot be read: ")
