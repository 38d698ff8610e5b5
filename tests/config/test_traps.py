"""Each trap once fallen into has a test. Where another file holds it, it is named here.

uv and the system's certificates        here: test_uv_is_told_of_the_system_s_certificates
a dead python3.12 on PATH               tests/house/test_script.py: test_dead_shims_are_passed_over
locks that name hosts                   tests/house/test_repository.py: test_no_tracked_file_holds
Playwright's own Chromium               here: test_the_browser_is_the_installed_one
"database is locked"                    here: test_readers_that_then_write_never_find_it_locked
ATOMIC_REQUESTS takes the write lock    tests/config/test_env.py; tests/house/test_doors.py
threads that freeze under slow uploads  tests/config/test_wsgi.py: test_slow_uploads_...
htmx out of a beta                      tests/base/test_style_sheet.py: test_htmx_is_the_released_file
codes that end before the mail comes    here: test_a_code_of_29_minutes_signs_in
a masked token in the masthead          here: test_an_unchanged_page_is_not_sent_again
form-action and OIDC                    here: test_the_policy_lets_a_form_lead_to_the_sign_in_service
allauth's own templates                 here: test_no_page_is_allauth_s_own
what old browsers lack                  tests/base/test_style_sheet.py: ..._avoids_what_old_browsers_lack
pip-audit                               here: test_what_was_left_out_stays_out
a killed worker's job stays running     tests/base/jobs/test_kill.py
"""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import OperationalError
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.factories.members import person, person_with
from tests.factories.programme import programme
from tests.factories.signed_in import sign_in
from tests.members.views.test_sign_in import CODE, ask, code_in_box

from serai.config import env

ROOT = Path(__file__).resolve().parents[2]


# -- installing


@pytest.mark.either_engine
def test_uv_is_told_of_the_system_s_certificates(tmp_path):
    """uv reads no system certificates by itself, and would bring a Python of its own."""
    for name in ("serai", "bootstrap.lock", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    binaries = tmp_path / ".venv" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "python").symlink_to(sys.executable)
    shutil.copy(tmp_path / "bootstrap.lock", tmp_path / ".venv" / "bootstrap.lock")
    (binaries / "uv").write_text(
        f'#!/bin/sh\nenv >{tmp_path}/uv.env\necho "$@" >{tmp_path}/uv.words\n'
    )
    (binaries / "uv").chmod(0o755)

    subprocess.run(
        [tmp_path / "serai", "manage", "version"], capture_output=True, timeout=60, check=False,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "SERAI_DATA": str(tmp_path / "d")},
    )  # fmt: skip

    told = (tmp_path / "uv.env").read_text().splitlines()
    assert {"UV_SYSTEM_CERTS=1", "UV_NATIVE_TLS=1", "UV_PYTHON_DOWNLOADS=never"} <= set(told)
    assert "--require-hashes requirements.lock" in (tmp_path / "uv.words").read_text()


@pytest.mark.either_engine
def test_what_was_left_out_stays_out():
    """pip-audit ends well having skipped everything; django-htmx carries a beta of htmx."""
    locks = "".join(path.read_text() for path in ROOT.glob("*.lock"))

    found = set(re.findall(r"^([a-z0-9._-]+)==", locks, flags=re.M))

    assert "django" in found
    assert found & {"pip-audit", "django-htmx"} == set()
    assert [name for name in ("uv.lock", "pylock.toml") if (ROOT / name).exists()] == []


@pytest.mark.either_engine
def test_the_browser_is_the_installed_one():
    """Playwright would download a browser of its own, from a place many networks close."""
    texts = {
        path: path.read_text(encoding="utf-8")
        for folder in ("tests", "tools", "benchmarks")
        for path in (ROOT / folder).rglob("*.py")
        if path != Path(__file__).resolve()
    }
    launches = [
        words for text in texts.values() for words in re.findall(r"chromium\.launch\([^)]*", text)
    ]

    assert len(launches) >= 1
    assert [words for words in launches if "executable_path=" not in words] == []
    assert [path for path, text in texts.items() if "playwright install" in text] == []
    assert "playwright install" not in (ROOT / "serai").read_text()


# -- the database


