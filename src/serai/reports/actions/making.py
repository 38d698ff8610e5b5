"""Turn a run into documents and documents into files."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from serai.base import audit, mail, search
from serai.base.access import Viewer
from serai.base.blocks import Document, from_json, plain_text, to_json, wording_of
from serai.base.fonts.coverage import missing_glyphs
from serai.base.html import html_file
from serai.base.text import TranslatedText
from serai.base.typst import TypesetFailed, pdf
from serai.base.word import docx
from serai.programme.queries import meetings
from serai.reports import access, emails
from serai.reports.kinds import KINDS
from serai.reports.kinds.kind import Ask, Built
from serai.reports.models import Run, RunFile
from serai.reports.queries import narrative_texts
from serai.reports.states import STALE_DAYS, FileFormat, RunState

MEDIA_TYPES = {
    FileFormat.HTML: "text/html; charset=utf-8",
    FileFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileFormat.PDF: "application/pdf",
}


FILES = gettext_noop("files")


@dataclass(frozen=True)
class Finding:
    """Something to know before a report is cleared; `is_blocking` stops the issue."""

    sentence: str
    block: str = ""
    is_blocking: bool = False


def build(run: Run, *, language: str, dated: date) -> Built:
    """Build a run's document in one language with its audience's rights."""
    texts = {block: narrative.text for block, narrative in narrative_texts(run).items()}
    return KINDS[run.kind].build(
        Ask(
            viewer=access.audience_viewer(run.audience, language),
            as_of=run.as_of,
            dated=dated,
            language=language,
            audience=run.audience,
            narratives=texts,
            meeting_id=run.meeting_id,
            reference=reference(run, language),
            sample=run.sample,
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
        return docx(document)
    return html_file(document)


def snapshot(run: Run, *, dated: date) -> str:
    """Return the canonical JSON of everything a run's files are made from."""
    built = {language: build(run, language=language, dated=dated) for language in run.languages}
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
    """Return JSON with sorted keys and no spaces, so that equal facts have equal bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


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


def findings(run: Run, *, today: date) -> list[Finding]:
    """Return what to look at before clearing: stale or missing text, languages, glyphs."""
    found: list[Finding] = []
    texts = narrative_texts(run)
    kind = KINDS[run.kind]
    viewer = access.audience_viewer(run.audience)
    for offer in kind.offers(viewer, run.as_of, run.languages[0]):
        title = f"{offer.group}: {offer.title}"
        narrative = texts.get(offer.block)
        if narrative is None or not str(narrative.text):
            found.append(Finding(_("%(block)s has no text yet.") % {"block": title}, offer.block))
            continue
        age = (run.as_of - narrative.written_on).days
        if age > STALE_DAYS:
            sentence = ngettext(
                "%(block)s was written %(days)s day before the report's day. Is it still true?",
                "%(block)s was written %(days)s days before the report's day. Is it still true?",
                age,
            )
            found.append(Finding(sentence % {"block": title, "days": age}, offer.block))
        for language in run.languages:
            if narrative.text.pick(language)[1] != language:
                names = dict(settings.LANGUAGES)
                sentence = _("%(block)s is not written in %(language)s; the report will say so.")
                values = {"block": title, "language": names.get(language, language)}
                found.append(Finding(sentence % values, offer.block))
    for language in run.languages:
        document = build(run, language=language, dated=today).document
        found += [
            Finding(
                _("No font has the sign %(sign)s in %(place)s. Replace it.")
                % {"sign": missing.code, "place": missing.where},
                is_blocking=True,
            )
            for missing in missing_glyphs(document, tuple(settings.FONT_DIRS))
        ]
    return found


@dataclass(frozen=True)
class Made:
    """What was made for a run: its frozen snapshot, its files, and what went wrong."""

    run_id: int
    snapshot: str
    files: Mapping[tuple[str, FileFormat], bytes]
    stored: Mapping[tuple[str, FileFormat], str]
    problems: tuple[str, ...]


def make_files(*, run: Run, dated: date, step: Callable[[str, int, int, str], None]) -> Made:
    """Freeze the snapshot and make every file; nothing of the run changes yet.

    Args:
        run: a cleared run.
        dated: the day of issue, printed on the cover.
        step: told what is being made, how many are done, of how many, and what is counted.
    """
    frozen = snapshot(run, dated=dated)
    documents = documents_in(frozen)
    plan = [(language, format_) for language in run.languages for format_ in FileFormat]
    made: dict[tuple[str, FileFormat], bytes] = {}
    problems: list[str] = []
    for count, (language, format_) in enumerate(plan):
        step(gettext_noop("Making the files of the report"), count, len(plan), FILES)
        try:
            made[language, format_] = render(documents[language], format_)
        except TypesetFailed as failure:
            problems.append(f"{format_.upper()} ({language}): {failure}")
    stored = {key: _store(run, key, content) for key, content in made.items()}
    return Made(run.pk, frozen, made, stored, tuple(problems))


def _store(run: Run, key: tuple[str, FileFormat], content: bytes) -> str:
    """Keep one file under its hash; the same bytes are kept once."""
    language, format_ = key
    name = f"reports/{run.public_id}/{sha256(content)[:16]}.{language}.{format_}"
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(content))


@transaction.atomic
def finish_run(*, made: Made, by: Viewer, now: datetime) -> Run:
    """Write the files' rows; issue the run if all were made, else leave it cleared."""
    run = Run.objects.select_for_update().get(pk=made.run_id)
    if run.state != RunState.CLEARED:
        return run
    run.files.all().delete()
    RunFile.objects.bulk_create(
        RunFile(
            run=run,
            format=format_,
            language=language,
            sha256=sha256(content),
            bytes=len(content),
            pages=_pages(content) if format_ is FileFormat.PDF else None,
            storage_key=made.stored[language, format_],
            parts=docx_parts(content) if format_ is FileFormat.DOCX else {},
        )
        for (language, format_), content in made.files.items()
    )
    run.problem = "\n".join(made.problems)
    if not made.problems:
        run.snapshot, run.snapshot_sha256 = made.snapshot, sha256(made.snapshot.encode())
        run.recipe = recipe(tuple(settings.FONT_DIRS))
        run.recipe_sha256 = sha256(canonical(run.recipe).encode())
        run.state, run.issued_at = RunState.ISSUED, now
        mail.send_all(emails.report_issued(run, made.stored, made.files, now), now=now)
        index_run(run, now=now)
    run.save()
    audit.record(
        by=by.person_id,
        verb="finish_run",
        thing=f"reports.run:{run.pk}",
        after={
            "state": run.state,
            "snapshot": run.snapshot_sha256,
            "problems": len(made.problems),
        },
        at=now,
    )
    return run


