"""What the doors of plans, deliveries, events and help share: crumbs, forms, refusals."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import Denied, ServedRequest
from serai.base.form_pages import FormPage, show_form
from serai.base.pages import Crumb, redirect_with
from serai.readiness.actions import Refused, note_readings
from serai.readiness.views.shared import room

Made = TypeVar("Made")


def crumbs(*steps: tuple[str, str], title: str) -> list[Crumb]:
    """Return the way back: the room, the steps given as (title, address), this page."""
    return [room(), *(Crumb(name, address) for name, address in steps), Crumb(title)]


def plans_step() -> tuple[str, str]:
    """Return the step back to the list of plans."""
    return _("Plans"), reverse("readiness:plans")


def note_read(request: ServedRequest, numbers: Iterable[int], on_page: str = "page") -> None:
    """Note for the agencies that whoever asks, let in by the rule, reads these results."""
    way = request.GET.get("as", "")
    kept = way if way in {"csv", "xlsx"} else on_page
    note_readings(numbers=numbers, way=kept, by=request.viewer, now=request.now)


def form_page(
    request: ServedRequest,
    form: Form,
    page: FormPage,
    act: Callable[[], Made],
    leads_to: Callable[[Made], str] | None = None,
    template: str = "serai/form_page.html",
) -> HttpResponse:
    """Show a form, or do the act and go on; what was written stays in a refused form."""
    made: list[Made] = []
    if request.method == "POST" and form.is_valid() and done(form, lambda: made.append(act())):
        address = leads_to(made[0]) if leads_to else page.leads_to or page.back
        return redirect_with(request, address, page.done)
    return show_form(request, form, page, template)


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
