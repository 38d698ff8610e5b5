"""Translations of a survey's forms as a whole: how far each language is, who translates."""

from typing import TYPE_CHECKING

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.charts import Bar, bars
from serai.base.form_pages import FormPage
from serai.base.held import typed
from serai.base.languages import language_name
from serai.base.pages import redirect_with, render_page
from serai.base.shown import Mark
from serai.members import queries as members
from serai.surveys import access, actions, queries
from serai.surveys.forms import TranslatorForm
from serai.surveys.queries.phrases import LanguageProgress
from serai.surveys.states import PhraseState
from serai.surveys.states.words import state_mark
from serai.surveys.views.shared import form_page
from serai.surveys.views.work import form_crumbs, job_of, whole_page

if TYPE_CHECKING:
    from serai.surveys.models import Survey, Translator


@guard(may=access.may_translate, load=queries.survey_of_forms)
def overview(request: ServedRequest, survey: "Survey") -> HttpResponse:
    """Show each language that the viewer translates: a picture, numbers, people."""
    rows = queries.progress(request.viewer, survey)
    may_keep = access.may_keep_survey(request.viewer, survey)
    job = job_of(
        request,
        actions.put_key(survey),
        reverse("surveys:putting_phrases", args=[survey.public_id]),
    )
    context = {
        "survey": survey,
        "rows": [(one, _marks(one)) for one in rows],
        "chart": bars(
            [Bar(one.name, one.done, one.total) for one in rows], title=_("Texts translated"),
            label_title=_("Language"), value_title=_("Translated"), total_title=_("Texts"),
        ) if any(one.total for one in rows) else None,
        "waiting": sum(one.waiting for one in rows),
        "may_keep": may_keep,
        "job": job if job and (job.is_running or job.error) else None,
        "form_at_work": queries.form_at_work(survey),
        "source_language": queries.source_language(survey),
        "crumbs": form_crumbs(survey, title=_("Translations")),
        "sample": survey.sample,
    }  # fmt: skip
    return render_page(request, "surveys/translations.html", context)


def _marks(row: LanguageProgress) -> list[tuple[Mark, str, int]]:
    """Return the mark, the name and the number of each state."""
    return [(state_mark(state), state.value, row.counts[state.value]) for state in PhraseState]


@guard(may=access.may_keep_survey, load=queries.survey_of_forms, methods=("POST",))
def put(request: ServedRequest, survey: "Survey") -> HttpResponse:
    """Put the remembered translations into the form, in the background."""
    back = reverse("surveys:translations", args=[survey.public_id])
    try:
        actions.ask_to_put(survey=survey, by=request.viewer, now=request.now)
    except actions.Refused as error:
        return redirect_with(request, back, str(error))
    return redirect_with(request, reverse("surveys:putting_phrases", args=[survey.public_id]))


@guard(may=access.may_keep_survey, load=queries.survey_of_forms)
def putting(request: ServedRequest, survey: "Survey") -> HttpResponse:
    """Show how far the putting is; then lead to the form."""
    job = job_of(
        request,
        actions.put_key(survey),
        reverse("surveys:putting_phrases", args=[survey.public_id]),
    )
    version = queries.form_at_work(survey)
    if version is None:
        return whole_page(request, reverse("surveys:translations", args=[survey.public_id]))
    if job is None or not (job.is_running or job.error):
        address = reverse("surveys:version", args=[version.public_id])
        return whole_page(request, address, _("The translations stand in the form."))
    title = _("Putting the translations into the form")
    context = {"title": title, "job": job, "crumbs": form_crumbs(survey, title=title),
               "sample": survey.sample}  # fmt: skip
    return render_page(request, "surveys/working.html", context, part="serai/components/_job.html")


@guard(may=access.may_keep_survey, load=queries.survey_of_forms, methods=("GET", "POST"))
def add(request: ServedRequest, survey: "Survey") -> HttpResponse:
    """Let somebody translate into one language."""
    people = members.people(request.viewer, request.now)
    ids = {one.public_id: one.id for one in people}
    form = TranslatorForm(
        typed(request), people=[(one.public_id, one.full_name) for one in people],
        languages=[(code, language_name(code)) for code in survey.languages],
    )  # fmt: skip
    page = FormPage(
        title=_("Add a translator"), verb=_("Add"),
        back=reverse("surveys:translations", args=[survey.public_id]),
        done=_("The translator is added and finds the survey in the list of surveys."),
        crumbs=form_crumbs(survey, title=_("Add a translator")), sample=survey.sample,
    )  # fmt: skip
    return form_page(
        request, form, page,
        lambda: actions.add_translator(
            survey=survey, person_id=ids[form.cleaned_data["person"]],
            language=form.cleaned_data["language"], by=request.viewer, now=request.now,
        ),
    )  # fmt: skip


@guard(may=access.may_keep_survey, load=queries.translator, methods=("GET", "POST"))
def remove(request: ServedRequest, row: "Translator") -> HttpResponse:
    """Ask once more, then take the right to translate back."""
    survey = row.survey
    page = FormPage(
        title=_("Remove a translator"), verb=_("Remove"),
        back=reverse("surveys:translations", args=[survey.public_id]), done=_("It is done."),
        crumbs=form_crumbs(survey, title=_("Remove a translator")), is_danger=True,
        intro=_("%(name)s will no longer translate into this language: %(language)s. "
                "What is translated stays.")
        % {"name": row.person.full_name, "language": language_name(row.language)},
        sample=survey.sample,
    )  # fmt: skip
    form = Form(request.POST if request.method == "POST" else None)
    return form_page(
        request, form, page,
        lambda: actions.remove_translator(translator=row, by=request.viewer, now=request.now),
    )  # fmt: skip
