"""Tell whether a report says what another one says already."""

from collections.abc import Sequence
from datetime import date

from serai.reports import access, queries
from serai.reports.actions.comparing import facts_now, facts_of
from serai.reports.kinds import KINDS
from serai.reports.models import Run
from serai.reports.states import RunState


def standing_run(
    *,
    kind: str,
    as_of: date,
    audience: str,
    languages: Sequence[str],
    meeting_id: int | None,
    sample: bool,
    today: date,
) -> Run | None:
    """Return the run that makes a second one needless: an open one, or one issued and still true."""
    found = queries.equal_runs(
        kind=kind, as_of=as_of, audience=audience, languages=languages, meeting_id=meeting_id,
        sample=sample,
    )  # fmt: skip
    for run in found:
        if run.state != RunState.ISSUED or _is_still_true(run, today):
            return run
    return None


def issued_alike(run: Run, *, today: date) -> Run | None:
    """Return the issued run that says all this run would say."""
    found = queries.equal_runs(
        kind=run.kind, as_of=run.as_of, audience=run.audience, languages=run.languages,
        meeting_id=run.meeting_id, sample=run.sample,
    )  # fmt: skip
    issued = [one for one in found if one.state == RunState.ISSUED and one.snapshot]
    if not issued:
        return None
    now = facts_now(run, today)
    return next((one for one in issued if facts_of(one) == now), None)


def _is_still_true(run: Run, today: date) -> bool:
    """Tell whether neither the records nor the cleared notes have changed since."""
    if not run.snapshot or facts_of(run) != facts_now(run, today):
        return False
    texts = queries.narrative_texts(run)
    viewer = access.audience_viewer(run.audience)
    return all(
        offer.written_on is None
        or (offer.block in texts and texts[offer.block].written_on >= offer.written_on)
        for offer in KINDS[run.kind].offers(viewer, run.as_of, run.languages[0])
    )
