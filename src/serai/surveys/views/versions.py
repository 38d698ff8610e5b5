"""Versions of a form: hand one in, look at it, publish it, download it."""

from typing import TYPE_CHECKING

from django.forms import Form
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.files import answer_download, answer_file
from serai.base.form_pages import FormPage
from serai.base.held import typed
from serai.base.lists import download, kept_query, page_of
from serai.base.pages import redirect_with, render_page
from serai.base.shown import Linked
from serai.base.tables import XLSX_TYPE, Column, Table
from serai.base.xlsform import to_xlsx
from serai.surveys import access, actions, queries
from serai.surveys.forms import FormFileForm, PublishForm, UploadForm
from serai.surveys.queries.sheets import sheets_of
from serai.surveys.states import SurveyState, VersionState
from serai.surveys.states.words import state_mark
from serai.surveys.views.shared import form_page
from serai.surveys.views.work import (
    form_crumbs,
    job_of,
    problems_table,
    version_head,
    whole_page,
)

if TYPE_CHECKING:
    from serai.surveys.models import FormVersion, Survey

XFORM_TYPE = "application/xml; charset=utf-8"
SHOWN_PLACES = 20


@guard(may=access.may_see_survey, load=queries.survey_of_forms)
def listed(request: ServedRequest, survey: "Survey") -> HttpResponseBase:
    """Show a survey's versions."""
    rows = queries.versions(request.viewer, survey)
    page = page_of(request, rows)
    table = _versions_table(rows if request.GET.get("as") else page.object_list, survey.sample)
    if found := download(request, table, "versions"):
        return found
    context = {
        "survey": survey,
        "table": table if rows else None,
        "page": page,
        "query": kept_query(request),
        "may_keep": access.may_keep_survey(request.viewer, survey)
        and survey.state != SurveyState.ARCHIVED,
        "may_translate": access.may_translate(request.viewer, survey),
        "crumbs": form_crumbs(survey),
        "sample": survey.sample,
    }
    return render_page(request, "surveys/versions.html", context)


def _versions_table(rows: object, sample: bool) -> Table:
    return Table(
        _("Versions"),
        [
            Column("version", _("Version")), Column("state", _("State"), "state"),
            Column("made_at", _("Handed in"), "moment"), Column("made_by", _("By")),
            Column("published_at", _("Published"), "moment"),
            Column("change_note", _("What has changed")),
        ],
        [
            (
                Linked(one.version or f"#{one.number}",
                       reverse("surveys:version", args=[one.public_id]), is_sample=sample),
                state_mark(VersionState(one.state)), one.made_at, one.made_by or "",
                one.published_at, one.change_note,
            )
            for one in rows  # type: ignore[attr-defined]
        ],
    )  # fmt: skip


