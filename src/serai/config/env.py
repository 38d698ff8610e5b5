"""Read the installation's settings from the environment, with plain defaults and plain errors."""

import os
import secrets
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    "PRAGMA busy_timeout=10000; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728;"
    "PRAGMA cache_size=-16000;"
)


def text(name: str, default: str = "") -> str:
    """Return one setting as text."""
    return os.environ.get(name, default).strip()


def words(name: str, default: str = "") -> list[str]:
    """Return a comma separated setting as a list without empty parts."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def number(name: str, default: int) -> int:
    """Return a whole number.

    Raises:
        ImproperlyConfigured: naming the setting and what it holds.
    """
    raw = text(name, str(default))
    try:
        return int(raw)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name}: '{raw}' is not a whole number. Write digits only, such as {default}."
        ) from error


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """Return one of the allowed words."""
    raw = text(name, default)
    if raw not in allowed:
        raise ImproperlyConfigured(f"{name}: '{raw}' is not known. Use {' or '.join(allowed)}.")
    return raw


def database(url: str, data_dir: Path, *, pool: bool) -> dict[str, object]:
    """Turn DATABASE_URL into Django's settings; empty means SQLite in the data folder."""
    if not url:
        url = f"sqlite:///{data_dir / 'serai.sqlite3'}"
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]) if parts.path != "/:memory:" else ":memory:",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 10,
                "init_command": SQLITE_PRAGMAS,
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        options: dict[str, object] = dict(parse_qsl(parts.query))
        if pool:
            options["pool"] = {"min_size": 2, "max_size": 16, "timeout": 10}
        host = str(options.pop("host", "")) or unquote(parts.hostname or "")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": host,
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 0,
            "OPTIONS": options,
        }
    raise ImproperlyConfigured(
        f"DATABASE_URL: '{parts.scheme}' is not a known database. "
        "Use sqlite:///path/to/file or postgresql://user:password@host/name."
    )


def secret_key(data_dir: Path, *, production: bool) -> str:
    """Return SERAI_SECRET_KEY, or in a trial a key made once and kept in the data folder."""
    given = text("SERAI_SECRET_KEY")
    if given:
        if production and len(given) < 50:
            raise ImproperlyConfigured(
                "SERAI_SECRET_KEY is shorter than 50 characters. Make one with: "
                "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
            )
        return given
    if production:
        raise ImproperlyConfigured(
            "SERAI_SECRET_KEY is missing. Make one with: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    place = data_dir / "secret_key"
    try:
        with place.open("x", encoding="ascii") as file:
            place.chmod(0o600)
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return place.read_text(encoding="ascii").strip()


LANGUAGE_NAMES = {
    "en": "English", "ru": "Русский", "az": "Azərbaycan", "ka": "ქართული", "kk": "Қазақ",
    "ky": "Кыргызча", "mn": "Монгол", "tg": "Тоҷикӣ", "tk": "Türkmen", "ur": "اردو",
    "uz": "Oʻzbek", "zh-hans": "简体中文", "fa": "فارسی", "ps": "پښتو",
    "xx": "Pseudo", "xx-rtl": "Pseudo right to left",
}  # fmt: skip


def languages(codes: list[str]) -> list[tuple[str, str]]:
    """Return Django's LANGUAGES for the codes the installation offers."""
    unknown = [code for code in codes if code not in LANGUAGE_NAMES]
    if unknown:
        raise ImproperlyConfigured(
            f"SERAI_LANGUAGES: '{unknown[0]}' is not known. "
            f"Choose from {', '.join(LANGUAGE_NAMES)}."
        )
    return [(code, LANGUAGE_NAMES[code]) for code in codes]


@dataclass(frozen=True)
class OidcProvider:
    """One ministry's or programme's sign-in service."""

    app: dict[str, object]
    origin: str


def oidc_providers() -> list[OidcProvider]:
    """Read SERAI_OIDC_1_… SERAI_OIDC_9_{ID,NAME,URL,CLIENT,SECRET}."""
    found = []
    for number_ in range(1, 10):
        prefix = f"SERAI_OIDC_{number_}_"
        address = text(prefix + "URL")
        if not address:
            continue
        missing = [k for k in ("ID", "NAME", "CLIENT", "SECRET") if not text(prefix + k)]
        if missing:
            raise ImproperlyConfigured(f"{prefix}{missing[0]} is missing beside {prefix}URL.")
        parts = urlsplit(address)
        app: dict[str, object] = {
            "provider_id": text(prefix + "ID"),
            "name": text(prefix + "NAME"),
            "client_id": text(prefix + "CLIENT"),
            "secret": text(prefix + "SECRET"),
            "settings": {"server_url": address},
        }
        found.append(OidcProvider(app=app, origin=f"{parts.scheme}://{parts.netloc}"))
    return found


def jobs_backend(broker: str) -> str:
    """Return what runs jobs: SERAI_JOBS=database, or celery with its broker and its package.

    Raises:
        ImproperlyConfigured: where Celery is wanted and cannot run.
    """
    if choice("SERAI_JOBS", "database", ("database", "celery")) == "database":
        return "django_tasks_db.DatabaseBackend"
    if not broker:
        raise ImproperlyConfigured(
            "SERAI_JOBS=celery needs a broker. Name it: SERAI_BROKER=amqp://user:password@host//"
        )
    if find_spec("celery") is None:
        raise ImproperlyConfigured(
            "SERAI_JOBS=celery needs the packages of requirements-cluster.lock, which ./serai "
            "installs when it finds SERAI_JOBS in the environment or in .env."
        )
    return "serai.base.jobs.cluster.CeleryBackend"


@dataclass(frozen=True)
class MailServer:
    """Where mail leaves; host empty means that nothing is sent."""

    host: str
    port: int
    user: str
    password: str
    tls: str


def mail_server() -> MailServer:
    """Read SERAI_SMTP_{HOST,PORT,USER,PASSWORD,TLS}."""
    return MailServer(
        host=text("SERAI_SMTP_HOST"),
        port=number("SERAI_SMTP_PORT", 587),
        user=text("SERAI_SMTP_USER"),
        password=text("SERAI_SMTP_PASSWORD"),
        tls=choice("SERAI_SMTP_TLS", "starttls", ("starttls", "tls", "none")),
    )
