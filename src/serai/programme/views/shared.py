"""What the room's doors share: the day shown, downloads, and pages of one form."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.forms import Field, Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from serai.base.access import Denied, ServedRequest
from serai.base.as_of import PARAMETER, TODAY, asked_day, at_day
from serai.base.days import plain_day
from serai.base.form_pages import FormPage, show_form
from serai.base.held import typed
from serai.base.pages import Crumb, redirect_with
from serai.base.shown import Tab
from serai.base.text import TranslatedText
from serai.calc.schedule import Window, describe_window
from serai.members.states import Audience
from serai.members.states.words import AUDIENCE_NAMES
from serai.programme import access, actions, queries
from serai.programme.actions import EditedMeanwhile, Refused, Told, read_words
from serai.programme.forms import ReadersForm
from serai.programme.queries import ProgrammeView, WaitingRelease

if TYPE_CHECKING:
    from serai.programme.access import Releasable
    from serai.programme.models import Initiative

NOT_KEPT = frozenset({PARAMETER, "page", "as"})


@dataclass(frozen=True)
class Shown:
    """The day a page is shown as of.

    Attributes:
        asked: the day in the address, if one was asked for.
        problem: what is wrong with what was asked.
        kept: the address's other choices, which stay when another day is chosen.
    """

    programme: ProgrammeView
    as_of: date
    today: date
    asked: date | None
    problem: str = ""
    written: str = ""
    kept: tuple[tuple[str, str], ...] = ()

    @property
    def is_today(self) -> bool:
        """Tell whether the page shows today."""
        return self.as_of == self.today

    @property
    def query(self) -> str:
        """Return what links keep of the day."""
        return f"?as_of={self.asked.isoformat()}" if self.asked else ""

    @property
    def today_link(self) -> str:
        """Return where the same page stands as of today."""
        return f"?{urlencode([*self.kept, (PARAMETER, TODAY)])}"

    @property
    def or_today(self) -> "Shown":
        """Return the day asked for in the address, else today: for what is worked on now."""
        return replace(self, as_of=self.asked or self.today)


def shown(request: ServedRequest) -> Shown:
    """Read the day from the address; without one, the day the reader keeps or the house opens with."""
    programme = queries.programme_of(request)
    today = programme.today(request.now)
    found = asked_day(request, opens_on=programme.day(request.now), today=today)
    problem = ""
    if found.written:
        problem = _("“%(written)s” is not a day. Write it as 2021-06-30.") % {
            "written": found.written
        }
    kept = tuple((k, str(v)) for k, v in request.GET.items() if k not in NOT_KEPT)
    return Shown(programme, found.as_of, today, found.asked, problem, found.written, kept)


def saved(request: ServedRequest, address: str, message: str) -> HttpResponse:
    """Lead on after an act, as of today, with a way back: what was entered is known from today on."""
    day = shown(request)
    if day.is_today:
        return redirect_with(request, address, message)
    said_ = format_html(
        '{} <a href="{}">{}</a>',
        _("%(message)s You now see the programme as of today.") % {"message": message},
        at_day(address, day.as_of),
        _("Show %(day)s again") % {"day": plain_day(day.as_of)},
    )
    return redirect_with(request, at_day(address), said_)


def begins(request: ServedRequest, day: Shown) -> datetime:
    """Return from when on things lie ahead: now, or the beginning of the day shown."""
    if day.is_today:
        return request.now
    return datetime.combine(day.as_of, time(), ZoneInfo(day.programme.time_zone))


def told(form: Form) -> Told:
    """Return when and from where a fact of a form was known."""
    found = form.cleaned_data
    return Told(found.get("known_from"), found.get("source_note", ""))


def said(text: str) -> TranslatedText:
    """Take a text as written in the page's language."""
    return TranslatedText.of(text.strip(), get_language() or "en")


def named(text: TranslatedText) -> str:
    """Write a text plainly in the page's language."""
    return text.pick(get_language() or "en")[0]


def crumbs(*steps: tuple[str, str], title: str = "") -> list[Crumb]:
    """Return the way back: the programme, the steps given as (title, address), this page."""
    found = [Crumb(_("Programme"), reverse("programme:overview"))]
    found += [Crumb(name, address) for name, address in steps]
    return [*found, Crumb(title)] if title else found


def initiative_crumb(
    request: ServedRequest,
    initiative: "Initiative",
    query: str = "",
    name: TranslatedText | None = None,
) -> tuple[str, str]:
    """Return the step back to an initiative: its name alone for whoever may not open it."""
    may = access.may_see_initiative(request.viewer, initiative)
    address = reverse("programme:initiative", args=[initiative.code]) + query if may else ""
    return named(name or initiative.name), address


def form_page(
    request: ServedRequest, form: Form, page: FormPage, act: Callable[[], object]
) -> HttpResponse:
    """Show a form, or do the act and go back; what was written stays in a refused form."""
    if request.method == "POST" and form.is_valid() and done(form, act):
        return saved(request, page.leads_to or page.back, page.done)
    return show_form(request, form, page)


def in_two_steps(
    request: ServedRequest, form: Form, page: FormPage, act: Callable[[], object],
    check: Callable[[Window], None] = lambda _window: None,
) -> HttpResponse:  # fmt: skip
    """Say how the words of a date were read; save once the reader has seen it for these words.

    `check` refuses in the first step a date that the act would refuse.
    """
    reading, confirmed = "", ""
    if form.is_bound:
        form.is_valid()
        written = form.cleaned_data.get("words", "")
        if written:
            reading = reading_of(form, written, check)
            confirmed = written if reading else ""
        is_seen = not written or request.POST.get("confirmed") == written
        if request.method == "POST" and is_seen and form.is_valid() and done(form, act):
            return saved(request, page.back, page.done)
    if not confirmed and not {*form.data, *form.files} & {*page.later}:
        for name in page.later:
            del form.fields[name]
    dated = "programme/dated_form.html"
    return show_form(request, form, page, dated, reading=reading, confirmed=confirmed)


