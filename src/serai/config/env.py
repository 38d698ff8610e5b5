"""Read the installation's settings from the environment, with plain defaults and plain errors.

A wrong value does not stop the reading: its fault is noted and the default taken instead, so that
`stop_if_wrong`, asked at the end, names all of them at once.
"""

import os
import secrets
import sys
from dataclasses import dataclass
from email.utils import parseaddr
from importlib.util import find_spec
from itertools import takewhile
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.conf.locale import LANG_INFO
from django.http.request import split_domain_port, validate_host
from django.utils.translation import to_locale

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    "PRAGMA busy_timeout=10000; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728;"
    "PRAGMA cache_size=-1000;"  # each of 128 threads has its own; what is read is mapped anyway
)
KEPT_OPEN_SECONDS = 60


HIGHEST_PORT = 65_535
LONG_ENOUGH = 50
MAKE_A_KEY = "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
FAULTS: list[str] = []


def fault(sentence: str) -> None:
    """Note what is wrong with a setting, and what to write."""
    FAULTS.append(sentence)


def stop_if_wrong() -> None:
    """End the process, a line for each fault and no traceback, where settings cannot stand."""
    if FAULTS:
        sys.exit("\n".join(FAULTS))


def text(name: str, default: str = "") -> str:
    """Return one setting as text."""
    return os.environ.get(name, default).strip()


def words(name: str, default: str = "") -> list[str]:
    """Return a comma separated setting as a list without empty parts."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def number(name: str, default: int, *, highest: int = sys.maxsize) -> int:
    """Return a whole number from 0 to the highest."""
    raw = text(name) or str(default)
    if raw.isdecimal() and int(raw) <= highest:
        return int(raw)
    if raw.isdecimal():
        fault(f"{name}: {raw} is too large. Write a number up to {highest}.")
    else:
        fault(f"{name}: '{raw}' is not a whole number. Write digits only, such as {default}.")
    return default


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """Return one of the allowed words."""
    raw = text(name) or default
    if raw in allowed:
        return raw
    fault(f"{name}: '{raw}' is not known. Use {' or '.join(allowed)}.")
    return default


def hosts(name: str, *, production: bool) -> list[str]:
    """Return the names by which browsers may reach the site."""
    found = words(name, "" if production else "localhost,127.0.0.1,[::1],testserver")
    if not found:
        fault(f"{name} is empty. Name the site's host, such as {name}=digital.example.org.")
    return found


def site_address(name: str, allowed: list[str], *, production: bool) -> str:
    """Return the site's whole address without a slash at its end."""
    raw = text(name) or "http://localhost:8474"
    parts = urlsplit(raw)
    schemes = ("https",) if production else ("http", "https")
    if parts.scheme not in schemes or not parts.netloc:
        fault(
            f"{name}: '{raw}' does not begin with {' or '.join(f'{s}://' for s in schemes)}. "
            "Write the site's whole address, such as https://digital.example.org."
        )
    elif production and allowed and not validate_host(split_domain_port(parts.netloc)[0], allowed):
        fault(
            f"{name}: '{parts.netloc}' is not one of SERAI_HOSTS, so links in letters would be "
            "refused. Add it to SERAI_HOSTS, or write the address with a host that is there."
        )
    return raw.rstrip("/")


def database(url: str, data_dir: Path, *, pool: bool) -> dict[str, object]:
    """Turn DATABASE_URL into Django's settings; empty means SQLite in the data folder."""
    if not url:
        url = f"sqlite:///{data_dir / 'serai.sqlite3'}"
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "serai.base.sqlite",
            "NAME": unquote(parts.path[1:]) if parts.path != "/:memory:" else ":memory:",
            # Opening one costs six milliseconds: the schema is read again.
            "CONN_MAX_AGE": KEPT_OPEN_SECONDS,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 10,
                "cached_statements": 32,  # each connection has its own
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
            "PORT": _port_of(parts),
            "CONN_MAX_AGE": 0,
            "OPTIONS": options,
        }
    fault(
        f"DATABASE_URL: '{parts.scheme}' is not a known database. "
        "Use sqlite:///path/to/file or postgresql://user:password@host/name."
    )
    return database("", data_dir, pool=pool)


def _port_of(parts: SplitResult) -> str:
    try:
        return str(parts.port or "")
    except ValueError:  # the value is not repeated: it may be a piece of the password
        fault(
            "DATABASE_URL: what stands between the host's colon and the slash is not a port. "
            f"Write a number up to {HIGHEST_PORT}, and signs such as / in a password as %2F."
        )
        return ""


