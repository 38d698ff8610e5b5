"""Files handed in as answers: kept under their response, named by the answer."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from serai.base.access import Viewer, require
from serai.base.files import Refused as FileRefused
from serai.base.files import keep_file
from serai.surveys import access
from serai.surveys.actions.acts import Refused, day_of, label
from serai.surveys.models import Response

if TYPE_CHECKING:
    from serai.surveys.queries.rows import QuestionRow


@transaction.atomic
def keep_uploads(
    *, response: Response, files: "Iterable[tuple[str, UploadedFile[Any]]]",
    names: "Mapping[str, QuestionRow]", by: Viewer, now: datetime,
) -> dict[str, str]:  # fmt: skip
    """Keep the files of a page; return the answer that names each, by its question.

    Raises:
        Refused: a file is not accepted; none is kept.
    """
    require(access.may_answer, by, response)
    found = {}
    is_nameless = response.wave.survey.is_anonymous
    for name, upload in files:
        row = names.get(name)
        if row is None or row.widget != "file" or upload.file is None:
            continue
        try:
            stored = keep_file(
                file=cast("BinaryIO", upload.file), name=upload.name or "file", thing=label(response),
                by=None if is_nameless else by.person_id, now=day_of(now) if is_nameless else now,
                sample=response.sample,
            )  # fmt: skip
        except FileRefused as error:
            raise Refused(str(error), name) from error
        found[name] = f"{stored.public_id} {stored.name}"
    return found
