"""Single answers for others: asked for by the coordinator, read by whom a country lets."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.form_pages import status_of
from serai.base.held import typed
from serai.base.lists import download, kept_query, page_of
from serai.base.pages import redirect_with, render_page
from serai.members.states import Audience
from serai.surveys import access, actions, queries
from serai.surveys.exports.released import released_table
from serai.surveys.exports.tables import said
from serai.surveys.forms.releasing import AskAnswersForm
from serai.surveys.queries.released import (
    first_released,
    has_released,
    released,
    showable,
    showable_countries,
)
from serai.surveys.states import ReleaseOf
from serai.surveys.states.words import state_mark
from serai.surveys.views.releasing import asked_words, never
from serai.surveys.views.shared import crumbs, done, wave_steps

if TYPE_CHECKING:
    from serai.surveys.models import Release, Wave


@guard(may=access.may_coordinate, load=queries.wave, methods=("GET", "POST"))
def ask_answers(request: ServedRequest, found: "Wave") -> HttpResponse:
    """Ask countries for single answers, and show what they said."""
    language = get_language() or "en"
    questions, countries = showable(found, language), showable_countries(found)
    form = AskAnswersForm(
        typed(request), questions=[(one.path, one.label) for one in questions],
        countries=[(str(number), name) for number, name in countries],
    )  # fmt: skip
    asked: list[actions.ReleaseAsked] = []

    def act() -> None:
        wanted = form.cleaned_data
        asked.append(
            actions.ask_answers(
                wave=found, paths=wanted["paths"], countries=[int(one) for one in wanted["countries"]],
                to=Audience(wanted["audience"]), reason=wanted["reason"], by=request.viewer,
                now=request.now,
            )
        )  # fmt: skip

    if request.method == "POST" and form.is_valid() and done(form, act):
        return redirect_with(request, request.path, asked_words(asked[0]))
    asks = queries.asks(found, language, ReleaseOf.ANSWERS)
    return render_page(
        request,
        "surveys/ask_answers.html",
        {
            "found": found,
            "form": form,
            "asks": [(one, [(row, state_mark(row.state)) for row in one.rows]) for one in asks],
            "may_ask": bool(questions and countries),
            "has_released": has_released(request.viewer, found),
            "never": never(is_sample=found.sample),
            "crumbs": crumbs(
                *wave_steps(found),
                (_("Results"), reverse("surveys:results", args=[found.public_id])),
                title=_("Show single answers to others"),
            ),
            "sample": found.sample,
        },
        status=status_of(request, form),
    )


@guard(may=access.may_see_released, load=first_released)
def read(request: ServedRequest, found: "Release") -> HttpResponseBase:
    """Show the answers of a wave that countries let the reader read."""
    wave = found.wave
    rows = released(request.viewer, wave.public_id, request.now, get_language() or "en")
    table = released_table(rows, sample=found.sample)
    if file := download(request, table, "released"):
        return file
    page = page_of(request, rows)
    return render_page(
        request,
        "surveys/released.html",
        {
            "title": said(wave.title),
            "survey_title": said(wave.survey.title),
            "table": released_table(list(page.object_list), sample=found.sample),
            "page": page,
            "query": kept_query(request),
            "figures": reverse("surveys:figures", args=[wave.public_id])
            if queries.has_figures(request.viewer, wave)
            else "",
            "sample": found.sample,
        },
    )
