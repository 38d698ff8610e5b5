"""Build a report in steps: choose, narrative, preview, remarks, clear, issue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.as_of import asked_day
from serai.base.held import typed
from serai.base.markdown import safe
from serai.base.pages import Crumb, redirect_with, render_page
from serai.base.text import TranslatedText
from serai.programme.queries import meetings_to_choose, programme_of
from serai.reports import access, actions, queries
from serai.reports.actions import CannotMove, EditedMeanwhile
from serai.reports.forms import NarrativeForm, ReasonForm, StartForm
from serai.reports.kinds import KINDS
from serai.reports.views import steps

DIGITS = 7  # a number of remarks or of questions is never longer

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from serai.reports.kinds.kind import Offer
    from serai.reports.models import Narrative, Run


@guard(may=access.may_build_run, methods=("GET", "POST"))
def start(request: ServedRequest) -> HttpResponse:
    """Choose kind, day, readers, languages and meeting."""
    programme = programme_of(request)
    today = programme.today(request.now)
    asked = asked_day(request, opens_on=programme.day(request.now), today=today)
    meetings = queries.meeting_choices(meetings_to_choose(request.viewer, _language()))
    form = StartForm(
        typed(request),
        meetings=meetings,
        initial={
            "kind": next(iter(KINDS)),
            "as_of": asked.as_of,
            "audience": "members",
            "languages": [code for code, _name in settings.LANGUAGES if code in {"en", "ru"}],
            "meeting": queries.NEXT_MEETING,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _started(request, form)
        except CannotMove as refusal:
            form.add_error(refusal.field or None, str(refusal))
    crumbs = [Crumb(_("Reports"), reverse("reports:library")), Crumb(_("Build a report"))]
    context = {"form": form, "crumbs": crumbs, "kinds": list(KINDS.values())}
    status = 422 if request.method == "POST" else 200
    return render_page(request, "reports/start.html", context, status=status)


def _started(request: ServedRequest, form: StartForm) -> HttpResponse:
    """Start the run, or lead to the one that says the same."""
    given = form.cleaned_data
    kind, as_of, languages = given["kind"], given["as_of"], given["languages"]
    audience, meeting_id = given["audience"], _meeting(request, given["meeting"], as_of)
    standing = actions.standing_run(
        kind=kind, as_of=as_of, languages=languages, audience=audience, meeting_id=meeting_id,
        sample=request.viewer.is_sample, today=actions.programme_day(request.now),
    )  # fmt: skip
    if standing is None:
        run = actions.start_run(
            kind=kind, as_of=as_of, languages=languages, audience=audience, meeting_id=meeting_id,
            by=request.viewer, now=request.now,
        )  # fmt: skip
        return redirect_with(request, _address(run), _("The report is started."))
    said = (
        _("Nothing has changed since this report was issued, so there is no second one.")
        if standing.issued_at
        else _("This report for the same day and readers is being built already.")
    )
    return redirect_with(request, _address(standing), said)


def _meeting(request: ServedRequest, chosen: str, as_of: date) -> int | None:
    """Return the meeting chosen, or the one that fits the day."""
    if chosen == queries.NEXT_MEETING:
        return actions.next_meeting(request.viewer, as_of)
    return int(chosen) if chosen else None


@guard(may=access.may_build_run, load=queries.run)
def build(request: ServedRequest, run: Run) -> HttpResponse:
    """Show where the run stands, what is missing, and the one next step."""
    context = steps.frame(request, run, "build") | {
        "blocks": steps.blocks(run, _language()),
        "findings": actions.findings(run, today=actions.programme_day(request.now)),
        "files": queries.run_files(run),
        "job": steps.unfinished_job(request, run),
        "is_open": run.state in actions.OPEN_TO_CHANGES,
        "may_clear": access.may_clear_run(request.viewer, run),
        "open_remarks": queries.open_remark_count(run),
        "may_issue": access.may_issue_run(request.viewer, run),
        "meeting": _meeting_of(request, run),
    }
    return render_page(request, "reports/build.html", context)


def _meeting_of(request: ServedRequest, run: Run) -> str:
    """Name the meeting a run is made for."""
    known = dict(meetings_to_choose(request.viewer, _language()))
    return known.get(run.meeting_id or 0, _("none"))


@guard(may=access.may_build_run, load=queries.run)
def progress(request: ServedRequest, run: Run) -> HttpResponse:
    """Show how far the making of files is; htmx asks for this part, and for the whole page after."""
    job = steps.job(request, run)
    if job is not None and not job.is_running:
        return steps.whole_page(request, _address(run))
    context = steps.frame(request, run, "build") | {"job": job}
    return render_page(request, "reports/progress.html", context, part="serai/components/_job.html")


@guard(may=access.may_build_run, load=queries.run_block, methods=("GET", "POST"))
def narrative(request: ServedRequest, place: queries.RunBlock) -> HttpResponse:
    """Write one block in each language; two editors see both texts side by side."""
    run, offer = place.run, _offer(place.run, place.block)
    kept = queries.narrative_of(run, place.block)
    before = kept.text if kept else TranslatedText()
    languages = list(run.languages)
    form = NarrativeForm(typed(request), languages=languages, initial=_initial(kept, languages))
    context = steps.frame(request, run, "build") | {"form": form, "offer": offer, "kept": kept}
    steps.lead_on(context, f"{offer.group}: {offer.title}")
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_narrative(
                run=run,
                block=place.block,
                text=_typed(form, languages, before),
                version=form.cleaned_data["version"],
                by=request.viewer,
                now=request.now,
            )
            _tell_left_out(request, form, languages)
            return redirect_with(request, f"{_address(run)}#narrative", _("The text is saved."))
        except EditedMeanwhile as both:
            status = 409
            context |= {"pairs": _pairs(both, languages), "form": _again(request, languages, both)}
        except CannotMove as refusal:
            form.add_error(None, str(refusal))
    if request.method == "POST" and status == 200:
        status = 422
    return render_page(request, "reports/narrative.html", context, status=status)


def _tell_left_out(request: ServedRequest, form: NarrativeForm, languages: list[str]) -> None:
    """Say which tags and the like of the text saved a report shows as nothing."""
    found = [safe(form.cleaned_data[f"text_{code}"]).dropped for code in languages]
    left_out = list(dict.fromkeys(what for dropped in found for what in dropped))
    if left_out:
        said = _("The report leaves out what it cannot show (%(what)s).")
        messages.warning(request, said % {"what": "; ".join(left_out)})


def _initial(kept: Narrative | None, languages: list[str]) -> dict[str, object]:
    if kept is None:
        return {"version": 0}
    texts = {f"text_{code}": own_text(kept.text, code) for code in languages}
    return {"version": kept.version, **texts}


def own_text(text: TranslatedText, language: str) -> str:
    """Return what is written in exactly this language."""
    return "" if text.is_fallback(language) else text.pick(language)[0]


def _offer(run: Run, block: str) -> Offer:
    """Return the block as the kind offers it.

    Raises:
        Http404: if the kind has no such block.
    """
    viewer = access.audience_viewer(run.audience)
    for offer in KINDS[run.kind].offers(viewer, run.as_of, _language()):
        if offer.block == block:
            return offer
    raise Http404(block)


def _typed(form: NarrativeForm, languages: list[str], before: TranslatedText) -> TranslatedText:
    """Return what was typed; what the run's languages do not cover stays as it was."""
    text = before
    for code in languages:
        text = text.with_text(code, form.cleaned_data[f"text_{code}"].strip())
    return text


