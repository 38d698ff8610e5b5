"""Forms of a draft: a criterion, the weights, an event's row, a package."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.form_pages import FormPage
from serai.base.held import typed
from serai.calc.readiness.conditions import Operator
from serai.calc.readiness.editing import (
    CriterionEdit,
    Fields,
    PackageEdit,
    RowEdit,
    rows_of,
)
from serai.readiness import access, actions
from serai.readiness.exports.frameworks import number, said
from serai.readiness.forms.frameworks import (
    CriterionForm,
    EventRowForm,
    PackageForm,
    WeightsForm,
    level_names,
)
from serai.readiness.queries import frameworks as editions
from serai.readiness.queries import parts
from serai.readiness.states import edition_words as words
from serai.readiness.views.frameworks import address_of, named
from serai.readiness.views.shared import crumbs, form_page

if TYPE_CHECKING:
    from serai.readiness.models import Framework


def _page(draft: "Framework", title: str, intro: str = "") -> FormPage:
    back = address_of(draft)
    return FormPage(
        title=title, verb=_("Save"), back=back, done=_("It is saved in the draft."), intro=intro,
        crumbs=crumbs((named(draft), back), title=title), sample=draft.sample,
    )  # fmt: skip


def _names(row: Fields) -> dict[str, object]:
    texts = row.get("name")
    found = texts if isinstance(texts, dict) else {}
    return {f"name_{code}": found.get(code, "") for code, _language in settings.LANGUAGES}


def _given_names(given: Mapping[str, object], before: Fields) -> dict[str, str]:
    """Return the names as typed; those of languages the form does not ask for stay."""
    texts = before.get("name")
    kept = {str(k): str(v) for k, v in texts.items()} if isinstance(texts, dict) else {}
    typed_ = {code: str(given[f"name_{code}"]) for code, _language in settings.LANGUAGES}
    return {code: text for code, text in {**kept, **typed_}.items() if text}


@guard(may=access.may_keep_framework, load=parts.criterion_of, methods=("GET", "POST"))
def criterion(request: ServedRequest, part: parts.Part) -> HttpResponse:
    """Change a criterion."""
    row = part.row
    form = CriterionForm(typed(request), fact=part.fact, initial=_criterion_now(row))
    title = f"{row.get('code')} {said(row.get('name'))}"
    intro = _("Measured by %(fact)s.") % {"fact": row.get("fact")}

    def act() -> object:
        given = form.cleaned_data
        edit = CriterionEdit(
            float(given["weight"]), tuple(given[f"threshold_{n}"] for n in (1, 2, 3)),
            given["lever"], given["source"], _given_names(given, row),
            {
                code: tuple(given[name] for name in level_names(code))
                for code, _language in settings.LANGUAGES
            },
        )  # fmt: skip
        return actions.edit_criterion(
            draft=part.draft, code=str(row["code"]), edit=edit, by=request.viewer, now=request.now
        )

    return form_page(request, form, _page(part.draft, title, intro), act)


def _criterion_now(row: Fields) -> dict[str, object]:
    """Return what the form begins with."""
    found: dict[str, object] = {
        "weight": number(row.get("weight", 1)), "lever": row.get("lever", "link"),
        "source": row.get("source", ""), **_names(row),
    }  # fmt: skip
    thresholds, told = row.get("thresholds"), row.get("words")
    for place, one in enumerate(thresholds if isinstance(thresholds, list) else [], 1):
        found[f"threshold_{place}"] = number(one)
    for code, text in (told if isinstance(told, dict) else {}).items():
        found |= zip(level_names(code), str(text).split(" / "), strict=False)
    return found


@guard(may=access.may_keep_framework, load=editions.draft, methods=("GET", "POST"))
def weights(request: ServedRequest, draft: "Framework") -> HttpResponse:
    """Change the weights of the dimensions."""
    rows = [(str(one["code"]), one) for one in rows_of(draft.document, "dimensions")]
    form = WeightsForm(
        typed(request), dimensions=[(code, said(one.get("name")) or code) for code, one in rows],
        initial={f"weight_{code}": number(one.get("weight")) for code, one in rows},
    )  # fmt: skip

    def act() -> object:
        given = {code: float(form.cleaned_data[f"weight_{code}"]) for code, _row in rows}
        return actions.edit_weights(draft=draft, weights=given, by=request.viewer, now=request.now)

    page = _page(draft, _("Weights of the dimensions"), _("Together they make 100."))
    return form_page(request, form, page, act)


@guard(may=access.may_keep_framework, load=parts.rung_of, methods=("GET", "POST"))
def event_row(request: ServedRequest, rung: parts.Rung) -> HttpResponse:
    """Change what an event asks of one fact."""
    row, held = rung.row, rung.row.cells[rung.event]
    form = EventRowForm(
        typed(request), fact=rung.fact,
        initial={
            "threshold": number(held.threshold), "lever": held.lever, "gate": held.gate,
            "source": held.source,
        },
    )  # fmt: skip
    sign = "≥" if row.operator == "at_least" else "≤"
    title = f"{rung.event}: {row.fact} {sign}"
    intro = (
        "" if held.is_own else _("Taken over from the event below; saving gives it its own row.")
    )

    def act() -> object:
        given = form.cleaned_data
        edit = RowEdit(
            row.role, row.fact, Operator(row.operator), given["threshold"], given["lever"],
            given["gate"], given["source"],
        )  # fmt: skip
        return actions.edit_event_row(
            draft=rung.draft, event=rung.event, edit=edit, by=request.viewer, now=request.now
        )

    return form_page(
        request, form, _page(rung.draft, title, f"{words.ROLES[row.role]}. {intro}"), act
    )


@guard(may=access.may_keep_framework, load=parts.package_of, methods=("GET", "POST"))
def package(request: ServedRequest, part: parts.Part) -> HttpResponse:
    """Change a package."""
    row = part.row
    effects = row.get("effects")
    lines = [
        f"{one.get('fact')} = {number(one.get('value'))}"
        for one in (effects if isinstance(effects, list) else [])
    ]
    form = PackageForm(
        typed(request),
        initial={
            "effects": "\n".join(lines), "lever": row.get("lever", "link"),
            "shared": row.get("shared", False), "lead_weeks": row.get("lead_weeks", ""),
            "life_years": row.get("life_years", ""), **_names(row),
        },
    )  # fmt: skip

    def act() -> object:
        given = form.cleaned_data
        edit = PackageEdit(
            given["effects"], given["lever"], bool(given["shared"]), given["lead_weeks"] or 0,
            given["life_years"] or 0, _given_names(given, row),
        )  # fmt: skip
        return actions.edit_package(
            draft=part.draft, code=str(row["code"]), edit=edit, by=request.viewer, now=request.now
        )

    title = f"{row.get('code')} {said(row.get('name'))}"
    return form_page(request, form, _page(part.draft, title), act)
