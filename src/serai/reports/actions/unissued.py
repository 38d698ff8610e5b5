"""Build a report's files without a run: the same day, readers and languages, the same bytes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
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
    meeting_id = meeting_id or next_meeting(viewer, as_of)
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


def next_meeting(viewer: Viewer, day: date) -> int | None:
    """Return the senior officials' meeting of a day in its own zone, else the next one after it.

    Cancelled ones are left out, and so are sample ones for real people.
    """
    is_real = viewer.is_signed_in and not viewer.is_sample
    since = datetime.combine(day, time(), UTC) - timedelta(days=1)
    for row in reversed(meetings(viewer, since=since)):
        latest = (row.ends_at - timedelta.resolution).astimezone(ZoneInfo(row.zone)).date()
        stands = row.state != "cancelled" and not (is_real and row.sample)
        if row.kind == "senior_officials" and stands and latest >= day:
            return row.id
    return None
