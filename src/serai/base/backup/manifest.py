"""What a copy holds, and whether it still holds it."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

NAME = "manifest.json"
FORMAT = 1
CHUNK = 1024 * 1024


class BrokenCopy(Exception):
    """A copy is not what its manifest says."""


@dataclass(frozen=True)
class AuditHead:
    """The newest seal of the audit chain."""

    number: int
    hash: str


@dataclass(frozen=True)
class Manifest:
    """The contents of one copy.

    Attributes:
        form: `sqlite` (a database file, readable by every engine) or `pg_dump`.
        files: each file's name inside the copy and its SHA-256.
        rows: each table's rows.
        migrations: `app.name` of every migration applied when it was made.
    """

    made_at: str
    version: str
    engine: str
    form: str
    files: dict[str, str]
    rows: dict[str, int]
    migrations: list[str]
    audit_head: AuditHead | None

    @property
    def database_name(self) -> str:
        """Name the file that holds the database."""
        return "database.sqlite3" if self.form == "sqlite" else "database.dump"


def checksum(path: Path) -> str:
    """Return a file's SHA-256."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def write(folder: Path, manifest: Manifest) -> None:
    """Write the manifest beside what it describes, sealed by its own checksum."""
    body = json.dumps({"format": FORMAT, **asdict(manifest)}, indent=1, sort_keys=True)
    seal = hashlib.sha256(body.encode()).hexdigest()
    path = folder / NAME
    path.touch(mode=0o600)
    path.write_text(f"{body}\n{seal}\n", encoding="utf-8")


def read(folder: Path) -> Manifest:
    """Read a copy's manifest.

    Raises:
        BrokenCopy: when there is none, or it was altered.
    """
    path = folder / NAME
    if not path.is_file():
        raise BrokenCopy(f"{folder} is not a copy: it has no {NAME}. Name a folder made by backup.")
    body, _, seal = path.read_text(encoding="utf-8", errors="replace").strip().rpartition("\n")
    if hashlib.sha256(body.encode()).hexdigest() != seal:
        raise BrokenCopy(f"{path} was altered since the copy was made. Use an older copy.")
    content = json.loads(body)
    if content.pop("format") != FORMAT:
        raise BrokenCopy(f"{path} is of another format. Restore it with the Serai that made it.")
    head = content.pop("audit_head")
    return Manifest(**content, audit_head=AuditHead(**head) if head else None)


def verify_files(folder: Path, manifest: Manifest) -> None:
    """Compare every file with its checksum.

    Raises:
        BrokenCopy: naming each file that is missing, altered or not listed.
    """
    faults = []
    for name, expected in sorted(manifest.files.items()):
        path = folder / name
        if not path.is_file():
            faults.append(f"{name} is missing")
        elif checksum(path) != expected:
            faults.append(f"{name} was altered")
    present = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
    faults += [f"{n} is not listed" for n in sorted(present - set(manifest.files) - {NAME})]
    if faults:
        raise BrokenCopy(f"{folder}: {'; '.join(faults)}. Use an older copy.")
