"""Figures for others: asked for, consented to, made, shown and cited."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.forms import Form
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from serai.base import charts
from serai.base.access import ServedRequest, guard
from serai.base.charts import Chart
from serai.base.days import plain_day
from serai.base.form_pages import status_of
from serai.base.held import typed
from serai.base.pages import redirect_with, render_page
from serai.calc.xforms import Protected
from serai.members import access as members
from serai.members.queries import ProposalFound, release_proposal
from serai.members.states import Audience
from serai.members.states.words import AUDIENCE_NAMES, AUDIENCE_SENTENCES, KIND_NAMES
from serai.surveys import access, actions, queries
from serai.surveys.actions import Refused
from serai.surveys.exports.released import released_table
from serai.surveys.exports.tables import said
from serai.surveys.forms.releasing import (
    AskReleaseForm,
    CountingForm,
    ShowingForm,
    TakeBackForm,
)
from serai.surveys.queries import FigureRow
from serai.surveys.queries.released import has_released, let_out
from serai.surveys.states import ReadingWay, ReleaseOf, ReleaseStep
from serai.surveys.states.words import state_mark
from serai.surveys.views.shared import crumbs, done, note_read, wave_steps

if TYPE_CHECKING:
    from serai.surveys.models import Figure, Release, Wave


@dataclass(frozen=True)
class Shown:
    """A figure and its parts: heading of the group, what is told, a chart of shares."""

    row: FigureRow
    parts: tuple[tuple[str, Protected, Chart | None], ...]


def _language() -> str:
    return get_language() or "en"


# ---------------------------------------------------------------- the coordinator
@guard(may=access.may_coordinate, load=queries.wave, methods=("GET", "POST"))
def release_wave(request: ServedRequest, found: "Wave") -> HttpResponse:
    """Ask the countries of a wave, and show what they said."""
    questions = queries.releasable(found, _language())
    form = AskReleaseForm(typed(request), questions=[(one.path, one.label) for one in questions])
    back = reverse("surveys:release_wave", args=[found.public_id])
    said_of: list[actions.ReleaseAsked] = []

    def act() -> None:
        said_of.append(
            actions.ask_release(
                wave=found, paths=form.cleaned_data["paths"],
                to=Audience(form.cleaned_data["audience"]), reason=form.cleaned_data["reason"],
                by=request.viewer, now=request.now,
            )
        )  # fmt: skip

    if request.method == "POST" and form.is_valid() and done(form, act):
        return redirect_with(request, back, asked_words(said_of[0]))
    shown = queries.asks(found, _language())
    return render_page(
        request,
        "surveys/release_wave.html",
        {
            "found": found,
            "form": form,
            "asks": [(one, [(row, state_mark(row.state)) for row in one.rows]) for one in shown],
            "has_questions": bool(questions),
            "has_figures": bool(queries.figures(request.viewer, _language(), wave=found.public_id)),
            "never": never(is_sample=found.sample),
            "crumbs": crumbs(
                *wave_steps(found),
                (_("Results"), reverse("surveys:results", args=[found.public_id])),
                title=_("Show figures to others"),
            ),
            "sample": found.sample,
        },
        status=status_of(request, form),
    )


def never(*, is_sample: bool) -> str:
    """Say that visitors never see a sample; nothing of what is real."""
    return _("It is a sample: visitors never see it.") if is_sample else ""


def asked_words(found: actions.ReleaseAsked) -> str:
    """Say how many countries are asked, and of which nobody could consent."""
    count = len(found.releases)
    words = ngettext("%(n)d country is asked.", "%(n)d countries are asked.", count) % {"n": count}
    if not found.without_anybody:
        return words
    names = ", ".join(found.without_anybody)
    return f"{words} " + _("Nobody could consent for: %(names)s.") % {"names": names}


@guard(may=access.may_coordinate, load=queries.wave, methods=("POST",))
def freeze(request: ServedRequest, found: "Wave") -> HttpResponse:
    """Make the figures of an asking."""
    back = reverse("surveys:release_wave", args=[found.public_id])
    try:
        made = actions.freeze_figures(
            wave=found, ask=request.POST.get("ask", ""), by=request.viewer, now=request.now
        )
    except Refused as refusal:
        return redirect_with(request, back, str(refusal))
    count = len(made.figures)
    words = ngettext("%(n)d figure is made.", "%(n)d figures are made.", count) % {"n": count}
    if made.withheld:
        names = "; ".join(made.withheld)
        words += " " + _("Too few answers, or too near an earlier figure: %(names)s.") % {
            "names": names
        }
    return redirect_with(request, back, words)


# ---------------------------------------------------------------- the country
@guard(may=members.may_see_release, load=release_proposal, methods=("GET", "POST"))
def consent(request: ServedRequest, found: ProposalFound) -> HttpResponse:
    """Show what is asked of a country; its focal point consents or declines here."""
    form = _consent_form(found)(typed(request))
    if request.method == "POST" and form.is_valid() and done(form, lambda: _answer(request, found)):
        is_consent = form.cleaned_data["verdict"] == "consent"
        words = _("You have consented.") if is_consent else _("You have declined.")
        return redirect_with(request, _address(found), words)
    return _consent_page(request, found, form, TakeBackForm())


def _consent_form(found: ProposalFound) -> type[CountingForm] | type[ShowingForm]:
    is_counted = queries.proposed_release(found).of == ReleaseOf.FIGURES
    return CountingForm if is_counted else ShowingForm


def _answer(request: ServedRequest, found: ProposalFound) -> None:
    if request.POST["verdict"] == "consent":
        actions.consent_to_release(
            proposal=found, seen=request.POST.get("seen", ""), by=request.viewer, now=request.now
        )
    else:
        actions.decline_release(
            proposal=found, note=request.POST.get("reason", ""), by=request.viewer, now=request.now
        )


def _consent_page(
    request: ServedRequest, found: ProposalFound, form: Form, back_form: TakeBackForm
) -> HttpResponse:
    release = queries.proposed_release(found)
    labels = {one.path: one.label for one in queries.questions(release.wave, _language())}
    state = ReleaseStep(release.state)
    return render_page(
        request,
        "surveys/consent.html",
        {
            "found": found,
            "release": release,
            "mark": state_mark(state),
            "labels": [labels.get(path, path) for path in release.paths],
            "wanted": AUDIENCE_NAMES[release.wanted],
            "wanted_more": AUDIENCE_SENTENCES[release.wanted],
            "never": never(is_sample=release.sample),
            "is_counted": release.of == ReleaseOf.FIGURES,
            **_shown_answers(request, release),
            "form": form if members.may_consent(request.viewer, found) else None,
            "may_withdraw": members.may_withdraw_release(request.viewer, found),
            "back_form": back_form if state is ReleaseStep.CONSENTED else None,
            "crumbs": crumbs(title=_("Answers for others")),
            "sample": release.sample,
        },
        status=status_of(request, back_form if back_form.is_bound else form),
    )


def _shown_answers(request: ServedRequest, release: "Release") -> dict[str, object]:
    """Return the single answers that are asked for, or let out; to their own country alone."""
    is_country = release.country is not None and members.acts_for_country(
        request.viewer, release.country.iso3
    )
    is_told = release.state in {ReleaseStep.ASKED, ReleaseStep.CONSENTED}
    if release.of == ReleaseOf.FIGURES or not (is_country and is_told):
        return {}
    found = let_out(release, request.now, _language())
    note_read(request, ReadingWay.PAGE, *found.responses)
    return {"answers": released_table(found.rows, sample=release.sample), "seal": found.seal}


@guard(may=members.may_withdraw_release, load=release_proposal, methods=("POST",))
def withdraw(request: ServedRequest, found: ProposalFound) -> HttpResponse:
    """Take back what one has asked, while it waits."""
    try:
        actions.withdraw_release(proposal=found, by=request.viewer, now=request.now)
    except Refused as refusal:  # answered a moment ago
        return redirect_with(request, _address(found), str(refusal))
    return redirect_with(request, _address(found), _("It is withdrawn. Nothing is shown."))


@guard(may=members.may_see_release, load=release_proposal, methods=("POST",))
def take_back(request: ServedRequest, found: ProposalFound) -> HttpResponse:
    """Take a consent back, with a reason."""
    form = TakeBackForm(request.POST)
    release = queries.proposed_release(found)

    def act() -> object:
        return actions.take_back_release(
            release=release, reason=form.cleaned_data["reason"], by=request.viewer, now=request.now
        )

    if form.is_valid() and done(form, act):
        return redirect_with(request, _address(found), _("It is taken back."))
    return _consent_page(request, found, _consent_form(found)(), form)


def _address(found: ProposalFound) -> str:
    return reverse("surveys:consent", args=[found.public_id])


# ---------------------------------------------------------------- the readers
@guard(may=access.may_see_figure, load=queries.first_figure)
def figures(request: ServedRequest, found: "Figure") -> HttpResponseBase:
    """Show the figures of a wave that a reader may see."""
    rows = queries.figures(request.viewer, _language(), wave=found.wave.public_id)
    return render_page(
        request,
        "surveys/figures.html",
        {
            "title": said(found.wave.title),
            "survey_title": said(found.wave.survey.title),
            "rows": [_shown(row) for row in rows],
            "wave": found.wave.public_id,
            "has_released": has_released(request.viewer, found.wave),
            "sample": found.sample,
        },
    )


@guard(may=access.may_see_figure, load=queries.figure)
def figure(request: ServedRequest, found: "Figure") -> HttpResponseBase:
    """Show one figure and how to cite it."""
    row = queries.figure_row(found, _language())
    address = request.build_absolute_uri(reverse("surveys:figure", args=[row.public_id]))
    return render_page(
        request,
        "surveys/figure.html",
        {
            "shown": _shown(row),
            "readers": AUDIENCE_NAMES[row.audience],
            "cite": _("%(survey)s, %(wave)s: %(question)s Figure %(number)s as of %(day)s, n = %(n)d. %(address)s")
            % {
                "survey": row.survey_title, "wave": row.wave_title, "question": row.label,
                "number": row.public_id, "day": plain_day(row.as_of), "n": row.n,
                "address": address,
            },
            "sample": row.sample,
        },
    )  # fmt: skip


def _shown(row: FigureRow) -> Shown:
    kinds = {str(kind): str(name) for kind, name in KIND_NAMES.items()}
    return Shown(
        row,
        tuple((kinds.get(name, name), told, _chart(row, told)) for name, told in row.told.items()),
    )


def _chart(row: FigureRow, told: Protected) -> Chart | None:
    if not told.shares:
        return None
    labels = dict(row.choices)
    return charts.bars(
        [
            charts.Bar(labels.get(value, value), float(round(100 * share)))
            for value, share in told.shares.items()
        ],
        title=_("Placed first") if row.statistic == "ranks" else _("Share of answers"),
        label_title=_("Choice"), value_title=_("Share"), unit="%", high=100,
    )  # fmt: skip
