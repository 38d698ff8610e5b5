"""What the room's doors share: the way back, and pages of one form."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base.access import Denied, ServedRequest
from serai.base.form_pages import FormPage, show_form
from serai.base.pages import Crumb, redirect_with
from serai.base.text import TranslatedText
from serai.surveys.actions import Refused, note_readings
from serai.surveys.states import ReadingWay

if TYPE_CHECKING:
    from serai.surveys.models import Response, Wave


Made = TypeVar("Made")


def crumbs(*steps: tuple[str, str], title: str = "") -> list[Crumb]:
    """Return the way back: surveys, the steps given as (title, address), this page."""
    found = [Crumb(_("Surveys"), reverse("surveys:surveys"))]
    found += [Crumb(name, address) for name, address in steps]
    return [*found, Crumb(title)] if title else found


def form_page(
    request: ServedRequest,
    form: Form,
    page: FormPage,
    act: Callable[[], Made],
    leads_to: Callable[[Made], str] | None = None,
) -> HttpResponse:
    """Show a form, or do the act and go on; what was written stays in a refused form.

    `leads_to` names the page of what the act has made, where no page could be named before.
    """
    made: list[Made] = []
    if request.method == "POST" and form.is_valid() and done(form, lambda: made.append(act())):
        address = leads_to(made[0]) if leads_to else page.leads_to or page.back
        return redirect_with(request, address, page.done)
    return show_form(request, form, page)


def done(form: Form, act: Callable[[], object]) -> bool:
    """Do the act; a refusal stands beside the field it names."""
    try:
        act()
    except Refused as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
    except Denied:
        form.add_error(None, _("You may not do this here. Choose something of your own."))
    else:
        return True
    return False


def note_read(request: ServedRequest, way: ReadingWay, *found: "Response") -> None:
    """Note for the organisations that whoever asks, let in by the rule, reads their answers."""
    note_readings(responses=found, way=way, by=request.viewer, now=request.now)


def wave_steps(wave: "Wave") -> list[tuple[str, str]]:
    """Return the way back to a wave: its survey, then itself."""
    survey = wave.survey
    return [
        (_said(survey.title), reverse("surveys:survey", args=[survey.public_id])),
        (_said(wave.title), reverse("surveys:wave", args=[wave.public_id])),
    ]


def _said(text: TranslatedText) -> str:
    return text.pick(get_language() or "en")[0]
