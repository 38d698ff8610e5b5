"""Remarks of countries on a report's blocks, and the answers to them."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base import audit
from serai.base.access import Viewer, require
from serai.base.days import plain_day
from serai.reports import access
from serai.reports.actions.runs import CannotMove
from serai.reports.models import CountryRemark, Run

if TYPE_CHECKING:
    from serai.members.models import Member


@transaction.atomic
def remark_on_block(
    *, run: Run, country: "Member", block: str, text: str, by: Viewer, now: datetime
) -> CountryRemark:
    """Keep what a focal point remarks while the run is in review.

    Raises:
        CannotMove: if the last day is over where the country is.
    """
    require(access.may_remark_run, by, run)
    today = now.astimezone(ZoneInfo(country.time_zone)).date()
    if run.remarks_until and today > run.remarks_until:
        raise CannotMove(
            _("Remarks were open until %(day)s. Write to the secretariat instead.")
            % {"day": plain_day(run.remarks_until)}
        )
    remark = CountryRemark.objects.create(
        run=run,
        country_id=country.pk,
        block=block,
        text=text,
        by_id=access.acting_person(by),
        at=now,
    )
    audit.record(
        by=by.person_id,
        verb="remark_on_block",
        thing=f"reports.run:{run.pk}",
        after={"block": block, "country": country.iso3},
        at=now,
    )
    return remark


@transaction.atomic
def answer_remark(
    *, remark: CountryRemark, answer: str, by: Viewer, now: datetime
) -> CountryRemark:
    """Say what was done about a remark."""
    require(access.may_build_run, by, remark.run)
    remark.answer, remark.answered_by_id, remark.answered_at = answer, by.person_id, now
    remark.save(update_fields=["answer", "answered_by", "answered_at"])
    audit.record(
        by=by.person_id,
        verb="answer_remark",
        thing=f"reports.run:{remark.run_id}",
        after={"remark": remark.pk},
        at=now,
    )
    return remark
