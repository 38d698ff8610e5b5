"""Editions of the framework: the list, one edition, drafts, publishing with its preview."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base import charts
from serai.base.access import ServedRequest, guard, signed_in
from serai.base.files.answers import answer_download
from serai.base.form_pages import FormPage, status_of
from serai.base.held import typed
from serai.base.pages import redirect_with, render_page
from serai.calc.readiness.editing import rows_of, to_toml
from serai.calc.readiness.ladder import Role
from serai.readiness import access, actions
from serai.readiness.exports.frameworks import (
    criteria_table,
    editions_table,
    ladder_table,
    packages_table,
    preview_table,
    said,
)
from serai.readiness.forms.frameworks import ChangeNoteForm, DefinitionFileForm
from serai.readiness.queries import frameworks as editions
from serai.readiness.queries.definitions import (
    definition_in_use,
    definition_of,
    framework_in_use,
)
from serai.readiness.queries.ladders import events_of, ladder
from serai.readiness.queries.preview import preview
from serai.readiness.queries.prices import prices, unpriced
from serai.readiness.states import EditionState
from serai.readiness.states import edition_words as words
from serai.readiness.views.shared import crumbs, done, form_page

if TYPE_CHECKING:
    from serai.readiness.models import Framework

TOML_TYPE = "application/toml"


def named(edition: "Framework") -> str:
    """Name an edition."""
    return _("Edition %(number)d") % {"number": edition.number}


def address_of(edition: "Framework") -> str:
    """Return where an edition stands."""
    return reverse("readiness:framework", args=[edition.public_id])


@guard(may=signed_in)
def frameworks(request: ServedRequest) -> HttpResponse:
    """List the editions of the framework and of the tables of tiers."""
    in_use = framework_in_use()
    rows = editions.framework_editions(request.viewer)
    tiers = editions.tier_editions(request.viewer)
    return render_page(
        request,
        "readiness/frameworks.html",
        {
            "table": editions_table(rows, "readiness:framework", _("Editions of the framework")),
            "tiers": editions_table(tiers, "readiness:tiers", _("Tables of tiers and platforms")),
            "has_frameworks": bool(rows),
            "has_tiers": bool(tiers),
            "may_keep": in_use and access.may_keep_framework(request.viewer, in_use),
            "may_say": access.may_say_policies(request.viewer),
            "crumbs": crumbs(),
            "sample": False,
        },
    )


@guard(may=access.may_read_framework, load=editions.framework)
def framework(request: ServedRequest, found: "Framework") -> HttpResponse:
    """Show one edition: weights, criteria, the ladder, packages."""
    may_keep = access.may_keep_framework(request.viewer, found)
    is_draft = found.state == EditionState.DRAFT
    may_edit = may_keep and is_draft
    book = prices(request.viewer)
    packages = [str(row.get("code")) for row in rows_of(found.document, "packages")]
    missing = unpriced(packages, book) if may_keep else []
    dimensions = rows_of(found.document, "dimensions")
    chart = charts.bars(
        [charts.Bar(said(row.get("name")) or str(row.get("code")), _weight(row)) for row in dimensions],
        title=_("Weights of the dimensions"), unit="%", high=100,
    )  # fmt: skip
    rungs, codes = ladder(found.document), events_of(found.document)
    return render_page(
        request,
        "readiness/framework.html",
        {
            "found": found,
            "title": named(found),
            "mark": words.edition_mark(found.state),
            "chart": chart,
            "criteria": criteria_table(found.document, found.public_id, may_edit=may_edit),
            "events": [
                (row.get("code"), said(row.get("name")), row.get("value"))
                for row in rows_of(found.document, "events")
            ],
            "ladders": [
                ladder_table(
                    [row for row in rungs if row.role == role], codes, str(words.ROLES[role]),
                    found.public_id, may_edit=may_edit,
                )
                for role in (Role.HOST, Role.SEAT, Role.ROOM, Role.SPEAKER)
            ],
            "packages": packages_table(found.document, book, found.public_id, may_edit=may_edit),
            "unpriced": missing,
            "faults": editions.faults(found.document) if is_draft else (),
            "may_keep": may_keep,
            "may_edit": may_edit,
            "is_in_use": found.state == EditionState.IN_USE,
            "crumbs": crumbs(title=named(found)),
            "sample": found.sample,
        },
    )  # fmt: skip


def _weight(row: dict[str, object]) -> float | None:
    weight = row.get("weight")
    return float(weight) if isinstance(weight, int | float) else None


@guard(may=access.may_read_framework, load=editions.framework)
def download(_request: ServedRequest, found: "Framework") -> HttpResponseBase:
    """Give an edition as readiness.toml."""
    name = f"readiness-{found.number}.toml"
    return answer_download(to_toml(found.document).encode(), name, TOML_TYPE)


@guard(may=access.may_keep_framework, load=editions.framework, methods=("POST",))
def copy(request: ServedRequest, found: "Framework") -> HttpResponse:
    """Begin a draft with what an edition says."""
    made = actions.copy_edition(edition=found, by=request.viewer, now=request.now)
    return redirect_with(
        request, address_of(made), _("The draft is made. Change its rows, then publish it.")
    )


@guard(may=access.may_keep_framework, load=editions.framework, methods=("GET", "POST"))
def upload(request: ServedRequest, found: "Framework") -> HttpResponse:
    """Begin a draft with an uploaded readiness.toml."""
    is_sent = request.method == "POST"
    form = DefinitionFileForm(request.POST, request.FILES) if is_sent else DefinitionFileForm()
    title = _("Draft from a file")
    page = FormPage(
        title=title, verb=_("Make a draft"), back=address_of(found), done=_("The draft is made."),
        crumbs=crumbs((named(found), address_of(found)), title=title), has_file=True,
        intro=_("The file is read whole or not at all; every row that is wrong is named."),
    )  # fmt: skip
    return form_page(
        request, form, page,
        lambda: actions.draft_from_file(
            edition=found, content=form.cleaned_data["file"].read(), by=request.viewer,
            now=request.now,
        ),
        leads_to=address_of,
    )  # fmt: skip


@guard(may=access.may_keep_framework, load=editions.draft, methods=("GET", "POST"))
def publish(request: ServedRequest, found: "Framework") -> HttpResponse:
    """Show what a draft would change, then put it in use."""
    form = ChangeNoteForm(typed(request))

    def act() -> object:
        return actions.publish(
            draft=found, change_note=form.cleaned_data["change_note"], by=request.viewer,
            now=request.now,
        )  # fmt: skip

    if request.method == "POST" and form.is_valid() and done(form, act):
        return redirect_with(request, address_of(found), _("The edition is in use now."))
    faults = editions.faults(found.document)
    in_use = definition_in_use()
    seen = None
    if not faults and in_use is not None:
        after = definition_of(found)
        seen = preview(request.viewer, in_use, after)
    return render_page(
        request,
        "readiness/publish.html",
        {
            "form": form,
            "found": found,
            "back": address_of(found),
            "faults": faults,
            "seen": seen,
            "table": preview_table(seen) if seen else None,
            "moves": [
                (words.STATUSES.get(was, _("not asked")), words.STATUSES.get(will, _("not asked")), n)
                for was, will, n in (seen.moves if seen else ())
            ],
            "crumbs": crumbs((named(found), address_of(found)), title=_("Publish")),
            "sample": found.sample,
        },
        status=status_of(request, form),
    )  # fmt: skip


@guard(may=access.may_keep_framework, load=editions.draft, methods=("POST",))
def delete(request: ServedRequest, found: "Framework") -> HttpResponse:
    """Throw a draft away."""
    actions.delete_draft(draft=found, by=request.viewer, now=request.now)
    return redirect_with(request, reverse("readiness:frameworks"), _("The draft is deleted."))
