"""Files packed into one; the same files give the same bytes."""

import io
import zipfile
from collections.abc import Iterable

ZIP_TYPE = "application/zip"
EARLIEST = (1980, 1, 1, 0, 0, 0)


def packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a ZIP archive of files, each a name and what it holds, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            part = zipfile.ZipInfo(name, EARLIEST)
            part.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(part, content)
    return out.getvalue()
