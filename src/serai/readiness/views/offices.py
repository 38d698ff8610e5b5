"""Offices: the list with map and heat map, one office's page, and why a number is what it is."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base.access import NotFound, ServedRequest, guard
from serai.base.files.answers import answer_download
from serai.base.files.packing import ZIP_TYPE
from serai.base.lists import download, kept_query, page_of
from serai.base.pages import Crumb, render_page
from serai.base.shown import Figure, counted, leaves_out
from serai.base.tables import XLSX_TYPE, Table
from serai.readiness import access
from serai.readiness.exports import offices as exports
from serai.readiness.exports.own_office import office_archive, runs_rows
from serai.readiness.queries import (
    assessments,
    codebook,
    definitions,
    provisions,
    results,
    runs,
)
from serai.readiness.queries import offices as queries
from serai.readiness.queries.offices import OfficeRow
from serai.readiness.queries.reminders import waiting_for_score
from serai.readiness.states import result_words as words
from serai.readiness.views import office_pictures as pictures
from serai.readiness.views.advice_lines import advice_lines
from serai.readiness.views.office_deliveries import deliveries_of
from serai.readiness.views.pages import note_read
from serai.readiness.views.shared import room

if TYPE_CHECKING:
    from serai.readiness.models import Assessment, Office


def crumbs(*steps: tuple[str, str], title: str, may_list: bool) -> list[Crumb]:
    """Return the way back: the room, the offices for whoever may list them, the steps, this page."""
    found = [room()]
    if may_list:
        found.append(Crumb(_("Readiness of offices"), reverse("readiness:offices")))
    return [*found, *(Crumb(name, where) for name, where in steps), Crumb(title)]


@guard(may=access.may_see_agencies)
def offices(request: ServedRequest) -> HttpResponseBase:
    """Show where offices stand: on the map, by dimension, in a list."""
    every = queries.offices(request.viewer)
    ladder = definitions.events_in_use(get_language() or "en")
    country, event = request.GET.get("country", ""), request.GET.get("event", "")
    evidence = request.GET.get("evidence", "")
    codes = [code for code, _name in ladder]
    rows = [
        row
        for row in every
        if (not country or row.iso3 == country)
        and (event not in codes or row.headline_host in codes[codes.index(event) :])
        and (not evidence or (row.is_scored and row.evidence == evidence))
    ]
    table = exports.offices_table(rows, get_language() or "en")
    note_read(request, [row.assessment_id for row in rows if row.is_scored], on_page="list")
    if found := download(request, table, "offices"):
        return found
    page = page_of(request, rows)
    real = counted([row for row in rows if row.is_scored])
    return render_page(
        request,
        "readiness/offices.html",
        {
            "table": exports.page_table(list(page.object_list), get_language() or "en"),
            "figures": office_figures(rows),
            "map": pictures.map_of(real),
            "heat": pictures.heat_of(real),
            "is_too_many": len(real) > pictures.MOST_HEAT,
            "heat_finding": _("Which dimension holds each member back")
            if len(real) > pictures.MOST_HEAT
            else _("Which dimension holds each office back"),
            "page": page,
            "query": kept_query(request),
            "countries": sorted({(row.iso3, _said(row.country)) for row in every if row.iso3}),
            "country": country,
            "events": ladder,
            "event": event,
            "evidences": list(exports.EVIDENCE.items()),
            "evidence": evidence,
            "has_any": bool(every),
            "waiting": len(waiting_for_score()),
            "crumbs": [room(), Crumb(_("Readiness of offices"))],
            "sample": any(row.sample for row in rows),
            "left_out": leaves_out(rows),
        },
    )


def _said(text: object) -> str:
    return text.pick(get_language() or "en")[0]  # type: ignore[attr-defined,no-any-return]


def office_figures(rows: Sequence[OfficeRow]) -> list[Figure]:
    def of(count: int) -> str:
        return _("%(n)d of %(all)d") % {"n": count, "all": len(rows)}

    return [
        Figure(of(sum(row.is_scored for row in rows)), _("scored")),
        Figure(of(sum(row.state == "confirmed" for row in rows)), _("confirmed")),
        Figure(of(sum(bool(row.headline_attend) for row in rows)), _("attend an event")),
        Figure(of(sum(bool(row.headline_host) for row in rows)), _("host an event")),
    ]


@guard(may=access.may_see_agencies)
def facts_file(request: ServedRequest) -> HttpResponseBase:
    """Give all facts the viewer reads: as CSV, or as XLSX with the codebook on a second sheet."""
    note_read(request, codebook.numbers_read(request.viewer), on_page="csv")
    facts = exports.facts_table(codebook.fact_rows(request.viewer))
    book = exports.codebook_table(codebook.codebook_rows(definitions.definition_needed()))
    if request.GET.get("as") == "xlsx":
        return answer_download(
            exports.facts_book(facts, book), facts.file_name("facts", "xlsx"), XLSX_TYPE
        )
    return _csv(request, facts, "facts")


@guard(may=access.may_see_agencies)
def codebook_file(request: ServedRequest) -> HttpResponseBase:
    """Give what each fact is, as a file."""
    table = exports.codebook_table(codebook.codebook_rows(definitions.definition_needed()))
    return download(request, table, "codebook") or _csv(request, table, "codebook")


@guard(may=access.may_see_agencies)
def gaps_file(request: ServedRequest) -> HttpResponseBase:
    """Give what lies between offices and events, as a file."""
    note_read(request, codebook.numbers_read(request.viewer), on_page="csv")
    table = exports.gaps_table(codebook.gap_rows(request.viewer))
    return download(request, table, "gaps") or _csv(request, table, "gaps")


@guard(may=access.may_see_agencies)
def attainments_file(request: ServedRequest) -> HttpResponseBase:
    """Give where offices stand with each event, as a file."""
    note_read(request, codebook.numbers_read(request.viewer), on_page="csv")
    table = exports.attainments_table(codebook.attainment_rows(request.viewer))
    return download(request, table, "events") or _csv(request, table, "events")


@guard(may=access.may_see_runs, load=assessments.office)
def office_file(request: ServedRequest, found: "Office") -> HttpResponseBase:
    """Give all that the viewer reads of one office: tests, facts, events, gaps, deliveries."""
    viewer = request.viewer
    content = office_archive(
        [
            ("tests", runs_rows(runs.runs(viewer, found))),
            ("facts", exports.facts_table(codebook.fact_rows(viewer, found))),
            ("codebook", exports.codebook_table(
                codebook.codebook_rows(definitions.definition_needed())
            )),
            ("events", exports.attainments_table(codebook.attainment_rows(viewer, found))),
            ("gaps", exports.gaps_table(codebook.gap_rows(viewer, found))),
        ],
        provisions(viewer, found),
    )  # fmt: skip
    name = f"{'sample-' if found.sample else ''}office-{found.public_id}.zip"
    return answer_download(content, name, ZIP_TYPE)


def _csv(request: ServedRequest, table: Table, stem: str) -> HttpResponseBase:
    return answer_download(table.to_csv(), table.file_name(stem, "csv"), "text/csv; charset=utf-8")


@guard(may=access.may_see_office, load=assessments.office)
def office(request: ServedRequest, found: "Office") -> HttpResponse:
    """Show one office: dimensions, evidence, events, gaps, advice, what may be done next."""
    shown = assessments.latest_shown(request.viewer, found)
    confirmed = assessments.confirmed_assessment(found)
    context: dict[str, object] = {
        "found": found,
        "place": _said(found.organisation.names),
        "shown": shown,
        "may_list": access.may_see_agencies(request.viewer),
        "deliveries": deliveries_of(request.viewer, found),
        "crumbs": crumbs(title=found.name, may_list=access.may_see_agencies(request.viewer)),
        "sample": found.sample,
        "sees_tests": access.may_see_runs(request.viewer, found),
    }
    if shown is not None:
        if shown.dimensions:
            note_read(request, [shown.pk])
        context |= _results(request, shown)
        context["is_newer"] = confirmed is not None and confirmed.pk != shown.pk
    return render_page(request, "readiness/office.html", context)


def _results(request: ServedRequest, shown: "Assessment") -> dict[str, object]:
    viewer = request.viewer
    rungs = results.ladder_of(viewer, shown)
    chosen = request.GET.get("event", "")
    codes = [one.event for one in rungs]
    role = "host" if request.GET.get("as_role", "host") == "host" else "attend"
    headline = shown.headline_host if role == "host" else shown.headline_attend
    event = chosen if chosen in codes else results.target_of(rungs, headline)
    rung = next((one for one in rungs if one.event == event), None)
    gap_role = "host" if role == "host" else (rung.attend_role if rung else "")
    dimensions = results.dimensions_of(viewer, shown) if shown.dimensions else []
    advice = assessments.advice_of(viewer, shown)
    is_staff = access.may_assess(viewer, shown)
    return {
        "mark": words.mark(words.ASSESSMENT, shown.state),
        "dimensions": [
            (one, [(level, words.GRADES[level.grade]) for level in one.criteria])
            for one in dimensions
        ],
        "bars": pictures.bars(dimensions),
        "evidence": pictures.evidence(shown),
        "figures": _office_figures(shown),
        "rungs": [
            (one, words.mark(words.STATUS, one.attend), words.mark(words.STATUS, one.host))
            for one in rungs
        ],
        "event": event,
        "role": role,
        "gaps": [
            (exports.gap_words(gap), gap.is_decisive)
            for gap in (results.gaps_of(viewer, shown, event, gap_role) if event else [])
        ],
        "gate": [
            (words.SENSITIVITIES[name], words.mark(words.VERDICT, verdict))
            for name, verdict in results.gate_of(viewer, shown).items()
        ] if rungs else [],
        "contradictions": [
            exports.clash_words(one) for one in results.contradictions_of(viewer, shown)
        ],
        "advice": advice_lines(viewer, shown, advice, request.now),
        "has_drafts": is_staff and any(one.state in {"draft", "declined"} for one in advice),
        "is_staff": is_staff,
        "may_answer": access.may_answer_results(viewer, shown),
        "may_see_readers": access.may_see_readers(viewer, shown),
        "may_ask_release": shown.state == "confirmed" and access.may_ask_release(viewer, shown),
        "sees_facts": access.may_see_facts(viewer, shown),
        "is_over": shown.due_on is not None and request.now.date() > shown.due_on,
    }  # fmt: skip


def _office_figures(shown: "Assessment") -> list[Figure]:
    if not shown.dimensions:
        return []
    score = _("between %(low)s and %(high)s") % {
        "low": round(shown.score_low or 0), "high": round(shown.score_high or 0),
    }  # fmt: skip
    whole = score if shown.score is None else str(round(shown.score))
    return [
        Figure(whole, _("Score of 100"), "" if shown.score is None else score),
        Figure(shown.headline_attend or _("none"), _("Attends up to")),
        Figure(shown.headline_host or _("none"), _("Hosts up to")),
    ]


@guard(may=access.may_see_facts, load=assessments.assessment)
def facts(request: ServedRequest, found: "Assessment") -> HttpResponseBase:
    """Show why a level or a verdict is what it is; without one named, all facts."""
    name = request.GET.get("of", "")
    note_read(request, [found.pk])
    reason = None
    if name:
        try:
            reason = results.why(request.viewer, found, name)
        except NotFound as error:
            raise Http404(str(error)) from error
    rows = [] if reason else results.facts_of(request.viewer, found)
    if not reason and (file := download(request, exports.shown_facts_table(rows), "facts")):
        return file
    title = reason.title if reason else _("Facts")
    number = found.office.public_id
    sees_tests = access.may_see_runs(request.viewer, found.office)
    tests = reverse("readiness:office_tests", args=[number]) if sees_tests else ""
    back = (found.office.name, reverse("readiness:office", args=[found.office.public_id]))
    return render_page(
        request,
        "readiness/facts.html",
        {
            "found": found,
            "title": title,
            "reason": reason,
            "stands": _stands(reason.state, name) if reason else None,
            "table": exports.asked_table(reason.asked, tests)
            if reason
            else exports.shown_facts_table(rows, tests),
            "has_rows": bool(reason.asked if reason else rows),
            "is_gated": name.startswith("host"),
            "answers": results.answers_page(request.viewer, found),
            "query": "",
            "crumbs": crumbs(back, title=title, may_list=access.may_see_agencies(request.viewer)),
            "sample": found.sample,
        },
    )


def _stands(state: str, name: str) -> str:
    """Say the level or the verdict that is explained."""
    if "-" in name:
        return str(words.STATUS[state][1])
    return _("Level %(n)s of 3") % {"n": state} if state else _("The level is not known")
