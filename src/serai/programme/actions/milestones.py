"""Milestones: made, warned of, reached, and a wrong record taken back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.text import TranslatedText
from serai.calc.schedule import Window
from serai.members.states import Audience, narrowest
from serai.programme import access
from serai.programme.actions.facts import (
    NOW,
    Refused,
    Told,
    as_text,
    check_seen,
    day,
    note_audit,
    required,
    stamp,
    today,
)
from serai.programme.actions.finding import index_milestone
from serai.programme.actions.texts import write_text
from serai.programme.actions.windows import columns, read_words
from serai.programme.models import Completion, Initiative, ManualFlag, Milestone, Withdrawal
from serai.programme.queries.editing import written
from serai.programme.states import FlagLevel, MilestoneKind

LONGEST_FLAG = timedelta(days=60)


@dataclass(frozen=True)
class Evidence:
    """What shows that something is done: a stored file's number, or a link."""

    file_id: int | None = None
    link: str = ""


NO_EVIDENCE = Evidence()


@dataclass(frozen=True)
class MilestoneText:
    """What people write of a milestone; its dates and audience change by acts of their own."""

    name: TranslatedText
    kind: str
    owner_id: int | None = None
    country_id: int | None = None
    order: int = 0


@transaction.atomic
def add_milestone(
    *,
    initiative: Initiative,
    name: str | TranslatedText,
    number: int | None = None,
    kind: str = MilestoneKind.DELIVERABLE.value,
    owner_id: int | None = None,
    country_id: int | None = None,
    audience: str = "",
    by: Viewer,
    now: datetime,
    told: Told = NOW,
) -> Milestone:
    """Add a milestone to an initiative, with the next number and the initiative's audience.

    A country's own milestone begins at the secretariat at most. Whoever sets the programme up may
    give a wider audience; everybody else widens it by an act of release.
    """
    require(access.may_keep_initiative, by, initiative)
    required(name, _("The name"))
    begins = Audience(initiative.audience)
    if country_id is not None:
        begins = narrowest(begins, Audience.SECRETARIAT)
    wanted = Audience(audience) if audience else begins
    if wanted.is_wider_than(begins):
        require(access.may_set_up, by)
    check_reader(wanted, owner_id=owner_id, country_id=country_id)
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    numbers = set(initiative.milestones.values_list("number", flat=True))
    number = number or max(numbers, default=0) + 1
    if number in numbers:
        raise Refused(_("Milestone %(number)d exists already.") % {"number": number})
    carried = Told(told.known_from, told.source_note, initiative.sample or told.sample)
    milestone = Milestone.objects.create(
        initiative=initiative,
        number=number,
        order=number,
        kind=MilestoneKind(kind).value,
        name=as_text(name, by.language),
        owner_id=owner_id,
        country_id=country_id,
        audience=wanted.value,
        **stamp(by=by, now=now, told=carried),
    )
    write_text(milestone, by=by, now=now, told=carried)
    index_milestone(milestone, now)
    note_audit("add_milestone", milestone, by=by, now=now, after={"number": number})
    return milestone


def check_reader(audience: Audience, *, owner_id: int | None, country_id: int | None) -> None:
    """Refuse an audience of nobody: a country's without a country, an owner's without an owner."""
    if audience is Audience.ORGANISATION and owner_id is None:
        raise Refused(_("Only its owner is to read it, but it has none. Choose one."), "owner")
    if audience is Audience.COUNTRY and country_id is None:
        raise Refused(_("Only a country is to read it, but none is chosen. Choose one."), "country")


@transaction.atomic
def change_milestone(
    *, milestone: Milestone, text: MilestoneText, seen: str = "", by: Viewer, now: datetime
) -> Milestone:
    """Bring a milestone's name, kind, owner, country and place in the list up to date.

    Past days keep what they read: what is written holds from today.

    `seen` is the mark (`queries.seen_of`) of what its editor saw.

    Raises:
        EditedMeanwhile: if something else stands by now.
        Refused: a country given to what the members read already: that takes its consent.
    """
    require(access.may_keep_milestone, by, milestone)
    required(text.name, _("The name"))
    check_seen(milestone, seen)
    audience = Audience(milestone.audience)
    check_reader(audience, owner_id=text.owner_id, country_id=text.country_id)
    is_new = text.country_id is not None and text.country_id != milestone.country_id
    if is_new and audience.is_wider_than(Audience.SECRETARIAT):
        raise Refused(
            _("Members read this milestone. Take it back to the secretariat, then give it a country and release it with the consent of its focal point."),
            "country",
        )  # fmt: skip
    before = written(milestone)
    milestone.name, milestone.kind = text.name, MilestoneKind(text.kind).value
    milestone.owner_id, milestone.country_id = text.owner_id, text.country_id
    milestone.order = text.order
    milestone.save(update_fields=["name", "kind", "owner", "country", "order"])
    after = written(milestone)
    if after != before:
        write_text(milestone, by=by, now=now)
    index_milestone(milestone, now)
    note_audit("change_milestone", milestone, by=by, now=now, before=before, after=after)
    return milestone


