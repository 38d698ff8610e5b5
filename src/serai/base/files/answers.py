"""Give files back: always as a download, never as a page of ours."""

from io import BytesIO

from django.http import FileResponse

from serai.base.access import NotFound
from serai.base.files.keeping import place_of
from serai.base.models import StoredFile

SANDBOX = "default-src 'none'; sandbox"
SAMPLE = "sample-"


def _closed(response: FileResponse) -> FileResponse:
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def answer_file(stored: StoredFile) -> FileResponse:
    """Answer with a kept file; the view's guard has asked who may have it.

    Raises:
        NotFound: its bytes are gone.
    """
    name = f"{SAMPLE}{stored.name}" if stored.sample else stored.name
    try:
        opened = place_of(stored.storage_key).open("rb")
    except OSError as error:
        raise NotFound(stored.public_id) from error
    return _closed(
        FileResponse(opened, as_attachment=True, filename=name, content_type=stored.media_type)
    )


def answer_download(content: bytes, name: str, media_type: str) -> FileResponse:
    """Answer with bytes made just now, such as a table's CSV or a report's PDF."""
    response = FileResponse(
        BytesIO(content), as_attachment=True, filename=name, content_type=media_type
    )
    return _closed(response)
