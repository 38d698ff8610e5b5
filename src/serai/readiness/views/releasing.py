"""Releases: the list, one with a preview of exactly what others would read, asking; who read it."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.form_pages import FormPage
from serai.base.held import typed
from serai.base.lists import download, kept_query, page_of
from serai.base.pages import redirect_with, render_page
from serai.members.states import Audience
from serai.readiness import access, actions
from serai.readiness.actions import Refused
from serai.readiness.exports import released as exports
from serai.readiness.forms.releasing import AskPlanForm, AskReleaseForm, ReasonForm
from serai.readiness.queries import assessments
from serai.readiness.queries import releases as queries
from serai.readiness.states import ReleaseState, release_words
from serai.readiness.views.pages import crumbs, form_page
from serai.readiness.views.released import shown_context

if TYPE_CHECKING:
    from serai.readiness.models import Assessment, Release, ScenarioRun


def releases_step() -> tuple[str, str]:
    """Return the step back to the list of releases."""
    return _("Releases"), reverse("readiness:releases")


@guard(may=access.may_open_releases)
def releases(request: ServedRequest) -> HttpResponseBase:
    """List the releases the viewer has a word on, what waits for them first."""
    rows = queries.releases(request.viewer)
    if file := download(request, exports.releases_table(rows), "releases"):
        return file
    page = page_of(request, rows)
    return render_page(
        request,
        "readiness/releases.html",
        {
            "table": exports.releases_table(list(page.object_list)),
            "page": page,
            "query": kept_query(request),
            "waiting": sum(row.may_act for row in rows),
            "is_officer": access.may_keep_aggregates(request.viewer),
            "crumbs": crumbs(title=_("Releases")),
            "sample": any(row.sample for row in rows),
        },
    )


def name_of(found: "Release") -> str:
    """Name what a release is of."""
    if found.assessment is not None:
        return found.assessment.office.name
    return _("Lines of a plan: %(country)s") % {"country": exports.said(found.country.shown_name)}


@guard(may=access.may_see_release, load=queries.release)
def release(request: ServedRequest, found: "Release") -> HttpResponse:
    """Show one release: what would be seen, by whom, and what may be done next."""
    viewer = request.viewer
    is_public = found.audience == Audience.PUBLIC
    return render_page(
        request,
        "readiness/release.html",
        {
            "found": found,
            "name": name_of(found),
            "mark": release_words.release_mark(found.state),
            "readers": str(release_words.AUDIENCES[found.audience]),
            "is_public": is_public,
            "is_hidden_sample": is_public and found.sample,
            "may_grant": found.state == ReleaseState.ASKED and access.may_grant(viewer, found),
            "may_let_out": found.state == ReleaseState.GRANTED
            and access.may_let_out(viewer, found),
            "may_withdraw": found.state in queries.OPEN and access.may_withdraw(viewer, found),
            "waits_for_country": found.state == ReleaseState.ASKED,
            "is_out": found.state == ReleaseState.RELEASED,
            **shown_context(request, found),
            "crumbs": crumbs(releases_step(), title=name_of(found)),
            "sample": found.sample,
        },
    )


def _back(found: "Release") -> str:
    return reverse("readiness:release", args=[found.public_id])


@guard(may=access.may_grant, load=queries.release, methods=("POST",))
def grant(request: ServedRequest, found: "Release") -> HttpResponse:
    """Grant it for the country."""
    try:
        actions.grant_release(release=found, by=request.viewer, now=request.now)
    except Refused as error:
        return redirect_with(request, _back(found), str(error))
    return redirect_with(request, _back(found), _("It is granted. The secretariat lets it out."))


@guard(may=access.may_let_out, load=queries.release, methods=("POST",))
def let_out(request: ServedRequest, found: "Release") -> HttpResponse:
    """Let it out."""
    try:
        actions.let_out(release=found, by=request.viewer, now=request.now)
    except Refused as error:
        return redirect_with(request, _back(found), str(error))
    return redirect_with(request, _back(found), _("It is let out."))


@guard(may=access.may_grant, load=queries.release, methods=("GET", "POST"))
def decline(request: ServedRequest, found: "Release") -> HttpResponse:
    """Decline it for the country."""
    form = ReasonForm(typed(request))
    page = _reason_page(found, _("Decline the release"), _("Decline"), _("It is declined."))
    return form_page(
        request, form, page,
        lambda: actions.decline_release(
            release=found, reason=form.cleaned_data["reason"], by=request.viewer, now=request.now
        ),
    )  # fmt: skip


@guard(may=access.may_withdraw, load=queries.release, methods=("GET", "POST"))
def withdraw(request: ServedRequest, found: "Release") -> HttpResponse:
    """Withdraw it."""
    form = ReasonForm(typed(request))
    page = _reason_page(
        found, _("Withdraw the release"), _("Withdraw"), _("It is withdrawn. Nobody reads it here any more."),
        _("Others read it no more from now on, and no later report holds it. A report that was issued before stays as it was."),
    )  # fmt: skip
    return form_page(
        request, form, page,
        lambda: actions.withdraw_release(
            release=found, reason=form.cleaned_data["reason"], by=request.viewer, now=request.now
        ),
    )  # fmt: skip


def _reason_page(found: "Release", title: str, verb: str, done: str, intro: str = "") -> FormPage:
    return FormPage(
        title=title, verb=verb, back=_back(found), done=done, intro=intro,
        crumbs=crumbs(releases_step(), (name_of(found), _back(found)), title=title),
        sample=found.sample,
    )  # fmt: skip


# ---------------------------------------------------------------- asking
@guard(may=access.may_ask_release, load=assessments.assessment, methods=("GET", "POST"))
def ask(request: ServedRequest, found: "Assessment") -> HttpResponse:
    """Ask a country to let an office's results out."""
    audiences = [
        (one.value, release_words.AUDIENCES[one]) for one in queries.audiences_to_ask(found)
    ]
    form = AskReleaseForm(typed(request), audiences=audiences)
    back = reverse("readiness:office", args=[found.office.public_id])
    title = _("Ask for a release")
    page = FormPage(
        title=title, verb=_("Ask the country"), back=back,
        done=_("The country's focal point is asked."),
        intro=_("%(office)s: members come first; once they read it, the public may be asked for and reads which events it attains, nothing more.") % {"office": found.office.name}
        if audiences
        else _("All that can be asked for now is asked. Open it among the releases."),
        crumbs=crumbs((found.office.name, back), title=title), sample=found.sample,
    )  # fmt: skip
    if not audiences and request.method == "GET":
        return redirect_with(request, reverse("readiness:releases"), page.intro)

    def act() -> object:
        return actions.ask_release(
            assessment=found, audience=Audience(form.cleaned_data["audience"]),
            reason=form.cleaned_data["reason"], by=request.viewer, now=request.now,
        )  # fmt: skip

    return form_page(
        request, form, page, act,
        leads_to=lambda made: reverse("readiness:release", args=[made.public_id]),  # type: ignore[attr-defined]
    )  # fmt: skip