def secret_key(data_dir: Path, *, production: bool) -> str:
    """Return SERAI_SECRET_KEY, or in a trial a key made once and kept in the data folder."""
    given = text("SERAI_SECRET_KEY")
    if production and not given:
        fault(f"SERAI_SECRET_KEY is missing. {MAKE_A_KEY}")
    elif production and len(given) < LONG_ENOUGH:
        fault(f"SERAI_SECRET_KEY is shorter than {LONG_ENOUGH} characters. {MAKE_A_KEY}")
    if given or production:
        return given
    place = data_dir / "secret_key"
    try:
        with place.open("x", encoding="ascii") as file:
            place.chmod(0o600)
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return place.read_text(encoding="ascii").strip()


# Where Django has no name, or none by which the country itself calls its language.
OWN_NAMES = {
    "az": "Azərbaycan", "mn": "Монгол", "ps": "پښتو", "tk": "Türkmen", "uz": "Oʻzbek",
    "xx": "Pseudo", "xx-rtl": "Pseudo right to left",
}  # fmt: skip
PSEUDO = {"xx", "xx-rtl"}


def languages(codes: list[str], folder: Path) -> list[tuple[str, str]]:
    """Return Django's LANGUAGES: each language offered, under its own name for itself.

    Args:
        codes: what the installation offers; each is known to Django or has a catalogue.
        folder: the house's catalogues, which name a language that Django does not know.
    """
    if "en" not in codes:
        fault("SERAI_LANGUAGES: 'en' is missing. Begin with it: SERAI_LANGUAGES=en,ru.")
    found = []
    for code in codes:
        header = catalogue_header(folder, code)
        local = str(LANG_INFO.get(code, {}).get("name_local", ""))
        if not (local or header or code in PSEUDO):
            fault(
                f"SERAI_LANGUAGES: '{code}' is not known and has no catalogue. Mend the code, or "
                f"leave it out and begin its catalogue: ./serai messages --locale {code}"
            )
        name = OWN_NAMES.get(code) or local or header.get("X-Language-Name", code)
        found.append((code, name[:1].upper() + name[1:]))
    return found


def right_to_left(codes: list[str], folder: Path) -> list[str]:
    """Return the languages whose catalogue says they are written from right to left."""
    headers = {code: catalogue_header(folder, code) for code in codes}
    return [code for code, header in headers.items() if header.get("X-Direction") == "rtl"]


def catalogue_header(folder: Path, code: str) -> dict[str, str]:
    """Return the lines at the head of a language's catalogue; nothing where there is none."""
    place = folder / to_locale(code) / "LC_MESSAGES" / "django.po"
    if not place.is_file():
        return {}
    with place.open(encoding="utf-8") as file:
        lines = takewhile(lambda line: line.strip(), file)
        pairs = (line.strip().strip('"').removesuffix("\\n").partition(": ") for line in lines)
        return {name: words for name, colon, words in pairs if colon}


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
        for part in missing:
            fault(f"{prefix}{part} is missing beside {prefix}URL. The sign-in service gives it.")
        parts = urlsplit(address)
        if parts.scheme not in {"https", "http"} or not parts.netloc:
            fault(
                f"{prefix}URL: '{address}' is not an address. "
                "Write the service's own, such as https://id.example.org."
            )
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
    """Return what runs jobs: SERAI_JOBS=database, or celery with its broker and its package."""
    if choice("SERAI_JOBS", "database", ("database", "celery")) == "database":
        return "django_tasks_db.DatabaseBackend"
    if not broker:
        fault("SERAI_JOBS=celery needs a broker. Name it: SERAI_BROKER=amqp://user:password@host//")
    if find_spec("celery") is None:
        fault(
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
        port=number("SERAI_SMTP_PORT", 587, highest=HIGHEST_PORT),
        user=text("SERAI_SMTP_USER"),
        password=text("SERAI_SMTP_PASSWORD"),
        tls=choice("SERAI_SMTP_TLS", "starttls", ("starttls", "tls", "none")),
    )


def sender(name: str, default: str) -> str:
    """Return the sender of letters, a name before the address or not."""
    raw = text(name) or default
    if "@" in parseaddr(raw)[1].strip("@"):
        return raw
    fault(f"{name}: '{raw}' holds no e-mail address. Write it as in {default}.")
    return default


def addresses(name: str) -> list[str]:
    """Return e-mail addresses."""
    found = words(name)
    for raw in found:
        if "@" not in raw.strip("@"):
            fault(f"{name}: '{raw}' is not an e-mail address. Write it as in auditor@example.org.")
    return found
