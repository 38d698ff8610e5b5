"""Start a run and move it through its states."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from serai.base import audit, mail
from serai.base.access import Viewer, require
from serai.base.days import plain_day
from serai.base.jobs import enqueue
from serai.base.models import Installation
from serai.base.text import TranslatedText
from serai.reports import access, emails
from serai.reports.actions.documents import programme_day
from serai.reports.actions.findings import findings
from serai.reports.actions.repeats import issued_alike
from serai.reports.kinds import KINDS
from serai.reports.models import Narrative, Run
from serai.reports.queries import open_remark_count
from serai.reports.states import ALLOWED, REMARK_DAYS, STATE_WORDS, RunState


class CannotMove(Exception):
    """A run cannot take this step now; the sentence says why.

    Attributes:
        field: what of what was asked is refused, by its name; empty for the step as a whole.
    """

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


@transaction.atomic
def start_run(
    *,
    kind: str,
    as_of: date,
    languages: Sequence[str],
    audience: str,
    by: Viewer,
    now: datetime,
    meeting_id: int | None = None,
    corrects: Run | None = None,
    sample: bool = False,
) -> Run:
    """Start a run: all live blocks fill themselves, the latest notes are offered as narrative.

    Raises:
        CannotMove: if the day is yet to come, or the starter is not among the readers it is for.
    """
    require(access.may_build_run, by)
    _check_asked(as_of, audience, by, now)
    is_sample = sample or by.is_sample
    Installation.objects.select_for_update().first()  # two runs never get one number
    newest = Run.objects.aggregate(number=Max("number"))["number"] or 0
    run = Run.objects.create(
        number=newest + 1,
        kind=kind,
        as_of=as_of,
        languages=list(languages),
        audience=audience,
        meeting_id=meeting_id,
        started_by_id=access.acting_person(by),
        started_at=now,
        previous_run=corrects or _previous(kind, audience, as_of, sample=is_sample),
        corrects=corrects is not None,
        sample=is_sample,
    )
    _take_notes(run)
    audit.record(
        by=by.person_id,
        verb="start_run",
        thing=f"reports.run:{run.pk}",
        after={"kind": kind, "as_of": as_of.isoformat(), "audience": audience},
        at=now,
    )
    return run


def _check_asked(as_of: date, audience: str, by: Viewer, now: datetime) -> None:
    today = programme_day(now)
    if as_of > today:
        raise CannotMove(
            _("No report shows %(day)s yet: it is after today, %(today)s. Choose today or an "
              "earlier day.") % {"day": plain_day(as_of), "today": plain_day(today)},
            "as_of",
        )  # fmt: skip
    if audience not in access.audiences_of(by):
        raise CannotMove(
            _("A report for the secretariat shows every initiative. Ask an officer of the whole "
              "programme to build it, or choose other readers."),
            "audience",
        )  # fmt: skip


def _take_notes(run: Run) -> None:
    """Give a new run the latest notes its readers may see as its narrative."""
    viewer = access.audience_viewer(run.audience)
    Narrative.objects.bulk_create(
        Narrative(
            run=run,
            block=offer.block,
            text=offer.text,
            author_id=offer.author_id,
            author_name=offer.author_name,
            written_on=offer.written_on,
            sample=offer.is_sample,
        )
        for offer in KINDS[run.kind].offers(viewer, run.as_of, run.languages[0])
        if offer.written_on
    )


def _previous(kind: str, audience: str, as_of: date, *, sample: bool) -> Run | None:
    """Return the latest issued run of the kind for these readers, not later than the day.

    A real report never follows one of the sample.
    """
    issued = Run.objects.filter(kind=kind, audience=audience, state=RunState.ISSUED, sample=sample)
    return issued.filter(as_of__lte=as_of).order_by("-as_of", "-number").first()


@transaction.atomic
def send_to_review(*, run: Run, by: Viewer, now: datetime) -> Run:
    """Give focal points five working days for remarks on their country's blocks."""
    require(access.may_build_run, by, run)
    run.remarks_until = working_days_after(programme_day(now), REMARK_DAYS)
    _move(run, RunState.IN_REVIEW, by, now, ("remarks_until",))
    mail.send_all(emails.report_for_remarks(run, now), now=now)
    return run