def _pairs(both: EditedMeanwhile, languages: list[str]) -> list[tuple[str, str, str]]:
    """Return (language, their text, my text) where the two differ."""
    names = dict(settings.LANGUAGES)
    rows = [(code, own_text(both.theirs, code), own_text(both.mine, code)) for code in languages]
    return [(names.get(code, code), theirs, mine) for code, theirs, mine in rows if theirs != mine]


def _again(request: ServedRequest, languages: list[str], both: EditedMeanwhile) -> NarrativeForm:
    """Return the form with the writer's own text on top of the newer version."""
    texts = {f"text_{code}": own_text(both.mine, code) for code in languages}
    return NarrativeForm(languages=languages, initial={"version": both.version, **texts})


@guard(may=access.may_build_run, load=queries.run_block, methods=("POST",))
def take_note(request: ServedRequest, place: queries.RunBlock) -> HttpResponse:
    """Take an initiative's latest cleared note as the block's text."""
    return _moved(
        request,
        place.run,
        lambda: actions.take_latest_note(
            run=place.run, block=place.block, by=request.viewer, now=request.now
        ),
        _("The latest note stands in the report."),
    )


@guard(may=access.may_build_run, load=queries.run, methods=("POST",))
def review(request: ServedRequest, run: Run) -> HttpResponse:
    """Send the run to focal points for remarks and to a coordinator for clearing."""
    return _moved(
        request,
        run,
        lambda: actions.send_to_review(run=run, by=request.viewer, now=request.now),
        _("The report is in review."),
    )