@guard(may=access.may_keep_survey, load=queries.survey_of_forms, methods=("GET", "POST"))
def upload(request: ServedRequest, survey: "Survey") -> HttpResponse:
    """Hand a form in: it is kept as it came, and read in the background."""
    form = UploadForm(typed(request), request.FILES or None)
    back = reverse("surveys:versions", args=[survey.public_id])
    page = FormPage(
        title=_("Hand in a form"), verb=_("Hand it in"), back=back,
        done=_("The form is being read. What is wrong with it, if anything, is listed at once."),
        crumbs=form_crumbs(survey, title=_("Hand in a form")), has_file=True,
        intro=_("Nothing that is asked now changes before you publish the new version."),
        sample=survey.sample,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            stored = actions.upload_version(
                survey=survey, checked=form.checked, by=request.viewer, now=request.now
            )
        except actions.Refused as error:
            form.add_error("file", str(error))
        else:
            address = reverse("surveys:reading_version", args=[stored.public_id])
            return redirect_with(request, address, page.done)
    return form_page(request, form, page, lambda: None)


@guard(may=access.may_keep_survey, load=queries.handed_form)
def reading(request: ServedRequest, handed: queries.Handed) -> HttpResponse:
    """Show how far the reading is; htmx asks for this part, and for the version after."""
    made = queries.version_of_file(handed.stored)
    if made is not None:
        return whole_page(request, reverse("surveys:version", args=[made.public_id]))
    context = {
        "title": _("Reading the form"),
        "job": job_of(
            request, actions.compile_key(handed.stored),
            reverse("surveys:reading_version", args=[handed.stored.public_id]),
        ),
        "crumbs": form_crumbs(handed.survey, title=_("Reading the form")),
        "sample": handed.survey.sample,
    }  # fmt: skip
    return render_page(request, "surveys/working.html", context, part="serai/components/_job.html")


@guard(may=access.may_see_survey, load=queries.form_version)
def version(request: ServedRequest, found: "FormVersion") -> HttpResponse:
    """Show one version: what stands in its way, its languages, its sections, its files."""
    context = version_head(request, found, "version")
    if not found.xform:
        wrong = queries.problems(found)
        page = page_of(request, wrong)
        context |= {"problems": problems_table(list(page.object_list)), "page": page,
                    "count": len(wrong)}  # fmt: skip
        return render_page(request, "surveys/refused.html", context)
    form = queries.compiled(found)
    latest = queries.version_in_use(found.survey)
    is_late = latest is not None and latest.number > found.number
    is_waiting = found.state == VersionState.CHECKED and not is_late
    seen = queries.acknowledged(found)
    findings = queries.findings(found, form) if is_waiting else []
    warnings = [one for one in findings if not one.is_refused]
    context |= {
        "stops": [
            (one, problems_table(one.places, one.title)) for one in findings if one.is_refused
        ],
        "warnings": [(one, one.name in seen, one.places[:SHOWN_PLACES]) for one in warnings],
        "is_waiting": is_waiting,
        "is_late": found.state == VersionState.CHECKED and is_late,
        "may_publish": not any(one.is_refused for one in findings)
        and all(one.name in seen for one in warnings),
        "languages": queries.language_rows(found, form),
        "outline": queries.outline(found, get_language() or "en"),
        "files": queries.named_files(found),
        "may_plan": found.state == VersionState.PUBLISHED
        and context["may_keep"]
        and found.survey.state in {SurveyState.DRAFT, SurveyState.OPEN},
        "waiting_texts": queries.waiting_count(found) if is_waiting and found.sheets else 0,
    }
    return render_page(request, "surveys/version.html", context)


@guard(may=access.may_keep_survey, load=queries.form_version, methods=("POST",))
def acknowledge(request: ServedRequest, found: "FormVersion") -> HttpResponse:
    """Say which warnings are known."""
    address = _address(found)
    try:
        actions.acknowledge(
            version=found, names=set(request.POST.getlist("seen")), by=request.viewer,
            now=request.now,
        )  # fmt: skip
    except actions.Refused as error:
        return redirect_with(request, address, str(error))
    return redirect_with(request, f"{address}#warnings", _("What you have seen is kept."))


@guard(may=access.may_keep_survey, load=queries.form_version, methods=("GET", "POST"))
def publish(request: ServedRequest, found: "FormVersion") -> HttpResponse:
    """Ask once more, then publish."""
    form = PublishForm(typed(request))
    page = FormPage(
        title=_("Publish version %(version)s") % {"version": found.version},
        verb=_("Publish it"), back=_address(found), done=_("It is published. Plan a wave next: it asks people to fill it in."),
        crumbs=form_crumbs(found.survey, version=found, title=_("Publish")),
        intro=_(
            "It can never be changed again. Waves that are not over ask it from now on, and "
            "answers being written follow it; signed ones stay."
        ),
        sample=found.survey.sample,
    )  # fmt: skip
    return form_page(
        request, form, page,
        lambda: actions.publish(
            version=found, change_note=form.cleaned_data["change_note"], by=request.viewer,
            now=request.now,
        ),
    )  # fmt: skip


@guard(may=access.may_keep_survey, load=queries.form_version, methods=("GET", "POST"))
def refuse(request: ServedRequest, found: "FormVersion") -> HttpResponse:
    """Ask once more, then put a version aside."""
    page = FormPage(
        title=_("Put version %(version)s aside") % {"version": found.version},
        verb=_("Put it aside"), back=_address(found), done=_("It is put aside."),
        crumbs=form_crumbs(found.survey, version=found, title=_("Put aside")),
        intro=_("It stays in the list, and its name may be used again."), is_danger=True,
        sample=found.survey.sample,
    )  # fmt: skip
    form = Form(request.POST if request.method == "POST" else None)
    return form_page(
        request, form, page,
        lambda: actions.refuse(version=found, by=request.viewer, now=request.now),
    )  # fmt: skip


@guard(may=access.may_keep_survey, load=queries.form_version, methods=("GET", "POST"))
def add_file(request: ServedRequest, found: "FormVersion") -> HttpResponse:
    """Add a file that the form names."""
    form = FormFileForm(typed(request), request.FILES or None)
    names = ", ".join(one.name for one in queries.named_files(found))
    page = FormPage(
        title=_("Add a file"), verb=_("Add it"), back=_address(found), done=_("It is added."),
        crumbs=form_crumbs(found.survey, version=found, title=_("Add a file")),
        intro=_("The form names: %(names)s.") % {"names": names or "–"}, has_file=True,
        sample=found.survey.sample,
    )  # fmt: skip
    return form_page(
        request, form, page,
        lambda: actions.add_file(
            version=found, checked=form.cleaned_data["file"].checked, by=request.viewer,
            now=request.now,
        ),
    )  # fmt: skip


@guard(may=access.may_see_survey, load=queries.form_file)
def form_file(request: ServedRequest, row: queries.FileOf) -> HttpResponseBase:
    """Give a file of the form."""
    del request
    return answer_file(row.stored)


@guard(may=access.may_see_survey, load=queries.sheeted_version)
def workbook(request: ServedRequest, found: "FormVersion") -> HttpResponseBase:
    """Give the form as a workbook, with the translations put into it."""
    del request
    return answer_download(to_xlsx(sheets_of(found)), _name(found, "xlsx"), XLSX_TYPE)


@guard(may=access.may_see_survey, load=queries.read_version)
def xform(request: ServedRequest, found: "FormVersion") -> HttpResponseBase:
    """Give the form as devices read it."""
    del request
    return answer_download(found.xform.encode(), _name(found, "xml"), XFORM_TYPE)


def _name(found: "FormVersion", kind: str) -> str:
    sample = "sample-" if found.survey.sample else ""
    return f"{sample}{found.form_id}-{found.version}.{kind}"


def _address(found: "FormVersion") -> str:
    return reverse("surveys:version", args=[found.public_id])
