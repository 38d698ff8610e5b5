"""Build a report's files without a run: the same day, readers and languages, the same bytes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from serai.base.access import Viewer
from serai.base.blocks import to_json
from serai.base.text import TranslatedText
from serai.programme.queries import meetings
from serai.reports import access
from serai.reports.actions.documents import canonical, render, sha256
from serai.reports.kinds import KINDS
from serai.reports.kinds.kind import Ask
from serai.reports.states import FileFormat


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
    texts, has_sample = narratives, False
    if texts is None:
        offered = [o for o in KINDS[kind].offers(viewer, as_of, languages[0]) if str(o.text)]
        texts = {offer.block: offer.text for offer in offered}
        has_sample = any(offer.is_sample for offer in offered)
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
                sample=has_sample,
                languages=tuple(languages),
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
        if (
            row.kind == "senior_officials"
            and row.starts_at.astimezone(ZoneInfo(row.zone)).date() == day
        ):
            return row.id
    return None
