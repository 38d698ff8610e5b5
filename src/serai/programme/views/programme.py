"""The programme itself: its own facts, and initiatives that are opened in it."""

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.form_pages import FormPage
from serai.base.held import typed
from serai.base.text import TranslatedText
from serai.programme import access, actions, queries
from serai.programme.actions import InitiativeFacts, ProgrammeFacts
from serai.programme.forms import OpenInitiativeForm, ProgrammeForm, read_texts, texts_of
from serai.programme.views.shared import chosen, crumbs, form_page


@guard(may=access.may_set_up, methods=("GET", "POST"))
def edit(request: ServedRequest) -> HttpResponse:
    """Edit the programme's names, secretariat, clock and technical assistance."""
    found = queries.the_programme()
    form = ProgrammeForm(
        typed(request),
        secretariats=queries.secretariats(request.viewer, found, request.LANGUAGE_CODE),
        initial={
            **texts_of("name", found.name), **texts_of("short_name", found.short_name),
            **texts_of("assistance", found.technical_assistance),
            "secretariat": str(found.secretariat_id or ""), "time_zone": found.time_zone,
            "assistance_number": found.technical_assistance_number,
            "seen": queries.seen_of(found),
        },
    )  # fmt: skip
    page = FormPage(
        title=_("Edit the programme"), verb=_("Save"), back=reverse("programme:overview"),
        done=_("The programme is saved."), crumbs=crumbs(title=_("Edit the programme")),
    )  # fmt: skip

    def act() -> object:
        given = form.cleaned_data
        facts = ProgrammeFacts(
            code=found.code,
            name=read_texts(form, "name", found.name),
            short_name=read_texts(form, "short_name", found.short_name),
            time_zone=given["time_zone"], languages=tuple(found.languages),
            secretariat_id=chosen(form, "secretariat"),
            technical_assistance=read_texts(form, "assistance", found.technical_assistance),
            technical_assistance_number=given["assistance_number"],
            opens_as_of=found.opens_as_of,
        )  # fmt: skip
        return actions.save_programme(
            facts=facts, seen=given["seen"], by=request.viewer, now=request.now
        )

    return form_page(request, form, page, act)


@guard(may=access.may_set_up, methods=("GET", "POST"))
def open_initiative(request: ServedRequest) -> HttpResponse:
    """Open an initiative, proposed and read by the secretariat, and name its keeper."""
    programme = queries.the_programme()
    offered = queries.initiative_to_open(request.viewer, request.now, request.LANGUAGE_CODE)
    form = OpenInitiativeForm(
        typed(request), partners=offered.partners, studies=offered.studies,
        keepers=offered.keepers, initial={"order": offered.order},
    )  # fmt: skip
    own = form.is_valid() and reverse("programme:initiative", args=[form.cleaned_data["code"]])
    page = FormPage(
        title=_("Open an initiative"), verb=_("Open it"), back=reverse("programme:overview"),
        done=_("The initiative is open. Add its milestones next."), leads_to=own or "",
        crumbs=crumbs(title=_("Open an initiative")),
        note=_("It begins as proposed, and only the secretariat reads it until a coordinator lets others."),
    )  # fmt: skip

    def act() -> object:
        given = form.cleaned_data
        facts = InitiativeFacts(
            given["code"],
            read_texts(form, "name", TranslatedText()),
            read_texts(form, "purpose", TranslatedText()),
            given["order"], partner_ids=tuple(int(pk) for pk in given.get("partners", ())),
            national_studies=tuple(given.get("studies", ())),
        )  # fmt: skip
        with transaction.atomic():
            opened = actions.open_initiative(
                programme=programme, facts=facts, by=request.viewer, now=request.now
            )
            if given["keeper"]:
                actions.give_keeper(
                    initiative=opened, person_id=chosen(form, "keeper"), by=request.viewer,
                    now=request.now,
                )  # fmt: skip
        return opened

    return form_page(request, form, page, act)
