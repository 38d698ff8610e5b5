"""Decisions and action items: the tracking tables, and working on one."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base import charts
from serai.base.access import ServedRequest, anyone, guard, signed_in
from serai.base.files.answers import answer_file
from serai.base.files.keeping import keep_checked
from serai.base.form_pages import FormPage
from serai.base.held import typed
from serai.base.lists import download, kept_query, page_of
from serai.base.pages import render_page
from serai.base.shown import Figure, counted, leaves_out
from serai.base.tables import in_order
from serai.members import queries as members
from serai.members.states.words import AUDIENCE_NAMES
from serai.programme import access, actions, exports, queries
from serai.programme.actions import Evidence, Refused
from serai.programme.forms import ActionForm, VerifyForm, WorkForm
from serai.programme.queries import ActionRow
from serai.programme.states import ActionState, DecisionState
from serai.programme.states.words import state_mark
from serai.programme.views.shared import crumbs, form_page, in_two_steps, named, said, shown, tabs

if TYPE_CHECKING:
    from serai.programme.models import ActionItem

FEWEST_BARS = 3


@guard(may=anyone)
def decisions(request: ServedRequest) -> HttpResponseBase:
    """Show the decision tracking table."""
    day = shown(request)
    rows = queries.decisions(request.viewer, day.as_of)
    rows, sort = in_order(rows, request.GET, exports.DECISION_SORTS)
    if found := download(request, exports.decisions_table(rows), "decisions"):
        return found
    page = page_of(request, rows)
    real = counted(rows)
    adopted = sum(row.state == DecisionState.ADOPTED for row in real)
    open_ = sum(row.open_action_count for row in real)
    figures = [
        Figure(str(len(real)), _("decisions")),
        Figure(str(adopted), _("adopted")),
        Figure(str(open_), _("open action items from them")),
    ]
    return render_page(
        request,
        "programme/decisions.html",
        {
            "day": day, "figures": figures if rows else [],
            "table": exports.decisions_table(list(page.object_list)) if rows else None,
            "page": page, "query": kept_query(request), "sort": sort, "tabs": tabs(request, "decisions", day),
            "crumbs": crumbs(title=_("Decisions")), "sample": any(row.sample for row in rows),
            "left_out": leaves_out(rows),
        },
    )  # fmt: skip


@guard(may=signed_in)
def action_items(request: ServedRequest) -> HttpResponseBase:
    """Show the action items, of all or of one member."""
    day = shown(request)
    country = request.GET.get("country", "")
    rows = queries.actions(request.viewer, day.as_of, country=country)
    rows, sort = in_order(rows, request.GET, exports.ACTION_SORTS)
    if found := download(request, exports.actions_table(rows), "actions"):
        return found
    page = page_of(request, rows)
    return render_page(
        request,
        "programme/actions.html",
        {
            "day": day, "figures": _figures(counted(rows)) if rows else [],
            "picture": by_member(counted(rows)),
            "table": exports.actions_table(list(page.object_list)) if rows else None,
            "page": page, "query": kept_query(request), "sort": sort, "country": country,
            "members": members.member_names(request.viewer, request.LANGUAGE_CODE),
            "may_add": access.may_ask(request.viewer),
            "tabs": tabs(request, "actions", day), "crumbs": crumbs(title=_("Action items")),
            "sample": any(row.sample for row in rows),
            "left_out": leaves_out(rows),
        },
    )  # fmt: skip


def _figures(rows: list[ActionRow]) -> list[Figure]:
    open_ = [row for row in rows if row.state == ActionState.OPEN]
    done = sum(row.state in {ActionState.DONE, ActionState.VERIFIED} for row in rows)
    return [
        Figure(str(len(open_)), _("open")),
        Figure(str(sum(row.is_overdue for row in open_)), _("overdue")),
        Figure(_("%(n)d of %(all)d") % {"n": done, "all": len(rows)}, _("done")),
    ]


def by_member(rows: list[ActionRow]) -> charts.Chart | None:
    """Draw how many open action items each member has."""
    names = {p.iso3: named(p.name) for row in rows for p in row.countries}
    found = {
        iso3: sum(
            1
            for row in rows
            if row.state == ActionState.OPEN and iso3 in {p.iso3 for p in row.countries}
        )
        for iso3 in names
    }
    if len(found) < FEWEST_BARS:
        return None
    return charts.bars(
        [charts.Bar(names[iso3], n) for iso3, n in found.items()],
        title=_("Open action items by member"), label_title=_("Member"), value_title=_("Open"),
    )  # fmt: skip


@guard(may=access.may_ask, methods=("GET", "POST"))
def add_action(request: ServedRequest) -> HttpResponse:
    """Ask somebody to do something."""
    viewer = request.viewer
    day = shown(request)
    known = queries.decisions(viewer, day.today)
    bodies = members.organisations_offered(viewer)
    people = members.people(viewer, request.now)
    form = ActionForm(
        typed(request),
        decisions=[(row.public_id, row.number) for row in known],
        owners=[(row.public_id, named(row.names)) for row in bodies],
        people=[(row.public_id, row.label) for row in people],
        members=members.member_choices(viewer, request.LANGUAGE_CODE),
    )
    back = reverse("programme:actions")
    page = FormPage(
        title=_("Add an action item"), verb=_("Save"), back=back, done=_("The action item is added."),
        crumbs=crumbs((_("Action items"), back), title=_("Add an action item")),
        is_date_optional=True,
    )  # fmt: skip

    def act() -> object:
        given = form.cleaned_data
        owner = next((row.id for row in bodies if row.public_id == given["owner"]), None)
        person = next((row.id for row in people if row.public_id == given["person"]), None)
        cited = given["decision"]
        return actions.add_action(
            text=said(given["text"]),
            decision=queries.decision(viewer, cited) if cited else None,
            owner_id=owner, person_id=person, countries=given["countries"],
            due=actions.read_due(said(given["words"])), audience=given["audience"],
            by=viewer, now=request.now,
        )  # fmt: skip

    return in_two_steps(request, form, page, act)


@guard(may=access.may_see_action, load=queries.action, methods=("GET", "POST"))
def action_item(request: ServedRequest, found: "ActionItem") -> HttpResponse:
    """Show an action item; its owner says what became of it, an officer verifies."""
    viewer = request.viewer
    day = shown(request)
    row = next(r for r in queries.actions(viewer, day.today) if r.public_id == found.public_id)
    verifies = found.state == ActionState.DONE and access.may_verify_action(viewer, found)
    works = access.may_work_on_action(viewer, found) and found.state == ActionState.OPEN
    form = (
        VerifyForm(typed(request)) if verifies else WorkForm(typed(request), request.FILES or None)
    )
    back = reverse("programme:action", args=[found.public_id])
    page = FormPage(
        title=named(found.text), verb=_("Save"), back=back, done=_("Your word is recorded."),
        crumbs=crumbs(
            (_("Action items"), reverse("programme:actions")), title=_("Action item")
        ), sample=found.sample,
    )  # fmt: skip
    if request.method == "POST" and (verifies or works):
        return form_page(request, form, page, lambda: _work(request, found, form))
    return render_page(
        request,
        "programme/action.html",
        {
            "found": found, "row": row, "mark": state_mark("action", row.state),
            "audience": AUDIENCE_NAMES[found.audience],
            "reads_file": row.evidence_id is not None
            and access.may_read_action_evidence(viewer, found),
            "is_kept": access.may_verify_action(viewer, found),
            "form": form if verifies or works else None, "page": page,
            "crumbs": page.crumbs, "sample": found.sample,
        },
    )  # fmt: skip


@transaction.atomic
def _work(request: ServedRequest, found: "ActionItem", form: WorkForm | VerifyForm) -> object:
    given, by, now = form.cleaned_data, request.viewer, request.now
    verdict = given["verdict"]
    if isinstance(form, VerifyForm):
        return actions.verify_action(action=found, is_done=verdict == "yes", by=by, now=now)
    if verdict == "dropped":
        return actions.drop_action(action=found, reason=given["text"], by=by, now=now)
    if given["text"]:
        actions.note_action(action=found, text=given["text"], by=by, now=now)
    elif verdict == "note":
        raise Refused(_("The note is empty. Write it and save again."))
    if verdict == "done":
        return _finish(request, found, form)
    return None


def _finish(request: ServedRequest, found: "ActionItem", form: WorkForm) -> object:
    """Record that it is done, with the link or the file that shows it."""
    given = form.cleaned_data
    kept = None
    if file := given["evidence"]:
        kept = keep_checked(
            checked=file.checked, thing=f"programme.actionitem:{found.pk}",
            by=request.viewer.person_id, now=request.now, sample=found.sample,
        )  # fmt: skip
    return actions.finish_action(
        action=found, evidence=Evidence(kept.pk if kept else None, given["link"]),
        by=request.viewer, now=request.now,
    )  # fmt: skip


@guard(may=access.may_read_action_evidence, load=queries.action)
def evidence(request: ServedRequest, found: "ActionItem") -> HttpResponseBase:
    """Give the file that shows that an action item is done."""
    del request
    return answer_file(found.evidence)  # type: ignore[arg-type]