def reading_of(form: Form, written: str, check: Callable[[Window], None]) -> str:
    """Return how the words of a date are read, in days; nothing, with an error, if they are not."""
    try:
        window, _text = read_words(said(written))
        check(window)
    except Refused as error:
        form.add_error("words", str(error))
        return ""
    return days_of(window)


def days_of(window: Window | None) -> str:
    """Say the days of a window; nothing of none."""
    return describe_window(window, get_language() or "en") if window is not None else ""


def done(form: Form, act: Callable[[], object]) -> bool:
    """Do the act; a refusal stands beside the field it names, and what was written stays."""
    try:
        act()
    except EditedMeanwhile as other:
        show_both(form, other)
    except Refused as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
    except Denied:
        form.add_error(None, _("You may not do this here. Choose something of your own."))
    else:
        return True
    return False


def show_both(form: Form, other: EditedMeanwhile) -> None:
    """Say what stands by now where it differs; what was typed stays, and the next save counts."""
    stands = [
        f"{field.label}: {_said_now(field, form.initial.get(name))}"
        for name, field in form.fields.items()
        if name in form.changed_data and not field.widget.is_hidden
    ]
    now = _("Now it says: %(stands)s.") % {"stands": "; ".join(stands)} if stands else ""
    kept = _("Yours is below and not saved; save it again to put it in place of theirs.")
    form.add_error(None, " ".join(part for part in (str(other), now, kept) if part))
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["seen"] = other.seen  # type: ignore[index]


def _said_now(field: Field, value: object) -> str:
    """Write a field's value as a reader knows it; of a choice, its words."""
    names = {str(code): str(name) for code, name in getattr(field, "choices", ())}
    several = value if isinstance(value, list | tuple) else [value]
    said_ = ", ".join(names.get(str(one), str(one)) for one in several if one not in {None, ""})
    return f"“{said_}”" if said_ else _("nothing")


def tabs(request: ServedRequest, current: str, day: Shown | None = None) -> list[Tab]:
    """Return the programme's parts that this viewer may open."""
    query = day.query if day else ""
    rows = [
        ("overview", _("Overview"), True),
        ("timeline", _("Timeline"), True),
        ("milestones", _("Milestones"), True),
        ("meetings", _("Meetings"), True),
        ("decisions", _("Decisions"), True),
        ("actions", _("Actions"), request.viewer.is_signed_in),
        ("requests", _("Requests"), True),
        ("risks", _("Risks"), request.viewer.is_signed_in),
    ]
    return [
        Tab(title, reverse(f"programme:{name}") + query, is_current=name == current)
        for name, title, may in rows
        if may
    ]


def chosen(form: Form, name: str) -> int | None:
    """Return the number of what was chosen; nothing for the empty choice."""
    written = form.cleaned_data.get(name)
    return int(written) if written else None


NEVER_TO_VISITORS = gettext_lazy(
    "It is a sample: visitors never see it, even where everybody may read it."
)


def readers_now(thing: "Releasable") -> str:
    """Say who reads a thing now."""
    return _("Now: %(readers)s.") % {"readers": AUDIENCE_NAMES[thing.audience]}


def readers_page(request: ServedRequest, thing: "Releasable", page: FormPage) -> HttpResponse:
    """Let more or fewer people read a thing of the programme; what takes a consent is proposed."""
    offered = queries.reader_choices(request.viewer, thing)
    form = ReadersForm(typed(request), audiences=offered.audiences, asking=offered.asking)
    if waiting := queries.waiting_of(request.viewer, thing):
        page = replace(page, see=waiting_crumb(waiting))
    if not offered.audiences:
        return _no_choice(request, page, is_own=offered.is_own)
    if queries.is_sample(thing) and Audience.PUBLIC in offered.audiences:
        page = replace(page, intro=f"{page.intro} {NEVER_TO_VISITORS}")
    if form.is_bound and form.is_valid() and form.cleaned_data["audience"] in offered.asking:
        page = replace(page, done=_("It waits for consent. Until then nothing is released."))

    def act() -> object:
        return actions.change_readers(
            thing=thing, audience=form.cleaned_data["audience"],
            reason=form.cleaned_data["reason"], by=request.viewer, now=request.now,
        )  # fmt: skip

    return form_page(request, form, page, act)


def _no_choice(request: ServedRequest, page: FormPage, *, is_own: bool) -> HttpResponse:
    """Say why nobody else can be chosen as a reader, in place of a form that could not be sent."""
    why = (
        _("You entered it yourself: somebody else has to let more people read it.")
        if is_own
        else _("You can choose no other readers for it as things stand.")
    )
    intro = " ".join(part for part in (page.intro, why, "" if is_own else page.note) if part)
    return show_form(request, None, replace(page, intro=intro))


def waiting_crumb(waiting: WaitingRelease) -> Crumb:
    """Say that a release waits, with the way to its page for whoever may open it."""
    said_ = _("A release waits for consent. It would be read by: %(readers)s.")
    page = reverse("programme:release", args=[waiting.public_id]) if waiting.public_id else ""
    return Crumb(said_ % {"readers": AUDIENCE_NAMES[waiting.to_audience]}, page)
