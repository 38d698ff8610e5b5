"""Surveys: the list, a new one, one survey with its waves, its state."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from serai.base import charts
from serai.base.access import Denied, ServedRequest, guard
from serai.base.form_pages import FormPage
from serai.base.forms.texts import read_texts, texts_of
from serai.base.held import typed
from serai.base.lists import download, kept_query, page_of
from serai.base.pages import redirect_with, render_page
from serai.base.shown import counted
from serai.base.text import TranslatedText
from serai.members.access import is_officer, is_programme_officer
from serai.programme import queries as programme
from serai.surveys import access, actions, queries
from serai.surveys.actions import Refused, SurveyFacts
from serai.surveys.exports.tables import said, surveys_table, waves_table
from serai.surveys.forms.surveys import NewSurveyForm, SurveyForm
from serai.surveys.queries import SurveyRow
from serai.surveys.queries.plugs import PLUGS
from serai.surveys.states import ALLOWED, DEFAULTS, Reason, SurveyKind, SurveyState
from serai.surveys.states.words import KIND_SENTENCES, state_mark, word
from serai.surveys.views.shared import crumbs, form_page

if TYPE_CHECKING:
    from serai.surveys.models import Survey

MOVES = {
    SurveyState.OPEN: pgettext_lazy("to do", "Open"),
    SurveyState.CLOSED: pgettext_lazy("to do", "Close"),
    SurveyState.ARCHIVED: pgettext_lazy("to do", "Put away"),
}  # fmt: skip


@guard(may=access.may_see_surveys)
def surveys(request: ServedRequest) -> HttpResponseBase:
    """List what one is asked, and for officers their surveys with how many answers are in."""
    state = request.GET.get("state", "")
    state = state if state in set(SurveyState) else ""
    rows = queries.surveys(request.viewer, state=state)
    if found := download(request, surveys_table(rows), "surveys"):
        return found
    page = page_of(request, rows)
    own = queries.own_invitations(request.viewer)
    parts = queries.parts_in_hand(request.viewer)
    consents = queries.consents_of_country(request.viewer)
    return render_page(
        request,
        "surveys/surveys.html",
        {
            "own": [row for row in own if row.waits],
            "done": [row for row in own if not row.waits],
            "parts": parts,
            "consents": consents,
            "country_waves": queries.waves_of_country(request.viewer),
            "table": surveys_table(list(page.object_list)) if rows else None,
            "chart": _strip(rows),
            "finding": _finding(rows),
            "page": page,
            "query": kept_query(request),
            "state": state,
            "states": [(one.value, state_mark(one).word) for one in SurveyState],
            "keeps": access.may_make_survey(request.viewer),
            "sample": any(row.sample for row in rows)
            or any(row.sample for row in own)
            or any(row.sample for row in parts)
            or any(row.sample for row in consents),
        },
    )


def _asking(rows: list[SurveyRow]) -> list[SurveyRow]:
    return [row for row in counted(rows) if row.state is SurveyState.OPEN and row.asked_count]


def _strip(rows: list[SurveyRow]) -> charts.Chart | None:
    """Draw one mark a survey that is open: how many answers are in."""
    open_ = _asking(rows)
    if not open_:
        return None
    return charts.strip(
        [charts.Row(said(row.title), row.answered_percent) for row in open_],
        title=_("Answers in, by survey"), label_title=_("Survey"), value_title=_("Answers in"),
        unit="%", target=charts.Target(100, _("all asked")), high=100,
    )  # fmt: skip


def _finding(rows: list[SurveyRow]) -> str:
    open_ = _asking(rows)
    asked = sum(row.asked_count for row in open_)
    answered = sum(row.answered_count for row in open_)
    return _("%(n)d of %(all)d answers are in") % {"n": answered, "all": asked}


@guard(may=access.may_make_survey, methods=("GET", "POST"))
def new_survey(request: ServedRequest, kind: str = "") -> HttpResponse:
    """Choose the kind, then write the survey; the kind only sets what the form begins with."""
    back = reverse("surveys:surveys")
    if not kind:
        kinds = [(one.value, word(one), KIND_SENTENCES[one]) for one in SurveyKind]
        context = {"kinds": kinds, "back": back, "crumbs": crumbs(title=_("New survey"))}
        return render_page(request, "surveys/kinds.html", context)
    if kind not in set(SurveyKind):
        raise Http404
    defaults = DEFAULTS[SurveyKind(kind)]
    offered = programme.initiative_choices(request.viewer)
    form = NewSurveyForm(
        typed(request), initiatives=_initiatives(request, offered), jobs=_jobs(),
        initial=vars(defaults)
        | {"languages": ["en", "ru"], "reasons": [one.value for one in Reason]},
    )  # fmt: skip
    page = FormPage(
        title=_("New survey: %(kind)s") % {"kind": word(SurveyKind(kind))},
        verb=_("Make the survey"), back=back, done=_("The survey is made. Give it a form next."),
        crumbs=crumbs((_("New survey"), reverse("surveys:new_survey")), title=word(SurveyKind(kind))),
        intro=str(KIND_SENTENCES[SurveyKind(kind)]),
    )  # fmt: skip

    def act() -> "Survey":
        given = form.cleaned_data
        return actions.make_survey(
            code=given["code"], kind=kind,
            initiative=programme.initiative(request.viewer, given["initiative"])
            if given["initiative"] else None,
            facts=_facts(form, TranslatedText()), by=request.viewer, now=request.now,
        )  # fmt: skip

    return form_page(
        request, form, page, act, lambda made: reverse("surveys:survey", args=[made.public_id])
    )


def _initiatives(
    request: ServedRequest, offered: list[programme.InitiativeChoice]
) -> list[tuple[str, str]]:
    """Return the initiatives a survey may be of; of none only for the whole programme's officers."""
    whole = [("", _("Whole programme"))] if is_programme_officer(request.viewer) else []
    own = [one for one in offered if is_officer(request.viewer, one.code)]
    return [*whole, *((one.code, said(one.name)) for one in own)]