def check_completed(read: Window, *, told: Told = NOW, now: datetime) -> None:
    """Hold the window of a completion to today, and to the day it was known from.

    Raises:
        Refused: with both days, and what to do.
    """
    this_day = today(now)
    if read.end_latest > this_day:
        raise Refused(
            _("The completion, %(day)s, is after today, %(today)s. Record it once it is reached.")
            % {"day": day(read.end_latest), "today": day(this_day)},
            "words",
        )
    known_from = told.known_from or this_day
    if read.end_latest > known_from:
        raise Refused(
            _("The completion, %(day)s, is after the day it was known from, %(known)s. Give a later day.")
            % {"day": day(read.end_latest), "known": day(known_from)},
            "words",
        )  # fmt: skip


@transaction.atomic
def record_completion(
    *,
    milestone: Milestone,
    words: str | TranslatedText,
    evidence: Evidence = NO_EVIDENCE,
    window: Window | None = None,
    by: Viewer,
    now: datetime,
    told: Told = NOW,
) -> Completion:
    """Record that a milestone is reached, on a day or by a day.

    Raises:
        Refused: words that name no date, a day after today or after the day it was known from, or
            a completion that stands already.
    """
    require(access.may_complete, by, milestone)
    Milestone.objects.select_for_update().get(pk=milestone.pk)
    read, text = read_words(words, by.language, window)
    check_completed(read, told=told, now=now)
    if milestone.completions.filter(withdrawn=None).exists():
        raise Refused(_("A completion is recorded already. Withdraw it first if it is wrong."))
    carried = Told(told.known_from, told.source_note, milestone.sample or told.sample)
    completion = Completion.objects.create(
        milestone=milestone,
        evidence_id=evidence.file_id,
        link=evidence.link,
        **columns(read, text),
        **stamp(by=by, now=now, told=carried),
    )
    note_audit("record_completion", completion, by=by, now=now, after={"day": str(read.end_latest)})
    return completion


@transaction.atomic
def withdraw_completion(
    *, completion: Completion, reason: str, by: Viewer, now: datetime, told: Told = NOW
) -> Withdrawal:
    """Take a completion back; the record and its withdrawal both stay."""
    require(access.may_complete, by, completion.milestone)
    required(reason, _("The reason"))
    if Withdrawal.objects.filter(completion=completion).exists():
        raise Refused(_("This completion is withdrawn already."))
    carried = Told(told.known_from, told.source_note, completion.sample)
    withdrawal = Withdrawal.objects.create(
        completion=completion, reason=reason.strip(), **stamp(by=by, now=now, told=carried)
    )
    note_audit("withdraw_completion", completion, by=by, now=now)
    return withdrawal


@transaction.atomic
def raise_flag(
    *,
    milestone: Milestone,
    level: str,
    reason: str,
    expires_on: date,
    by: Viewer,
    now: datetime,
    told: Told = NOW,
) -> ManualFlag:
    """Warn about a milestone, with a reason, for at most 60 days."""
    require(access.may_keep_initiative, by, milestone.initiative)
    required(reason, _("The reason"))
    facts = stamp(
        by=by,
        now=now,
        told=Told(told.known_from, told.source_note, milestone.sample or told.sample),
    )
    start = told.known_from or today(now)
    if not start <= expires_on <= start + LONGEST_FLAG:
        raise Refused(
            _("A warning ends at most 60 days after it begins: between %(start)s and %(end)s.")
            % {"start": day(start), "end": day(start + LONGEST_FLAG)},
            "expires_on",
        )
    flag = ManualFlag.objects.create(
        milestone=milestone, level=FlagLevel(level).value, reason=reason.strip(),
        expires_on=expires_on, **facts,
    )  # fmt: skip
    note_audit("raise_flag", flag, by=by, now=now, after={"level": level})
    return flag
