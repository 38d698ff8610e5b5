"""Turn a run into documents, and documents into files."""

import hashlib
import json
import unicodedata
import zipfile
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from serai.base import audit
from serai.base.access import ANONYMOUS
from serai.base.blocks import Document, from_json, to_json
from serai.base.html import html_file
from serai.base.typst import pdf
from serai.base.word import docx
from serai.programme.queries import programme
from serai.reports import access
from serai.reports.kinds import KINDS
from serai.reports.kinds.kind import Ask, Built
from serai.reports.models import Run
from serai.reports.queries import narrative_texts
from serai.reports.states import FileFormat

MEDIA_TYPES = {
    FileFormat.HTML: "text/html; charset=utf-8",
    FileFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileFormat.PDF: "application/pdf",
}


def programme_day(now: datetime) -> date:
    """Return the day in the programme's own zone: the one printed on covers."""
    return programme(ANONYMOUS).today(now)


def build(run: Run, *, language: str, dated: date, audit_head: str = "") -> Built:
    """Build a run's document in one language with its audience's rights."""
    narratives = narrative_texts(run)
    return KINDS[run.kind].build(
        Ask(
            viewer=access.audience_viewer(run.audience, language),
            as_of=run.as_of,
            dated=dated,
            language=language,
            audience=run.audience,
            narratives={block: one.text for block, one in narratives.items()},
            meeting_id=run.meeting_id,
            reference=reference(run, language),
            sample=run.sample or any(one.sample for one in narratives.values()),
            languages=tuple(run.languages),
            audit_head=audit_head,
        )
    )


def reference(run: Run, language: str) -> str:
    """Return the line that names a run on its cover, in the document's language."""
    with translation.override(language):
        if run.corrects and run.previous_run is not None:
            return _("Report %(number)s, correcting report %(earlier)s") % {
                "number": run.number,
                "earlier": run.previous_run.number,
            }
        return _("Report %(number)s") % {"number": run.number}


def render(document: Document, format_: FileFormat) -> bytes:
    """Write a document in one format.

    Raises:
        TypesetFailed: if the typesetter refused it; the text says why.
    """
    fonts = tuple(settings.FONT_DIRS)
    if format_ is FileFormat.PDF:
        return pdf(document, fonts=fonts)
    if format_ is FileFormat.DOCX:
        return docx(document, fonts=fonts)
    return html_file(document)


def draft_file(run: Run, *, language: str, format_: FileFormat, dated: date) -> bytes:
    """Write a run as it would be issued today, marked as a draft.

    Raises:
        TypesetFailed: if the typesetter refused it; the text says why.
    """
    document = build(run, language=language, dated=dated).document
    return render(replace(document, draft=True), format_)


def snapshot(run: Run, *, dated: date) -> str:
    """Return the canonical JSON of everything a run's files are made from."""
    head = str(audit.head())
    built = {
        language: build(run, language=language, dated=dated, audit_head=head)
        for language in run.languages
    }
    return canonical(
        {
            "kind": run.kind,
            "number": run.number,
            "as_of": run.as_of.isoformat(),
            "dated": dated.isoformat(),
            "audience": run.audience,
            "languages": list(run.languages),
            "facts": built[run.languages[0]].facts,
            "documents": {lang: json.loads(to_json(b.document)) for lang, b in built.items()},
        }
    )


def canonical(value: object) -> str:
    """Return JSON with sorted keys, no spaces and composed signs: equal facts, equal bytes."""
    plain = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return unicodedata.normalize("NFC", plain)


def documents_in(snapshot_text: str) -> dict[str, Document]:
    """Read the documents back from a snapshot."""
    held = json.loads(snapshot_text)["documents"]
    return {language: from_json(json.dumps(tree)) for language, tree in held.items()}


def sha256(content: bytes) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def docx_parts(content: bytes) -> dict[str, str]:
    """Return the SHA-256 of each member of a DOCX file; zlib builds compress differently."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: sha256(archive.read(name)) for name in archive.namelist()}
