"""Read runs, their texts, files and remarks, as the viewer may see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from serai.base.access import NotFound, Viewer
from serai.base.days import plain_day
from serai.base.pages import Todo
from serai.base.ready import KEPT, Ready
from serai.base.text import TranslatedText
from serai.members.access import keys_after
from serai.reports import access
from serai.reports.models import CountryRemark, HeldFile, Narrative, Run, RunDraft, RunFile
from serai.reports.states import FileFormat, RunState

HEAVY = ("snapshot", "recipe", "rebuilt")  # each as long as a report: no list reads them
OPEN_STATES = (RunState.DRAFT, RunState.IN_REVIEW, RunState.CLEARED)


@dataclass(frozen=True)
class FileRow:
    """One issued file."""

    format: str
    language: str
    sha256: str
    bytes: int
    pages: int | None
    storage_key: str


@dataclass(frozen=True)
class RunRow:
    """One run as lists show it."""

    public_id: str
    number: int
    kind: str
    as_of: date
    languages: tuple[str, ...]
    audience: str
    state: str
    issued_at: datetime | None
    snapshot_sha256: str
    files: tuple[FileRow, ...]
    corrects: int | None
    corrected_by: int | None
    sample: bool

    @property
    def is_issued(self) -> bool:
        """Tell whether files exist that somebody may hold."""
        return self.state in {RunState.ISSUED, RunState.WITHDRAWN} and self.issued_at is not None


@dataclass(frozen=True)
class IssuedRow:
    """One issued run as a first page announces it."""

    public_id: str
    number: int
    as_of: date
    sample: bool


@dataclass(frozen=True)
class FirstPage:
    """What a first page says of reports: the latest issued, and what the viewer is asked to do."""

    issued: tuple[IssuedRow, ...]
    todos: tuple[Todo, ...]


@dataclass(frozen=True)
class RemarkRow:
    """A country's remark and the answer to it."""

    id: int
    iso3: str
    country: TranslatedText
    block: str
    text: str
    by: str
    at: datetime
    answer: str
    answered_at: datetime | None


NUMBER_LENGTH = 9
NEXT_MEETING = "next"  # the choice that follows the day asked for


def visible_runs(viewer: Viewer) -> QuerySet[Run]:
    """Return the runs a viewer may know of."""
    own = Q(audience__in=sorted(access.audiences_of(viewer)))
    seen = own & Q(issued_at__isnull=False)
    if "members" not in viewer.keys:
        seen &= Q(sample=False)
    if access.is_staff(viewer):
        seen |= own
    if viewer.holds_any(("focal_point", "deputy")):
        seen |= own & Q(state=RunState.IN_REVIEW)
    return Run.objects.filter(seen)


def run(viewer: Viewer, public_id: str) -> Run:
    """Return one run.

    Raises:
        NotFound: if there is none that the viewer may know of.
    """
    found = (
        visible_runs(viewer)
        .select_related("previous_run", "started_by", "cleared_by", "issued_by", "meeting")
        .filter(public_id=public_id)
        .first()
    )
    if found is None:
        raise NotFound(public_id)
    return found


@dataclass(frozen=True)
class RunBlock:
    """One narrative block of a run."""

    run: Run
    block: str

    @property
    def audience(self) -> str:
        """Return the run's readers, by which rights are judged."""
        return str(self.run.audience)


def run_block(viewer: Viewer, public_id: str, block: str) -> RunBlock:
    """Return a block's place in a run.

    Raises:
        NotFound: if the viewer knows of no such run.
    """
    return RunBlock(run(viewer, public_id), block)


def run_files(found: Run) -> list[FileRow]:
    """Return the files that were made for a run."""
    return [_file_row(file) for file in found.files.order_by("language", "format")]


def run_by_number(viewer: Viewer, number: str) -> RunRow | None:
    """Return the run a paper or a letter names by its number; None if there is none to see."""
    if not number.isascii() or not number.isdigit() or len(number) > NUMBER_LENGTH:
        return None
    rows = run_rows(visible_runs(viewer).filter(number=int(number)).order_by("id"))
    return rows[0] if rows else None