def _facts(form: SurveyForm, before: TranslatedText) -> SurveyFacts:
    given = form.cleaned_data
    return SurveyFacts(
        title=read_texts(form, "title", before),
        languages=given["languages"],
        reasons=given["reasons"],
        has_signature=given["has_signature"],
        has_clearance=given["has_clearance"],
        is_anonymous=given["is_anonymous"],
        on_event=form.on_event(),
    )


def _jobs() -> list[tuple[str, object]]:
    """Return what other rooms offer to run at the events of a survey."""
    return list(PLUGS.event_jobs.items())


@guard(may=access.may_see_survey, load=queries.survey)
def survey(request: ServedRequest, found: "Survey") -> HttpResponse:
    """Show a survey with its waves."""
    keeps = access.may_keep_survey(request.viewer, found)
    rows = queries.waves(request.viewer, found)
    state = SurveyState(found.state)
    return render_page(
        request,
        "surveys/survey.html",
        {
            "found": found,
            "mark": state_mark(state),
            "kind": word(SurveyKind(found.kind)),
            "languages": [dict(settings.LANGUAGES).get(code, code) for code in found.languages],
            "table": waves_table(rows) if rows else None,
            "moves": [
                (one.value, MOVES[SurveyState(one)])
                for one in sorted(ALLOWED[SurveyState][state])
                if one in MOVES
            ],
            "has_version": bool(queries.version_choices(found)),
            "keeps": keeps,
            "crumbs": crumbs(title=said(found.title)),
            "sample": found.sample,
        },
    )


@guard(may=access.may_keep_survey, load=queries.survey, methods=("GET", "POST"))
def edit_survey(request: ServedRequest, found: "Survey") -> HttpResponse:
    """Change a survey."""
    form = SurveyForm(
        typed(request),
        jobs=_jobs(),
        initial=texts_of("title", found.title)
        | {
            "languages": found.languages, "reasons": found.reasons,
            "has_signature": found.has_signature, "has_clearance": found.has_clearance,
            "is_anonymous": found.is_anonymous,
            **{f"on_{event}": name for event, name in found.on_event.items()},
        },
    )  # fmt: skip
    back = reverse("surveys:survey", args=[found.public_id])
    page = FormPage(
        title=_("Change the survey"), verb=_("Save"), back=back, done=_("The survey is changed."),
        crumbs=crumbs((said(found.title), back), title=_("Change")), sample=found.sample,
    )  # fmt: skip

    def act() -> object:
        return actions.edit_survey(
            survey=found, facts=_facts(form, found.title), by=request.viewer, now=request.now
        )

    return form_page(request, form, page, act)


@guard(may=access.may_keep_survey, load=queries.survey, methods=("POST",))
def move_survey(request: ServedRequest, found: "Survey") -> HttpResponse:
    """Open, close or put away a survey, as the pressed button says."""
    back = reverse("surveys:survey", args=[found.public_id])
    wanted = request.POST.get("state", "")
    if wanted not in MOVES:
        raise Http404
    try:
        actions.move_survey(survey=found, state=wanted, by=request.viewer, now=request.now)
    except (Refused, Denied) as error:
        return redirect_with(request, back, str(error))
    said_ = _("The survey is now: %(state)s.") % {"state": state_mark(SurveyState(wanted)).word}
    return redirect_with(request, back, said_)
