"""The programme and its initiatives: set up, moved, given outlines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.text import TranslatedText
from serai.members.queries import staff_of
from serai.members.states import Audience
from serai.programme import access
from serai.programme.actions import found
from serai.programme.actions.facts import (
    NOW,
    Refused,
    Told,
    check_seen,
    first_step,
    note_audit,
    required,
    stamp,
    take_step,
)
from serai.programme.actions.finding import index_all_of, index_initiative
from serai.programme.actions.texts import write_text
from serai.programme.models import Decision, Initiative, Outline, Programme
from serai.programme.queries.editing import written
from serai.programme.states import DecisionState, InitiativeState

# The last part of the address where an initiative is opened, so no initiative's own.
NEW = "new"


@dataclass(frozen=True)
class ProgrammeFacts:
    """What is known of the programme itself."""

    code: str
    name: TranslatedText
    short_name: TranslatedText
    time_zone: str
    languages: tuple[str, ...] = ("en",)
    secretariat_id: int | None = None
    technical_assistance: TranslatedText = TranslatedText()
    technical_assistance_number: str = ""
    opens_as_of: date | None = None


@dataclass(frozen=True)
class InitiativeText:
    """What people write of an initiative; its state and audience change by acts of their own."""

    name: TranslatedText
    purpose: TranslatedText
    order: int = 0
    partner_ids: tuple[int, ...] = ()
    national_studies: tuple[str, ...] = ()


@dataclass(frozen=True)
class InitiativeFacts:
    """What is known of an initiative as it is set up."""

    code: str
    name: TranslatedText
    purpose: TranslatedText
    order: int = 0
    audience: str = Audience.SECRETARIAT.value
    state: str = InitiativeState.PROPOSED.value
    partner_ids: tuple[int, ...] = ()
    national_studies: tuple[str, ...] = ()


@transaction.atomic
def save_programme(
    *, facts: ProgrammeFacts, seen: str = "", by: Viewer, now: datetime
) -> Programme:
    """Make the programme, or bring it up to date; an installation has one.

    `seen` is the mark (`queries.seen_of`) of what its editor saw.

    Raises:
        EditedMeanwhile: if something else stands by now.
    """
    require(access.may_set_up, by)
    required(facts.name, _("The name"))
    required(facts.short_name, _("The short name"))
    other = Programme.objects.exclude(code=facts.code).order_by("id").first()
    if other is not None:
        raise Refused(
            _("This installation is set up for %(name)s. One installation serves one programme.")
            % {"name": other.short_name}
        )
    here = Programme.objects.filter(code=facts.code).first()
    if here is not None:
        check_seen(here, seen)
    before = written(here) if here is not None else None
    programme, _is_new = Programme.objects.update_or_create(
        code=facts.code,
        defaults={
            "name": facts.name,
            "short_name": facts.short_name,
            "time_zone": facts.time_zone,
            "languages": list(facts.languages),
            "secretariat_id": facts.secretariat_id,
            "technical_assistance": facts.technical_assistance,
            "technical_assistance_number": facts.technical_assistance_number,
            "opens_as_of": facts.opens_as_of,
        },
    )
    note_audit("save_programme", programme, by=by, now=now, before=before, after=written(programme))
    return programme


@transaction.atomic
def open_initiative(
    *, programme: Programme, facts: InitiativeFacts, by: Viewer, now: datetime, told: Told = NOW
) -> Initiative:
    """Open an initiative."""
    require(access.may_set_up, by)
    required(facts.name, _("The name"))
    if facts.code == NEW:
        raise Refused(
            _("“%(code)s” stands for the page that opens initiatives. Choose another code.")
            % {"code": NEW},
            "code",
        )
    if Initiative.objects.filter(code=facts.code).exists():
        raise Refused(_("An initiative “%(code)s” exists already.") % {"code": facts.code}, "code")
    stamped = stamp(by=by, now=now, told=told)
    initiative = Initiative.objects.create(
        programme=programme,
        code=facts.code,
        name=facts.name,
        purpose=facts.purpose,
        order=facts.order,
        audience=Audience(facts.audience).value,
        state=InitiativeState(facts.state).value,
        **stamped,
    )
    initiative.partners.set(facts.partner_ids)
    initiative.national_studies.set(found.members(facts.national_studies))
    write_text(initiative, by=by, now=now, told=told)
    first_step("initiative", initiative, InitiativeState(facts.state), stamped)
    index_initiative(initiative, now)
    note_audit("open_initiative", initiative, by=by, now=now, after={"code": facts.code})
    return initiative


@transaction.atomic
def change_initiative(
    *, initiative: Initiative, text: InitiativeText, seen: str = "", by: Viewer, now: datetime
) -> Initiative:
    """Bring an initiative's name, purpose, order, partners and studies up to date.

    Past days keep what they read: what is written holds from today.

    `seen` is the mark (`queries.seen_of`) of what its editor saw.

    Raises:
        EditedMeanwhile: if something else stands by now.
    """
    require(access.may_edit_initiative, by, initiative)
    required(text.name, _("The name"))
    check_seen(initiative, seen)
    before = written(initiative)
    initiative.name, initiative.purpose, initiative.order = text.name, text.purpose, text.order
    initiative.save(update_fields=["name", "purpose", "order"])
    initiative.partners.set(text.partner_ids)
    initiative.national_studies.set(found.members(text.national_studies))
    after = written(initiative)
    if after != before:
        write_text(initiative, by=by, now=now)
    # A milestone is found by its initiative's name too: all of it is indexed again.
    index_all_of(initiative, now)
    note_audit("change_initiative", initiative, by=by, now=now, before=before, after=after)
    return initiative


@transaction.atomic
def give_keeper(
    *, initiative: Initiative, person_id: int | None, by: Viewer, now: datetime
) -> Initiative:
    """Say who keeps an initiative: one of its officers or coordinators, or nobody.

    Raises:
        Refused: for anybody else, since a keeper's letters say what only they may read.
    """
    require(access.may_give_keeper, by, initiative)
    if person_id is not None and person_id not in {
        one.pk for one in staff_of(initiative.code, now)
    }:
        raise Refused(
            _("This person is no officer or coordinator of this initiative. Choose one who is."),
            "keeper",
        )
    before = {"keeper": initiative.keeper_id}
    initiative.keeper_id = person_id
    initiative.save(update_fields=["keeper"])
    note_audit(
        "give_keeper", initiative, by=by, now=now, before=before, after={"keeper": person_id}
    )
    return initiative


@transaction.atomic
def move_initiative(
    *,
    initiative: Initiative,
    state: str,
    citing: Decision,
    by: Viewer,
    now: datetime,
    told: Told = NOW,
) -> Initiative:
    """Begin, pause, resume or close an initiative, citing a decision, never a mere proposal."""
    require(access.may_move_initiative, by, initiative)
    if Decision.objects.filter(pk=citing.pk, state=DecisionState.PROPOSED.value).exists():
        raise Refused(
            _("Decision %(number)s is only proposed. Choose one that is adopted.")
            % {"number": citing.number},
            "decision",
        )
    wanted = InitiativeState(state)
    before = take_step("initiative", initiative, wanted, by=by, now=now, told=told, citing=citing)
    note_audit(
        "move_initiative", initiative, by=by, now=now, before={"state": before},
        after={"state": wanted.value, "citing": citing.number},
    )  # fmt: skip
    return initiative


@dataclass(frozen=True)
class OutlineHeading:
    """One heading of an outline; `level` begins at 1."""

    level: int
    title: TranslatedText


@transaction.atomic
def save_outline(
    *,
    initiative: Initiative,
    key: str,
    title: TranslatedText,
    headings: Iterable[OutlineHeading],
    by: Viewer,
    now: datetime,
    told: Told = NOW,
) -> Outline:
    """Keep a tree of headings; an equal one is not kept twice."""
    require(access.may_keep_initiative, by, initiative)
    rows = _as_rows(headings)
    latest = initiative.outlines.filter(key=key).order_by("-known_from", "-id").first()
    if latest is not None and latest.headings == rows and latest.title == title:
        return latest
    carried = Told(told.known_from, told.source_note, initiative.sample or told.sample)
    outline = Outline.objects.create(
        initiative=initiative, key=key, title=title, headings=rows,
        **stamp(by=by, now=now, told=carried),
    )  # fmt: skip
    note_audit("save_outline", outline, by=by, now=now, after={"headings": len(rows)})
    return outline


def _as_rows(headings: Iterable[OutlineHeading]) -> Sequence[Mapping[str, object]]:
    return [{"level": h.level, "title": h.title.to_json()} for h in headings]
