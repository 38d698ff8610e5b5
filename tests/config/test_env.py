"""Settings are read with plain defaults, and refused in plain words."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from serai.config import env

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "src" / "serai" / "locale"

pytestmark = pytest.mark.either_engine


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    for name in [name for name in os.environ if name.startswith("SERAI_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(env, "FAULTS", [])
    return monkeypatch


def refusal(act):
    """Read, and give the one fault noted."""
    act()
    (said,) = env.FAULTS
    return said


def test_number_names_the_setting_and_what_it_holds(plain):
    plain.setenv("SERAI_SMTP_PORT", "smtp")

    said = refusal(lambda: env.number("SERAI_SMTP_PORT", 587))

    assert said == "SERAI_SMTP_PORT: 'smtp' is not a whole number. Write digits only, such as 587."


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("65535", []),
        ("65536", ["SERAI_SMTP_PORT: 65536 is too large. Write a number up to 65535."]),
        (
            "-1",
            ["SERAI_SMTP_PORT: '-1' is not a whole number. Write digits only, such as 587."],
        ),
    ],
)
def test_a_port_has_its_bounds(plain, given, said):
    plain.setenv("SERAI_SMTP_PORT", given)

    env.mail_server()

    assert said == env.FAULTS


def test_choice_names_what_it_may_be(plain):
    plain.setenv("SERAI_MODE", "live")

    said = refusal(lambda: env.choice("SERAI_MODE", "trial", ("trial", "production")))

    assert said == "SERAI_MODE: 'live' is not known. Use trial or production."


def test_words_leaves_empty_parts_out(plain):
    plain.setenv("SERAI_HOSTS", " a.example, ,b.example,")

    assert env.words("SERAI_HOSTS") == ["a.example", "b.example"]


def test_sqlite_takes_the_write_lock_at_begin_and_waits_for_it():
    """Django's own defaults answer "database is locked" to who reads and then writes."""
    found = env.database("", Path("/data"), pool=True)

    assert found["NAME"] == "/data/serai.sqlite3"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert found["OPTIONS"]["timeout"] == 10
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        assert f"PRAGMA {pragma};" in found["OPTIONS"]["init_command"]
    assert "ATOMIC_REQUESTS" not in found


def test_postgresql_has_a_pool_and_keeps_no_connection_of_its_own():
    found = env.database("postgresql://me:p%40ss@db.example:5433/serai", Path("/data"), pool=True)

    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "me", "p@ss", "db.example", "5433", "serai",
    )  # fmt: skip
    assert found["OPTIONS"]["pool"] == {"min_size": 2, "max_size": 16, "timeout": 10}
    assert (found["CONN_MAX_AGE"], "ATOMIC_REQUESTS" in found) == (0, False)


def test_postgresql_behind_a_socket():
    found = env.database("postgresql://postgres@/serai?host=%2Frun%2Fpg", Path("/d"), pool=False)

    assert (found["HOST"], found["OPTIONS"]) == ("/run/pg", {})


def test_an_unknown_database_is_refused():
    said = refusal(lambda: env.database("mysql://a/b", Path("/data"), pool=False))

    assert said == (
        "DATABASE_URL: 'mysql' is not a known database. "
        "Use sqlite:///path/to/file or postgresql://user:password@host/name."
    )


def test_a_trial_makes_its_key_once_and_keeps_it_private(tmp_path):
    first = env.secret_key(tmp_path, production=False)

    assert env.secret_key(tmp_path, production=False) == first
    assert len(first) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


MAKE = "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", f"SERAI_SECRET_KEY is missing. {MAKE}"),
        ("short", f"SERAI_SECRET_KEY is shorter than 50 characters. {MAKE}"),
    ],
)
def test_production_wants_a_long_key(plain, tmp_path, given, said):
    plain.setenv("SERAI_SECRET_KEY", given)

    assert refusal(lambda: env.secret_key(tmp_path, production=True)) == said


