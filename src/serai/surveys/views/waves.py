"""Waves: planned, sent with their progress, given more time, closed, opened again."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.days import plain_day
from serai.base.form_pages import FormPage
from serai.base.forms.texts import read_texts, texts_of
from serai.base.held import typed
from serai.base.lists import download, page_of
from serai.base.pages import is_part, redirect_with, render_page
from serai.base.text import TranslatedText
from serai.programme import queries as programme
from serai.surveys import access, actions, emails, queries
from serai.surveys.actions import Refused, WaveFacts
from serai.surveys.exports.tables import invitations_table, said
from serai.surveys.forms.waves import DueForm, WaveForm
from serai.surveys.queries.more_time import more_time_asked
from serai.surveys.states import InvitationState, WaveState
from serai.surveys.states.words import state_mark
from serai.surveys.views.shared import crumbs, form_page, wave_steps

if TYPE_CHECKING:
    from serai.surveys.models import Survey, Wave

USUAL_WEEKS = 4
DIGITS = 7  # a number of questions is never longer


@guard(may=access.may_keep_survey, load=queries.survey, methods=("GET", "POST"))
def new_wave(request: ServedRequest, found: "Survey") -> HttpResponse:
    """Plan a wave."""
    back = reverse("surveys:survey", args=[found.public_id])
    versions = queries.version_choices(found)
    today = request.now.astimezone(queries.programme_clock()).date()
    form = _form(
        request, found, versions,
        {"opens_on": today, "due_on": today + timedelta(weeks=USUAL_WEEKS)},
    )  # fmt: skip
    page = FormPage(
        title=_("Plan a wave"), verb=_("Plan the wave"), back=back,
        done=_("The wave is planned. Make the open link next.")
        if found.is_anonymous
        else _("The wave is planned. Choose whom to ask; nobody is written to yet."),
        crumbs=crumbs((said(found.title), back), title=_("Plan a wave")), sample=found.sample,
        intro="" if versions else _("This survey has no published form yet. Publish a version first."),
    )  # fmt: skip

    def act() -> "Wave":
        return actions.plan_wave(
            survey=found, facts=_facts(request, found, form, TranslatedText()),
            by=request.viewer, now=request.now,
        )  # fmt: skip

    return form_page(
        request, form, page, act, lambda made: reverse("surveys:wave", args=[made.public_id])
    )


def _form(
    request: ServedRequest,
    survey: "Survey",
    versions: list[tuple[str, str]],
    initial: dict[str, object],
) -> WaveForm:
    return WaveForm(
        typed(request), versions=versions, milestones=_milestones(request, survey),
        writes_letters=not survey.is_anonymous, initial=initial,
    )  # fmt: skip


def _milestones(request: ServedRequest, survey: "Survey") -> list[tuple[str, str]]:
    """Return the milestones that a wave may reach: those of its initiative, or of all."""
    today = request.now.astimezone(queries.programme_clock()).date()
    code = survey.initiative.code if survey.initiative else None
    rows = programme.milestones(request.viewer, today, initiative=code)
    return [(row.public_id, f"{row.number}. {said(row.name)}") for row in rows]


def _facts(
    request: ServedRequest, survey: "Survey", form: WaveForm, before: TranslatedText
) -> WaveFacts:
    given = form.cleaned_data
    version = queries.version_of(survey, given["version"])
    if version is None:
        raise Refused(_("This version is not published. Choose another."), "version")
    chosen = given["milestone"]
    return WaveFacts(
        version=version, title=read_texts(form, "title", before), opens_on=given["opens_on"],
        due_on=given["due_on"], grace_days=given["grace_days"],
        remind_days=given.get("remind_days", ()), reply_to=given.get("reply_to", ""),
        milestone=programme.milestone(request.viewer, chosen) if chosen else None,
    )  # fmt: skip


@guard(may=access.may_keep_survey, load=queries.wave, methods=("GET", "POST"))
def edit_wave(request: ServedRequest, found: "Wave") -> HttpResponse:
    """Change a wave."""
    versions = dict(queries.version_choices(found.survey))
    versions.setdefault(found.version.public_id, found.version.version)
    form = _form(
        request, found.survey, list(versions.items()),
        texts_of("title", found.title)
        | {
            "version": found.version.public_id, "opens_on": found.opens_on,
            "due_on": found.due_on, "grace_days": found.grace_days,
            "remind_days": ", ".join(str(day) for day in found.remind_days),
            "reply_to": found.reply_to,
            "milestone": found.milestone.public_id if found.milestone else "",
        },
    )  # fmt: skip
    back = reverse("surveys:wave", args=[found.public_id])
    page = FormPage(
        title=_("Change the wave"), verb=_("Save"), back=back, done=_("The wave is changed."),
        crumbs=crumbs(*wave_steps(found), title=_("Change")), sample=found.sample,
    )  # fmt: skip

    def act() -> object:
        return actions.edit_wave(
            wave=found, facts=_facts(request, found.survey, form, found.title),
            by=request.viewer, now=request.now,
        )  # fmt: skip

    return form_page(request, form, page, act)


@guard(may=access.may_see_survey, load=queries.wave)
def wave(request: ServedRequest, found: "Wave") -> HttpResponseBase:
    """Show who is asked in a wave, and what can be done next."""
    rows = queries.invitations_of(request.viewer, found)
    if file := download(request, invitations_table(rows), "invitations"):
        return file
    page = page_of(request, rows)
    waiting = [row for row in rows if row.state is InvitationState.DRAFTED]
    address = reverse("surveys:wave_progress", args=[found.public_id])
    return render_page(
        request,
        "surveys/wave.html",
        {
            "found": found,
            "mark": state_mark(WaveState(found.state)),
            "table": invitations_table(list(page.object_list)) if rows else None,
            "page": page,
            "waiting_count": len(waiting),
            "letter_count": len(rows) - len(waiting),
            "is_open": found.state == WaveState.OPEN,
            "asking": more_time_asked(request.viewer, found, request.now),
            "is_planned": found.state == WaveState.PLANNED,
            "is_closed": found.state == WaveState.CLOSED,
            "job": queries.sending(found, address),
            "keeps": access.may_keep_survey(request.viewer, found),
            "may_see_results": access.may_see_results(request.viewer, found),
            "open_link": queries.came_in(found) if queries.may_be_open(found) else None,
            "milestone": said(found.milestone.name) if found.milestone else "",
            "reminders": remind_words(found.remind_days),
            "crumbs": crumbs(wave_steps(found)[0], title=said(found.title)),
            "sample": found.sample,
        },
    )


def remind_words(days: list[int]) -> str:
    """Say when the silent are reminded: "14, 5 and 1 days before, 3 after"."""
    before = ", ".join(str(day) for day in days if day > 0)
    after = ", ".join(str(-day) for day in days if day < 0)
    parts = []
    if before:
        parts.append(_("%(days)s days before") % {"days": before})
    if 0 in days:
        parts.append(_("on the day"))
    if after:
        parts.append(_("%(days)s days after") % {"days": after})
    return "; ".join(parts) or _("never")


# ---------------------------------------------------------------- sending
@guard(may=access.may_keep_survey, load=queries.wave, methods=("GET", "POST"))
def send_wave(request: ServedRequest, found: "Wave") -> HttpResponse:
    """Read the letters as they will arrive, then let them be sent."""
    back = reverse("surveys:wave", args=[found.public_id])
    problem = ""
    if request.method == "POST":
        try:
            actions.send_wave(wave=found, by=request.viewer, now=request.now)
        except Refused as error:
            problem = str(error)
        else:
            return redirect_with(request, back, _("The letters are being written."))
    waiting = queries.drafted(found)
    shown = request.GET.get("letter", "")
    letter = next((one for one in waiting if one.public_id == shown), next(iter(waiting), None))
    return render_page(
        request,
        "surveys/send.html",
        {
            "found": found,
            "problem": problem,
            "waiting": [(one.public_id, queries.place_of(one)) for one in waiting],
            "leaderless": queries.leaderless(queries.invitations_of(request.viewer, found)),
            "letter": letter,
            "worded": emails.preview(letter) if letter else None,
            "back": back,
            "crumbs": crumbs(*wave_steps(found), title=_("Send")),
            "sample": found.sample,
        },
        status=422 if problem else 200,
    )


@guard(may=access.may_keep_survey, load=queries.wave)
def wave_progress(request: ServedRequest, found: "Wave") -> HttpResponse:
    """Show how far the letters are; htmx asks for this part, and for the whole page after."""
    asked = request.GET.get("asked", "")
    count = int(asked) if asked.isdigit() and len(asked) < DIGITS else 0
    address = reverse("surveys:wave_progress", args=[found.public_id])
    job = queries.sending(found, address, count)
    if job is None:
        back = reverse("surveys:wave", args=[found.public_id])
        if is_part(request):
            response = HttpResponse()
            response.headers["HX-Refresh"] = "true"
            return response
        return HttpResponseRedirect(back)
    context = {
        "job": job, "found": found, "crumbs": crumbs(*wave_steps(found), title=_("Sending")),
        "sample": found.sample,
    }  # fmt: skip
    return render_page(request, "surveys/progress.html", context, part="serai/components/_job.html")


# ---------------------------------------------------------------- time
@guard(may=access.may_keep_survey, load=queries.wave, methods=("GET", "POST"))
def extend_wave(request: ServedRequest, found: "Wave") -> HttpResponse:
    """Give everybody more time."""
    form = DueForm(typed(request))
    back = reverse("surveys:wave", args=[found.public_id])
    page = FormPage(
        title=_("Give more time"), verb=_("Give more time and tell them"), back=back,
        done=_("Everybody who is not done has been told of the new day."),
        crumbs=crumbs(*wave_steps(found), title=_("Give more time")),
        intro=_("Now it is due on %(day)s.") % {"day": plain_day(found.due_on)},
        sample=found.sample,
    )  # fmt: skip

    def act() -> object:
        return actions.extend_wave(
            wave=found, due_on=form.cleaned_data["due_on"], by=request.viewer, now=request.now
        )

    return form_page(request, form, page, act)


@guard(may=access.may_keep_survey, load=queries.wave, methods=("GET", "POST"))
def close_wave(request: ServedRequest, found: "Wave") -> HttpResponse:
    """Ask once more, then close a wave."""
    back = reverse("surveys:wave", args=[found.public_id])
    if request.method == "POST":
        try:
            actions.close_wave(wave=found, by=request.viewer, now=request.now)
        except Refused as error:
            return redirect_with(request, back, str(error))
        return redirect_with(request, back, _("The wave is closed."))
    silent = queries.unanswered(queries.open_invitations(found))
    context = {
        "found": found, "silent_count": len(silent), "back": back,
        "milestone": said(found.milestone.name) if found.milestone else "",
        "crumbs": crumbs(*wave_steps(found), title=_("Close")), "sample": found.sample,
    }  # fmt: skip
    return render_page(request, "surveys/close.html", context)


@guard(may=access.may_keep_survey, load=queries.wave, methods=("GET", "POST"))
def reopen_wave(request: ServedRequest, found: "Wave") -> HttpResponse:
    """Open a closed wave again, until a day."""
    form = DueForm(typed(request))
    back = reverse("surveys:wave", args=[found.public_id])
    page = FormPage(
        title=_("Open the wave again"), verb=_("Open again"), back=back,
        done=_("The wave is open again."),
        crumbs=crumbs(*wave_steps(found), title=_("Open again")), sample=found.sample,
    )  # fmt: skip

    def act() -> object:
        return actions.reopen_wave(
            wave=found, due_on=form.cleaned_data["due_on"], by=request.viewer, now=request.now
        )

    return form_page(request, form, page, act)
