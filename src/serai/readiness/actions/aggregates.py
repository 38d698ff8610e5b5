"""Shares of many organisations: let out to members, published, withdrawn."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Denied, Viewer, require
from serai.readiness import access
from serai.readiness.actions.acts import Refused, actor, note_audit, take_step
from serai.readiness.models import Aggregate, Framework
from serai.readiness.queries.aggregates import measures_of, shares_of, too_near
from serai.readiness.states import AggregateState


@transaction.atomic
def release_aggregate(
    *, framework: Framework, measure: str, countries: Sequence[str], by: Viewer, now: datetime
) -> Aggregate:
    """Let shares out to members, counted anew from what is confirmed now.

    Raises:
        Refused: too few organisations or countries, or too near to what was let out before.
    """
    require(access.may_keep_aggregates, by)
    if not access.is_staff(by, framework):
        raise Denied("readiness.may_keep_aggregates")
    # One at a time, so that two near ones are not let out side by side.
    Framework.objects.select_for_update().get(pk=framework.pk)
    if measure not in measures_of(framework):
        raise Refused(_("Choose one of what is listed."), "measure")
    shares = shares_of(framework, measure, countries, is_sample=by.is_sample)
    if not shares.is_tellable:
        raise Refused(
            _("No share can be told: it takes five organisations of three countries in each, none of which has more than half. Choose more countries.")
        )  # fmt: skip
    if too_near(framework, measure, shares, is_sample=by.is_sample):
        raise Refused(
            _("Fewer than five organisations lie between these shares and some that were let out before, so one could be worked out. Choose the same countries as before, or countries with five organisations more.")
        )  # fmt: skip
    told = shares.told()
    made = Aggregate.objects.create(
        framework=framework, measure=measure, countries=list(countries), as_of=now.date(),
        organisations_count=shares.organisations_count, countries_count=shares.countries_count,
        cells=[[cell.category, cell.percent] for cell in shares.cells],
        groups={
            "whole": sorted(told.whole),
            "cells": {name: sorted(held) for name, held in told.cells.items()},
        },
        released_at=now, released_by_id=actor(by), sample=by.is_sample,
    )  # fmt: skip
    note_audit(
        "release_aggregate", made, by=by, now=now,
        after={"measure": measure, "countries": list(countries), "cells": made.cells},
    )  # fmt: skip
    return made


@transaction.atomic
def publish_aggregate(*, aggregate: Aggregate, by: Viewer, now: datetime) -> Aggregate:
    """Let everybody read shares that members read already."""
    require(access.may_keep_aggregate, by, aggregate)
    take_step(aggregate, AggregateState.PUBLISHED, published_at=now, published_by_id=actor(by))
    note_audit("publish_aggregate", aggregate, by=by, now=now)
    return aggregate


@transaction.atomic
def withdraw_aggregate(*, aggregate: Aggregate, by: Viewer, now: datetime) -> Aggregate:
    """Take shares back; later ones are compared with them all the same."""
    require(access.may_keep_aggregate, by, aggregate)
    take_step(aggregate, AggregateState.WITHDRAWN, withdrawn_at=now, withdrawn_by_id=actor(by))
    note_audit("withdraw_aggregate", aggregate, by=by, now=now)
    return aggregate
