"""The help desk: the list with its picture, asking, one request, answers for all."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base import charts
from serai.base.access import ServedRequest, guard
from serai.base.form_pages import FormPage
from serai.base.held import typed
from serai.base.lists import download, kept_query, page_of
from serai.base.pages import redirect_with, render_page
from serai.base.shown import counted, leaves_out
from serai.readiness import access, actions
from serai.readiness.exports import helping as exports
from serai.readiness.forms.helping import AskHelpForm, SayForm, TakeForm
from serai.readiness.queries import help as queries
from serai.readiness.states import HelpKind, HelpPriority, HelpState
from serai.readiness.states.help_words import AGES, KINDS, PRIORITIES, VERBS, age_of, help_mark
from serai.readiness.views.pages import crumbs, done, form_page

if TYPE_CHECKING:
    from serai.readiness.models import HelpRequest

# Shades of the picture begin with one request, so that a single one is seen.
CUTS = (1, 2, 4, 8)


def help_step() -> tuple[str, str]:
    """Return the step back to the list."""
    return _("Help desk"), reverse("readiness:help")


@guard(may=access.may_open_help)
def help_requests(request: ServedRequest) -> HttpResponseBase:
    """List the requests the viewer may see, with how many stand where and for how long."""
    asked = {name: request.GET.get(name, "") for name in ("words", "state", "kind")}
    wanted = asked["state"] if asked["state"] in {"open", *HelpState} else ""
    every = queries.help_requests(request.viewer, request.now)
    kind = asked["kind"] if asked["kind"] in set(HelpKind) else ""
    narrowed = every
    if asked["words"] or wanted or kind:
        narrowed = queries.help_requests(
            request.viewer, request.now, words=asked["words"], state=wanted, kind=kind
        )
    if file := download(request, exports.help_table(narrowed), "help"):
        return file
    page = page_of(request, narrowed)
    return render_page(
        request,
        "readiness/help.html",
        {
            "table": exports.help_table(list(page.object_list)) if narrowed else None,
            "picture": picture(counted(every)),
            "left_out": leaves_out(every),
            "page": page,
            "query": kept_query(request),
            "has_any": bool(every),
            "states": [("open", _("all that are open")), *_states()],
            "kinds": [(one.value, KINDS[one]) for one in HelpKind],
            "asked": asked,
            "may_ask": bool(queries.offices_to_help(request.viewer)),
            "crumbs": crumbs(title=_("Help desk")),
            "sample": any(row.sample for row in narrowed),
        },
    )


def _states() -> list[tuple[str, str]]:
    return [(one.value, help_mark(one).word) for one in HelpState]


def picture(rows: Sequence[queries.HelpRow]) -> charts.Chart | None:
    """Draw how many open requests stand in each state, and for how long."""
    open_rows = [row for row in rows if row.state is not HelpState.CLOSED]
    if not open_rows:
        return None
    return charts.heat_table(
        [
            charts.HeatRow(
                help_mark(state).word,
                tuple(
                    sum(row.state is state and age_of(row.days) == age for row in open_rows)
                    for age in range(len(AGES))
                ),
            )
            for state in queries.OPEN_STATES
            if any(row.state is state for row in open_rows)
        ],
        [str(one) for one in AGES],
        title=_("Open requests by state, and how long they stand there"),
        cuts=CUTS,
        label_title=_("State"),
    )


@guard(may=access.may_open_help, methods=("GET", "POST"))
def ask_help(request: ServedRequest) -> HttpResponse:
    """Ask for help for one of one's own offices."""
    offices = queries.offices_to_help(request.viewer)
    plans = queries.events_to_help(offices) if offices else []
    by_number = {one.public_id: one for one in offices}
    events = {one.public_id: one for one in plans}
    language = get_language() or "en"
    form = AskHelpForm(
        typed(request), offices=[(one.public_id, one.name) for one in offices],
        plans=[(one.public_id, one.meeting.title.pick(language)[0]) for one in plans],
        initial={"office": request.GET.get("office", ""), "plan": request.GET.get("event", "")},
    )  # fmt: skip
    title = _("Ask for help")
    page = FormPage(
        title=title, verb=_("Send it to the help desk"), back=reverse("readiness:help"),
        done=_("The help desk has it. You get a letter when it is answered."),
        intro="" if offices else _("Only people of an organisation with an office ask here."),
        crumbs=crumbs(help_step(), title=title), sample=request.viewer.is_sample,
    )  # fmt: skip

    def act() -> "HelpRequest":
        given = form.cleaned_data
        facts = actions.HelpFacts(
            HelpKind(given["kind"]), HelpPriority(given["priority"]), given["subject"],
            given["text"], events.get(given["plan"]),
        )  # fmt: skip
        return actions.ask_help(
            office=by_number[given["office"]], asked=facts, by=request.viewer, now=request.now
        )

    return form_page(
        request, form, page, act,
        leads_to=lambda made: reverse("readiness:help_request", args=[made.public_id]),
    )  # fmt: skip


@guard(may=access.may_see_help, load=queries.help_request, methods=("GET", "POST"))
def help_request(request: ServedRequest, found: "HelpRequest") -> HttpResponse:
    """Show one request; take a message, or a step with its words."""
    here = reverse("readiness:help_request", args=[found.public_id])
    form = SayForm(typed(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and done(form, lambda: _act(request, form, found))
    ):
        is_desk = access.may_see_help(request.viewer, found)
        return redirect_with(request, here if is_desk else help_step()[1], _("It is written."))
    shown = queries.help_page(request.viewer, found)
    return render_page(
        request,
        "readiness/help_request.html",
        {
            "found": found,
            "shown": shown,
            "mark": help_mark(found.state),
            "kind": KINDS[HelpKind(found.kind)],
            "priority": PRIORITIES[HelpPriority(found.priority)],
            "messages_said": [
                (one, help_mark(one.state) if one.state else None) for one in shown.messages
            ],
            "moves": [(one.value, str(VERBS[one])) for one in shown.moves],
            "form": form if shown.may_say or shown.moves else None,
            "take_form": TakeForm(technicians=queries.technicians()) if shown.may_take else None,
            "may_keep": access.may_write_from(request.viewer, found),
            "country": found.office.organisation.member,
            "event": found.plan.meeting.title if found.plan else None,
            "crumbs": crumbs(help_step(), title=found.subject),
            "sample": found.sample,
        },
        status=422 if request.method == "POST" else 200,
    )


def _act(request: ServedRequest, form: SayForm, found: "HelpRequest") -> None:
    wanted, text = request.POST.get("state", ""), form.cleaned_data["text"]
    by, now = request.viewer, request.now
    if wanted in set(HelpState):
        actions.move_help(request=found, state=HelpState(wanted), text=text, by=by, now=now)
    else:
        actions.say_help(request=found, text=text, by=by, now=now)


@guard(may=access.may_help, load=queries.help_request, methods=("GET", "POST"))
def take_help(request: ServedRequest, found: "HelpRequest") -> HttpResponse:
    """Take a request, or give it to a technician."""
    form = TakeForm(typed(request), technicians=queries.technicians())
    back = reverse("readiness:help_request", args=[found.public_id])
    title = _("Who takes it")
    page = FormPage(
        title=title, verb=_("Give it to them"), back=back, done=_("Somebody has it now."),
        crumbs=crumbs(help_step(), (found.subject, back), title=title), sample=found.sample,
    )  # fmt: skip
    return form_page(
        request, form, page,
        lambda: actions.assign_help(
            request=found, technician_id=int(form.cleaned_data["technician"]),
            by=request.viewer, now=request.now,
        ),
    )  # fmt: skip