@pytest.mark.parametrize(
    ("given", "production", "said"),
    [
        ("http://localhost:1", False, []),
        ("https://digital.example.org/", True, []),
        ("localhost:1", False, [
            "SERAI_ADDRESS: 'localhost:1' does not begin with http:// or https://. "
            "Write the site's whole address, such as https://digital.example.org."]),
        ("http://digital.example.org", True, [
            "SERAI_ADDRESS: 'http://digital.example.org' does not begin with https://. "
            "Write the site's whole address, such as https://digital.example.org."]),
        ("https://other.example.org", True, [
            "SERAI_ADDRESS: 'other.example.org' is not one of SERAI_HOSTS, so links in letters "
            "would be refused. Add it to SERAI_HOSTS, or write the address with a host that is "
            "there."]),
    ],
)  # fmt: skip
def test_the_site_s_address_is_whole_secure_and_answered(plain, given, production, said):
    plain.setenv("SERAI_ADDRESS", given)

    env.site_address("SERAI_ADDRESS", ["digital.example.org"], production=production)

    assert said == env.FAULTS


def test_a_port_of_the_database_is_refused_without_repeating_a_piece_of_its_password():
    said = refusal(lambda: env.database("postgresql://me:my/secret@host/x", Path("/d"), pool=False))

    assert said == (
        "DATABASE_URL: what stands between the host's colon and the slash is not a port. "
        "Write a number up to 65535, and signs such as / in a password as %2F."
    )


def test_an_unknown_language_is_refused():
    said = refusal(lambda: env.languages(["en", "eo1"], LOCALE))

    assert said == (
        "SERAI_LANGUAGES: 'eo1' is not known and has no catalogue. Mend the code, or leave it "
        "out and begin its catalogue: ./serai messages --locale eo1"
    )


def test_english_is_always_offered():
    said = refusal(lambda: env.languages(["ru"], LOCALE))

    assert said == "SERAI_LANGUAGES: 'en' is missing. Begin with it: SERAI_LANGUAGES=en,ru."


def test_any_language_known_to_django_is_offered_under_its_own_name():
    found = env.languages(["en", "ar", "fr", "tg", "tr", "mn"], LOCALE)

    assert env.FAULTS == []
    assert found == [
        ("en", "English"), ("ar", "العربيّة"), ("fr", "Français"), ("tg", "Тоҷикӣ"),
        ("tr", "Türkçe"), ("mn", "Монгол"),
    ]  # fmt: skip


def catalogue(folder, code, *lines):
    place = folder / code / "LC_MESSAGES" / "django.po"
    place.parent.mkdir(parents=True)
    head = "".join(f'"{line}\\n"\n' for line in lines)
    place.write_text(f'# Ours\nmsgid ""\nmsgstr ""\n{head}\nmsgid "Name: x"\nmsgstr ""\n')


def test_a_language_of_a_translator_s_own_says_its_name_and_direction_itself(tmp_path):
    catalogue(tmp_path, "prs", "Language: prs", "X-Language-Name: دری", "X-Direction: rtl")
    catalogue(tmp_path, "kaa", "Language: kaa")

    found = env.languages(["en", "prs", "kaa"], tmp_path)

    assert env.FAULTS == []
    assert found == [("en", "English"), ("prs", "دری"), ("kaa", "Kaa")]
    assert env.right_to_left(["en", "prs", "kaa"], tmp_path) == ["prs"]


def test_addresses_for_letters_hold_an_at_sign(plain):
    plain.setenv("SERAI_MAIL_FROM", "Serai")
    plain.setenv("SERAI_AUDIT_MAIL", "auditor@example.org, auditor")

    env.sender("SERAI_MAIL_FROM", "Serai <noreply@localhost>")
    env.addresses("SERAI_AUDIT_MAIL")

    assert env.FAULTS == [
        "SERAI_MAIL_FROM: 'Serai' holds no e-mail address. "
        "Write it as in Serai <noreply@localhost>.",
        "SERAI_AUDIT_MAIL: 'auditor' is not an e-mail address. Write it as in auditor@example.org.",
    ]


