"""Missing facts are asked for where they were answered: as requests in surveys."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.calc.xforms import Ref
from serai.readiness import access
from serai.readiness.actions.acts import Refused, note_audit
from serai.readiness.models import Assessment
from serai.readiness.queries.asking import missing_facts
from serai.surveys import actions as surveys
from serai.surveys.queries.counted import response_to_count
from serai.surveys.states import RequestReason


@transaction.atomic
def ask_for_facts(
    *, assessment: Assessment, names: Sequence[str], due_on: date | None, by: Viewer, now: datetime
) -> int:
    """Ask the agency for missing facts; return how many answers were asked about.

    Args:
        assessment: whose facts are missing.
        names: of the facts, as `MissingFact.name`.
        due_on: by when; None for no day.
        by: an officer, who must read the response as well.
        now: the moment.

    Raises:
        Refused: nothing chosen, or surveys refuse: asked already, a day in the past.
    """
    require(access.may_assess, by, assessment)
    wanted = set(names)
    found = [one for one in missing_facts(by, assessment) if one.name in wanted and one.places]
    places: list[Ref] = list(dict.fromkeys(ref for one in found for ref in one.places))
    if not places:
        raise Refused(_("Choose at least one fact that can be asked for."))
    surveys.ask_back(
        response=response_to_count(assessment.response_number),
        asked=[surveys.Asked(ref, RequestReason.MISSING) for ref in places],
        due_on=due_on, by=by, now=now,
    )  # fmt: skip
    note_audit("ask_for_facts", assessment, by=by, now=now, after={"answers": len(places)})
    return len(places)
