"""Plain factories of the room reports, and the source report's programme from the preset."""

import tomllib
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from tests.factories.members import person_with

from serai.base.access import ANONYMOUS, Viewer
from serai.base.text import TranslatedText
from serai.members.queries import viewer_of
from serai.reports import actions
from serai.reports.models import Run, RunFile
from serai.reports.states import RunState
from serai.setup import demo
from serai.setup.loading import PRESETS, load
from serai.setup.reading import read_preset

D = date(2021, 6, 30)
NOON = datetime(2021, 6, 30, 12, tzinfo=UTC)
BLOCK = "virtual-carec/objective"


def carec() -> None:
    """The whole preset: 11 members, three initiatives, 26 milestones, requests, outlines."""
    load(read_preset(PRESETS / "carec"), PRESETS / "carec", now=NOON)


@cache
def narratives() -> dict[str, TranslatedText]:
    """Our own words for the nine narrative parts, in English and Russian."""
    notes = Path(demo.__file__).with_name("notes.toml").read_text(encoding="utf-8")
    return {
        f"{row['initiative']}/{row['part']}": TranslatedText.of(row["en"].strip()).with_text(
            "ru", row["ru"].strip()
        )
        for row in tomllib.loads(notes)["notes"]
    }


def officer() -> Viewer:
    """A new officer of the whole programme."""
    return viewer_of(person_with("officer"), NOON)


def coordinator() -> Viewer:
    """A new coordinator of the whole programme."""
    return viewer_of(person_with("coordinator"), NOON)


def viewer(role: str, scope: str = "") -> Viewer:
    """A new person's viewer by role; nobody's for a visitor."""
    if role == "visitor":
        return ANONYMOUS
    return viewer_of(person_with(role, scope) if scope else person_with(role), NOON)


def file_of(
    made: Run, format_: str = "pdf", language: str = "en", sha256: str = "a" * 64
) -> RunFile:
    """A file of a run, as one row that names no stored bytes."""
    return RunFile.objects.create(
        run=made, format=format_, language=language, sha256=sha256, bytes=7, storage_key="k"
    )


def run(state: RunState | str = RunState.DRAFT, *, by: Viewer | None = None, **fields) -> Run:
    """A run moved to a state by its people; `issued` has no files, `issued_run` makes them."""
    starter = by or officer()
    asked = {"kind": "progress", "as_of": D, "languages": ["en"], "audience": "members"} | fields
    made = actions.start_run(**asked, by=starter, now=max(NOON, _noon_of(asked["as_of"])))
    steps = {RunState.DRAFT: 0, RunState.IN_REVIEW: 1, RunState.CLEARED: 2, RunState.ISSUED: 3}
    for number, step in enumerate((actions.send_to_review, actions.clear_run, _freeze), 1):
        if number <= steps[RunState(state)]:
            step(run=made, by=coordinator() if number > 1 else starter, now=NOON)
    return made


def _noon_of(day: date) -> datetime:
    return NOON.replace(year=day.year, month=day.month, day=day.day)


def _freeze(*, run: Run, by: Viewer, now: datetime) -> None:
    """Issue a run without making its files."""
    run.snapshot = actions.snapshot(run, dated=now.date())
    run.snapshot_sha256 = actions.sha256(run.snapshot.encode())
    run.recipe_sha256 = "0" * 64
    run.state, run.issued_at, run.issued_by_id = RunState.ISSUED, now, by.person_id
    run.save()


def issued_run(**fields) -> Run:
    """A run whose files are made and stored, as the job does it."""
    made = run(RunState.CLEARED, **fields)
    by = coordinator()
    actions.issue_run(run=made, by=by, now=NOON)
    files = actions.make_files(run=made, dated=NOON.date(), step=lambda *said: None)
    return actions.finish_run(made=files, by=by, now=NOON)