def index_run(run: Run, *, now: datetime) -> None:
    """Let its readers find an issued run by title and words, in each language."""
    for language, document in documents_in(run.snapshot).items():
        with translation.override(language):
            words = plain_text(document, wording_of(document))
            search.index(
                thing=f"reports.run:{run.pk}",
                language=language,
                title=f"{document.title}, {document.reference}",
                text=words,
                address=reverse("reports:read", args=[run.public_id]),
                keys=access.reading_keys(run),
                now=now,
                sample=run.sample,
            )


def _pages(content: bytes) -> int:
    """Count the pages of a PDF that we set ourselves: its page tree is written in plain."""
    return content.count(b"/Type /Page\n") or content.count(b"/Type/Page") - content.count(
        b"/Type/Pages"
    )


@dataclass(frozen=True)
class Comparison:
    """An issued file held against the same file made again today."""

    format: str
    language: str
    issued: str
    again: str
    differs_in: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Tell whether the words and figures are the same to the byte."""
        return not self.differs_in


def rebuild(run: Run) -> list[Comparison]:
    """Make an issued run's files again from its snapshot and compare them byte by byte."""
    documents = documents_in(run.snapshot)
    rows = []
    for file in run.files.order_by("language", "format"):
        content = render(documents[file.language], FileFormat(file.format))
        again = sha256(content)
        differs: tuple[str, ...] = () if again == file.sha256 else ("",)
        if file.format == FileFormat.DOCX:
            parts = docx_parts(content)
            names = sorted({*parts, *file.parts})
            differs = tuple(n for n in names if parts.get(n) != file.parts.get(n))
        rows.append(Comparison(file.format, file.language, file.sha256, again, differs))
    return rows


@dataclass(frozen=True)
class Unissued:
    """Files made without a run, by name."""

    snapshot_sha256: str
    files: Mapping[str, bytes]


def make_unissued(
    *,
    kind: str,
    as_of: date,
    audience: str,
    languages: Sequence[str],
    formats: Sequence[FileFormat],
    narratives: Mapping[str, TranslatedText] | None = None,
    meeting_id: int | None = None,
) -> Unissued:
    """Build a report dated its own day, with the latest cleared notes as its narrative.

    Nothing is stored: the same day, readers and languages give the same bytes again.
    """
    viewer = access.audience_viewer(audience)
    meeting_id = meeting_id or meeting_on(viewer, as_of)
    texts = narratives
    if texts is None:
        offered = KINDS[kind].offers(viewer, as_of, languages[0])
        texts = {offer.block: offer.text for offer in offered if str(offer.text)}
    built = {
        language: KINDS[kind].build(
            Ask(
                viewer=access.audience_viewer(audience, language),
                as_of=as_of,
                dated=as_of,
                language=language,
                audience=audience,
                narratives=texts,
                meeting_id=meeting_id,
            )
        )
        for language in languages
    }
    frozen = canonical(
        {
            "kind": kind,
            "as_of": as_of.isoformat(),
            "audience": audience,
            "facts": built[languages[0]].facts,
            "documents": {lang: json.loads(to_json(b.document)) for lang, b in built.items()},
        }
    )
    mark = "sample-" if any(b.document.sample for b in built.values()) else ""
    files = {
        f"{mark}{kind}-{as_of}.{language}.{format_}": render(built[language].document, format_)
        for language in languages
        for format_ in formats
    }
    return Unissued(sha256(frozen.encode()), files)


def meeting_on(viewer: Viewer, day: date) -> int | None:
    """Return the senior officials' meeting that begins on a day in its own zone, if there is one."""
    for row in meetings(viewer):
        if row.kind == "senior_officials" and row.starts_at.astimezone(ZoneInfo(row.zone)).date() == day:
            return row.id
    return None


def verify_files(*, now: datetime) -> int:
    """Hash every stored file again; write each changed or missing one into the audit.

    Returns:
        How many files are not what was issued.
    """
    faults = 0
    for file in RunFile.objects.select_related("run").order_by("id"):
        if default_storage.exists(file.storage_key):
            with default_storage.open(file.storage_key) as stored:
                found = sha256(stored.read())
        else:
            found = ""
        if found != file.sha256:
            faults += 1
            audit.record(
                by=None,
                verb="found_changed_file",
                thing=f"reports.run:{file.run_id}",
                after={"format": file.format, "language": file.language, "found": found},
                at=now,
            )
    return faults
