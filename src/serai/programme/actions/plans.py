"""Planned dates: proposed with a reason, approved by another, fixed in baselines."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.mail import send
from serai.base.text import TranslatedText
from serai.calc.schedule import Link, LinkKind, Window, find_cycle
from serai.programme import access, emails
from serai.programme.actions.facts import (
    NOW,
    Refused,
    Told,
    note_audit,
    required,
    stamp,
    today,
)
from serai.programme.actions.milestones import add_milestone
from serai.programme.actions.windows import columns, read_words
from serai.programme.models import (
    Baseline,
    BaselineLine,
    Decision,
    Dependency,
    Initiative,
    Milestone,
    Plan,
    PlanVerdict,
)
from serai.programme.states import ChangeReason, PlanState

LAST_BASELINE = 10


@transaction.atomic
def propose_plan(
    *,
    milestone: Milestone,
    words: str | TranslatedText,
    reason: str = "",
    reason_text: str = "",
    window: Window | None = None,
    waits: bool = False,
    by: Viewer,
    now: datetime,
    told: Told = NOW,
) -> Plan:
    """Plan a milestone's date; a first plan holds at once, a new one waits for who approves it.

    Args:
        milestone: what is planned.
        words: the words people read; they are read in their source language.
        reason: a `ChangeReason`, needed when the milestone has an approved plan.
        reason_text: needed with the reason `other`.
        waits: let a first plan wait for approval too, as what a file brings does.
        window: a window already read, where a file or preset gave days beside the words.
        by: who proposes.
        now: when.
        told: when and from where it was known.
    Raises:
        Refused: words that name no date, or a missing reason.
    """
    require(access.may_replan, by, milestone)
    # Locked so that two people at once cannot both make a first plan.
    Milestone.objects.select_for_update().get(pk=milestone.pk)
    read, text = read_words(words, by.language, window)
    holding = current_plan(milestone)
    if holding is not None:
        _check_reason(reason, reason_text)
    if holding is not None and holding.as_window().said("") == read.said(""):
        raise Refused(
            _("This is the date that holds already: %(words)s.") % {"words": holding.words},
            "words",
        )
    carried = Told(told.known_from, told.source_note, milestone.sample or told.sample)
    facts = stamp(by=by, now=now, told=carried)
    plan = Plan.objects.create(
        milestone=milestone,
        change_reason=ChangeReason(reason).value if holding is not None else "",
        reason_text=reason_text.strip() if holding is not None else "",
        **columns(read, text),
        **facts,
    )
    note_audit("propose_plan", plan, by=by, now=now, after={"end_latest": str(read.end_latest)})
    if holding is None and not waits:
        PlanVerdict.objects.create(plan=plan, state=PlanState.APPROVED.value, **facts)
    else:
        for message in emails.plan_proposed(plan, holding, now):
            send(message)
    return plan


@transaction.atomic
def add_milestone_with_date(
    *,
    initiative: Initiative,
    name: TranslatedText,
    kind: str,
    words: TranslatedText | None,
    owner_id: int | None = None,
    country_id: int | None = None,
    audience: str = "",
    by: Viewer,
    now: datetime,
    told: Told = NOW,
) -> Milestone:
    """Add a milestone together with its first date, if one is known."""
    milestone = add_milestone(
        initiative=initiative, name=name, kind=kind, owner_id=owner_id, country_id=country_id,
        audience=audience, by=by, now=now, told=told,
    )  # fmt: skip
    if words is not None:
        propose_plan(milestone=milestone, words=words, by=by, now=now, told=told)
    return milestone


def current_plan(milestone: Milestone) -> Plan | None:
    """Return the plan that holds now."""
    return (
        milestone.plans.filter(verdict__state=PlanState.APPROVED.value)
        .order_by("-verdict__known_from", "-verdict__id")
        .first()
    )


def _check_reason(reason: str, text: str) -> None:
    if not reason or reason not in set(ChangeReason):
        raise Refused(_("Say why the date changes: choose a reason."), "reason")
    if reason == ChangeReason.OTHER and not text.strip():
        raise Refused(_("The reason is “other”: write it in a sentence."), "reason_text")


@transaction.atomic
def approve_plan(*, plan: Plan, by: Viewer, now: datetime, told: Told = NOW) -> PlanVerdict:
    """Let a proposed date hold."""
    return _decide(plan, PlanState.APPROVED, "", by, now, told)


@transaction.atomic
def reject_plan(
    *, plan: Plan, reason: str, by: Viewer, now: datetime, told: Told = NOW
) -> PlanVerdict:
    """Turn a proposed date down, with a reason."""
    required(reason, _("The reason"))
    return _decide(plan, PlanState.REJECTED, reason.strip(), by, now, told)


def _decide(
    plan: Plan, state: PlanState, reason: str, by: Viewer, now: datetime, told: Told
) -> PlanVerdict:
    require(access.may_approve_plan, by, plan)
    Milestone.objects.select_for_update().get(pk=plan.milestone_id)
    if PlanVerdict.objects.filter(plan=plan).exists():
        raise Refused(_("This proposal is decided already. Reload the page to see it."))
    carried = Told(told.known_from, told.source_note, plan.sample)
    verdict = PlanVerdict.objects.create(
        plan=plan, state=state.value, reason=reason, **stamp(by=by, now=now, told=carried)
    )
    note_audit(f"plan_{state.value}", plan, by=by, now=now)
    for message in emails.plan_decided(plan, verdict, now):
        send(message)
    return verdict


@transaction.atomic
def set_baseline(
    *,
    initiative: Initiative,
    name: str,
    decision: Decision | None = None,
    by: Viewer,
    now: datetime,
    told: Told = NOW,
) -> Baseline:
    """Fix the plans that held on the day it is known from as the next baseline, 0 to 10."""
    require(access.may_set_baseline, by, initiative)
    required(name, _("The baseline's name"))
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    number = initiative.baselines.count()
    if number > LAST_BASELINE:
        raise Refused(_("All eleven baselines, 0 to 10, are set. No more can be added."))
    carried = Told(told.known_from, told.source_note, initiative.sample or told.sample)
    facts = stamp(by=by, now=now, told=carried)
    holding = _holding(initiative, told.known_from or today(now))
    if not holding:
        raise Refused(_("No dates are set: there is nothing to fix as a baseline."))
    baseline = Baseline.objects.create(
        initiative=initiative, number=number, name=name.strip(), set_on=told.known_from or today(now),
        decision=decision, **facts,
    )  # fmt: skip
    BaselineLine.objects.bulk_create(
        BaselineLine(baseline=baseline, milestone_id=plan.milestone_id, plan=plan)
        for plan in holding
    )
    note_audit("set_baseline", baseline, by=by, now=now, after={"number": number})
    return baseline


def _holding(initiative: Initiative, day: date) -> list[Plan]:
    """Return the plans that held on a day, one a milestone, in one query."""
    approved = (
        Plan.objects.filter(
            milestone__initiative=initiative,
            milestone__known_from__lte=day,
            known_from__lte=day,
            verdict__state=PlanState.APPROVED.value,
            verdict__known_from__lte=day,
        )
        .select_related("milestone")
        .order_by("verdict__known_from", "verdict__id")
    )
    latest = {plan.milestone_id: plan for plan in approved}
    return sorted(latest.values(), key=lambda plan: plan.milestone.number)


@transaction.atomic
def add_dependency(
    *,
    milestone: Milestone,
    after: Milestone,
    kind: str = LinkKind.FINISH_START.value,
    lag_days: int = 0,
    by: Viewer,
    now: datetime,
    told: Told = NOW,
) -> Dependency:
    """Let a milestone come after another; a circle is refused and shown.

    Raises:
        Refused: “3 → 5 → 9 → 3”.
    """
    require(access.may_keep_initiative, by, milestone.initiative)
    Initiative.objects.select_for_update().get(pk=milestone.initiative_id)
    existing = Dependency.objects.filter(ended_on=None)
    if existing.filter(milestone=milestone, after=after).exists():
        raise Refused(_("This dependency is recorded already."), "after")
    links = [
        Link(row[0], row[1])
        for row in existing.order_by("id").values_list("milestone_id", "after_id")
    ]
    circle = find_cycle([*links, Link(milestone.pk, after.pk)])
    if circle is not None:
        raise Refused(
            _("This would close a circle: %(circle)s.") % {"circle": _named(circle, after)},
            "after",
        )
    carried = Told(told.known_from, told.source_note, milestone.sample or after.sample)
    dependency = Dependency.objects.create(
        milestone=milestone, after=after, kind=LinkKind(kind).value, lag_days=lag_days,
        **stamp(by=by, now=now, told=carried),
    )  # fmt: skip
    note_audit("add_dependency", dependency, by=by, now=now)
    return dependency


def _named(circle: tuple[int, ...], home: Milestone) -> str:
    """Write a circle by the milestones' numbers; another initiative's with its code."""
    rows = Milestone.objects.select_related("initiative").in_bulk(set(circle))
    return " → ".join(
        str(rows[key].number)
        if rows[key].initiative_id == home.initiative_id
        else f"{rows[key].initiative.code}/{rows[key].number}"
        for key in circle
    )


@transaction.atomic
def end_dependency(*, dependency: Dependency, by: Viewer, now: datetime) -> Dependency:
    """Let a dependency end today; earlier days still know it."""
    require(access.may_keep_initiative, by, dependency.milestone.initiative)
    dependency.ended_on = today(now)
    dependency.save(update_fields=["ended_on"])
    note_audit("end_dependency", dependency, by=by, now=now)
    return dependency
