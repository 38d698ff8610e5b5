"""One platform of a draft: changed, or added."""

from typing import TYPE_CHECKING

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.form_pages import FormPage
from serai.base.held import typed
from serai.calc.network.platforms import Known, names
from serai.readiness import access, actions
from serai.readiness.forms.platforms import NewPlatformForm, PlatformForm
from serai.readiness.queries import frameworks as editions
from serai.readiness.queries import parts
from serai.readiness.views.shared import crumbs, form_page

if TYPE_CHECKING:
    from serai.readiness.models import TierTable


def _page(found: "TierTable", title: str) -> FormPage:
    back = reverse("readiness:tiers", args=[found.public_id])
    table = _("Tiers and platforms, edition %(number)d") % {"number": found.number}
    return FormPage(
        title=title, verb=_("Save"), back=back, done=_("It is saved in the draft."),
        crumbs=crumbs((table, back), title=title), sample=found.sample,
    )  # fmt: skip


def _row(given: dict[str, object], code: str) -> dict[str, object]:
    """Return what was given as the table keeps it; what is unknown is left out."""
    known = {name: given[name] for name in names() if given[name] != Known.UNKNOWN}
    return {
        "code": code, "name": given["name"], **known, "source": given["source"],
        "dated_on": str(given["dated_on"]), "is_copy": bool(given["is_copy"]),
    }  # fmt: skip


def _saved(
    request: ServedRequest, found: "TierTable", form: Form, page: FormPage, code: str
) -> HttpResponse:
    def act() -> object:
        given = form.cleaned_data
        return actions.edit_platform(
            draft=found, row=_row(given, code or given["code"]), is_new=not code,
            by=request.viewer, now=request.now,
        )  # fmt: skip

    return form_page(request, form, page, act)


@guard(may=access.may_keep_framework, load=editions.tier_draft, methods=("GET", "POST"))
def add_platform(request: ServedRequest, found: "TierTable") -> HttpResponse:
    """Add a platform to a draft."""
    unknown = dict.fromkeys(names(), Known.UNKNOWN.value)
    form = NewPlatformForm(typed(request), initial=unknown)
    return _saved(request, found, form, _page(found, _("Add a platform")), "")


@guard(may=access.may_keep_framework, load=parts.platform_of, methods=("GET", "POST"))
def platform(request: ServedRequest, body: parts.Body) -> HttpResponse:
    """Change what is known of a platform."""
    one = body.platform
    initial = {
        "name": one.name, "source": one.source, "dated_on": one.dated_on, "is_copy": one.is_copy,
        **{name: answer.value for name, answer in one.properties.items()},
    }  # fmt: skip
    form = PlatformForm(typed(request), initial=initial)
    return _saved(request, body.draft, form, _page(body.draft, one.name), one.code)
