"""Dates from files: previewed, applied whole or not at all, undone."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.plans import PlanRefused, read_plan
from serai.base.tables import SheetFault, read_sheet
from serai.base.text import TranslatedText
from serai.calc.schedule import NotUnderstood, Precision, Window, narrow, parse_window
from serai.programme import access
from serai.programme.actions.facts import Refused, Told, note_audit, stamp
from serai.programme.actions.milestones import record_completion, withdraw_completion
from serai.programme.actions.plans import current_plan, propose_plan
from serai.programme.actions.windows import sentence
from serai.programme.models import Completion, ImportBatch, Initiative, Milestone, Plan, PlanVerdict
from serai.programme.states import ChangeReason, ImportState, PlanState, may_follow

NOT_READ = ("owner", "country", "after")  # exported; a file that changes them is refused


class Verdict(StrEnum):
    """What a row of a file would do."""

    CHANGE = "change"
    FIRST = "first"
    DONE = "done"
    SAME = "same"
    UNKNOWN = "unknown"
    CONFLICT = "conflict"
    PROBLEM = "problem"
    NOT_READ = "not_read"


WORKS = {Verdict.CHANGE.value, Verdict.FIRST.value, Verdict.DONE.value}


@dataclass(frozen=True)
class Line:
    """One milestone as a file gives it, whatever the format."""

    number: str
    name: str
    words: str
    window: Window | None
    done: str = ""
    done_window: Window | None = None
    basis: str = ""
    problem: str = ""
    place: str = ""
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Row:
    """One line of the preview: what stands here, what the file says, what would happen."""

    verdict: str
    number: str
    name: str
    here: str
    file: str
    sentence: str = ""
    window: dict[str, object] | None = None
    words: str = ""


# ---------------------------------------------------------------- reading
def _read_table(content: bytes, name: str, language: str) -> list[Line]:
    try:
        sheet = read_sheet(content, name)
    except SheetFault as fault:
        raise Refused(str(fault), "file") from fault
    head = [cell.strip().casefold() for cell in sheet[0]]
    if "number" not in head or not {"words", "end"} & set(head):
        raise Refused(
            _("%(name)s: the first row must name the columns: number, words or end. Start from the export.")
            % {"name": name}
        )  # fmt: skip
    lines = []
    for row in sheet[1:]:
        cells = dict(zip(head, (cell.strip() for cell in row), strict=False))
        lines.append(_line(cells, language, row.number))
    return lines


def _line(cells: dict[str, str], language: str, place: int) -> Line:
    given = {name: cells.get(name, "") for name in ("number", "name", "words", "plan", "done")}
    window, done, problem = None, None, ""
    try:
        if given["words"] or cells.get("end"):
            window = narrow(
                given["words"], cells.get("end") or None, cells.get("start") or None, language
            )
        if given["done"]:
            done = parse_window(given["done"], language)
    except NotUnderstood as error:
        problem = sentence(error)
    return Line(
        number=given["number"],
        name=given["name"],
        words=given["words"] or (window.words if window else ""),
        window=window,
        done=given["done"],
        done_window=done,
        basis=given["plan"],
        problem=problem,
        place=_("Row %(n)d") % {"n": place},
        others=tuple((name, cells[name]) for name in NOT_READ if cells.get(name)),
    )


def _read_project(content: bytes) -> list[Line]:
    try:
        plan = read_plan(content)
    except PlanRefused as refused:
        raise Refused(str(refused), "file") from refused
    lines = [
        Line(
            number=task.number or str(task.uid),
            name=task.name,
            words=task.plan.words if task.plan else "",
            window=task.plan,
            done=task.completion.words if task.completion else "",
            done_window=task.completion,
            place=_("Task %(n)d") % {"n": task.uid},
        )
        for task in plan.tasks
    ]
    lines += [
        Line("", one.task, "", None, problem=one.sentence, place=one.field) for one in plan.problems
    ]
    return lines


# ---------------------------------------------------------------- preview
@transaction.atomic
def preview_import(
    *, initiative: Initiative, content: bytes, name: str, language: str, by: Viewer, now: datetime
) -> ImportBatch:
    """Read a file and keep what it would change; nothing is changed yet."""
    require(access.may_exchange, by, initiative)
    ending = name.rpartition(".")[2].casefold()
    if ending == "mpp" or ending not in {"csv", "xlsx", "ods", "xml"}:
        raise Refused(
            _("%(name)s: bring CSV, XLSX or ODS, or save as XML from Project.") % {"name": name}
        )
    lines = _read_project(content) if ending == "xml" else _read_table(content, name, language)
    batch = ImportBatch.objects.create(
        initiative=initiative,
        file_name=name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        rows=[_as_json(row) for row in _rows(initiative, lines)],
        by_id=by.person_id,
        read_at=now,
        sample=initiative.sample,
    )
    note_audit("preview_import", batch, by=by, now=now, after={"rows": len(batch.rows)})
    return batch


def _as_json(row: Row) -> dict[str, object]:
    return asdict(row)


def _rows(initiative: Initiative, lines: Sequence[Line]) -> list[Row]:
    milestones = initiative.milestones.select_related("owner", "country").order_by("number")
    known = {str(one.number): one for one in milestones}
    rows: list[Row] = []
    for line in lines:
        rows += _judge(line, known.get(line.number))
    return rows


def _judge(line: Line, milestone: Milestone | None) -> list[Row]:
    if line.problem:
        return [
            Row(
                Verdict.PROBLEM,
                line.number,
                line.name,
                "",
                line.words,
                f"{line.place}: {line.problem}",
            )
        ]
    if milestone is None:
        told = _("%(place)s: there is no milestone %(number)s here.") % {
            "place": line.place, "number": line.number or "–",
        }  # fmt: skip
        return [Row(Verdict.UNKNOWN, line.number, line.name, "", line.words, told)]
    holding = current_plan(milestone)
    rows = [_judge_plan(line, milestone, holding)] if line.window is not None else []
    if line.done_window is not None and not milestone.completions.filter(withdrawn=None).exists():
        rows.append(
            Row(Verdict.DONE, line.number, str(milestone.name), "", line.done, "",
                _days(line.done_window), line.done)
        )  # fmt: skip
    rows += _unread(line, milestone)
    return rows or [Row(Verdict.SAME, line.number, str(milestone.name), "", line.words)]


def _unread(line: Line, milestone: Milestone) -> list[Row]:
    """Name each cell that says something else than stands here and that no file changes."""
    if not line.others:
        return []
    links = milestone.predecessors.filter(ended_on=None).select_related("after")
    after = [str(one.after.number) for one in links.order_by("after__number", "id")]
    owner = milestone.owner.names if milestone.owner else TranslatedText()
    iso3 = milestone.country.iso3 if milestone.country else ""
    here = {"owner": str(owner), "country": iso3, "after": ", ".join(after)}
    rows = []
    for column, written in line.others:
        is_same = {
            "owner": written in {said for _code, said, _state in owner.texts},
            "country": written == iso3,
            "after": sorted(one.strip() for one in written.split(",")) == sorted(after),
        }[column]
        if not is_same:
            told = _("%(place)s, column “%(column)s”: here it is “%(here)s”. No file changes that. Change it on the milestone's page, or write in the file what stands here, and bring it in again.") % {
                "place": line.place, "column": column, "here": here[column] or "–",
            }  # fmt: skip
            name = str(milestone.name)
            rows.append(Row(Verdict.NOT_READ, line.number, name, here[column], written, told))
    return rows


def _judge_plan(line: Line, milestone: Milestone, holding: Plan | None) -> Row:
    here = str(holding.words) if holding else ""
    name, window = str(milestone.name), line.window
    if holding is None:
        return Row(
            Verdict.FIRST, line.number, name, here, line.words, "", _days(window), line.words
        )
    if window is not None and holding.as_window().said("") == window.said(""):
        return Row(Verdict.SAME, line.number, name, here, line.words)
    if line.basis and line.basis != holding.public_id:
        told = _("The date here was changed after the file was exported: here %(here)s, in the file %(file)s.") % {
            "here": here, "file": line.words,
        }  # fmt: skip
        return Row(Verdict.CONFLICT, line.number, name, here, line.words, told)
    return Row(Verdict.CHANGE, line.number, name, here, line.words, "", _days(window), line.words)


def _days(window: Window | None) -> dict[str, object] | None:
    if window is None:
        return None
    days = ("start_earliest", "start_latest", "end_earliest", "end_latest")
    found: dict[str, object] = {
        name: day.isoformat() if (day := getattr(window, name)) else None for name in days
    }
    return found | {"precision": window.precision.value, "is_ongoing": window.is_ongoing}


def _window(stored: dict[str, object], words: str) -> Window:
    def day(name: str) -> date | None:
        return date.fromisoformat(str(stored[name])) if stored[name] else None

    end = day("end_latest")
    if end is None:
        raise Refused(_("The preview is damaged. Bring the file in again."))
    return Window(
        end_earliest=day("end_earliest"), end_latest=end,
        precision=Precision(str(stored["precision"])), words=words,
        start_earliest=day("start_earliest"), start_latest=day("start_latest"),
        is_ongoing=bool(stored["is_ongoing"]),
    )  # fmt: skip


# ---------------------------------------------------------------- apply, undo
def _to_state(batch: ImportBatch, wanted: ImportState) -> ImportBatch:
    fresh = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if not may_follow(ImportState(fresh.state), wanted):
        raise Refused(_("This import is applied or undone already. Reload the page to see it."))
    fresh.state = wanted.value
    return fresh


@transaction.atomic
def apply_import(
    *, batch: ImportBatch, reason: str, language: str, by: Viewer, now: datetime
) -> ImportBatch:
    """Apply a preview whole: new dates become proposals, completions are recorded.

    Raises:
        Refused: if a row asks for what no file changes, with row and column; nothing is applied.
    """
    require(access.may_exchange, by, batch.initiative)
    fresh = _to_state(batch, ImportState.APPLIED)
    if refused := [row["sentence"] for row in fresh.rows if row["verdict"] == Verdict.NOT_READ]:
        raise Refused("\n".join(refused))
    known = {str(one.number): one for one in batch.initiative.milestones.order_by("number")}
    made: dict[str, list[int]] = {"plans": [], "completions": []}
    source = _("File %(name)s") % {"name": batch.file_name}
    for row in fresh.rows:
        if row["verdict"] not in WORKS:
            continue
        milestone, window = known[row["number"]], _window(row["window"], row["words"])
        words = TranslatedText.of(row["words"], language)
        if row["verdict"] == Verdict.DONE:
            completion = record_completion(
                milestone=milestone, words=words, window=window, by=by, now=now,
                told=Told(source_note=source),
            )  # fmt: skip
            made["completions"].append(completion.pk)
        else:
            plan = propose_plan(
                milestone=milestone, words=words, window=window, waits=True,
                reason=ChangeReason.OTHER.value if reason else "", reason_text=reason,
                by=by, now=now, told=Told(source_note=source),
            )  # fmt: skip
            made["plans"].append(plan.pk)
    if not made["plans"] and not made["completions"]:
        raise Refused(_("Nothing in this file changes anything here."))
    fresh.made, fresh.applied_at = made, now
    fresh.save(update_fields=["state", "made", "applied_at"])
    note_audit(
        "apply_import", fresh, by=by, now=now,
        after={"plans": len(made["plans"]), "completions": len(made["completions"])},
    )  # fmt: skip
    return fresh


@transaction.atomic
def undo_import(*, batch: ImportBatch, by: Viewer, now: datetime) -> ImportBatch:
    """Take an import back: its proposals are turned down, its completions withdrawn."""
    require(access.may_exchange, by, batch.initiative)
    fresh = _to_state(batch, ImportState.UNDONE)
    reason = _("The import of %(name)s is undone.") % {"name": batch.file_name}
    plans = Plan.objects.filter(pk__in=fresh.made.get("plans", [])).select_related("verdict")
    for plan in plans.order_by("id"):
        if not hasattr(plan, "verdict"):
            PlanVerdict.objects.create(
                plan=plan, state=PlanState.REJECTED.value, reason=reason,
                **stamp(by=by, now=now, told=Told(sample=plan.sample)),
            )  # fmt: skip
        elif plan.verdict.state == PlanState.APPROVED:
            raise Refused(
                _("The date %(words)s from this file is approved already. Propose another date instead.")
                % {"words": plan.words}
            )  # fmt: skip
    done = Completion.objects.filter(pk__in=fresh.made.get("completions", []), withdrawn=None)
    for completion in done.select_related("milestone__initiative").order_by("id"):
        withdraw_completion(completion=completion, reason=reason, by=by, now=now)
    fresh.undone_at = now
    fresh.save(update_fields=["state", "undone_at"])
    note_audit("undo_import", fresh, by=by, now=now)
    return fresh
