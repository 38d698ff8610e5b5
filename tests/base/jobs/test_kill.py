"""Workers die at random moments; benchmarks/kills.py does the same at length."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[3]
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def rob(own_database, tmp_path, *words):
    """Run the harness in a process of its own; return what it found."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.base.jobs.killing", *words],
        env={
            **os.environ,
            "DATABASE_URL": own_database,
            "DJANGO_SETTINGS_MODULE": "serai.config.settings_test",
            "SERAI_DATA": str(tmp_path),
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=280,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.strip().splitlines()[-1])


def test_killed_workers_lose_and_double_nothing(own_database, tmp_path):
    words = ["--jobs", "24", "--letters", "8", "--kills", "8", "--seed", "3"]

    found = rob(own_database, tmp_path, "kill", *words)

    assert found["killed"] == 8
    assert found["letters"] == 8
    assert found["jobs"] >= 24
    wrong = (
        "not_done", "without_effect", "doubled", "half", "letters_lost", "letters_unsent",
        "rows_left_running",
    )  # fmt: skip
    assert {name: found[name] for name in wrong} == dict.fromkeys(wrong, 0)


def test_workers_with_wrong_clocks_never_hold_one_job_twice(own_database, tmp_path):
    if connection.vendor == "sqlite":
        pytest.skip("eight workers share a PostgreSQL")

    found = rob(own_database, tmp_path, "skew", "--jobs", "80")

    assert (found["jobs"], found["not_done"], found["tried_again"], found["doubled"]) == (
        80, 0, 0, 0,
    )  # fmt: skip