@guard(may=access.may_ask_release, load=queries.run_to_release, methods=("GET", "POST"))
def ask_plan(request: ServedRequest, found: "ScenarioRun") -> HttpResponse:
    """Ask a country to let members read its lines of a plan."""
    countries = {one.iso3: one for one in queries.countries_to_ask(found)}
    named = [(iso3, exports.said(one.shown_name)) for iso3, one in countries.items()]
    form = AskPlanForm(typed(request), countries=named)
    back = reverse("readiness:plan", args=[found.public_id])
    title = _("Ask for a release of a country's lines")
    page = FormPage(
        title=title, verb=_("Ask the country"), back=back,
        done=_("The country's focal point is asked."),
        intro=_("Members would read what the plan buys for this country, at what cost, and which events its offices would host. The public never reads plans."),
        crumbs=crumbs((_("Plan"), back), title=title), sample=found.sample,
    )  # fmt: skip
    return form_page(
        request, form, page,
        lambda: actions.ask_plan_release(
            run=found, country=countries[form.cleaned_data["country"]],
            reason=form.cleaned_data["reason"], by=request.viewer, now=request.now,
        ),
        leads_to=lambda made: reverse("readiness:release", args=[made.public_id]),
    )  # fmt: skip


# ---------------------------------------------------------------- who read it
@guard(may=access.may_see_readers, load=assessments.assessment)
def readers(request: ServedRequest, found: "Assessment") -> HttpResponseBase:
    """List who from outside read an office's results."""
    rows = queries.readings(request.viewer, found)
    if file := download(request, exports.readings_table(rows, sample=found.sample), "readings"):
        return file
    page = page_of(request, rows)
    back = reverse("readiness:office", args=[found.office.public_id])
    return render_page(
        request,
        "readiness/readers.html",
        {
            "found": found,
            "table": exports.readings_table(list(page.object_list), sample=found.sample),
            "page": page,
            "query": kept_query(request),
            "crumbs": crumbs((found.office.name, back), title=_("Who read these results")),
            "sample": found.sample,
        },
    )
