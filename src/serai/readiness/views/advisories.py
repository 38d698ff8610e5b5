"""Answers written for all: read and searched, written anew or from a request, changed."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.form_pages import FormPage
from serai.base.forms.texts import read_texts, texts_of
from serai.base.held import typed
from serai.base.pages import render_page
from serai.base.text import TranslatedText
from serai.readiness import access, actions
from serai.readiness.forms.helping import AdvisoryForm
from serai.readiness.queries import help as queries
from serai.readiness.views.helping import help_step
from serai.readiness.views.pages import crumbs, form_page

if TYPE_CHECKING:
    from serai.readiness.models import Advisory, HelpRequest


def answers_step() -> tuple[str, str]:
    """Return the step back to the answers."""
    return _("Questions and answers"), reverse("readiness:advisories")


@guard(may=access.may_read_advisories)
def advisories(request: ServedRequest) -> HttpResponse:
    """List the answers written for all, those that hold the words looked for."""
    words = request.GET.get("words", "")
    rows = queries.advisories(request.viewer, words)
    return render_page(
        request,
        "readiness/advisories.html",
        {
            "rows": rows,
            "words": words,
            "may_keep": access.may_keep_advisories(request.viewer),
            "may_open_help": access.may_open_help(request.viewer),
            "crumbs": crumbs(title=_("Questions and answers")),
            "sample": any(row.sample for row in rows),
        },
    )


def _form_page(
    request: ServedRequest,
    before: "Advisory | None",
    source: "HelpRequest | None",
    begin: dict[str, object],
    title: str,
) -> HttpResponse:
    form = AdvisoryForm(typed(request), initial=begin)
    page = FormPage(
        title=title, verb=_("Save"), back=reverse("readiness:advisories"), done=_("It is saved."),
        intro=_("Take out names of people, organisations, offices and places: nothing of the request is kept with it.")
        if source
        else "",
        crumbs=crumbs(help_step(), answers_step(), title=title),
        sample=before.sample if before else request.viewer.is_sample,
    )  # fmt: skip

    def act() -> object:
        question = before.question if before else TranslatedText()
        answer = before.answer if before else TranslatedText()
        facts = actions.AdvisoryFacts(
            read_texts(form, "question", question), read_texts(form, "answer", answer),
            form.cleaned_data["is_shown"],
        )  # fmt: skip
        return actions.write_advisory(
            facts=facts, by=request.viewer, now=request.now, of=before, request=source
        )

    return form_page(request, form, page, act)


@guard(may=access.may_keep_advisories, methods=("GET", "POST"))
def add_advisory(request: ServedRequest) -> HttpResponse:
    """Write an answer for all."""
    return _form_page(request, None, None, {}, _("Write an answer for all"))


@guard(may=access.may_write_from, load=queries.help_request, methods=("GET", "POST"))
def advisory_from(request: ServedRequest, found: "HelpRequest") -> HttpResponse:
    """Write an answer for all from a request, beginning with its words."""
    shown = queries.help_page(request.viewer, found)
    answer = next((one.text for one in reversed(shown.messages) if one.is_desk and one.text), "")
    begin: dict[str, object] = {
        f"question_{request.viewer.language}": found.subject,
        f"answer_{request.viewer.language}": answer,
    }
    return _form_page(request, None, found, begin, _("Write an answer for all"))


@guard(may=access.may_keep_advisory, load=queries.advisory, methods=("GET", "POST"))
def edit_advisory(request: ServedRequest, found: "Advisory") -> HttpResponse:
    """Change an answer for all, or whether it is shown."""
    begin: dict[str, object] = {
        **texts_of("question", found.question), **texts_of("answer", found.answer),
        "is_shown": found.is_shown,
    }  # fmt: skip
    return _form_page(request, found, None, begin, _("Change an answer for all"))
