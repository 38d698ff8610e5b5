"""Settings are read with plain defaults, and refused in plain words."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from serai.config import env

pytestmark = pytest.mark.either_engine


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    for name in ("SERAI_JOBS", "SERAI_SECRET_KEY", "SERAI_SMTP_TLS", "SERAI_SMTP_PORT"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def refusal(act):
    with pytest.raises(ImproperlyConfigured) as error:
        act()
    return str(error.value)


def test_number_names_the_setting_and_what_it_holds(plain):
    plain.setenv("SERAI_SMTP_PORT", "smtp")

    said = refusal(lambda: env.number("SERAI_SMTP_PORT", 587))

    assert said == "SERAI_SMTP_PORT: 'smtp' is not a whole number. Write digits only, such as 587."


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


@pytest.mark.parametrize(
    ("given", "begins"),
    [("", "SERAI_SECRET_KEY is missing."), ("short", "SERAI_SECRET_KEY is shorter than 50")],
)
def test_production_wants_a_long_key(plain, tmp_path, given, begins):
    plain.setenv("SERAI_SECRET_KEY", given)

    assert refusal(lambda: env.secret_key(tmp_path, production=True)).startswith(begins)


def test_an_unknown_language_is_refused_with_the_known_ones():
    said = refusal(lambda: env.languages(["en", "eo"]))

    assert said.startswith("SERAI_LANGUAGES: 'eo' is not known. Choose from en, ru, az,")


def test_a_sign_in_service_needs_all_its_parts(plain):
    plain.setenv("SERAI_OIDC_2_URL", "https://id.example.org/realm")
    plain.setenv("SERAI_OIDC_2_ID", "ministry")

    said = refusal(env.oidc_providers)

    assert said == "SERAI_OIDC_2_NAME is missing beside SERAI_OIDC_2_URL."


def test_a_sign_in_service_gives_its_origin_for_the_policy(plain):
    for part, value in {
        "URL": "https://id.example.org:8443/realm", "ID": "ministry", "NAME": "Ministry",
        "CLIENT": "serai", "SECRET": "s",
    }.items():  # fmt: skip
        plain.setenv(f"SERAI_OIDC_1_{part}", value)

    (found,) = env.oidc_providers()

    assert found.origin == "https://id.example.org:8443"
    assert found.app["settings"] == {"server_url": "https://id.example.org:8443/realm"}


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