def test_a_sign_in_service_needs_all_its_parts(plain):
    plain.setenv("SERAI_OIDC_2_URL", "https://id.example.org/realm")
    for part in ("ID", "CLIENT", "SECRET"):
        plain.setenv(f"SERAI_OIDC_2_{part}", "ministry")

    said = refusal(env.oidc_providers)

    assert said == (
        "SERAI_OIDC_2_NAME is missing beside SERAI_OIDC_2_URL. The sign-in service gives it."
    )


def test_a_sign_in_service_gives_its_origin_for_the_policy(plain):
    for part, value in {
        "URL": "https://id.example.org:8443/realm", "ID": "ministry", "NAME": "Ministry",
        "CLIENT": "serai", "SECRET": "s",
    }.items():  # fmt: skip
        plain.setenv(f"SERAI_OIDC_1_{part}", value)

    (found,) = env.oidc_providers()

    assert found.origin == "https://id.example.org:8443"
    assert found.app["settings"] == {"server_url": "https://id.example.org:8443/realm"}


def test_a_sign_in_service_has_a_whole_address(plain):
    for part in ("ID", "NAME", "CLIENT", "SECRET"):
        plain.setenv(f"SERAI_OIDC_1_{part}", "ministry")
    plain.setenv("SERAI_OIDC_1_URL", "id.example.org")

    said = refusal(env.oidc_providers)

    assert said == (
        "SERAI_OIDC_1_URL: 'id.example.org' is not an address. "
        "Write the service's own, such as https://id.example.org."
    )


def test_mail_server_refuses_an_unknown_way_of_encryption(plain):
    plain.setenv("SERAI_SMTP_TLS", "ssl")

    said = refusal(env.mail_server)

    assert said == "SERAI_SMTP_TLS: 'ssl' is not known. Use starttls or tls or none."


def test_jobs_stay_in_the_database_unless_told_otherwise():
    assert env.jobs_backend("") == "django_tasks_db.DatabaseBackend"


def test_jobs_on_celery_need_a_broker(plain):
    plain.setenv("SERAI_JOBS", "celery")

    said = refusal(lambda: env.jobs_backend(""))

    assert said == (
        "SERAI_JOBS=celery needs a broker. Name it: SERAI_BROKER=amqp://user:password@host//"
    )


def test_jobs_on_celery_need_its_packages(plain):
    plain.setenv("SERAI_JOBS", "celery")
    plain.setattr(env, "find_spec", lambda name: None)

    said = refusal(lambda: env.jobs_backend("amqp://broker//"))

    assert said.startswith("SERAI_JOBS=celery needs the packages of requirements-cluster.lock")


def test_jobs_on_celery_with_both(plain):
    plain.setenv("SERAI_JOBS", "celery")

    assert env.jobs_backend("amqp://broker//") == "serai.base.jobs.cluster.CeleryBackend"


def test_jobs_nowhere_else(plain):
    plain.setenv("SERAI_JOBS", "huey")

    said = refusal(lambda: env.jobs_backend(""))

    assert said == "SERAI_JOBS: 'huey' is not known. Use database or celery."


def test_all_that_is_wrong_is_named_at_once_without_a_traceback(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy"],
        env={
            "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"),
            "DJANGO_SETTINGS_MODULE": "serai.config.settings", "SERAI_DATA": str(tmp_path),
            "SERAI_MODE": "production", "SERAI_HOSTS": "digital.example.org",
            "SERAI_ADDRESS": "http://localhost:1", "SERAI_SMTP_PORT": "smtp",
            "SERAI_SMTP_TLS": "ssl", "SERAI_LANGUAGES": "en,eo1",
        },
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        f"SERAI_SECRET_KEY is missing. {MAKE}",
        "SERAI_ADDRESS: 'http://localhost:1' does not begin with https://. "
        "Write the site's whole address, such as https://digital.example.org.",
        "SERAI_LANGUAGES: 'eo1' is not known and has no catalogue. Mend the code, or leave it "
        "out and begin its catalogue: ./serai messages --locale eo1",
        "SERAI_SMTP_PORT: 'smtp' is not a whole number. Write digits only, such as 587.",
        "SERAI_SMTP_TLS: 'ssl' is not known. Use starttls or tls or none.",
    ]
