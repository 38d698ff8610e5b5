"""Connection tests: consent, the test itself, what it showed; figures of other tools."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard, signed_in
from serai.base.form_pages import FormPage, show_form, status_of
from serai.base.held import typed
from serai.base.imports import Entry
from serai.base.lists import page_of
from serai.base.pages import Crumb, redirect_with, render_page
from serai.base.sheet_uploads import sign, unsign, uploaded
from serai.base.tables import Sheet
from serai.readiness import access, actions
from serai.readiness.actions import EnteredRun, TestRefused
from serai.readiness.actions.testing import SECONDS
from serai.readiness.forms.runs_sheet import read_runs, wanted_columns
from serai.readiness.forms.testing import (
    ConsentForm,
    EntryForm,
    ReceiptsForm,
    RunsSheetForm,
    VoidForm,
    is_wired,
)
from serai.readiness.queries import runs as queries
from serai.readiness.queries import testing as places
from serai.readiness.states import ProbeLength, RunSource, TicketState, UdpPath
from serai.readiness.states.probing import THIN, UDP, UDP_MEANS, VOICES, source_mark
from serai.readiness.views.runs_tables import (
    carried_lines,
    offices_table,
    preview_table,
    runs_chart,
    runs_table,
)
from serai.readiness.views.shared import room

if TYPE_CHECKING:
    from serai.readiness.models import MeetingRoom, Office, ProbeRun, ProbeTicket

SALT = "serai.readiness.runs"
MOST_ROWS = 501


def crumbs(office: "Office | None" = None, title: str = "") -> list[Crumb]:
    """Return the way back: the room, all tests, the office's, this page."""
    found = [room(), Crumb(_("Connection tests"), reverse("readiness:tests"))]
    if office is not None:
        found.append(Crumb(office.name, reverse("readiness:office_tests", args=[office.public_id])))
    return [*found, Crumb(title)] if title else found


def refused(form: Form, act: Callable[[], object]) -> bool:
    """Do the act; a refusal stands beside its field, and what was written stays."""
    try:
        act()
    except TestRefused as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return True
    return False


@guard(may=signed_in)
def tests(request: ServedRequest) -> HttpResponse:
    """List the offices whose tests one reads or runs."""
    rows = places.tested_offices(request.viewer)
    page = page_of(request, rows)
    return render_page(
        request,
        "readiness/tests.html",
        {
            "table": offices_table(page.object_list) if rows else None,
            "page": page,
            "may_keep_points": access.may_keep_points(request.viewer),
            "crumbs": [room(), Crumb(_("Connection tests"))],
            "sample": any(row.sample for row in rows),
        },
    )


@guard(may=access.may_see_runs, load=places.tested_office)
def office_tests(request: ServedRequest, office: "Office") -> HttpResponse:
    """Show an office's tests, and what they come to."""
    rows = queries.runs(request.viewer, office)
    page = page_of(request, rows)
    measured = queries.link(request.viewer, office)
    declared = queries.link(request.viewer, office, sources=(RunSource.ENTERED, RunSource.IMPORTED))
    line = measured.figures
    carried = queries.carried(
        request.viewer,
        down_mbps=line.down_mbps.p5.value if line.down_mbps else None,
        up_mbps=line.up_mbps.p5.value if line.up_mbps else None,
    )
    return render_page(
        request,
        "readiness/office_tests.html",
        {
            "office": office,
            "table": runs_table(page.object_list, office) if rows else None,
            "page": page,
            "chart": runs_chart(rows),
            "link": measured,
            "udp": UDP[UdpPath(measured.udp)] if measured.udp != UdpPath.NOT_TRIED else "",
            "has_declared": declared.figures.runs > 0,
            "thin": [str(THIN[reason]) for reason in measured.thin],
            "carried": carried_lines(carried),
            "may_test": access.may_test(request.viewer, office) and not office.is_closed,
            "crumbs": crumbs(title=_("Connection tests of {office}").format(office=office.name)),
            "sample": office.sample or any(row.sample for row in rows),
        },
    )


# ---------------------------------------------------------------- our own test
def _rooms(request: ServedRequest, office: "Office") -> dict[str, "MeetingRoom"]:
    return {one.public_id: one for one in places.rooms(request.viewer, office)}


def _names(rooms: dict[str, "MeetingRoom"]) -> list[tuple[str, str]]:
    return [(public_id, one.name) for public_id, one in rooms.items()]


