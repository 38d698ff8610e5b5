"""One initiative: its story, milestones, baselines, and what its keeper does."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.form_pages import FormPage
from serai.base.held import typed
from serai.base.pages import redirect_with, render_page
from serai.base.shown import Tab, leaves_out
from serai.base.text import TranslatedText
from serai.calc.schedule import Punctuality
from serai.programme import access, actions, exports, queries
from serai.programme.actions import InitiativeText
from serai.programme.forms import (
    BaselineForm,
    InitiativeForm,
    MilestoneForm,
    MoveInitiativeForm,
    NoteForm,
    audience_choices,
    read_texts,
    texts_of,
)
from serai.programme.states import ALLOWED, InitiativeState, NotePart
from serai.programme.states.words import STATES, word
from serai.programme.views.shared import (
    chosen,
    crumbs,
    form_page,
    in_two_steps,
    named,
    readers_now,
    readers_page,
    said,
    saved,
    shown,
    told,
)
from serai.programme.views.timeline import drawn, figures, finding

if TYPE_CHECKING:
    from serai.programme.models import Initiative, StatusNote


@guard(may=access.may_see_initiative, load=queries.initiative)
def initiative(request: ServedRequest, found: "Initiative") -> HttpResponse:
    """Show an initiative as of a day."""
    day = shown(request)
    row = next(
        (one for one in queries.initiatives(request.viewer, day.as_of) if one.id == found.pk), None
    )
    texts = queries.notes(request.viewer, day.as_of, initiative=found).get(found.code, {})
    rows = row.milestones if row else ()
    baselines = queries.baselines(request.viewer, found.code, day.as_of)
    return render_page(
        request,
        "programme/initiative.html",
        {
            "day": day,
            "found": found,
            "stood": row or found,
            "row": row,
            "notes": [(word("part", part), texts[part]) for part in NotePart if part in texts],
            "drafts": queries.drafts(request.viewer, found, day.as_of),
            "outline": queries.outlines(request.viewer, day.as_of).get(found.code),
            "figures": figures(rows),
            "punctuality": punctuality_words(row.punctuality) if row else "",
            "chart": drawn(rows, day.as_of) if rows else None,
            "finding": finding(rows),
            "table": exports.milestones_table(rows, as_of=day.asked) if rows else None,
            "baselines": baselines,
            "may_keep": access.may_keep_initiative(request.viewer, found),
            "may_release": access.may_release(request.viewer, found),
            "may_edit": access.may_edit_initiative(request.viewer, found),
            "may_baseline": access.may_set_baseline(request.viewer, found),
            "may_move": access.may_move_initiative(request.viewer, found),
            "crumbs": crumbs(title=named((row or found).name)),
            "left_out": leaves_out(rows),
            "sample": found.sample
            or (row is not None and row.sample)
            or any(note.sample for note in texts.values())
            or any(base.sample for base in baselines),
        },
    )


def punctuality_words(found: Punctuality) -> str:
    """Say how many completions kept their baseline; hidden below five known ones."""
    if found.share is None:
        return ""
    return _("%(on_time)d of %(known)d completions on a known day kept the baseline; %(unknown)d are not known to the day.") % {
        "on_time": found.on_time, "known": found.known, "unknown": found.unknown,
    }  # fmt: skip


def _page(found: "Initiative", title: str, verb: str, done: str, **more: object) -> FormPage:
    back = reverse("programme:initiative", args=[found.code])
    return FormPage(
        title=title, verb=verb, back=back, done=done,
        crumbs=crumbs((named(found.name), back), title=title), sample=found.sample,
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


@guard(may=access.may_edit_initiative, load=queries.initiative, methods=("GET", "POST"))
def edit(request: ServedRequest, found: "Initiative") -> HttpResponse:
    """Edit an initiative's name, purpose, partners and studies; coordinators name its keeper."""
    offered = queries.initiative_to_edit(request.viewer, found, request.now, request.LANGUAGE_CODE)
    gives = access.may_give_keeper(request.viewer, found)
    form = InitiativeForm(
        typed(request),
        partners=offered.partners,
        studies=offered.studies,
        keepers=offered.keepers if gives else None,
        initial={
            **texts_of("name", found.name), **texts_of("purpose", found.purpose),
            "partners": offered.partner_ids, "studies": offered.study_codes,
            "order": offered.order, "keeper": offered.keeper_id, "seen": queries.seen_of(found),
        },
    )  # fmt: skip
    page = _page(found, _("Edit this initiative"), _("Save"), _("The initiative is saved."))

    def act() -> object:
        given = form.cleaned_data
        text = InitiativeText(
            read_texts(form, "name", found.name), read_texts(form, "purpose", found.purpose),
            given["order"], tuple(int(pk) for pk in given.get("partners", ())),
            tuple(given.get("studies", ())),
        )  # fmt: skip
        with transaction.atomic():
            actions.change_initiative(
                initiative=found, text=text, seen=given["seen"], by=request.viewer,
                now=request.now,
            )  # fmt: skip
            if gives and given["keeper"] != offered.keeper_id:
                actions.give_keeper(
                    initiative=found, person_id=chosen(form, "keeper"), by=request.viewer,
                    now=request.now,
                )  # fmt: skip
        return found

    return form_page(request, form, page, act)


