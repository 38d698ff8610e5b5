"""What the room's doors share: the way back, and pages of one form."""

from collections.abc import Callable
from typing import TypeVar

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base.access import Denied, ServedRequest
from serai.base.form_pages import FormPage, show_form
from serai.base.pages import Crumb, redirect_with
from serai.base.text import TranslatedText
from serai.readiness.actions import Faulty, Refused

Made = TypeVar("Made")


def room() -> Crumb:
    """Return the first step of every way back: the room's first page."""
    return Crumb(_("Readiness"), reverse("readiness:start"))


def crumbs(*steps: tuple[str, str], title: str = "") -> list[Crumb]:
    """Return the way back: the room, the framework, the steps given as (title, address), this page."""
    framework = _("Readiness framework")
    if not title:
        return [room(), Crumb(framework)]
    found = [room(), Crumb(framework, reverse("readiness:frameworks"))]
    return [*found, *(Crumb(name, address) for name, address in steps), Crumb(title)]


def named(text: TranslatedText) -> str:
    """Write a text plainly in the page's language."""
    return text.pick(get_language() or "en")[0]


def form_page(
    request: ServedRequest, form: Form, page: FormPage, act: Callable[[], Made],
    leads_to: Callable[[Made], str] | None = None,
) -> HttpResponse:  # fmt: skip
    """Show a form, or do the act and go on; what was written stays in a refused form."""
    made: list[Made] = []
    if request.method == "POST" and form.is_valid() and done(form, lambda: made.append(act())):
        address = leads_to(made[0]) if leads_to else page.leads_to or page.back
        return redirect_with(request, address, page.done)
    return show_form(request, form, page)


def done(form: Form, act: Callable[[], object]) -> bool:
    """Do the act; a refusal stands beside the field it names, each fault by itself."""
    try:
        act()
    except Faulty as error:
        for fault in error.faults:
            form.add_error(error.field if error.field in form.fields else None, fault)
    except Refused as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
    except Denied:
        form.add_error(None, _("You may not do this here. Choose something of your own."))
    else:
        return True
    return False