@guard(may=access.may_build_run, load=queries.run, methods=("POST",))
def reopen(request: ServedRequest, run: Run) -> HttpResponse:
    """Take the run one step back."""
    return _moved(
        request,
        run,
        lambda: actions.reopen_run(run=run, by=request.viewer, now=request.now),
        _("The report is open for changes."),
    )


@guard(may=access.may_clear_run, load=queries.run, methods=("POST",))
def clear(request: ServedRequest, run: Run) -> HttpResponse:
    """Say that the report may go out, with the open remarks that were ticked as seen."""
    seen = request.POST.get("open_remarks", "")
    count = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < DIGITS else 0
    return _moved(
        request,
        run,
        lambda: actions.clear_run(run=run, by=request.viewer, now=request.now, open_remarks=count),
        _("The report is cleared."),
    )


@guard(may=access.may_issue_run, load=queries.run, methods=("GET", "POST"), fresh=True)
def issue(request: ServedRequest, run: Run) -> HttpResponse:
    """Ask once more, then freeze the snapshot and make the files."""
    if request.method == "POST":
        return _moved(
            request,
            run,
            lambda: actions.issue_run(run=run, by=request.viewer, now=request.now),
            _("The files are being made."),
        )
    findings = actions.findings(run, today=actions.programme_day(request.now))
    context = steps.frame(request, run, "build") | {
        "findings": findings,
        "is_stopped": any(finding.is_blocking for finding in findings),
    }
    steps.lead_on(context, _("Issue"))
    return render_page(request, "reports/issue.html", context)


@guard(may=access.may_withdraw_run, load=queries.run, methods=("GET", "POST"), fresh=True)
def withdraw(request: ServedRequest, run: Run) -> HttpResponse:
    """Ask why, then withdraw."""
    form = ReasonForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_run(
                run=run, reason=form.cleaned_data["reason"], by=request.viewer, now=request.now
            )
            return redirect_with(request, _address(run), _("The report is withdrawn."))
        except CannotMove as refusal:
            form.add_error(None, str(refusal))
    context = steps.frame(request, run, "build") | {"form": form}
    steps.lead_on(context, _("Withdraw"))
    status = 422 if request.method == "POST" else 200
    return render_page(request, "reports/withdraw.html", context, status=status)


@guard(may=access.may_build_run, load=queries.run, methods=("POST",))
def correct(request: ServedRequest, run: Run) -> HttpResponse:
    """Start a correction: a new run that names the old."""
    try:
        corrected = actions.correct_run(run=run, by=request.viewer, now=request.now)
    except CannotMove as refusal:
        messages.error(request, str(refusal))
        return redirect_with(request, _address(run))
    return redirect_with(request, _address(corrected), _("The correction is started."))


def _moved(
    request: ServedRequest, run: Run, move: Callable[[], object], message: str
) -> HttpResponse:
    """Make a move and go back to the run, saying what happened or why it could not."""
    try:
        move()
    except CannotMove as refusal:
        messages.error(request, str(refusal))
        message = ""
    return redirect_with(request, _address(run), message)


def _address(run: Run) -> str:
    return reverse("reports:build", args=[run.public_id])


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