def working_days_after(day: date, count: int) -> date:
    """Return the day that many working days (Monday to Friday) later."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


@transaction.atomic
def reopen_run(*, run: Run, by: Viewer, now: datetime) -> Run:
    """Take a run back to its authors."""
    require(access.may_build_run, by, run)
    target = RunState.DRAFT if run.state == RunState.IN_REVIEW else RunState.IN_REVIEW
    run.cleared_by_id, run.cleared_at = None, None
    return _move(run, target, by, now, ("cleared_by", "cleared_at"))


@transaction.atomic
def clear_run(*, run: Run, by: Viewer, now: datetime, open_remarks: int = 0) -> Run:
    """Say that a run may go out; nobody clears what they started.

    `open_remarks` is how many remarks without an answer the coordinator has seen and accepts.
    """
    require(access.may_clear_run, by, run)
    count = open_remark_count(run)
    if count > open_remarks:
        sentence = ngettext(
            "%(n)s remark of a country has no answer. Answer it, or clear the report all the same.",
            "%(n)s remarks of countries have no answer. Answer them, or clear the report all the same.",
            count,
        )
        raise CannotMove(sentence % {"n": count})
    run.cleared_by_id, run.cleared_at = by.person_id, now
    _move(run, RunState.CLEARED, by, now, ("cleared_by", "cleared_at"))
    run.narratives.update(cleared_by_id=by.person_id)
    return run


def issue_run(*, run: Run, by: Viewer, now: datetime) -> Run:
    """Ask for the files; the run is issued once all of them are made.

    The report is built to look at it before anything is written: on SQLite a transaction keeps
    everybody else from writing.
    """
    require(access.may_issue_run, by, run)
    _check_cleared(run)
    today = programme_day(now)
    blocking = [f.sentence for f in findings(run, today=today) if f.is_blocking]
    if blocking:
        raise CannotMove(" ".join(blocking))
    if alike := issued_alike(run, today=today):
        raise CannotMove(
            _("Report %(number)s says the same and is issued. Use that one, or change this one.")
            % {"number": alike.number}
        )
    return _ask_for_files(run, by, now)


def _check_cleared(run: Run) -> None:
    if run.state != RunState.CLEARED:
        raise CannotMove(_("Only a cleared report can be issued. Clear it first."))


@transaction.atomic
def _ask_for_files(run: Run, by: Viewer, now: datetime) -> Run:
    """Ask for the files of what was looked at, if it is still cleared as it was then."""
    fresh = Run.objects.select_for_update().get(pk=run.pk)
    _check_cleared(fresh)
    if fresh.cleared_at != run.cleared_at:
        raise CannotMove(_("Somebody changed the report meanwhile. Look at it again."))
    require(access.may_issue_run, by, fresh)
    run.problem, run.issued_by_id = "", by.person_id
    run.save(update_fields=["problem", "issued_by"])
    enqueue("reports.build_run", key=f"reports.build_run:{run.pk}", by=by.person_id, run_id=run.pk)
    audit.record(by=by.person_id, verb="issue_run", thing=f"reports.run:{run.pk}", at=now)
    return run


@transaction.atomic
def withdraw_run(*, run: Run, reason: str, by: Viewer, now: datetime) -> Run:
    """Withdraw a run with a reason; its files stay and say so."""
    require(access.may_withdraw_run, by, run)
    if not reason.strip():
        raise CannotMove(_("Write why the report is withdrawn."))
    run.withdrawn_at, run.withdrawn_reason = now, reason.strip()
    return _move(run, RunState.WITHDRAWN, by, now, ("withdrawn_at", "withdrawn_reason"))


@transaction.atomic
def correct_run(*, run: Run, by: Viewer, now: datetime) -> Run:
    """Start the correction of an issued run; nothing issued ever changes."""
    if run.state != RunState.ISSUED:
        raise CannotMove(_("Only an issued report is corrected; an open one is edited."))
    corrected = start_run(
        kind=run.kind,
        as_of=run.as_of,
        languages=run.languages,
        audience=run.audience,
        by=by,
        now=now,
        meeting_id=run.meeting_id,
        corrects=run,
        sample=run.sample,
    )
    kept = {narrative.block: narrative for narrative in run.narratives.all()}
    for narrative in corrected.narratives.all():
        if before := kept.pop(narrative.block, None):
            narrative.text, narrative.written_on = before.text, before.written_on
            narrative.author_id, narrative.author_name = before.author_id, before.author_name
            narrative.sample = before.sample
            narrative.save()
    Narrative.objects.bulk_create(_copied(narrative, corrected) for narrative in kept.values())
    return corrected


def _copied(narrative: Narrative, run: Run) -> Narrative:
    """Return the same text for another run."""
    return Narrative(
        run=run,
        block=narrative.block,
        text=narrative.text or TranslatedText(),
        author_id=narrative.author_id,
        author_name=narrative.author_name,
        written_on=narrative.written_on,
        sample=narrative.sample,
    )


def _move(
    run: Run, state: RunState, by: Viewer, now: datetime, changed: tuple[str, ...] = ()
) -> Run:
    """Move a run if its state allows it."""
    before = RunState(run.state)
    if state not in ALLOWED[before]:
        raise CannotMove(
            _("The report is “%(before)s” and cannot become “%(after)s”. Look at it again.")
            % {"before": STATE_WORDS[before], "after": STATE_WORDS[state]}
        )
    run.state = state
    run.save(update_fields=["state", *changed])
    audit.record(
        by=by.person_id,
        verb="move_run",
        thing=f"reports.run:{run.pk}",
        before={"state": str(before)},
        after={"state": str(state)},
        at=now,
    )
    return run