def counted_up(place, options, *, threads=8, rounds=15):
    """Let threads read a number and write the next one, each in a transaction; who was refused?"""
    settings = env.database(f"sqlite:///{place}", place.parent, pool=False)
    settings |= {
        "OPTIONS": settings["OPTIONS"] | options, "AUTOCOMMIT": True, "CONN_MAX_AGE": 0,
        "ATOMIC_REQUESTS": False, "CONN_HEALTH_CHECKS": False, "TIME_ZONE": None,
    }  # fmt: skip
    first = DatabaseWrapper(settings, "first")
    with first.cursor() as cursor:
        cursor.execute("CREATE TABLE counted (n integer)")
        cursor.execute("INSERT INTO counted VALUES (0)")
    refused, together = [], threading.Barrier(threads)

    def count():
        own = DatabaseWrapper(settings, "own")
        own.inc_thread_sharing()
        together.wait()
        for _ in range(rounds):
            try:
                with own.cursor() as cursor:
                    cursor.execute(begin)
                    n = cursor.execute("SELECT n FROM counted").fetchone()[0]
                    cursor.execute("UPDATE counted SET n = %s", [n + 1])
                    cursor.execute("COMMIT")
            except OperationalError as error:
                refused.append(str(error))
                own.connection.rollback()
        own.close()

    begin = f"BEGIN {settings['OPTIONS'].get('transaction_mode') or 'DEFERRED'}"
    workers = [threading.Thread(target=count) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with first.cursor() as cursor:
        number = cursor.execute("SELECT n FROM counted").fetchone()[0]
    first.close()
    return number, refused


@pytest.mark.django_db
@pytest.mark.either_engine
def test_readers_that_then_write_never_find_it_locked(tmp_path):
    number, refused = counted_up(tmp_path / "ours.sqlite3", {})

    assert (number, refused) == (8 * 15, [])


@pytest.mark.django_db
@pytest.mark.either_engine
def test_with_django_s_own_settings_they_do(tmp_path):
    """So that the test above can fail."""
    _number, refused = counted_up(tmp_path / "plain.sqlite3", {"transaction_mode": None})

    assert set(refused) == {"database is locked"}


# -- pages


@pytest.mark.django_db
def test_an_unchanged_page_is_not_sent_again(client):
    """A form in the masthead would carry a token masked anew, and no page would ever be 304."""
    programme()
    sign_in(client, person_with("officer"))
    address = "/en/programme/"
    client.get(address)

    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert "csrfmiddlewaretoken" not in first.content.decode()
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.django_db
def test_a_code_of_29_minutes_signs_in(client):
    """Grey-listed mail of a ministry takes longer than the library's three minutes."""
    who = person("nino@agency.example")
    ask(client, "nino@agency.example")
    session = client.session
    login = session["account_login"]
    login["state"]["stages"]["login_by_code"]["data"]["at"] -= 29 * 60
    session["account_login"] = login
    session.save()

    client.post(reverse(CODE), {"code": code_in_box()})

    assert client.session["_auth_user_id"] == str(who.pk)


@pytest.mark.either_engine
def test_the_policy_lets_a_form_lead_to_the_sign_in_service(tmp_path):
    """`form-action` also governs where a POST is redirected to."""
    told = subprocess.run(
        [sys.executable, "-c",
         "import json, django; django.setup(); from django.conf import settings;"
         "print(json.dumps(settings.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action']))"],
        env={
            **os.environ, "PYTHONPATH": f"{ROOT / 'src'}", "SERAI_DATA": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "serai.config.settings",
            "SERAI_OIDC_1_URL": "https://id.example.org/realm", "SERAI_OIDC_1_ID": "ministry",
            "SERAI_OIDC_1_NAME": "M", "SERAI_OIDC_1_CLIENT": "c", "SERAI_OIDC_1_SECRET": "s",
        },
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert json.loads(told.stdout) == ["'self'", "https://id.example.org"]


def every_view(resolver):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from every_view(pattern)
        elif isinstance(pattern, URLPattern):
            yield pattern.callback


@pytest.mark.either_engine
def test_no_page_is_allauth_s_own():
    """Its templates hold `style=`, which the policy forbids; our doors use its flows alone."""
    modules = {view.__module__ for view in every_view(get_resolver())}

    assert "serai.members.views.sign_in" in modules
    assert [name for name in modules if name.startswith("allauth")] == []