@guard(may=access.may_test, load=places.tested_office, methods=("GET", "POST"))
def test(request: ServedRequest, office: "Office") -> HttpResponse:
    """Say what a test costs and who sees it; with consent, give a ticket."""
    points = {one.public_id: one for one in places.points(request.viewer, only_in_use=True)}
    rooms = _rooms(request, office)
    form = ConsentForm(
        typed(request),
        points=[(public_id, _point_name(one)) for public_id, one in points.items()],
        rooms=_names(rooms),
    )
    given: list[ProbeTicket] = []

    def issue() -> None:
        told = form.cleaned_data
        wanted = actions.WantedTest(
            length=told["length"],
            consents=told["consents"],
            room=rooms.get(told.get("room", "")),
            is_wired=is_wired(told["wired"]),
            with_packets=told["packets"],
        )
        point = points[told["point"]]
        given.append(
            actions.issue_ticket(
                office=office, point=point, wanted=wanted, by=request.viewer, now=request.now
            )
        )

    if request.method == "POST" and form.is_valid() and not refused(form, issue):
        return redirect_with(request, reverse("readiness:ticket", args=[given[0].public_id]))
    return render_page(
        request,
        "readiness/test.html",
        {
            "office": office,
            "form": form if points else None,
            "crumbs": crumbs(office, _("New test")),
            "sample": office.sample,
        },
        status=status_of(request, form),
    )


test.__test__ = False  # type: ignore[attr-defined]  # a door, whatever pytest makes of its name


def _point_name(point: Any) -> str:
    return f"{point.name}, {point.city}" if point.city else str(point.name)


@guard(may=access.may_use_ticket, load=places.ticket, methods=("GET", "POST"))
def ticket(request: ServedRequest, found: "ProbeTicket") -> HttpResponse:
    """Run the test with this ticket; take in what it showed."""
    form = ReceiptsForm(request.POST if request.method == "POST" else None)
    made: list[ProbeRun] = []

    def take_in() -> None:
        told = form.cleaned_data
        answer = actions.TestAnswer(
            receipts=tuple(text for text in (told["down"], told["up"]) if text),
            idle_ms=told["idle"],
            loaded_ms=told["loaded"],
            browser=told["browser"],
            packets=told["packets"],
            is_udp_missing=told["udp"] == "missing",
        )
        made.append(
            actions.take_in_run(
                ticket=found, answer=answer, key=settings.PROBE_KEY, by=request.viewer,
                now=request.now,
            )
        )  # fmt: skip

    if request.method == "POST" and form.is_valid() and not refused(form, take_in):
        address = reverse("readiness:run", args=[made[0].public_id])
        return redirect_with(request, address, _("The test is kept."))
    is_open = found.state == TicketState.ISSUED and request.now <= found.expires_at
    seconds = SECONDS[ProbeLength(found.length)]
    response = render_page(
        request,
        "readiness/ticket.html",
        {
            "found": found,
            "form": form,
            "is_open": is_open,
            "address": _socket_address(found.point.url),
            "seconds": f"{seconds:.0f}",
            "signed": places.signed(request.viewer, found, seconds=seconds, key=settings.PROBE_KEY)
            if is_open
            else "",
            "crumbs": crumbs(found.office, _("Test")),
            "sample": found.sample,
        },
        status=status_of(request, form),
    )
    if is_open:
        # The script may speak to this one point beside the site itself.
        origin = _socket_address(found.point.url)
        response._csp_update = {"connect-src": [origin]}  # type: ignore[attr-defined]
    return response


def _socket_address(url: str) -> str:
    """Return where the script connects to: ws for http, wss for https."""
    parts = urlsplit(url)
    return parts._replace(scheme="ws" if parts.scheme == "http" else "wss").geturl()


@guard(may=access.may_see_run, load=queries.run)
def run(request: ServedRequest, found: "ProbeRun") -> HttpResponse:
    """Show one test in plain words."""
    row = queries.run_row(request.viewer, found)
    return render_page(
        request,
        "readiness/run.html",
        {
            "found": found,
            "row": row,
            "mark": source_mark(row.source),
            "udp": UDP[UdpPath(row.udp)],
            "udp_means": UDP_MEANS.get(UdpPath(row.udp), ""),
            "voice": VOICES[row.satisfaction] if row.satisfaction else "",
            "carried": carried_lines(
                queries.carried(request.viewer, down_mbps=row.down_mbps, up_mbps=row.up_mbps)
            ),
            "may_test": access.may_test(request.viewer, found.office),
            "void_form": VoidForm()
            if access.may_void(request.viewer, found) and not row.void_reason
            else None,
            "crumbs": crumbs(found.office, _("Test")),
            "sample": row.sample,
        },
    )


