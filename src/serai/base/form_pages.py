"""A page with one form: how it is headed, where it leads, what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms import Form
from django.http import HttpResponse

from serai.base.access import ServedRequest
from serai.base.pages import Crumb, render_page
from serai.base.shown import Tab


@dataclass(frozen=True)
class FormPage:
    """A page with one form.

    Attributes:
        done: what is said once it is saved.
        leads_to: where saving leads, if not back.
        tabs: other pages of the same kind of form.
        see: a page to look at before.
        later: fields that are asked for once a date is read.
        is_date_optional: the button says the verb from the start, as no date may be given.
    """

    title: str
    verb: str
    back: str
    done: str
    crumbs: Sequence[Crumb]
    leads_to: str = ""
    intro: str = ""
    note: str = ""
    later: Sequence[str] = ()
    has_file: bool = False
    is_date_optional: bool = False
    is_danger: bool = False
    tabs: Sequence[Tab] = ()
    see: Crumb | None = None
    sample: bool = False


def show_form(
    request: ServedRequest,
    form: Form | None,
    page: FormPage,
    template: str = "serai/form_page.html",
    **more: object,
) -> HttpResponse:
    """Show a form with what was written and what is wrong; without a form, its page alone."""
    context = {"form": form, "page": page, "crumbs": page.crumbs, "sample": page.sample, **more}
    return render_page(request, template, context, status=status_of(request, form))


def status_of(request: ServedRequest, form: Form | None) -> int:
    """Return 422 for a form that was sent and comes back, and where none could be sent."""
    return 422 if request.method == "POST" and (form is None or form.errors) else 200
