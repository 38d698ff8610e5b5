"""Stop keeping an uploaded file at its limit while it streams in."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class CappedUpload(FileUploadHandler):
    """Pass pieces on until one byte more than the limit is kept, then drop the rest.

    The form sees a file that is too large and says so; disk and memory never hold more of it.
    """

    kept = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Count each file by itself."""
        super().new_file(*args, **kwargs)
        self.kept = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Give the handlers behind us what may still be kept."""
        room = settings.UPLOAD_MAX_BYTES + 1 - self.kept
        self.kept += len(raw_data)
        return raw_data[:room] if room > 0 else None

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """Leave the file to the handlers behind us."""
        return None