@guard(may=access.may_release, load=queries.initiative, methods=("GET", "POST"))
def readers(request: ServedRequest, found: "Initiative") -> HttpResponse:
    """Let more or fewer people read an initiative and what stands in it."""
    page = _page(
        found, _("Change who reads it"), _("Save"), _("It is read by whom you chose."),
        intro=readers_now(found),
        note=_("Nobody lets more people read what they entered themselves."),
    )  # fmt: skip
    return readers_page(request, found, page)


@guard(may=access.may_keep_initiative, load=queries.initiative, methods=("GET", "POST"))
def add_milestone(request: ServedRequest, found: "Initiative") -> HttpResponse:
    """Add a milestone, with its first date if one is known."""
    offered = queries.milestone_to_edit(request.viewer, None, request.LANGUAGE_CODE)
    form = MilestoneForm(
        typed(request), owners=offered.owners, countries=offered.countries,
        audiences=audience_choices(queries.audiences_at_first(found)),
    )  # fmt: skip
    page = _page(found, _("Add a milestone"), _("Save"), _("The milestone is added."))

    def act() -> object:
        given = form.cleaned_data
        return actions.add_milestone_with_date(
            initiative=found, name=read_texts(form, "name", TranslatedText()), kind=given["kind"],
            words=said(given["words"]) if given["words"] else None,
            owner_id=chosen(form, "owner"), country_id=chosen(form, "country"),
            audience=given["audience"], by=request.viewer, now=request.now, told=told(form),
        )  # fmt: skip

    return in_two_steps(request, form, page, act)


@guard(may=access.may_keep_initiative, load=queries.initiative, methods=("GET", "POST"))
def write_note(request: ServedRequest, found: "Initiative") -> HttpResponse:
    """Write one part of the initiative's story, in all languages on one page."""
    asked = request.GET.get("part", "")
    part = NotePart(asked) if asked in set(NotePart) else NotePart.CURRENT_STATUS
    begun = queries.note_to_write(request.viewer, found, part)
    form = NoteForm(typed(request), initial=texts_of("text", begun.text))
    page = _page(
        found, _("Write a status note"), _("Save the draft"),
        _("The draft is saved. An officer clears it for reports."),
        tabs=[
            Tab(str(word("part", one)), f"{request.path}?part={one.value}", is_current=one is part)
            for one in NotePart
        ],
        note=_("This is the draft that waits to be cleared.")
        if begun.draft
        else _("Each language begins with what is cleared now. Bring all of them up to date: a report takes the latest note in its own language."),
    )  # fmt: skip

    def act() -> object:
        text = read_texts(form, "text", begun.text)
        if begun.draft:
            return actions.change_note(
                note=begun.draft, text=text, by=request.viewer, now=request.now
            )
        return actions.draft_note(
            initiative=found, part=part.value, text=text, by=request.viewer, now=request.now
        )

    return form_page(request, form, page, act)


@guard(may=access.may_clear_note, load=queries.note, methods=("POST",))
def clear_note(request: ServedRequest, found: "StatusNote") -> HttpResponse:
    """Clear a note for reports."""
    back = reverse("programme:initiative", args=[found.initiative.code])
    try:
        actions.clear_note(note=found, by=request.viewer, now=request.now)
    except actions.Refused as error:
        return redirect_with(request, back, str(error))
    return saved(request, back, _("The note is cleared."))


@guard(may=access.may_set_baseline, load=queries.initiative, methods=("GET", "POST"))
def baseline(request: ServedRequest, found: "Initiative") -> HttpResponse:
    """Fix today's dates as the next baseline."""
    form = BaselineForm(typed(request), decisions=queries.decision_choices(request.viewer))
    page = _page(
        found, _("Set a baseline"), _("Fix these dates"), _("The baseline is set."),
        intro=_("All dates that hold today are fixed; slip is then counted against them."),
    )  # fmt: skip

    def act() -> object:
        cited = form.cleaned_data["decision"]
        return actions.set_baseline(
            initiative=found, name=form.cleaned_data["name"],
            decision=queries.decision(request.viewer, cited) if cited else None,
            by=request.viewer, now=request.now,
        )  # fmt: skip

    return form_page(request, form, page, act)


@guard(may=access.may_move_initiative, load=queries.initiative, methods=("GET", "POST"))
def move(request: ServedRequest, found: "Initiative") -> HttpResponse:
    """Begin, pause or close an initiative, citing a decision."""
    following = ALLOWED[InitiativeState][InitiativeState(found.state)]
    states = [(s.value, STATES["initiative"][s][1]) for s in InitiativeState if s in following]
    decisions = queries.decision_choices(request.viewer)
    form = MoveInitiativeForm(typed(request), states=states, decisions=decisions)
    page = _page(
        found, _("Change the state"), _("Save"), _("The state is changed."),
        intro="" if decisions else _("No decision is adopted yet to cite. Plan a meeting, record its decision and have its minutes agreed; then come back."),
    )  # fmt: skip
    return form_page(
        request,
        form,
        page,
        lambda: actions.move_initiative(
            initiative=found, state=form.cleaned_data["state"],
            citing=queries.decision(request.viewer, form.cleaned_data["decision"]),
            by=request.viewer, now=request.now,
        ),
    )  # fmt: skip
