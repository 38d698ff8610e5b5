"""A copy comes back whole, and the state before it is kept."""

import sqlite3
from datetime import timedelta

import pytest
from tests.base.backup.conftest import NOW

from serai.base.backup import making, manifest, restoring, rows
from serai.base.backup.restoring import CannotRestore
from serai.members.models import Member


@pytest.fixture
def copy(house, places):
    return making.make(places, alias="house", name="serai-20260630T010000Z", now=NOW)


def iso3s(alias="house"):
    return list(Member.objects.using(alias).order_by("iso3").values_list("iso3", flat=True))


def test_restore_brings_rows_and_files_back(copy, house, places):
    Member.objects.using("house").filter(iso3="GEO").delete()
    (places.files / "papers" / "agenda.pdf").unlink()
    (places.files / "later.txt").write_text("made after the copy")

    done = restoring.restore(copy, places, alias="house", now=NOW + timedelta(days=1))

    assert iso3s() == ["GEO", "KAZ", "PAK"]
    assert sorted(p.name for p in places.files.rglob("*") if p.is_file()) == ["agenda.pdf"]
    assert rows.counts(house, sorted(done.manifest.rows)) == done.manifest.rows


def test_the_state_before_is_a_copy_of_its_own(copy, house, places):
    Member.objects.using("house").filter(iso3="GEO").delete()

    done = restoring.restore(copy, places, alias="house", now=NOW + timedelta(days=1))
    restoring.restore(done.safety, places, alias="house", now=NOW + timedelta(days=2))

    assert done.safety.name == "before-restore-20260701T010000Z"
    assert iso3s() == ["KAZ", "PAK"]


def test_an_open_connection_sees_the_restored_rows(copy, house, places):
    reader = sqlite3.connect(house.settings_dict["NAME"])
    Member.objects.using("house").all().delete()
    assert reader.execute("SELECT count(*) FROM members_member").fetchone() == (0,)

    restoring.restore(copy, places, alias="house", now=NOW + timedelta(days=1))

    assert reader.execute("SELECT count(*) FROM members_member").fetchone() == (3,)
    reader.close()


def test_a_newer_copy_is_refused_and_nothing_changes(copy, house, places):
    said = manifest.read(copy)
    newer = {**said.__dict__, "version": "9.0", "migrations": [*said.migrations, "base.0099_later"]}
    (copy / "manifest.json").unlink()
    manifest.write(copy, manifest.Manifest(**newer))

    with pytest.raises(CannotRestore) as refused:
        restoring.restore(copy, places, alias="house", now=NOW + timedelta(days=1))

    assert str(refused.value) == (
        "The copy was made by a newer Serai (9.0; base.0099_later is not known here). "
        "Update this installation first, then restore."
    )
    assert [p.name for p in places.backups.iterdir()] == [copy.name]


def test_an_altered_copy_is_refused_and_nothing_changes(copy, house, places):
    (copy / "files/papers/agenda.pdf").write_bytes(b"%PDF-1.7 samplf")
    Member.objects.using("house").filter(iso3="GEO").delete()

    with pytest.raises(manifest.BrokenCopy, match="agenda.pdf was altered"):
        restoring.restore(copy, places, alias="house", now=NOW + timedelta(days=1))

    assert iso3s() == ["KAZ", "PAK"]
