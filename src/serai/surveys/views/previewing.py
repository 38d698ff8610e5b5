"""A form as its respondents will read it, in each of its languages."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from serai.base.access import ServedRequest, guard
from serai.base.characters import direction
from serai.base.pages import render_page
from serai.base.shown import Tab
from serai.surveys import access, queries
from serai.surveys.views.work import version_head

if TYPE_CHECKING:
    from serai.surveys.models import FormVersion


def _try_address(request: ServedRequest, found: "FormVersion") -> str:
    """Return where anybody tries the form; its officers pass it on."""
    if not access.may_keep_survey(request.viewer, found):
        return ""
    token = queries.try_token(found, request.now)
    return settings.SITE_ADDRESS + reverse("surveys:try", args=[token])


@guard(may=access.may_see_survey, load=queries.read_version)
def preview(request: ServedRequest, found: "FormVersion") -> HttpResponse:
    """Show every section in one language: texts, choices, and rules in words."""
    spoken = [one for one in queries.language_rows(found, queries.compiled(found)) if one.form_name]
    codes = [one.code for one in spoken]
    own = get_language() or "en"
    asked = request.GET.get("in", "")
    code = asked if asked in codes else own if own in codes else codes[0]
    context = version_head(request, found, "preview") | {
        "sections": queries.preview(found, code),
        "language": code,
        "direction": direction(code),
        "try_address": _try_address(request, found),
        "try_until": request.now + queries.TRIED_FOR,
        "languages": [Tab(one.name, f"?in={one.code}", one.code == code) for one in spoken],
    }
    return render_page(request, "surveys/preview.html", context)
