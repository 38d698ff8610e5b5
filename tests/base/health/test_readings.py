"""What counts as well: the bounds of docs/running.md, exactly on and just past them."""

from collections import namedtuple
from datetime import UTC, datetime, timedelta

import pytest

from serai.base.health import readings
from serai.base.health.readings import Moments, Reading

NOW = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)
NEVER = Moments(None, None, None, None, None)


def judged(tmp_path, **moments):
    all_of_them = dict.fromkeys(NEVER.__dataclass_fields__) | moments
    return {r.name: r for r in readings.deep(Moments(**all_of_them), tmp_path, NOW)}


@pytest.mark.parametrize(
    ("moment", "name", "within"),
    [
        ("worker_seen_at", "worker", timedelta(seconds=60)),
        ("oldest_ready_job_at", "jobs", timedelta(minutes=5)),
        ("oldest_waiting_mail_at", "mail", timedelta(minutes=15)),
        ("latest_backup_at", "backup", timedelta(hours=26)),
        ("oldest_unsealed_at", "seal", timedelta(minutes=5)),
    ],
)
def test_each_bound_holds_to_the_second(tmp_path, moment, name, within):
    on_time = judged(tmp_path, **{moment: NOW - within})[name]
    late = judged(tmp_path, **{moment: NOW - within - timedelta(seconds=1)})[name]

    assert (on_time.is_well, late.is_well) == (True, False)


def test_a_fresh_house_lacks_a_worker_and_a_backup_only(tmp_path, monkeypatch):
    monkeypatch.setattr(readings, "connection", Engine("sqlite"))

    unwell = [name for name, reading in judged(tmp_path).items() if not reading.is_well]

    assert unwell == ["worker", "backup"]


class Engine:
    """A connection of which only the engine's name is asked."""

    def __init__(self, vendor):
        self.vendor = vendor


@pytest.mark.parametrize(
    ("vendor", "hours", "found"),
    [
        ("sqlite", None, Reading("backup", False, "none was made")),
        ("postgresql", None, Reading("backup", True, "left to the server's own copies")),
        ("postgresql", 26, Reading("backup", True, "93600 s ago")),
        ("postgresql", 27, Reading("backup", False, "97200 s ago")),
    ],
)
def test_postgresql_owes_copies_once_the_first_was_made(monkeypatch, vendor, hours, found):
    monkeypatch.setattr(readings, "connection", Engine(vendor))
    at = None if hours is None else NOW - timedelta(hours=hours)

    assert readings.backup(at, NOW) == found


def test_a_full_disk_is_not_well(tmp_path, monkeypatch):
    Usage = namedtuple("Usage", "total used free")
    monkeypatch.setattr(readings.shutil, "disk_usage", lambda folder: Usage(1000, 910, 90))

    assert readings.disk(tmp_path) == Reading("disk", False, "9% free")


def test_a_missing_data_folder_is_not_ready(tmp_path):
    assert readings.data_folder(tmp_path / "gone") == Reading(
        "data_folder", False, "cannot be written"
    )


@pytest.mark.django_db
def test_a_migrated_house_is_ready(tmp_path):
    assert readings.ready(tmp_path) == [
        Reading("database", True, "answers"),
        Reading("migrations", True, "all applied"),
        Reading("data_folder", True, "can be written"),
    ]