def run_by_pk(pk: int) -> Run:
    """Return one run for a job.

    Raises:
        NotFound: if it was removed meanwhile.
    """
    found = Run.objects.select_related("previous_run", "meeting").filter(pk=pk).first()
    if found is None:
        raise NotFound(str(pk))
    return found


def open_runs(viewer: Viewer) -> list[RunRow]:
    """Return runs still being worked on; two queries."""
    return run_rows(visible_runs(viewer).filter(state__in=OPEN_STATES).order_by("-number"))


def run_rows(runs: QuerySet[Run]) -> list[RunRow]:
    """Return runs with their files."""
    return [
        RunRow(
            public_id=found.public_id,
            number=found.number,
            kind=found.kind,
            as_of=found.as_of,
            languages=tuple(found.languages),
            audience=found.audience,
            state=found.state,
            issued_at=found.issued_at,
            snapshot_sha256=found.snapshot_sha256,
            files=tuple(_file_row(file) for file in found.files.all()),
            corrects=found.previous_run.number
            if found.corrects and found.previous_run is not None
            else None,
            corrected_by=next(
                (
                    later.number
                    for later in found.later_runs.all()
                    if later.corrects and later.issued_at
                ),
                None,
            ),
            sample=found.sample,
        )
        for found in runs.select_related("previous_run")
        .defer(*HEAVY, *(f"previous_run__{name}" for name in HEAVY))
        .prefetch_related(
            Prefetch("files", RunFile.objects.order_by("language", "format")),
            Prefetch("later_runs", Run.objects.defer(*HEAVY).order_by("number")),
        )
    ]


def _file_row(file: RunFile) -> FileRow:
    return FileRow(
        format=file.format,
        language=file.language,
        sha256=file.sha256,
        bytes=file.bytes,
        pages=file.pages,
        storage_key=file.storage_key,
    )


def run_file(viewer: Viewer, public_id: str, language: str, suffix: str) -> HeldFile:
    """Return one file of a run.

    Raises:
        NotFound: if there is none for this viewer.
    """
    found = run(viewer, public_id)
    file = found.files.filter(language=language, format=suffix).first()
    if file is None:
        raise NotFound(f"{language}.{suffix}")
    return HeldFile(found, file)


def run_draft(viewer: Viewer, public_id: str, language: str, suffix: str) -> RunDraft:
    """Return a run in one language and format.

    Raises:
        NotFound: if this viewer knows of no such run, or it is not made so.
    """
    found = run(viewer, public_id)
    if language not in found.languages or suffix not in set(FileFormat):
        raise NotFound(f"{language}.{suffix}")
    return RunDraft(found, language, FileFormat(suffix))


def equal_runs(
    *,
    kind: str,
    as_of: date,
    audience: str,
    languages: Iterable[str],
    meeting_id: int | None,
    sample: bool,
) -> list[Run]:
    """Return the runs that were asked for alike and still stand, newest first.

    Real reports and those of the sample are never alike.
    """
    wanted = set(languages)
    of_meeting = Q(meeting=None) if meeting_id is None else Q(meeting=meeting_id)
    found = Run.objects.filter(
        of_meeting, kind=kind, as_of=as_of, audience=audience, sample=sample
    ).exclude(state=RunState.WITHDRAWN)
    return [one for one in found.order_by("-number") if set(one.languages) == wanted]


def open_remark_count(found: Run) -> int:
    """Return how many remarks on a run have no answer."""
    return found.remarks.filter(answer="").count()


def runs_with_hash(viewer: Viewer, sha256: str) -> list[tuple[RunRow, FileRow]]:
    """Return which runs issued a file with this SHA-256."""
    rows = run_rows(visible_runs(viewer).filter(files__sha256=sha256).distinct().order_by("number"))
    return [(row, file) for row in rows for file in row.files if file.sha256 == sha256]


def narrative_of(found: Run, block: str) -> Narrative | None:
    """Return one narrative block, if it has been written."""
    return found.narratives.select_related("author").filter(block=block).first()


