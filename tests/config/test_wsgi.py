"""The real web server is killed in the middle of saves; nothing acknowledged is lost or doubled."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SAVES, KILLS = 500, 12
WRONG = (
    "lost", "doubled", "never_sent", "half", "without_audit_line", "audit_lines_doubled",
    "letters_missing", "letters_unsent", "letters_lost", "receipts_without_result", "jobs_left",
    "jobs_failed",
)  # fmt: skip


@pytest.fixture
def database(tmp_path):
    """A database of its own, on the suite's engine; the address for another process."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/saved.sqlite3"
        return
    name = f"saved_{connection.settings_dict['NAME']}"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def saved(database, tmp_path):
    """Run the harness in a process of its own; return what it found."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.config.saving",
         "--saves", str(SAVES), "--kills", str(KILLS), "--seed", "2021"],
        env={
            **os.environ,
            "DATABASE_URL": database,
            "SERAI_DATA": str(tmp_path / "house"),
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        },
        cwd=ROOT, capture_output=True, text=True, timeout=900,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.strip().splitlines()[-1])


def test_a_killed_web_server_loses_halves_and_doubles_no_save(database, tmp_path):
    found = saved(database, tmp_path)

    assert found["refused"] == []
    assert found["acknowledged"] == SAVES
    assert sum(found["killed"].values()) == KILLS
    assert found["sent_again"] > 0, "No kill fell into a save: nothing was tried."
    assert {name: found[name] for name in WRONG} == dict.fromkeys(WRONG, 0)
    # Mail leaves outside any transaction: each killed worker may double the letter it had in hand.
    assert found["letters"] == SAVES // 10 * 2
    assert found["letters_doubled"] <= found["killed"].get("worker", 0)
