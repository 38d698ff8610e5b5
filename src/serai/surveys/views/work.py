"""What the pages of forms share: the head, the way back, problems as a table, jobs."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest
from serai.base.jobs import job_shown
from serai.base.pages import Crumb, is_part, redirect_with
from serai.base.shown import JobShown, Tab
from serai.base.tables import Column, Table
from serai.surveys import access, queries
from serai.surveys.states import VersionState
from serai.surveys.states.words import state_mark
from serai.surveys.views.shared import crumbs

if TYPE_CHECKING:
    from serai.surveys.models import FormVersion, Survey
    from serai.surveys.queries.faults import ProblemRow


def title_of(survey: "Survey") -> str:
    """Return a survey's title in the page's language."""
    return survey.title.pick(get_language() or "en")[0] or survey.code


def form_crumbs(
    survey: "Survey", *, version: "FormVersion | None" = None, title: str = ""
) -> list[Crumb]:
    """Return the way back: surveys, the survey, its form, the version, this page."""
    steps = [
        (title_of(survey), reverse("surveys:survey", args=[survey.public_id])),
        (_("Form"), reverse("surveys:versions", args=[survey.public_id])),
    ]
    if version is not None:
        steps.append((_version_name(version), reverse("surveys:version", args=[version.public_id])))
    if title:
        return crumbs(*steps, title=title)
    *before, (last, _address) = steps
    return crumbs(*before, title=last)


def _version_name(version: "FormVersion") -> str:
    return _("Version %(version)s") % {"version": version.version or f"#{version.number}"}


def version_head(request: ServedRequest, version: "FormVersion", current: str) -> dict[str, object]:
    """Return what stands at the head of every page of a version."""
    survey = version.survey
    may_keep = access.may_keep_survey(request.viewer, survey)
    former = queries.version_in_use(survey, before=version) if version.xform else None
    entries = (
        ("version", "surveys:version", _("Version"), True),
        ("preview", "surveys:preview_version", _("Preview"), bool(version.xform)),
        ("compare", "surveys:compare_version", _("Compare"), former is not None and may_keep),
    )
    title = next((one[2] for one in entries if one[0] == current != "version"), "")
    return {
        "found": version,
        "survey": survey,
        "name": _version_name(version),
        "title": title,
        "mark": state_mark(VersionState(version.state)),
        "former": former,
        "may_keep": may_keep,
        "tabs": [
            Tab(name, reverse(address, args=[version.public_id]), is_current=key == current)
            for key, address, name, may in entries
            if may
        ],
        "crumbs": form_crumbs(survey, version=version, title=title),
        "sample": survey.sample,
    }


def problems_table(rows: "Sequence[ProblemRow]", title: str = "") -> Table:
    """Return problems with their places, in their order."""
    return Table(
        title or _("What is wrong"),
        [
            Column("sheet", _("Sheet")), Column("row", _("Row"), "whole"),
            Column("column", _("Column")), Column("text", _("What is wrong, and what to do")),
        ],
        [(one.sheet, one.row or "", one.column, one.text) for one in rows],
    )  # fmt: skip


def job_of(request: ServedRequest, key: str, address: str) -> JobShown | None:
    """Return the latest job of a key as its watcher sees it."""
    asked = request.GET.get("asked", "")
    return job_shown(
        key, address=address, now=request.now,
        asked_count=int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0,
    )  # fmt: skip


def whole_page(request: ServedRequest, address: str, message: str = "") -> HttpResponse:
    """Lead from a part that has ended to the page that shows what came of it."""
    if not is_part(request):
        return redirect_with(request, address, message)
    response = HttpResponse()
    response.headers["HX-Redirect"] = address
    return response
