"""Dates from files: previewed, applied whole or not at all, undone."""

import hashlib
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.text import TranslatedText
from serai.programme import access
from serai.programme.actions.facts import Refused, Told, note_audit, stamp, today
from serai.programme.actions.filed import read_project, read_table
from serai.programme.actions.milestones import record_completion, withdraw_completion
from serai.programme.actions.plans import propose_plan
from serai.programme.actions.verdicts import (
    REFUSES,
    WORKS,
    Verdict,
    judge,
    refusal,
    window_of,
)
from serai.programme.models import Completion, ImportBatch, Initiative, Plan, PlanVerdict
from serai.programme.states import ChangeReason, ImportState, PlanState, may_follow


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
    read = (
        read_project(content, language) if ending == "xml" else read_table(content, name, language)
    )
    rows = judge(initiative, read, today=today(now))
    batch = ImportBatch.objects.create(
        initiative=initiative,
        file_name=name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        rows=[asdict(row) for row in rows],
        by_id=by.person_id,
        read_at=now,
        sample=initiative.sample,
    )
    note_audit("preview_import", batch, by=by, now=now, after={"rows": len(batch.rows)})
    return batch


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
        Refused: if any cell cannot be taken, naming each row and column; nothing is applied.
    """
    require(access.may_exchange, by, batch.initiative)
    fresh = _to_state(batch, ImportState.APPLIED)
    if places := [
        row.get("place") or row["sentence"] for row in fresh.rows if row["verdict"] in REFUSES
    ]:
        raise Refused(refusal(places))
    known = {str(one.number): one for one in batch.initiative.milestones.order_by("number")}
    made: dict[str, list[int]] = {"plans": [], "completions": []}
    source = _("File %(name)s") % {"name": batch.file_name}
    for row in fresh.rows:
        if row["verdict"] not in WORKS:
            continue
        milestone, window = known[row["number"]], window_of(row["window"], row["words"])
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