def narrative_texts(found: Run) -> dict[str, Narrative]:
    """Return all narrative blocks of a run by key; one query."""
    return {narrative.block: narrative for narrative in found.narratives.order_by("block")}


def remarks(viewer: Viewer, found: Run) -> list[RemarkRow]:
    """Return remarks: all for the secretariat, a country's own for its focal point."""
    rows = found.remarks.select_related("country", "by").order_by("at", "id")
    if not access.is_staff(viewer):
        rows = rows.filter(country__iso3__in=keys_after(viewer, "country"))
    return [
        RemarkRow(
            id=remark.pk,
            iso3=remark.country.iso3,
            country=remark.country.names,
            block=remark.block,
            text=remark.text,
            by=str(remark.by),
            at=remark.at,
            answer=remark.answer,
            answered_at=remark.answered_at,
        )
        for remark in rows
    ]


def remark_of(viewer: Viewer, public_id: str, number: int) -> CountryRemark:
    """Return one remark of a run.

    Raises:
        NotFound: if there is none.
    """
    found = run(viewer, public_id).remarks.select_related("run").filter(pk=number).first()
    if found is None:
        raise NotFound(str(number))
    return found


def meeting_choices(meetings: Iterable[tuple[int, str]]) -> list[tuple[str, str]]:
    """Return meetings for the form's list, with the one that fits the day and "no meeting" first."""
    fitting = (NEXT_MEETING, _("The next senior officials' meeting from that day"))
    return [fitting, ("", _("No meeting")), *((str(pk), title) for pk, title in meetings)]


def first_page(viewer: Viewer, *, most: int) -> FirstPage:
    """Return what a first page says of reports; one query."""
    rows = _ready_first(viewer.itself, most).rows()
    is_open = [one for one in rows if one.state in OPEN_STATES]
    return FirstPage(
        issued=tuple(
            IssuedRow(
                public_id=one.public_id, number=one.number, as_of=one.as_of, sample=one.sample
            )
            for one in rows
            if one.state == RunState.ISSUED
        ),
        todos=tuple(_todos(viewer, sorted(is_open, key=lambda one: -one.number))),
    )


@lru_cache(maxsize=KEPT)
def _ready_first(viewer: Viewer, most: int) -> Ready[Run]:
    known = visible_runs(viewer)
    issued = known.filter(state=RunState.ISSUED).order_by("-issued_at", "-id")
    found = issued[:most]
    if viewer.is_signed_in:
        is_latest = Q(pk__in=issued.values("pk")[:most])
        found = known.filter(is_latest | Q(state__in=OPEN_STATES)).order_by("-issued_at", "-id")
    return Ready(found.defer(*HEAVY))


def next_todos(viewer: Viewer) -> list[Todo]:
    """Return what a viewer is asked to do with reports; one query."""
    if not viewer.is_signed_in:
        return []
    found = visible_runs(viewer).filter(state__in=OPEN_STATES).order_by("-number")
    return _todos(viewer, found.defer(*HEAVY))


def _todos(viewer: Viewer, runs: Iterable[Run]) -> list[Todo]:
    asked = ((one, *_step(viewer, one)) for one in runs)
    return [
        Todo(
            title=_("Report %(number)s as of %(day)s")
            % {"number": one.number, "day": plain_day(one.as_of)},
            verb=verb,
            address=reverse(page, args=[one.public_id]),
            is_sample=one.sample,
        )
        for one, verb, page in asked
        if verb
    ]


def _step(viewer: Viewer, one: Run) -> tuple[str, str]:
    """Return what the next step of a run asks of this viewer, and where; empty if nothing."""
    if one.state == RunState.DRAFT and access.may_build_run(viewer, one):
        return _("Finish the narrative"), "reports:build"
    if one.state == RunState.IN_REVIEW and access.may_clear_run(viewer, one):
        return _("Clear"), "reports:build"
    if one.state == RunState.IN_REVIEW and access.may_remark_run(viewer, one):
        return _("Read and remark"), "reports:remarks"
    if one.state == RunState.CLEARED and access.may_issue_run(viewer, one):
        return pgettext("to do", "Issue"), "reports:build"
    return "", ""
