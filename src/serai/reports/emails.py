"""Who is told what about reports: pure builders of messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from serai.base.mail import Attachment, Message
from serai.members.queries import people_with_role, viewer_of
from serai.members.states import Topic
from serai.reports.states import FileFormat

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from serai.reports.models import Run

# Remarks are asked of a country as answers to a request are.
TOPICS = {"report_for_remarks": Topic.REQUESTS, "report_issued": Topic.REPORTS}
PDF_LIMIT_BYTES = 2 * 1024 * 1024
READERS = {
    "secretariat": ("officer", "coordinator"),
    "members": ("focal_point", "deputy", "committee", "officer", "coordinator"),
    "public": ("focal_point", "deputy", "committee", "officer", "coordinator"),
}


def report_for_remarks(run: Run, now: datetime) -> list[Message]:
    """Ask focal points for remarks on their country's blocks."""
    facts = {"number": run.number, "as_of": run.as_of, "until": run.remarks_until}
    return [
        Message(
            key=f"reports.for_remarks:{run.pk}:{run.remarks_until}:{person_id}",
            template="reports/email/report_for_remarks",
            facts=facts,
            person_id=person_id,
            thing=f"reports.run:{run.pk}",
            link=_path("reports:remarks", run),
            sample=run.sample,
        )
        for person_id, _language in _people(("focal_point",), now, audience=run.audience)
    ]


def report_issued(
    run: Run,
    stored: Mapping[tuple[str, FileFormat], str],
    files: Mapping[tuple[str, FileFormat], bytes],
    now: datetime,
) -> list[Message]:
    """Tell a report's readers: the page, the fingerprint, and the PDF if it is small."""
    return [
        Message(
            key=f"reports.issued:{run.pk}:{person_id}",
            template="reports/email/report_issued",
            facts={"number": run.number, "as_of": run.as_of, "sha256": run.snapshot_sha256},
            person_id=person_id,
            thing=f"reports.run:{run.pk}",
            link=_path("reports:read", run),
            attachments=_pdf(run, language, stored, files),
            sample=run.sample,
        )
        for person_id, language in _people(READERS[run.audience], now, audience=run.audience)
    ]


def _pdf(
    run: Run,
    language: str,
    stored: Mapping[tuple[str, FileFormat], str],
    files: Mapping[tuple[str, FileFormat], bytes],
) -> tuple[Attachment, ...]:
    """Return the PDF in the reader's language, or in the run's first; none if it is large."""
    spoken = language if language in run.languages else run.languages[0]
    content = files[spoken, FileFormat.PDF]
    if len(content) > PDF_LIMIT_BYTES:
        return ()
    name = f"{'sample-' if run.sample else ''}report-{run.number}.{spoken}.pdf"
    return (Attachment(name, "application/pdf", storage_key=stored[spoken, FileFormat.PDF]),)


def _people(roles: Iterable[str], now: datetime, *, audience: str) -> list[tuple[int, str]]:
    """Return who holds one of the roles today and is among the readers, each once."""
    found = {person.pk: person for role in roles for person in people_with_role(role, now)}
    readers = [one for one in found.values() if audience in viewer_of(one, now).keys]
    known = dict(settings.LANGUAGES)
    spoken = ((one.pk, one.language) for one in readers)
    return [(pk, lang if lang in known else settings.LANGUAGE_CODE) for pk, lang in spoken]


def _path(name: str, run: Run) -> str:
    """Return a page's address from the language on."""
    with override("en"):
        return reverse(name, args=[run.public_id]).removeprefix("/en")