@guard(may=access.may_void, load=queries.run, methods=("GET", "POST"))
def void(request: ServedRequest, found: "ProbeRun") -> HttpResponse:
    """Say that a test does not count."""
    back = reverse("readiness:run", args=[found.public_id])
    form = VoidForm(typed(request))
    page = FormPage(
        title=_("A test that does not count"), verb=_("It does not count"), back=back,
        done=_("The test stays and does not count."),
        crumbs=crumbs(found.office, _("A test that does not count")), sample=found.sample,
    )  # fmt: skip

    def act() -> None:
        actions.void_run(
            run=found, reason=form.cleaned_data["reason"], by=request.viewer, now=request.now
        )

    if request.method == "POST" and form.is_valid() and not refused(form, act):
        return redirect_with(request, back, page.done)
    return show_form(request, form, page)


# ---------------------------------------------------------------- other tools
@guard(may=access.may_test, load=places.tested_office, methods=("GET", "POST"))
def enter(request: ServedRequest, office: "Office") -> HttpResponse:
    """Enter what another tool said."""
    rooms = _rooms(request, office)
    files = request.FILES or None
    form = EntryForm(typed(request), files, rooms=_names(rooms))
    back = reverse("readiness:office_tests", args=[office.public_id])
    page = FormPage(
        title=_("Figures of another tool"), verb=_("Save"), back=back,
        done=_("The figures are kept as declared."), crumbs=crumbs(office, _("Enter figures")),
        intro=_("They count as declared. A test of our own probe counts as measured."),
        has_file=True, sample=office.sample,
    )  # fmt: skip

    def act() -> None:
        told = form.cleaned_data
        entered = EnteredRun(
            tool=told["tool"], at=form.moment(office.time_zone),
            down_mbps=float(told["down"]), up_mbps=float(told["up"]),
            rtt_ms=_figure(told["rtt"]), jitter_ms=_figure(told["jitter"]),
            loss_percent=_figure(told["loss"]), room=rooms.get(told.get("room", "")),
            is_wired=is_wired(told["wired"]),
        )  # fmt: skip
        actions.enter_run(
            office=office, entered=entered, file=getattr(told["file"], "checked", None),
            by=request.viewer, now=request.now,
        )  # fmt: skip

    if request.method == "POST" and form.is_valid() and not refused(form, act):
        return redirect_with(request, back, page.done)
    return show_form(request, form, page)


def _figure(value: Any) -> float | None:
    return None if value is None else float(value)


@guard(may=access.may_test, load=places.tested_office, methods=("GET", "POST"))
def import_runs(request: ServedRequest, office: "Office") -> HttpResponse:
    """Take a sheet of other tools' results, show what it would do, then enter it whole."""
    form = RunsSheetForm(request.POST if request.method == "POST" else None, request.FILES or None)
    carried = unsign(request.POST["carried"], SALT) if "carried" in request.POST else None
    if carried is not None:
        return _enter_sheet(request, office, carried)
    if request.method == "POST" and (sheet := uploaded(form, MOST_ROWS)):
        return _preview(request, office, sheet)
    return render_page(
        request,
        "readiness/import_runs.html",
        {
            "office": office,
            "form": form,
            "columns": wanted_columns(),
            "crumbs": crumbs(office, _("Import results")),
            "sample": office.sample,
        },
        status=status_of(request, form),
    )


def _preview(
    request: ServedRequest, office: "Office", sheet: Sheet, status: int = 200
) -> HttpResponse:
    found = read_runs(sheet, office.time_zone, request.now)
    return render_page(
        request,
        "readiness/check_runs.html",
        {
            "office": office,
            "faults": [str(fault) for fault in found.faults],
            "may_enter": found.may_be_applied,
            "count": len(found.entries),
            "table": preview_table(_values(found.entries)),
            "carried": sign(sheet, SALT),
            "crumbs": crumbs(office, _("Import results")),
            "sample": office.sample,
        },
        status=status,
    )


def _values(entries: tuple[Entry[EnteredRun], ...]) -> list[EnteredRun]:
    return [one.value for one in entries]


def _enter_sheet(request: ServedRequest, office: "Office", sheet: Sheet) -> HttpResponse:
    found = read_runs(sheet, office.time_zone, request.now)
    if not found.may_be_applied:
        return _preview(request, office, sheet, status=422)
    made = actions.import_runs(
        office=office, rows=_values(found.entries), by=request.viewer, now=request.now
    )
    return redirect_with(
        request,
        reverse("readiness:office_tests", args=[office.public_id]),
        _("Tests imported: {count}. They count as declared.").format(count=len(made)),
    )
